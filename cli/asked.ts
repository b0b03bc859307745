/** From the options of a question to what it may count. */
import { InvalidArgumentError } from 'commander';
import type { Db } from '../db/connect.ts';
import { channelSet } from '../db/queries/channel-set.ts';
import type { Asked } from '../db/queries/question.ts';
import { type RecordSpan, recordSpan } from '../db/queries/record-span.ts';
import { dateIn, lastDays, startMs, type Window } from '../db/window.ts';
import { idArgument, UserError } from './context.ts';

export interface AskedOptions {
  guild: string;
  from?: string;
  to?: string;
  days?: number;
  all?: boolean;
  tz?: string;
  channel?: string[];
  member?: string;
  text?: string;
  limit: number;
  includeBots?: boolean;
}

/** What an option says of a place in time: a date in the window's zone, or an instant. */
export function momentArgument(value: string): string {
  const moment = dateOf(value) ?? instantOf(value)?.toZonedDateTimeISO('UTC');
  if (!moment) {
    throw new InvalidArgumentError('a time is a date as 2026-11-16, or an instant as 2026-11-16T09:00Z.');
  }
  if (moment.year < YEARS.first || moment.year > YEARS.last) {
    throw new InvalidArgumentError(`a time is in the years ${YEARS.first} to ${YEARS.last}.`);
  }
  return value;
}

/** All that Discord's ids can tell of, and some before. */
const YEARS = { first: 2000, last: 2084 };

/** An option's value as a number of days. */
export function daysArgument(value: string): number {
  const days = countArgument(value);
  if (days > DAYS_MAX) throw new InvalidArgumentError(`${DAYS_MAX.toLocaleString('en')} days at most.`);
  return days;
}

/** A hundred years. */
const DAYS_MAX = 36_525;

/** One more value of an option that takes several ids. */
export function idsArgument(value: string, before: string[] = []): string[] {
  return [...before, idArgument(value)];
}

/** An option's value as a number of things. */
export function countArgument(value: string): number {
  const count = Number(value);
  if (!/^\d{1,9}$/.test(value) || count < 1) throw new InvalidArgumentError('a whole number from 1.');
  return count;
}

/**
 * What a question may count, and as of when. `timeZone` is the guild's, where none is asked for.
 *
 * Errors  UserError for a window that ends before it begins, and for ids that the guild doesn't have
 */
export async function askedOf(
  db: Db,
  options: AskedOptions,
  timeZone: string,
  nowMs: number,
): Promise<{ asked: Asked; span: RecordSpan | undefined }> {
  const { guild: guildId, channel, member, text, limit, includeBots } = options;
  const channels = channel && (await channelsOf(db, guildId, channel));
  const span = await recordSpan(db, { guildId, ...(channels && { channels }) });
  const asked: Asked = {
    guildId,
    window: windowOf(options, span, timeZone, nowMs),
    limit,
    ...(channels && { channels }),
    ...(member !== undefined && { members: [member] }),
    // An empty text is in every message.
    ...(text && { text }),
    ...(includeBots && { bots: true }),
  };
  return { asked, span };
}

/** The channels that some ids of a guild stand for. Errors: UserError for one that it doesn't have. */
export async function channelsOf(db: Db, guildId: string, ids: string[]): Promise<string[]> {
  const { channels, unknown } = await channelSet(db, guildId, ids);
  if (unknown.length > 0) throw new UserError(`There is no channel ${unknown.join(', ')} in this server.`);
  return channels;
}

/** Relative windows end with the record's last day: where the record ends is "now" for what was imported. */
function windowOf(
  { from, to, days, all }: AskedOptions,
  span: RecordSpan | undefined,
  timeZone: string,
  nowMs: number,
): Window {
  if (all && (days !== undefined || from !== undefined || to !== undefined)) {
    throw new UserError('--all is the whole record: it takes no --days, --from or --to.');
  }
  if (days !== undefined && from !== undefined && to !== undefined) {
    throw new UserError('--days goes with --from or with --to, or with neither.');
  }
  const whole = lastDays(1, span?.lastMs ?? nowMs, timeZone);
  const toMs = to === undefined ? undefined : momentMs(to, timeZone);
  const fromMs = from === undefined ? undefined : momentMs(from, timeZone);
  let window: Window = {
    fromMs: fromMs ?? lastDays(1, span?.firstMs ?? nowMs, timeZone).fromMs,
    toMs: toMs ?? whole.toMs,
    timeZone,
  };
  if (days !== undefined) {
    window =
      fromMs === undefined
        ? lastDays(days, (toMs ?? whole.toMs) - 1, timeZone)
        : { ...window, toMs: startMs(dateIn(fromMs, timeZone).add({ days }), timeZone) };
  }
  // Without --to, a window that begins behind the record is empty and no mistake.
  if (to === undefined && window.toMs < window.fromMs) window.toMs = window.fromMs + 1;
  if (window.toMs <= window.fromMs)
    throw new UserError('The window ends before it begins: --from must be before --to.');
  return window;
}

/** The instant of a `momentArgument`; a date's is its beginning in the zone. */
export function momentMs(value: string, timeZone: string): number {
  const date = dateOf(value);
  return date ? startMs(date, timeZone) : instantOf(value)!.epochMilliseconds;
}

function dateOf(value: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  try {
    return Temporal.PlainDate.from(value, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

function instantOf(value: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(value);
  } catch {
    return undefined;
  }
}

/** When a past begins that is to be read, ms. Errors: UserError for a time to come. */
export function sinceMs(value: string, timeZone: string, nowMs: number): number {
  const ms = momentMs(value, timeZone);
  if (ms > nowMs) throw new UserError('--since is in the future: nothing was said then yet.');
  return ms;
}
