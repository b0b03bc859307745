import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { channelInScope } from './counted.ts';
import { channelSums } from './channel-sums.ts';
import { channelType, CONTAINERS } from './channel-types.ts';
import { parentName } from './listed.ts';
import type { Asked, Question } from './question.ts';

export interface ListedChannel {
  id: string;
  /** Null where it isn't known or not kept. */
  name: string | null;
  /** A word: text, voice, thread, forum. */
  type: string;
  /** The name of its category, or of its channel or forum; null where there is none, or it is out of scope. */
  parent: string | null;
  messages: number;
  people: number;
}

export interface ChannelTypeRow {
  type: string;
  channels: number;
  /** Those of them in which somebody wrote. */
  active: number;
  messages: number;
}

/** Channels that may count, with what was written there. `id`, `name`, `type`, `parent_id`, `messages`, `people`. */
async function places(db: Db, asked: Asked): Promise<RawBuilder<unknown>> {
  const { guildId } = asked;
  return sql`${await channelSums(db, asked)},
  known as (
    select channel_id from channels c
    where guild_id = ${guildId} and (type is null or type not in ${CONTAINERS}) and ${channelInScope(asked, 'c.channel_id')}
    union
    select channel_id from channel_sums
  ),
  places as (
    select k.channel_id, c.name, c.type, c.parent_id, coalesce(s.messages, 0) as messages, coalesce(s.people, 0) as people
    from known k
    left join channels c on c.guild_id = ${guildId} and c.channel_id = k.channel_id
    left join channel_sums s on s.channel_id = k.channel_id
  )`;
}

/**
 * Every channel that may count, with what was written there in the window, nothing too.
 *
 * Shape   at most `limit` rows, most messages first, ties by id
 * Source  README.md, "channels"
 */
export async function channels(db: Db, asked: Asked): Promise<ListedChannel[]> {
  const { rows } = await sql<Omit<ListedChannel, 'type'> & { type: number | null }>`
    with recursive ${await places(db, asked)}
    select k.channel_id::text as id, k.name, k.type, ${parentName(asked, 'q')} as parent, k.messages, k.people
    from places k left join channels q on q.guild_id = ${asked.guildId} and q.channel_id = k.parent_id
    order by k.messages desc, k.channel_id
    limit ${asked.limit}`.execute(db);
  return rows.map((row) => ({ ...row, type: channelType(row.type) }));
}

/**
 * How many channels there are of each type.
 *
 * Shape   at most `limit` rows, most channels first, ties by type
 * Source  README.md, "channels"
 */
export async function channelTypes(db: Db, asked: Asked): Promise<ChannelTypeRow[]> {
  const { rows } = await sql<Omit<ChannelTypeRow, 'type'> & { type: number | null }>`
    with recursive ${await places(db, asked)}
    select type, count(*)::int as channels, (count(*) filter (where messages > 0))::int as active,
      sum(messages)::int as messages
    from places group by type order by channels desc, type
    limit ${asked.limit}`.execute(db);
  return rows.map((row) => ({ ...row, type: channelType(row.type) }));
}

export default [
  { name: 'channels', about: 'every channel, with what is written there', ask: channels },
  { name: 'channel-types', about: 'how many channels there are of each type', ask: channelTypes },
] satisfies Question[];
