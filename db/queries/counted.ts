/** What every question counts: the parts of a statement that they share. */
import { type RawBuilder, sql } from 'kysely';
import { snowflakeAt } from '../snowflake.ts';
import { type Bucket, idRange } from '../window.ts';
import type { Scope } from './scope.ts';

/** User-written messages: Default, Reply, and the answers to slash and context-menu commands. */
export const USER_WRITTEN = sql`(0, 19, 20, 23)`;

/**
 * Channels whose messages count nowhere: excluded or deleted ones, and what hangs below them. Discord's channels are three
 * deep: category, channel, thread. No recursion and no common table in conditions, so that a statement can use all cores.
 */
const hiddenChannels = (guildId: string): RawBuilder<unknown> => sql`
  select channel_id from excluded_channels where guild_id = ${guildId}
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = ${guildId} and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = ${guildId})
    or p.parent_id in (select channel_id from excluded_channels where guild_id = ${guildId}))`;

const botAccounts = (guildId: string): RawBuilder<unknown> =>
  sql`select user_id from members where guild_id = ${guildId} and (is_bot or is_webhook)`;

/** The common table `hidden`: channels whose messages count nowhere. */
export function hidden(guildId: string): RawBuilder<unknown> {
  return sql`hidden as (${hiddenChannels(guildId)})`;
}

/** The common table `bots`: accounts that Discord marks as bots, and webhooks. Unknown accounts are people. */
export function bots(guildId: string): RawBuilder<unknown> {
  return sql`bots as (${botAccounts(guildId)})`;
}

/** The common tables `hidden` and `bots`. */
export function scoped(scope: Scope): RawBuilder<unknown> {
  return sql`${hidden(scope.guildId)}, ${bots(scope.guildId)}`;
}

/** The condition on a message row under which it exists for readers. Needs the table `hidden`. */
export function counts(alias: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql<boolean>`(${column('author_id')} is not null and ${column('gone_at')} is null
    and ${column('absent_at')} is null and ${column('channel_id')} not in (select channel_id from hidden))`;
}

/** The condition on a channel under which it may count. */
export function channelInScope(
  { guildId, channels, hidden: withHidden }: Omit<Scope, 'window'>,
  column: string,
): RawBuilder<boolean> {
  const id = sql.ref(column);
  const parts = [
    ...(withHidden ? [] : [sql`${id} not in (${hiddenChannels(guildId)})`]),
    ...(channels ? [sql`${id} = any(${[...channels]}::bigint[])`] : []),
  ];
  return all(parts);
}

const all = (parts: RawBuilder<unknown>[]): RawBuilder<boolean> =>
  parts.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(parts, sql` and `)})`;

/** The condition on an author under which what they did counts. */
export function authorInScope(
  { guildId, bots: withBots, members }: Omit<Scope, 'window'>,
  column: string,
): RawBuilder<boolean> {
  const id = sql.ref(column);
  const parts = [
    ...(withBots ? [] : [sql`${id} not in (${botAccounts(guildId)})`]),
    ...(members ? [sql`${id} = any(${[...members]}::bigint[])`] : []),
  ];
  return all(parts);
}

/** The condition on a message row under which a user-written message counts, whenever it was written. */
export function inScope(scope: Scope, alias: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql<boolean>`(${column('guild_id')} = ${scope.guildId} and ${column('gone_at')} is null
    and ${column('absent_at')} is null and ${column('type')} in ${USER_WRITTEN}
    and ${column('author_id')} is not null
    and ${channelInScope(scope, `${alias}.channel_id`)} and ${authorInScope(scope, `${alias}.author_id`)})`;
}

/**
 * The join of rows `c` with the messages `m` that they hang on, of those in scope. Each is looked up by the key: a join of so
 * many reads all messages, and before the tables have been analyzed does worse. But one member's messages are few, and
 * found first.
 */
export function ownMessage(scope: Scope): RawBuilder<unknown> {
  const own = sql`m.message_id = c.message_id and ${inScope(scope, 'm')}`;
  return scope.members
    ? sql`join messages m on ${own}`
    : sql`cross join lateral (select m.channel_id, m.author_id, m.message_id from messages m where ${own} limit 1) m`;
}

/** Behind a condition on an id: that it was made by the time as of which a scope is asked. */
export const andKnown = ({ asOfMs }: Pick<Scope, 'asOfMs'>, column: string): RawBuilder<unknown> =>
  asOfMs === undefined ? sql`` : sql` and ${sql.ref(column)} < ${snowflakeAt(asOfMs + 1)}`;

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
