/** What every question counts: the parts of a statement that they share. */
import { type RawBuilder, sql } from 'kysely';
import { type Bucket, idRange } from '../window.ts';
import type { Scope } from './scope.ts';

/** User-written messages: Default, Reply, and the answers to slash and context-menu commands. */
export const USER_WRITTEN = sql`(0, 19, 20, 23)`;

/**
 * The common table `hidden`: channels whose messages count nowhere. Excluded or deleted ones, and what hangs
 * below them. Recursive.
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

/** The common table `bots`: accounts that Discord marks as bots, and webhooks. Unknown accounts are people. */
export function bots(guildId: string): RawBuilder<unknown> {
  return sql`bots as (select user_id from members where guild_id = ${guildId} and (is_bot or is_webhook))`;
}

/** The common tables `hidden` and `bots`, which `inScope` needs. */
export function scoped(scope: Scope): RawBuilder<unknown> {
  return sql`${hidden(scope.guildId)}, ${bots(scope.guildId)}`;
}

/** The condition on a message row under which it exists for readers. Needs the table `hidden`. */
export function counts(alias: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql<boolean>`(${column('author_id')} is not null and ${column('gone_at')} is null
    and ${column('absent_at')} is null and ${column('channel_id')} not in (select channel_id from hidden))`;
}

/** The condition on a channel under which it may count. Needs the table `hidden`. */
export function channelInScope({ channels }: Scope, column: string): RawBuilder<boolean> {
  const id = sql.ref(column);
  const isShown = sql`${id} not in (select channel_id from hidden)`;
  return channels
    ? sql<boolean>`(${isShown} and ${id} = any(${[...channels]}::bigint[]))`
    : sql<boolean>`${isShown}`;
}

/** The condition on an author under which what they did counts. Needs the table `bots`. */
export function authorInScope({ bots: withBots, members }: Scope, column: string): RawBuilder<boolean> {
  const id = sql.ref(column);
  const parts = [
    ...(withBots ? [] : [sql`${id} not in (select user_id from bots)`]),
    ...(members ? [sql`${id} = any(${[...members]}::bigint[])`] : []),
  ];
  return parts.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(parts, sql` and `)})`;
}

/** The condition on a message row under which a user-written message counts, whenever it was written. */
export function inScope(scope: Scope, alias: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql<boolean>`(${column('guild_id')} = ${scope.guildId} and ${column('gone_at')} is null
    and ${column('absent_at')} is null and ${column('type')} in ${USER_WRITTEN}
    and ${column('author_id')} is not null
    and ${channelInScope(scope, `${alias}.channel_id`)} and ${authorInScope(scope, `${alias}.author_id`)})`;
}

/** The condition on a message row under which it was written in the window. */
export function inWindow({ window }: Scope, alias: string): RawBuilder<boolean> {
  const { fromId, toId } = idRange(window);
  const id = sql.ref(`${alias}.message_id`);
  return sql<boolean>`(${id} >= ${fromId} and ${id} < ${toId})`;
}

/**
 * The place of an id in a list of buckets, from 1. A search among the borders: many times faster than to convert
 * each message's time to a zone, and with the borders of window.ts.
 */
export function bucketAt(column: string, buckets: readonly Bucket[]): RawBuilder<number> {
  const borders = buckets.map(({ fromMs }) => idRange({ fromMs, toMs: fromMs }).fromId);
  return sql<number>`width_bucket(${sql.ref(column)}, ${borders}::bigint[])`;
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
