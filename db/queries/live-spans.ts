/**
 * What live recording covers, derived from its ledger: it writes no spans of its own. README.md, "coverage".
 */
import { type RawBuilder, sql } from 'kysely';
import type { Scope } from './scope.ts';

const DISCORD_EPOCH_MS = 1_420_070_400_000;

/** The smallest id of an instant, of timestamptz; below zero before there were any. */
export const idAt = (time: RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`((ceil(extract(epoch from ${time}) * 1000)::bigint - ${sql.lit(DISCORD_EPOCH_MS)}) << 22)`;

/** The ids from one instant to another, none where that comes first; to null: without end. */
const idsBetween = (from: RawBuilder<unknown>, to: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`int8range(${idAt(from)}, greatest(${idAt(from)}, coalesce(${idAt(to)}, ${sql.lit(ID_MAX)})))`;

/** Ids end in the year 2084, as Postgres' bigint does. */
const ID_MAX = '9223372036854775807';

/** What is told of within so long was told of when it was made. */
const NEW_IDS = 10_000n << 22n;

/** Behind a condition on a ledger's row: that it had happened by then. */
const andBy = (asOfMs: number | undefined): RawBuilder<unknown> =>
  asOfMs === undefined ? sql`` : sql` and at <= ${new Date(asOfMs)}::timestamptz`;

/** Until when every event of the guild's shard is kept; null where no bot ever recorded it. */
const shardEnd = (guildId: string): RawBuilder<Date | null> => sql`(
  select max(greatest(alive_at, last_event_at)) from shards
  where shard_id = ((${guildId}::bigint >> 22) % shard_count))`;

/**
 * In SQL: until when a guild is recorded live, its "now". Null where it is not: nobody records it, or the bot was removed
 * from it. As of a time no later than that, as if nothing had come after it.
 */
export function liveEnd(guildId: string, asOfMs?: number): RawBuilder<Date | null> {
  const end = shardEnd(guildId);
  const asOf = sql`(select least(ended, ${new Date(asOfMs ?? 0)}::timestamptz) from (select ${end} as ended) e where ended is not null)`;
  return sql<Date | null>`(
    select case when kind <> 'left' then ${asOfMs === undefined ? end : asOf} end from guild_moments
    where guild_id = ${guildId} and kind in ('available', 'unavailable', 'left')${andBy(asOfMs)}
    order by at desc, kind desc limit 1)`;
}

/**
 * The common tables of live recording.
 *
 * - `live_guild`: `ids`, when the guild was recorded: from when it is told in full until it is away or the bot removed, but
 *   for gaps, since what their repair found is a span of its own. That the bot had joined before it was started covers
 *   nothing.
 * - `live_channels`: `channel_id`; `ids`, the same of every channel as far as the bot could read it and it was not
 *   excluded, from its very beginning where that was told live; `access`, what the bot could read of it last (as of the
 *   scope's time, where it has one).
 */
export function liveChannels({ guildId, asOfMs }: Pick<Scope, 'guildId' | 'asOfMs'>): RawBuilder<unknown> {
  const end = sql`${shardEnd(guildId)} + interval '1 ms'`;
  return sql`live_guild as (
    select coalesce(range_agg(ids), '{}') - coalesce((
      select range_agg(${idsBetween(sql`from_at`, sql`to_at`)}) from gaps where guild_id = ${guildId}
    ), '{}') as ids
    from (
      select kind, ${idsBetween(sql`at`, sql`least(lead(at) over (order by at, kind), ${end})`)} as ids
      from guild_moments where guild_id = ${guildId} and kind in ('available', 'unavailable', 'left')
    ) stretches where kind = 'available' and ${end} is not null
  ),
  accesses as (
    select channel_id, max(access) filter (where next_at is null) as access,
      range_agg(${idsBetween(sql`at`, sql`next_at`)}) filter (where access in ('readable', 'no history'))
        * (select ids from live_guild) as ids
    from (
      select channel_id, access, at, lead(at) over (partition by channel_id order by at) as next_at
      from channel_access where guild_id = ${guildId}${andBy(asOfMs)}
    ) looked group by channel_id
  ),
  exclusions as (
    select channel_id, range_agg(ids) as ids from (
      select channel_id, ${idsBetween(sql`from_at`, sql`to_at`)} as ids from past_exclusions where guild_id = ${guildId}
      union all
      select channel_id, ${idsBetween(sql`since`, sql`null::timestamptz`)} from excluded_channels where guild_id = ${guildId}
    ) excluded group by channel_id
  ),
  live_channels as (
    select l.channel_id, l.access, case
      when lower(l.ids) - l.channel_id between 0 and ${sql.lit(String(NEW_IDS))} and g.ids @> l.channel_id
      then l.ids + int8multirange(int8range(l.channel_id, lower(l.ids))) else l.ids end as ids
    from live_guild g cross join (
      select c.channel_id, a.access, case
        when coalesce(x.ids, y.ids, z.ids) is null then a.ids
        else a.ids - coalesce(x.ids, '{}') - coalesce(y.ids, '{}') - coalesce(z.ids, '{}') end as ids
      from channels c
      left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
      left join accesses own on own.channel_id = c.channel_id
      join accesses a on a.channel_id = case
        -- A thread is as its parent; who is in a private one is told of itself.
        when own.channel_id is null and c.type in (10, 11) then c.parent_id else c.channel_id end
      left join exclusions x on x.channel_id = c.channel_id
      left join exclusions y on y.channel_id = c.parent_id
      left join exclusions z on z.channel_id = p.parent_id
      where c.guild_id = ${guildId}
    ) l
  )`;
}
