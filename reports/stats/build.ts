/** The numbers of a period at a glance. */
import type { Db } from '../../db/connect.ts';
import { activity } from '../../db/queries/activity.ts';
import { coverageLine } from '../../db/queries/coverage-line.ts';
import { newcomerCounts } from '../../db/queries/newcomer-count.ts';
import { over, type Scope } from '../../db/queries/scope.ts';
import { topChannels } from '../../db/queries/top-channels.ts';
import { weekdayHours } from '../../db/queries/weekday-hours.ts';
import { type WindowTotals, windowTotals } from '../../db/queries/window-totals.ts';
import { dateIn, type Unit, type Window } from '../../db/window.ts';
import type { PeriodUnit } from '../period.ts';
import { type AtOnce, bounded, together } from '../asking.ts';
import {
  beforeKnown,
  type Compared,
  type Counts,
  type Stats,
  standingOf,
  type StatsRequest,
} from './report.ts';

const TOTALS = ['messages', 'people', 'channels', 'threads', 'replies', 'reactions'] as const;
const CHANNELS = 5;
/** Half of the connections of a pool, so that an answer leaves room for others. */
const AT_ONCE = 4;
/** So many days are looked at by the hour, by the day, by the week; more by the month, as whole years are. */
const DAYS_MAX: [unit: Unit, days: number][] = [
  ['hour', 2],
  ['day', 100],
  ['week', 400],
];
/** Of less there is no week to be seen. */
const WEEK_DAYS = 7;

/** A period in numbers: only what its message shows is asked for. */
export async function buildStats(db: Db, request: StatsRequest): Promise<Stats> {
  const { channels, ...told } = request;
  const { guildId, bots, period } = request;
  const scope: Scope = { guildId, window: period.window, channels, bots };
  const atOnce = bounded(AT_ONCE);
  const { coverage, counts } = await together({
    coverage: atOnce(() => coverageLine(db, scope)),
    counts: standingOf(request) === 'known' ? countsOf(db, scope, request, atOnce) : undefined,
  });
  return { ...told, coverage, ...(counts && { counts }) };
}

async function countsOf(db: Db, scope: Scope, request: StatsRequest, atOnce: AtOnce): Promise<Counts> {
  const { window } = scope;
  const days = daysIn(window);
  const unit = unitOf(request.period.unit, days);
  const before = beforeKnown(request.period, request.firstMs);
  const found = await together({
    now: atOnce(() => windowTotals(db, scope, TOTALS)),
    was: before && atOnce(() => windowTotals(db, over(scope, before), TOTALS)),
    newcomers: newcomersOf(db, scope, before, request.firstMs, atOnce),
    rows: atOnce(() => activity(db, scope, unit)),
    hours: days < WEEK_DAYS ? undefined : atOnce(() => weekdayHours(db, scope)),
    busiest: atOnce(() => topChannels(db, { ...scope, limit: CHANNELS })),
  });
  const { channels, threads } = found.now;
  return {
    figures: figuresOf(found),
    activity: { unit, rows: found.rows },
    ...(found.hours && { hours: found.hours }),
    places: { busiest: found.busiest, of: { channels, threads } },
  };
}

/** How many are new; nothing of a time in which the record begins, and everybody is new to it. */
async function newcomersOf(
  db: Db,
  scope: Scope,
  before: Window | undefined,
  firstMs: number,
  atOnce: AtOnce,
): Promise<Compared | undefined> {
  const { window } = scope;
  if (firstMs >= window.fromMs) return undefined;
  const isCompared = before !== undefined && firstMs < before.fromMs;
  const windows: [Window, ...Window[]] = isCompared ? [window, before] : [window];
  const [value, was] = await atOnce(() => newcomerCounts(db, scope, windows));
  return { value: value!, ...(was !== undefined && { before: was }) };
}

type Totals = Pick<WindowTotals, (typeof TOTALS)[number]>;

function figuresOf(found: {
  now: Totals;
  was?: Totals | undefined;
  newcomers?: Compared | undefined;
}): Counts['figures'] {
  const { now, was, newcomers } = found;
  const figure = (name: (typeof TOTALS)[number]): Compared => ({
    value: now[name],
    ...(was && { before: was[name] }),
  });
  return {
    messages: figure('messages'),
    people: figure('people'),
    ...(newcomers && { newcomers }),
    replies: figure('replies'),
    reactions: figure('reactions'),
  };
}

/** Weeks would cut a year at both its ends, and look like falls. */
function unitOf(period: PeriodUnit, days: number): Unit {
  const unit = DAYS_MAX.find(([, most]) => days <= most)?.[0] ?? 'month';
  return unit === 'week' && period === 'year' ? 'month' : unit;
}

function daysIn({ fromMs, toMs, timeZone }: Window): number {
  const [from, to] = [dateIn(fromMs, timeZone), dateIn(toMs - 1, timeZone)];
  return from.until(to, { largestUnit: 'days' }).days + 1;
}
