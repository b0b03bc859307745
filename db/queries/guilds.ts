import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { createdAt } from '../snowflake.ts';
import { USER_WRITTEN } from './counted.ts';

export interface GuildRow {
  id: string;
  name: string | null;
  messages: number;
  firstMessageAt: string | null;
  lastMessageAt: string | null;
}

/**
 * The guilds that are recorded, with how many user-written messages and from when to when.
 *
 * Shape   one row a guild, by id
 * Units   messages: count; times: ISO, of user-written messages
 */
export async function guilds(db: Db): Promise<GuildRow[]> {
  const { rows } = await sql<{
    id: string;
    name: string | null;
    messages: number;
    first: Date | null;
    last: Date | null;
  }>`
    with counted as (
      select m.guild_id, count(*)::int as messages, min(m.message_id) as first_id, max(m.message_id) as last_id
      from messages m
      where m.author_id is not null and m.gone_at is null and m.absent_at is null and m.type in ${USER_WRITTEN}
        and not exists (
          select from excluded_channels e where e.guild_id = m.guild_id and e.channel_id = m.channel_id
        )
      group by m.guild_id
    )
    select g.guild_id::text as id, g.name, coalesce(c.messages, 0) as messages,
      ${createdAt('c.first_id')} as first, ${createdAt('c.last_id')} as last
    from guilds g left join counted c on c.guild_id = g.guild_id
    order by g.guild_id`.execute(db);
  return rows.map(({ first, last, ...row }) => ({
    ...row,
    firstMessageAt: first?.toISOString() ?? null,
    lastMessageAt: last?.toISOString() ?? null,
  }));
}
