/** A period at a glance, and who contributed most in it. */
import { asOf, buildContributors, RANKED_BY, type RankedBy } from '../../../reports/contributors.ts';
import { lineJson } from '../../../reports/answer.ts';
import { type AskedPeriod, periodOf } from '../../../reports/period.ts';
import { buildStats } from '../../../reports/stats.ts';
import { Refusal } from '../refusal.ts';
import type { ApiGiven, ApiRoute } from '../route.ts';
import {
  count,
  described,
  flag,
  id,
  list,
  number,
  object,
  oneOf,
  orNull,
  partial,
  text,
  time,
} from '../schema.ts';
import { BOTS, CHANNEL, GUILD, PERIOD, ZONE } from './parameters.ts';
import { type ReportScope, reportScope, textOf } from './scope.ts';
import { activityRow, channelRow, coverage, hourRow, period } from './shapes.ts';

const compared = partial({ value: count }, { before: count });

const counts = partial(
  {
    figures: partial(
      { messages: compared, people: compared },
      { newcomers: compared, replies: compared, reactions: compared },
    ),
    activity: object({ unit: oneOf('hour', 'day', 'week', 'month'), rows: list(activityRow) }),
    places: object({ busiest: list(channelRow), of: object({ channels: count, threads: count }) }),
  },
  { hours: list(hourRow) },
);

const about = { guildId: id, guildName: text, period, bots: flag, asOf: orNull(time), coverage };

export const stats: ApiRoute = {
  path: '/api/v1/guilds/:guildId/reports/stats',
  summary: 'A period at a glance, and against the one before',
  params: GUILD,
  query: { ...PERIOD, ...CHANNEL, ...BOTS, ...ZONE },
  answer: object({
    ...about,
    isRecorded: flag,
    counts: described(orNull(counts), 'Null of a period before the record, or that has not begun.'),
  }),
  async reply(given) {
    const { db, token } = given;
    const scope = await reportScope(given);
    const { record, channels, basis, isRecorded, bots } = scope;
    const asked = askedPeriod(given, scope);
    const found = await buildStats(db, {
      guildId: token.guildId,
      guildName: record.name,
      channels,
      bots,
      period: asked,
      isRecorded,
      firstMs: basis.firstMs,
      nowMs: basis.nowMs,
      countedFor: token.audience === 'all' ? 'open' : 'everyone',
    });
    return {
      ...aboutOf(given, scope, asked),
      isRecorded,
      coverage: lineJson(found.coverage),
      counts: found.counts ?? null,
    };
  },
};

export const topContributors: ApiRoute = {
  path: '/api/v1/guilds/:guildId/reports/top-contributors',
  summary: 'Who contributed most: people who may be named',
  params: GUILD,
  query: {
    by: {
      type: 'string',
      enum: [...RANKED_BY],
      default: 'messages',
      description: 'By what people are ranked.',
    },
    ...PERIOD,
    ...CHANNEL,
    ...BOTS,
    ...ZONE,
  },
  answer: object({
    ...about,
    by: oneOf(...RANKED_BY),
    rows: list(
      partial(
        { id, name: text, isBot: flag, merit: count },
        { messages: count, activeDays: count, medianMinutes: number },
      ),
    ),
    people: described(count, 'Everybody who has some of it.'),
    total: described(count, 'Their sum.'),
    days: count,
  }),
  async reply(given) {
    const { db, token, query } = given;
    const scope = await reportScope(given);
    const { channels, bots } = scope;
    const asked = askedPeriod(given, scope);
    const counted = { guildId: token.guildId, channels, bots, window: asked.window };
    const found = await buildContributors(db, { scope: counted, by: query['by'] as RankedBy });
    const { by, rows, standings, days } = found;
    const { people, total } = standings;
    return {
      ...aboutOf(given, scope, asked),
      by,
      rows,
      people,
      total,
      days,
      coverage: lineJson(found.coverage),
    };
  },
};

function askedPeriod({ query }: ApiGiven, { basis }: ReportScope): AskedPeriod {
  const asked = periodOf(textOf(query, 'period') ?? 'week', basis);
  if (asked) return asked;
  throw new Refusal(
    400,
    'bad-parameter',
    'period must be one, as week, this-month, all, 2026-W46, 2026-11 or 2026-11-01..2026-11-15.',
  );
}

function aboutOf({ token, nowMs }: ApiGiven, { record, basis, bots }: ReportScope, asked: AskedPeriod) {
  const iso = (ms: number) => new Date(ms).toISOString();
  const { unit, label, isOpen, window } = asked;
  const { fromMs, toMs, timeZone } = window;
  const endedMs = asOf(basis, nowMs);
  return {
    guildId: token.guildId,
    guildName: record.name,
    period: { unit, label, from: iso(fromMs), to: iso(toMs), timeZone, isOpen },
    bots,
    asOf: endedMs === undefined ? null : iso(endedMs),
  };
}
