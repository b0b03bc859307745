/** Which ids of which channels are covered: what the questions of coverage share. README.md, "coverage". */
import { type RawBuilder, sql } from 'kysely';
import { idRange } from '../window.ts';
import { CONTAINERS, FORUMS, THREADS } from './channel-types.ts';
import { isThread } from './columns.ts';
import { andKnown, channelInScope, inScope } from './counted.ts';
import { idAt, liveChannels } from './live-spans.ts';
import { recordEndAt } from './record-span.ts';
import type { Scope } from './scope.ts';

const DAY_MS = 86_400_000;
/** Discord archives a silent thread after a week at the latest. */
const IN_USE_MS = 7 * DAY_MS;
/** All ids of a millisecond: times are told no finer. */
const WHOLE_MS = 4_194_303;

/** The window as a range of ids. */
export const windowIds = ({ window }: Scope): RawBuilder<unknown> => {
  const { fromId, toId } = idRange(window);
  return sql`int8range(${fromId}, ${toId})`;
};

/** `channelInScope`, by the table `hidden`: made once, however often it is asked. */
export const isShown = (scope: Omit<Scope, 'window'>, column: string): RawBuilder<boolean> =>
  sql<boolean>`(${sql.ref(column)} not in (select channel_id from hidden)
    and ${channelInScope({ ...scope, hidden: true }, column)})`;

/** The condition on a channel `c` under which it can have messages, as far as its type tells. */
const hasMessages = sql`(c.type is null or (c.type not in ${CONTAINERS} and c.type not in ${FORUMS}))`;

/** A row's ids; a range ends behind its last one, which has to be an id, too. */
const spanIds = sql`int8range(from_id, least(to_id, 9223372036854775806), '[]')`;

/** Something of the first or the last message of a channel. */
const messageAt = (scope: Scope, end: 'asc' | 'desc', channel: string, told: RawBuilder<unknown>) => sql`(
  select ${told} from messages m
  where m.guild_id = ${sql.ref(`${channel}.guild_id`)} and m.channel_id = ${sql.ref(`${channel}.channel_id`)}${andKnown(scope, 'm.message_id')}
  order by m.message_id ${sql.raw(end)} limit 1)`;

/**
 * The common tables of what is written down, and those of `liveChannels`. `answered`: `channel_id` and `ids`, a
 * multirange: what Discord was asked for, and answered or had no more of. `exports`: `channel_id` and `ids`, a range, of
 * every export, and `is_open`, whether it says anything that Discord has not answered. `ends`: `last_id`, the newest
 * message of each channel with an open one. An export ends with its last message; where that is the newest, nothing later was
 * there when it was written, and it reaches until then.
 */
function sources(scope: Scope): RawBuilder<unknown> {
  const { guildId } = scope;
  const reach = sql`greatest(to_id | ${sql.lit(WHOLE_MS)}, ${idAt(sql`at`)})`;
  return sql`answered as (
    select channel_id, range_agg(${spanIds}) as ids from coverage
    where guild_id = ${guildId} and grade <> 'claimed' group by channel_id
  ),
  told as materialized (
    select v.channel_id, from_id, to_id, ${reach} as reach_id,
      (a.ids @> int8range(from_id, ${reach}, '[]')) is not true as is_open
    from coverage v left join answered a using (channel_id) where guild_id = ${guildId} and grade = 'claimed'
  ),
  ends as materialized (
    select channel_id, ${messageAt(scope, 'desc', 'o', sql`m.message_id`)} as last_id
    from (select distinct ${guildId}::bigint as guild_id, channel_id from told where is_open) o
  ),
  exports as (
    select channel_id, is_open,
      int8range(from_id, case when to_id >= last_id then reach_id else to_id end, '[]') as ids
    from told left join ends using (channel_id)
  ),
  ${liveChannels(scope)}`;
}

/**
 * The common table `spans`: `channel_id`, `grade` (`verified` or `claimed`), `source` and `ids`, a range, of every span
 * that a source covers of a channel in scope, whenever it was. Needs `hidden`.
 */
export function coveredSpans(scope: Scope): RawBuilder<unknown> {
  return sql`${sources(scope)},
  spans as (
    select s.* from (
      select channel_id, 'verified' as grade, source, ${spanIds} as ids
      from coverage where guild_id = ${scope.guildId} and grade <> 'claimed'
      union all
      select channel_id, 'claimed', 'dce', ids from exports
      union all
      select c.channel_id, 'verified', 'gateway', stretch * int8range(c.channel_id, null)
      from channels c join live_channels l using (channel_id) cross join unnest(l.ids) stretch
      where c.guild_id = ${scope.guildId} and ${hasMessages}
    ) s where not isempty(s.ids) and ${isShown(scope, 's.channel_id')}
  )`;
}

/**
 * The common table `lives`, a row for each channel in scope that can have messages and was there in the window:
 *
 * - `channel_id`, `type`, `name`, `parent_id`; `access`: what the bot can read of it at last, null where that is unknown
 * - `ids`, a range: what there is to cover of it in the window, until the record ends
 * - `weight`, ms: how long that is; of a thread no longer than until a week after its last message
 * - `verified`, `covered`: multiranges, what of `ids` is verified, and what is verified or claimed
 *
 * Source  README.md, "coverage". Needs `hidden`.
 */
export function coveredLives(scope: Scope): RawBuilder<unknown> {
  const firstId = messageAt(
    scope,
    'asc',
    'c',
    sql`case when m.type = 21 or (m.message_id - c.channel_id) >> 22 <= ${sql.lit(DAY_MS)}
      then m.message_id else c.channel_id end`,
  );
  const isArchived =
    scope.asOfMs === undefined
      ? sql`c.archived`
      : sql`(c.archived and c.archived_at <= ${new Date(scope.asOfMs)}::timestamptz)`;
  // Materialized, and `offset 0`: else what makes a range is done again wherever the range is named.
  return sql`${sources(scope)},
  claimed as (select channel_id, range_agg(ids) as ids from exports where is_open group by channel_id),
  record as materialized (select ${idAt(recordEndAt(scope))} + ${sql.lit(WHOLE_MS + 1)} as end_id),
  lived as materialized (
    select c.channel_id, c.type, c.name, c.parent_id, a.ids as answered, case
        when c.type not in ${THREADS} then null when x.channel_id is not null then x.last_id
        when ${isArchived} is not true then ${messageAt(scope, 'desc', 'c', sql`m.message_id`)} end as last_id,
      int8range(case when a.ids @> c.channel_id then c.channel_id else coalesce(${firstId}, c.channel_id) end, null)
        * int8range(null, least(r.end_id, case when c.type in ${THREADS} and ${isArchived}
          then greatest(${idAt(sql`c.archived_at`)}, (x.last_id | ${sql.lit(WHOLE_MS)}) + 1) end))
        * ${windowIds(scope)} as ids
    from record r join channels c on c.guild_id = ${scope.guildId} and r.end_id is not null
    left join answered a using (channel_id) left join ends x using (channel_id)
    where ${isShown(scope, 'c.channel_id')} and ${hasMessages}
      -- Exports name a forum without saying what it is; its posts begin with a message of their own id.
      and (c.type is not null or not exists (
        select from channels t join messages m on m.guild_id = t.guild_id and m.message_id = t.channel_id
        where t.guild_id = c.guild_id and t.parent_id = c.channel_id and m.channel_id = t.channel_id
      ))
  ),
  lives as materialized (
    select v.channel_id, v.type, v.name, v.parent_id, g.access, v.ids, case
        when v.last_id is null then (upper(v.ids) >> 22) - (lower(v.ids) >> 22)
        else greatest(1, least(upper(v.ids) >> 22, (v.last_id >> 22) + ${sql.lit(IN_USE_MS)}) - (lower(v.ids) >> 22)) end as weight,
      w.verified,
      case when v.ids && k.ids then w.verified + k.ids * int8multirange(v.ids) else w.verified end as covered
    from lived v left join claimed k using (channel_id) left join live_channels g using (channel_id)
    cross join lateral (
      select case
        when v.ids <@ v.answered then int8multirange(v.ids)
        else coalesce(v.answered * int8multirange(v.ids), '{}')
          + case when g.ids <@ v.ids then g.ids when v.ids && g.ids then g.ids * int8multirange(v.ids) else '{}' end
        end as verified
      offset 0
    ) w
    where not isempty(v.ids)
  )`;
}

/** What is not all is not rounded to it. */
export const ALMOST = 0.999999;

/**
 * The common table `measured`: `lives` with `verified_share` and `covered_share`, what of a life is verified, and what is
 * verified or claimed: 1 only where all of it is; `is_verified` and `is_covered`, whether all of it is; `is_thread`;
 * and `is_pending`, whether the bot may read of it what is not verified.
 */
export function measuredLives(scope: Scope): RawBuilder<unknown> {
  const lifeMs = sql`((upper(ids) >> 22) - (lower(ids) >> 22))`;
  const shareOf = (spans: RawBuilder<unknown>) => sql`least(${sql.lit(ALMOST)}, (
    select coalesce(sum((upper(s) >> 22) - (lower(s) >> 22)), 0)::float8 / ${lifeMs} from unnest(${spans}) s))`;
  return sql`${coveredLives(scope)},
  judged as (
    select *, ids <@ verified as is_verified, ids <@ covered as is_covered, ${isThread('lives')} as is_thread from lives
  ),
  measured as (
    select *, case when is_verified then 1 else ${shareOf(sql`verified`)} end as verified_share,
      case when is_covered then 1 else ${shareOf(sql`covered`)} end as covered_share,
      coalesce(access = 'readable', false) and not is_verified as is_pending
    from judged
  )`;
}

/** How many messages of a row's channel, within its `ids`, count in the scope. */
export function messagesWithin(scope: Scope, row: string): RawBuilder<number> {
  const ids = sql.ref(`${row}.ids`);
  return sql<number>`(
    select count(*)::int from messages m
    where ${inScope(scope, 'm')} and m.channel_id = ${sql.ref(`${row}.channel_id`)}
      and m.message_id >= lower(${ids}) and m.message_id < upper(${ids})
  )`;
}
