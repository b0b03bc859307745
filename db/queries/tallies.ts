/**
 * Sums by channel and author: the ground on which most questions count. They come from the messages themselves,
 * and for whole days, months and years of a big guild from its rollups (`../rollups`), which hold the same sums.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { coverOf, type Cover, rawCover } from '../rollups/cover.ts';
import { type Bucket, bucketsOf } from '../window.ts';
import { andKnown, authorInScope, bucketAt, channelInScope, inScope, scoped } from './counted.ts';
import type { Scope } from './scope.ts';

/** What is summed; all of user-written messages. README.md, "tallies", defines each. */
export type Measure =
  | 'messages'
  | 'replies'
  | 'edited'
  | 'asks'
  | 'length'
  | 'words'
  | 'first_id'
  | 'last_id'
  | 'blocks'
  | 'days'
  | 'reactions'
  | 'attachments'
  | 'links'
  | 'replied';

/** `day`, `month`: rows of local days or months, by the date with which they begin. `any`: in as few rows as there are. */
export type Grain = 'any' | 'day' | 'month';

/** Ten-minute blocks of the longest day, of 25 hours. */
const BLOCKS = 150;

/** A constant of the statement: made for each message it would cost more than all else. */
const NO_BLOCKS = sql.raw(`B'${'0'.repeat(BLOCKS)}'`);

/** Where a message is among local days: its ten minutes of the day, and its day of the month, both from 0. */
interface Place {
  block: RawBuilder<unknown>;
  dayOfMonth: RawBuilder<unknown>;
}

/** Measures of the message row itself. */
const OWN: Partial<Record<Measure, (place: Place) => RawBuilder<unknown>>> = {
  messages: () => sql`count(*)::int`,
  replies: () => sql`(count(*) filter (where m.type = 19))::int`,
  edited: () => sql`(count(*) filter (where m.edited_at is not null))::int`,
  asks: () => sql`(count(*) filter (where m.asks))::int`,
  length: () => sql`coalesce(sum(m.content_length), 0)::bigint`,
  words: () => sql`coalesce(sum(m.words), 0)::bigint`,
  first_id: () => sql`min(m.message_id)`,
  last_id: () => sql`max(m.message_id)`,
  blocks: ({ block }) => sql`bit_or(set_bit(${NO_BLOCKS}, ${block}, 1))`,
  days: ({ dayOfMonth }) => sql`bit_or(1 << ${dayOfMonth})`,
};

const EMPTY: Partial<Record<Measure, RawBuilder<unknown>>> = {
  first_id: sql`null::bigint`,
  last_id: sql`null::bigint`,
  blocks: sql`null::bit(${sql.lit(BLOCKS)})`,
  length: sql`0::bigint`,
  words: sql`0::bigint`,
};

/** Measures of what hangs on a message: a sum, and the rows `c` that it is over, joined with the message `m`. */
function hanging(measure: Measure, scope: Scope): { sum: RawBuilder<unknown>; rows: RawBuilder<unknown> } {
  const joined = (table: string) =>
    sql`${sql.table(table)} c join messages m on m.guild_id = c.guild_id and m.message_id = c.message_id`;
  if (measure === 'reactions') return { sum: sql`sum(c.total)::int`, rows: joined('reactions') };
  if (measure === 'replied') {
    // By other people; bots answer everybody. Discord's replies stay in the channel.
    const { guildId, window, hidden = false } = scope;
    const byPeople = inScope({ guildId, window, hidden }, 'c');
    return {
      sum: sql`count(*)::int`,
      rows: sql`messages c join messages m on m.guild_id = c.guild_id and m.message_id = c.reference_message_id
        and c.type = 19 and c.author_id <> m.author_id and c.channel_id = m.channel_id and ${byPeople}${andKnown(scope, 'c.message_id')}`,
    };
  }
  return { sum: sql`count(*)::int`, rows: joined(measure) };
}

/**
 * The common tables `hidden`, `bots` and `tallied`: rows of `channel_id`, `author_id`, `day` or `month` where asked for, and
 * the measures. Several rows may be of one channel, author and day: sum them; distinct blocks are the bits of
 * `bit_or(blocks)` by day, distinct days those of `bit_or(days)` by month. To stand behind `with recursive`.
 */
export async function tallies(
  db: Db,
  scope: Scope,
  measures: readonly Measure[],
  grain: Grain = 'any',
): Promise<RawBuilder<unknown>> {
  // Sums of replies don't tell when these were written.
  const isCounted = scope.asOfMs !== undefined && measures.includes('replied');
  const cover = isCounted
    ? rawCover(scope.window)
    : await coverOf(db, scope, grain === 'any' ? 'year' : grain, grain !== 'any');
  const kept = rolledParts(scope, cover, measures, grain);
  // A part without rows would still keep the statement from using all cores.
  const counted = cover.raw.length > 0 || kept.length === 0 ? rawParts(scope, cover, measures, grain) : [];
  return sql`${scoped(scope)}, tallied as (${union([...counted, ...kept])})`;
}

const union = (parts: RawBuilder<unknown>[]) => sql.join(parts, sql` union all `);

/** Counted from the messages. */
export function rawParts(
  scope: Scope,
  { raw }: Cover,
  measures: readonly Measure[],
  grain: Grain,
): RawBuilder<unknown>[] {
  const pieces = grain === 'any' ? [] : bucketsOf(scope.window, grain);
  const days = measures.some((measure) => measure === 'blocks' || measure === 'days')
    ? bucketsOf(scope.window, 'day')
    : [];
  const own = measures.filter((measure) => OWN[measure]);
  const parts = own.length > 0 || measures.length === 0 ? [ownPart()] : [];
  for (const measure of measures) if (!OWN[measure]) parts.push(hangingPart(measure));
  return parts;

  function ownPart(): RawBuilder<unknown> {
    return part(sql`messages m`, (measure) => OWN[measure]?.(placeIn(days)), sql`true`);
  }

  function hangingPart(of: Measure): RawBuilder<unknown> {
    const { sum, rows } = hanging(of, scope);
    // What hangs on a message has its id, and an answer refers to it.
    const inRanges = inRaw(raw, of === 'replied' ? 'c.reference_message_id' : 'c.message_id');
    return part(rows, (measure) => (measure === of ? sum : undefined), inRanges);
  }

  function part(
    rows: RawBuilder<unknown>,
    sumOf: (measure: Measure) => RawBuilder<unknown> | undefined,
    condition: RawBuilder<unknown>,
  ): RawBuilder<unknown> {
    const sums = measures.map(
      (measure) => sql`${sumOf(measure) ?? EMPTY[measure] ?? sql`0`} as ${sql.ref(measure)}`,
    );
    const date = grain === 'any' ? [] : [sql`${dateAt(pieces)} as ${sql.ref(grain)}`];
    const columns = [sql`m.channel_id`, sql`m.author_id`, ...date, ...sums];
    const keys = grain === 'any' ? sql`1, 2` : sql`1, 2, 3`;
    return sql`select ${sql.join(columns)} from ${rows}
      where ${condition} and ${inRaw(raw, 'm.message_id')} and ${inScope(scope, 'm')} group by ${keys}`;
  }
}

/** The date with which the day or month begins that a message is in. */
function dateAt(pieces: readonly Bucket[]): RawBuilder<unknown> {
  const dates = pieces.map(({ start }) => start);
  return sql`(${dates}::date[])[${bucketAt('m.message_id', pieces)}]`;
}

function placeIn(days: readonly Bucket[]): Place {
  const starts = days.map(({ fromMs }) => fromMs - 1_420_070_400_000);
  const daysOfMonth = days.map(({ start }) => Number(start.slice(8)) - 1);
  const at = bucketAt('m.message_id', days);
  return {
    block: sql`((m.message_id >> 22) - (${starts}::bigint[])[${at}])::int / 600000`,
    dayOfMonth: sql`(${daysOfMonth}::int[])[${at}]`,
  };
}

/** The condition on an id under which it is counted from the messages. */
export function inRaw(raw: Cover['raw'], column: string): RawBuilder<boolean> {
  if (raw.length === 0) return sql<boolean>`false`;
  const id = sql.ref(column);
  const ranges = raw.map(({ fromId, toId }) => sql`(${id} >= ${fromId} and ${id} < ${toId})`);
  return sql<boolean>`(${sql.join(ranges, sql` or `)})`;
}

/** Read from the rollups. */
function rolledParts(
  scope: Scope,
  cover: Cover,
  measures: readonly Measure[],
  grain: Grain,
): RawBuilder<unknown>[] {
  return cover.rolled.map(({ span, from, to }) => {
    const date = {
      any: [],
      day: [sql`t.starts as day`],
      month: [sql`${span === 'day' ? sql`date_trunc('month', t.starts)::date` : sql`t.starts`} as month`],
    }[grain];
    const sums = measures.map((measure) =>
      measure === 'days' && span === 'day' ? sql`${DAY_BIT} as days` : sql`t.${sql.ref(measure)}`,
    );
    return sql`select ${sql.join([sql`t.channel_id`, sql`t.author_id`, ...date, ...sums])}
      from ${sql.table(`${span}_tallies`)} t
      where t.guild_id = ${scope.guildId} and t.starts >= ${from}::date and t.starts < ${to}::date
        and ${channelInScope(scope, 't.channel_id')} and ${authorInScope(scope, 't.author_id')}`;
  });
}

/** In rows of days `t`: the bit of the day in its month, where something was written. */
export const DAY_BIT = sql`case when t.messages > 0 then 1 << (extract(day from t.starts)::int - 1) else 0 end`;
