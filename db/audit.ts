/** How many messages are recorded where Discord's search counts them, too. */
import type { Pool } from 'pg';
import type { IdSpan } from './holes.ts';
import type { Snowflake } from './records.ts';

/** There, as far as we know: what Discord's search finds, too, system messages as well. */
const THERE = 'm.author_id is not null and m.gone_at is null and m.absent_at is null';

/** How many are there in spans of channels, by place in the list. */
export async function countStored(
  pool: Pool,
  guildId: Snowflake,
  spans: (IdSpan & { channelId: Snowflake })[],
): Promise<number[]> {
  const { rows } = await pool.query<{ count: number }>(
    `select (
       select count(*)::int from messages m
       where m.guild_id = $1 and m.channel_id = s.channel_id and m.message_id between s.from_id and s.to_id and ${THERE}
     ) as count
     from unnest($2::bigint[], $3::bigint[], $4::bigint[]) with ordinality as s(channel_id, from_id, to_id, place)
     order by s.place`,
    [guildId, spans.map((s) => s.channelId), spans.map((s) => s.fromId), spans.map((s) => s.toId)],
  );
  return rows.map(({ count }) => count);
}

/** Messages of forgotten people, oldest first: they are there, and nothing but their ids is known, not even the channel. */
export async function forgottenMessages(pool: Pool, guildId: Snowflake): Promise<Snowflake[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select message_id::text as id from messages
     where guild_id = $1 and erased and exists (select from choices where guild_id = $1 and choice = 'forgotten')
     order by message_id`,
    [guildId],
  );
  return rows.map(({ id }) => id);
}
