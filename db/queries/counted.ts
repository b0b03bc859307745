/** What every question counts: the parts of a statement that they share. */
import { type RawBuilder, sql } from 'kysely';

/** User-written messages: Default, Reply, and the answers to slash and context-menu commands. */
export const USER_WRITTEN = sql`(0, 19, 20, 23)`;

/**
 * The common table `hidden`: channels whose messages count nowhere. Excluded or deleted ones, and what hangs
 * below them.
 */
export function hidden(guildId: string): RawBuilder<unknown> {
  return sql`hidden as (
    select channel_id from excluded_channels where guild_id = ${guildId}
    union
    select channel_id from channels where guild_id = ${guildId} and deleted_at is not null
    union
    select c.channel_id from channels c join hidden h on h.channel_id = c.parent_id where c.guild_id = ${guildId}
  )`;
}

/** The condition on a message row under which it exists for readers. Needs the table `hidden`. */
export function counts(alias: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql<boolean>`(${column('author_id')} is not null and ${column('gone_at')} is null
    and ${column('absent_at')} is null and ${column('channel_id')} not in (select channel_id from hidden))`;
}

/** Whether a member row is a bot; webhooks are. Unknown accounts are people. */
export function isBot(alias: string): RawBuilder<boolean> {
  return sql<boolean>`(coalesce(${sql.ref(`${alias}.is_bot`)}, false) or coalesce(${sql.ref(`${alias}.is_webhook`)}, false))`;
}

/** How a member is called: what others see, else the account's name, else the id. */
export function memberName(alias: string, id: string): RawBuilder<string> {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql<string>`coalesce(${column('nick')}, ${column('display_name')}, ${column('name')}, ${sql.ref(id)}::text)`;
}

/** The common table `unranked`: people who are counted and never named. */
export function unranked(guildId: string): RawBuilder<unknown> {
  return sql`unranked as (select user_id from choices where guild_id = ${guildId} and choice = 'unranked')`;
}
