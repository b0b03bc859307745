/** What is recorded of a guild's channels, as gap repair asks it before it asks Discord. */
import type { ClientBase, Pool } from 'pg';
import { emptyBatch, type Snowflake } from './records.ts';
import { readExcluded } from './write/scope.ts';

type Reader = ClientBase | Pool;

/** A message that is there, as far as we know, and whose author is known. */
const LIVING = 'm.author_id is not null and m.gone_at is null and m.absent_at is null';

/** The channels of a guild that are not recorded, with all that is within them. */
export function excludedChannels(pool: Pool, guildId: Snowflake): Promise<Set<Snowflake>> {
  // It only asks, which a pool does as well as a client.
  return readExcluded(pool as unknown as ClientBase, guildId, emptyBatch());
}

/**
 * Channels and threads that are there, as far as we know: channels first, then threads that are not archived, then
 * those archived last. Left out: those found closed by another repair since `closedSinceMs`.
 */
export async function standingChannels(
  client: Reader,
  guildId: Snowflake,
  closedSinceMs: number,
): Promise<{ channelId: Snowflake; parentId: Snowflake | null }[]> {
  const { rows } = await client.query<{ channelId: string; parentId: string | null }>(
    `select c.channel_id::text as "channelId", c.parent_id::text as "parentId" from channels c
     where c.guild_id = $1 and c.deleted_at is null and not exists (
       select from gap_channels x join gaps g on g.guild_id = x.guild_id and g.from_at = x.from_at
       where x.guild_id = c.guild_id and x.channel_id = c.channel_id and x.state = 'closed' and g.repaired_at > $2
     )
     order by coalesce(c.type in (10, 11, 12), false), coalesce(c.archived, false),
       c.archived_at desc nulls last, c.channel_id desc`,
    [guildId, new Date(closedSinceMs)],
  );
  return rows;
}

/** The oldest of each channel's newest messages before an id, so many of them as are told; none, none. */
export async function newestBefore(
  client: Reader,
  guildId: Snowflake,
  channelIds: Snowflake[],
  beforeId: Snowflake,
  messages: number,
): Promise<Map<Snowflake, Snowflake>> {
  const { rows } = await client.query<{ channelId: string; messageId: string | null }>(
    `select c.id::text as "channelId", (
       select min(x.message_id) from (
         select m.message_id from messages m
         where m.guild_id = $1 and m.channel_id = c.id and m.message_id < $3 and m.author_id is not null
         order by m.message_id desc limit $4
       ) x
     )::text as "messageId"
     from unnest($2::bigint[]) as c(id)`,
    [guildId, channelIds, beforeId, messages],
  );
  return new Map(rows.flatMap(({ channelId, messageId }) => (messageId ? [[channelId, messageId]] : [])));
}

/** Messages of a channel, both ends left out, that are there as far as we know and that Discord has not shown since. */
export async function unseenSince(
  client: Reader,
  { guildId, channelId }: { guildId: Snowflake; channelId: Snowflake },
  { afterId, beforeId }: { afterId: Snowflake; beforeId: Snowflake },
  sinceMs: number,
  limit: number,
): Promise<Snowflake[]> {
  const { rows } = await client.query<{ id: string }>(
    `select m.message_id::text as id from messages m
     where m.guild_id = $1 and m.channel_id = $2 and m.message_id > $3 and m.message_id < $4 and ${LIVING}
       and (m.by_api is not true or m.seen_at < $5)
     order by m.message_id desc limit $6`,
    [guildId, channelId, afterId, beforeId, new Date(sinceMs), limit],
  );
  return rows.map(({ id }) => id);
}

/** How many messages are there, as far as we know, within spans of a channel: what Discord did not name is no more. */
export async function countLiving(
  client: Reader,
  { guildId, channelId }: { guildId: Snowflake; channelId: Snowflake },
  spans: { fromId: Snowflake; toId: Snowflake }[],
  named: Snowflake[],
): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from unnest($3::bigint[], $4::bigint[]) as s(from_id, to_id)
     join messages m on m.guild_id = $1 and m.channel_id = $2 and m.message_id between s.from_id and s.to_id
     where ${LIVING} and m.message_id <> all($5::bigint[])`,
    [guildId, channelId, spans.map((s) => s.fromId), spans.map((s) => s.toId), named],
  );
  return rows[0]!.count;
}

/** How often one emoji stands at a message, as Discord counts it. */
export interface EmojiCount {
  messageId: Snowflake;
  emojiKey: string;
  count: number;
}

/** Those emoji of messages of whose reactors we know more or fewer than Discord counts: by place in the list. */
export async function miscounted(
  client: Reader,
  guildId: Snowflake,
  counts: EmojiCount[],
): Promise<number[]> {
  const { rows } = await client.query<{ place: number }>(
    `select t.place::int - 1 as place
     from unnest($2::bigint[], $3::text[], $4::int[]) with ordinality as t(message_id, emoji_key, count, place)
     left join messages m on m.guild_id = $1 and m.message_id = t.message_id
     left join reactions r on r.guild_id = $1 and r.message_id = t.message_id and r.emoji_key = t.emoji_key
     where t.count <> (
       select count(*) from reaction_users u
       where u.guild_id = $1 and u.message_id = t.message_id and u.emoji_key = t.emoji_key
         and greatest(u.added_at, u.seen_at) >= greatest(
           r.cleared_at, m.reactions_cleared_at, case when r.counted_at >= m.reactions_at then null else m.reactions_at end, '-infinity')
         and (u.removed_at is null or greatest(u.added_at, u.seen_at) > u.removed_at)
     )
     order by t.place`,
    [guildId, counts.map((c) => c.messageId), counts.map((c) => c.emojiKey), counts.map((c) => c.count)],
  );
  return rows.map(({ place }) => place);
}

/** Until when live recording has kept everything of a guild, ms; undefined: nobody records it live. */
export async function heardUntil(client: Reader, guildId: Snowflake): Promise<number | undefined> {
  const { rows } = await client.query<{ ms: number | null }>(
    `select (extract(epoch from max(coalesce(alive_at, last_event_at))) * 1000)::float8 as ms from shards
     where holder is not null and ($1::bigint >> 22) % shard_count = shard_id`,
    [guildId],
  );
  return rows[0]!.ms ?? undefined;
}

/** Those of some messages whose reactions changed by an event since a time, ms, of each. */
export async function reactedSince(
  client: Reader,
  guildId: Snowflake,
  asked: [messageId: Snowflake, sinceMs: number][],
): Promise<Set<Snowflake>> {
  const { rows } = await client.query<{ id: string }>(
    `select distinct t.id::text as id from unnest($2::bigint[], $3::timestamptz[]) as t(id, since)
     where exists (select from reaction_users u where u.guild_id = $1 and u.message_id = t.id
         and greatest(u.added_at, u.removed_at) >= t.since)
       or exists (select from messages m where m.guild_id = $1 and m.message_id = t.id
         and m.reactions_cleared_at >= t.since)
       or exists (select from reactions r where r.guild_id = $1 and r.message_id = t.id and r.cleared_at >= t.since
         and r.cleared_at <> coalesce(r.counted_at, '-infinity'))`,
    [guildId, asked.map(([id]) => id), asked.map(([, ms]) => new Date(ms))],
  );
  return new Set(rows.map(({ id }) => id));
}

/**
 * Messages, by channel, of which Discord counted reactions since a time, ms, while one came or went, or so lately that live
 * recording has not come past that.
 */
export async function countedWhileReacted(
  client: Reader,
  guildId: Snowflake,
  { sinceMs, heardMs }: { sinceMs: number; heardMs: number },
  limit: number,
): Promise<Map<Snowflake, Snowflake[]>> {
  const { rows } = await client.query<{ channelId: string; messageIds: string[] }>(
    `select channel_id::text as "channelId", array_agg(distinct message_id::text) as "messageIds" from (
       select m.channel_id, m.message_id from reactions r join messages m using (guild_id, message_id)
       where r.guild_id = $1 and r.counted_at >= $2 and (r.counted_at > $3::timestamptz - ${ANSWERED} or exists (
         select from reaction_users u
         where u.guild_id = $1 and u.message_id = r.message_id and u.emoji_key = r.emoji_key
           and greatest(u.added_at, u.removed_at) between r.counted_at - interval '1 s' and r.counted_at + ${ANSWERED}
       ))
       order by m.message_id desc limit $4
     ) unsure group by channel_id`,
    [guildId, new Date(sinceMs), new Date(heardMs), limit],
  );
  return new Map(rows.map(({ channelId, messageIds }) => [channelId, messageIds]));
}

/** An answer has come, and with it all events before it, so long after it was asked for. */
const ANSWERED = `interval '16 s'`;

/** A stored channel or thread, as far as reading its history needs it. */
export interface StoredChannel {
  channelId: Snowflake;
  type: number | null;
  name: string | null;
  parentId: Snowflake | null;
}

/** Some channels and threads as they are stored, of those that are there. */
export async function storedChannels(
  client: Reader,
  guildId: Snowflake,
  channelIds: Snowflake[],
): Promise<StoredChannel[]> {
  const { rows } = await client.query<StoredChannel>(
    `select channel_id::text as "channelId", type, name, parent_id::text as "parentId" from channels
     where guild_id = $1 and channel_id = any($2::bigint[]) and deleted_at is null`,
    [guildId, channelIds],
  );
  return rows;
}

/** Which of some channels exports have told of. */
export async function importedChannels(
  client: Reader,
  guildId: Snowflake,
  channelIds: Snowflake[],
): Promise<Set<Snowflake>> {
  const { rows } = await client.query<{ id: string }>(
    `select distinct channel_id::text as id from imports where guild_id = $1 and channel_id = any($2::bigint[])`,
    [guildId, channelIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Where an emoji stands at a message. */
export interface Stand {
  channelId: Snowflake;
  messageId: Snowflake;
  emoji: { key: string; name?: string };
  /** How often, as far as we know. */
  total: number;
}

/** Emoji of whose reactors we know fewer than there are: of a channel, before a message, newest first. */
export async function unlistedReactors(
  client: Reader,
  { guildId, channelId }: { guildId: Snowflake; channelId: Snowflake },
  { fromId, before }: { fromId: Snowflake; before: Snowflake },
  limit: number,
): Promise<Stand[]> {
  const { rows } = await client.query<{ messageId: string; key: string; name: string | null; total: number }>(
    `select r.message_id::text as "messageId", r.emoji_key as key, r.emoji_name as name, r.total
     from messages m
     join reactions r on r.guild_id = m.guild_id and r.message_id = m.message_id
     where m.guild_id = $1 and m.channel_id = $2 and m.message_id >= $3 and m.message_id < $4 and ${LIVING}
       and r.total > (
         select count(*) from reaction_users u
         where u.guild_id = $1 and u.message_id = r.message_id and u.emoji_key = r.emoji_key
           and (u.removed_at is null or greatest(u.added_at, u.seen_at) > u.removed_at)
       )
     order by m.message_id desc, r.emoji_key limit $5`,
    [guildId, channelId, fromId, before, limit],
  );
  return rows.map(({ messageId, key, name, total }) => ({
    channelId,
    messageId,
    emoji: { key, ...(name !== null && { name }) },
    total,
  }));
}

/** When a guild's members were listed in full the last time, ms. */
export async function membersListedAt(client: Reader, guildId: Snowflake): Promise<number | undefined> {
  const { rows } = await client.query<{ ms: number | null }>(
    'select (extract(epoch from members_listed_at) * 1000)::float8 as ms from guilds where guild_id = $1',
    [guildId],
  );
  return rows[0]?.ms ?? undefined;
}
