/** Which ids of which channels are covered: what the questions of coverage share. README.md, "coverage". */
import { type RawBuilder, sql } from 'kysely';
import { idRange } from '../window.ts';
import { CONTAINERS, FORUMS } from './channel-types.ts';
import { channelInScope, inScope } from './counted.ts';
import type { RecordSpan } from './record-span.ts';
import type { Scope } from './scope.ts';

const DISCORD_EPOCH_MS = 1_420_070_400_000;
const DAY_MS = 86_400_000;
/** All ids of a millisecond: times are told no finer. */
const WHOLE_MS = 4_194_303;

/** The window as a range of ids. */
export const windowIds = ({ window }: Scope): RawBuilder<unknown> => {
  const { fromId, toId } = idRange(window);
  return sql`int8range(${fromId}, ${toId})`;
};

/**
 * The common table `spans`: `channel_id`, `grade`, `source` and `ids`, a range, of every span that a source covers
 * of a channel in scope, whenever it was. An export ends with its last message; where that is the newest that is
 * known of its channel, nothing later was there when it was written, and it reaches until then. Needs `hidden`.
 */
export function coveredSpans(scope: Scope): RawBuilder<unknown> {
  return sql`spans as (
    select v.channel_id, v.grade, v.source, int8range(v.from_id, case
      when v.grade = 'claimed' and v.to_id >= (
        select max(m.message_id) from messages m
        where m.guild_id = v.guild_id and m.channel_id = v.channel_id
      ) then greatest(v.to_id | ${sql.lit(WHOLE_MS)}, ((extract(epoch from v.at) * 1000)::bigint - ${sql.lit(DISCORD_EPOCH_MS)}) << 22)
      else v.to_id end, '[]') as ids
    from coverage v
    where v.guild_id = ${scope.guildId} and ${channelInScope(scope, 'v.channel_id')}
  )`;
}

/**
 * The common table `lives`: `channel_id` and `ids`, a range: what there is to cover of each channel in scope that can
 * have messages, in the window, until the record ends. A channel's life begins when it is made; with its first message
 * where that came within a day, and a thread's with the notice that opens it, since its id is that of an older
 * message. Needs `hidden`.
 */
export function channelLives(scope: Scope, { lastMs }: RecordSpan): RawBuilder<unknown> {
  const { toId } = idRange({ fromMs: 0, toMs: lastMs + 1 });
  return sql`lives as (
    select c.channel_id, life.ids
    from channels c
    left join lateral (
      select m.message_id, m.type from messages m
      where m.guild_id = c.guild_id and m.channel_id = c.channel_id
      order by m.message_id limit 1
    ) f on true
    cross join lateral (
      select int8range(case
        when f.type = 21 or (f.message_id - c.channel_id) >> 22 <= ${sql.lit(DAY_MS)} then f.message_id
        else c.channel_id end, null) * int8range(null, ${toId}) * ${windowIds(scope)} as ids
    ) life
    where c.guild_id = ${scope.guildId} and ${channelInScope(scope, 'c.channel_id')} and not isempty(life.ids)
      and (c.type is null or (c.type not in ${CONTAINERS} and c.type not in ${FORUMS}))
      -- Exports name a forum without saying what it is; its posts begin with a message of their own id.
      and (c.type is not null or not exists (
        select from channels t join messages m on m.guild_id = t.guild_id and m.message_id = t.channel_id
        where t.guild_id = c.guild_id and t.parent_id = c.channel_id and m.channel_id = t.channel_id
      ))
  )`;
}

/** How many messages of a row's channel, within its `ids`, count in the scope. Needs `hidden` and `bots`. */
export function messagesWithin(scope: Scope, row: string): RawBuilder<number> {
  const ids = sql.ref(`${row}.ids`);
  return sql<number>`(
    select count(*)::int from messages m
    where ${inScope(scope, 'm')} and m.channel_id = ${sql.ref(`${row}.channel_id`)}
      and m.message_id >= lower(${ids}) and m.message_id < upper(${ids})
  )`;
}
