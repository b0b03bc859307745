/** Holds what is recorded of a guild against the loopback Discord's truth. */
import type { Pool } from 'pg';
import type { World } from '../support/discord/world.ts';
import type { Traffic } from './traffic.ts';

interface Recorded {
  id: string;
  channel_id: string;
  author_id: string | null;
  content: string | null;
  edited: number | null;
  pinned: boolean | null;
  told_gone: boolean;
  inferred_gone: boolean;
}

export interface Comparison {
  /** In words; none: what is recorded is the truth. */
  differences: string[];
  messages: number;
  deletionsTold: number;
  deletionsInferred: number;
}

/** Every difference between the database and the guild. */
export async function compare(pool: Pool, world: World, { guildId, deleted }: Traffic): Promise<Comparison> {
  const { rows } = await pool.query<Recorded>(
    `select message_id::text as id, channel_id::text, author_id::text, content,
       extract(epoch from edited_at) * 1000 as edited, pinned,
       gone_at is not null as told_gone, absent_at is not null as inferred_gone
     from messages where guild_id = $1`,
    [guildId],
  );
  const recorded = new Map(rows.map((row) => [row.id, row]));
  const differences = [
    ...compareMessages(world, guildId, recorded),
    ...(await compareReactions(pool, world, guildId)),
    ...(await compareChannels(pool, world, guildId)),
    ...(await compareMembers(pool, world, guildId)),
    ...(await compareVoice(pool, world, guildId)),
  ];
  for (const id of deleted) {
    const row = recorded.get(id);
    // One that came and went while nobody listened was never known.
    if (row?.author_id && !row.told_gone && !row.inferred_gone)
      differences.push(`message ${id} is deleted, and stands`);
  }
  return {
    differences,
    messages: rows.length,
    deletionsTold: rows.filter((row) => row.told_gone).length,
    deletionsInferred: rows.filter((row) => row.inferred_gone && !row.told_gone).length,
  };
}

function compareMessages(world: World, guildId: string, recorded: Map<string, Recorded>): string[] {
  const differences: string[] = [];
  for (const channel of world.guild(guildId).channels.values()) {
    for (const message of channel.messages.values()) {
      const row = recorded.get(message.id);
      const what = `message ${message.id} in ${channel.name}`;
      if (!row) differences.push(`${what} is lost`);
      else {
        const isAs = (name: string, is: unknown, should: unknown) => {
          if (is !== should)
            differences.push(`${what}: ${name} is ${String(is)}, should be ${String(should)}`);
        };
        isAs('channel', row.channel_id, channel.id);
        isAs('author', row.author_id, message.authorId);
        isAs('content', row.content, message.content);
        isAs('edited', row.edited === null ? null : Number(row.edited), message.editedAt);
        isAs('pinned', row.pinned, message.pinned);
        isAs('told as deleted', row.told_gone, false);
        isAs('taken for deleted', row.inferred_gone, false);
      }
    }
  }
  return differences;
}

async function compareReactions(pool: Pool, world: World, guildId: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string; total: number; users: string[] }>(
    `select r.message_id || ' ' || r.emoji_key as name, r.total,
       array(select u.user_id::text from reaction_users u
             where u.guild_id = r.guild_id and u.message_id = r.message_id and u.emoji_key = r.emoji_key
               and greatest(u.added_at, u.seen_at) > coalesce(u.removed_at, '-infinity')
               and greatest(u.added_at, u.seen_at) >= coalesce(r.cleared_at, '-infinity')
               and greatest(u.added_at, u.seen_at) >= coalesce(m.reactions_cleared_at, '-infinity')
               and (coalesce(r.counted_at, '-infinity') >= m.reactions_at or greatest(u.added_at, u.seen_at) >= m.reactions_at)
             order by 1) as users
     from reactions r join messages m using (guild_id, message_id)
     where r.guild_id = $1 and r.total > 0 and m.gone_at is null and m.absent_at is null`,
    [guildId],
  );
  const recorded = new Map(rows.map((row) => [row.name, row]));
  const differences: string[] = [];
  for (const channel of world.guild(guildId).channels.values()) {
    for (const message of channel.messages.values()) {
      for (const [emoji, { normal, burst }] of message.reactions) {
        const name = `${message.id} ${emoji}`;
        const row = recorded.get(name);
        recorded.delete(name);
        const users = [...new Set([...normal, ...burst])].toSorted();
        const should = normal.size + burst.size;
        if (row?.total !== should)
          differences.push(`reaction ${name} has ${row?.total ?? 0}, should have ${should}`);
        else if (row.users.toSorted().join() !== users.join()) {
          differences.push(
            `reaction ${name} is of ${row.users.toSorted().join()}, should be of ${users.join()}`,
          );
        }
      }
    }
  }
  for (const [name, { total }] of recorded)
    differences.push(`reaction ${name} has ${total}, should have none`);
  return differences;
}

async function compareChannels(pool: Pool, world: World, guildId: string): Promise<string[]> {
  const { rows } = await pool.query<{
    id: string;
    name: string;
    archived: boolean | null;
    topic: string | null;
    deleted: boolean;
  }>(
    `select channel_id::text as id, name, archived, topic, deleted_at is not null as deleted
     from channels where guild_id = $1`,
    [guildId],
  );
  const recorded = new Map(rows.map((row) => [row.id, row]));
  const differences: string[] = [];
  for (const { id, name, topic, thread } of world.guild(guildId).channels.values()) {
    const row = recorded.get(id);
    if (!row) differences.push(`channel ${name} is lost`);
    else if (
      row.name !== name ||
      row.deleted ||
      (thread ? row.archived !== thread.archived : row.topic !== topic)
    ) {
      differences.push(`channel ${name} (${topic ?? thread?.archived}) is ${JSON.stringify(row)}`);
    }
  }
  return differences;
}

async function compareMembers(pool: Pool, world: World, guildId: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string; nick: string | null }>(
    `select user_id::text as id, nick from members m join guilds g using (guild_id)
     where guild_id = $1 and greatest(joined_at, present_at) > coalesce(left_at, '-infinity')
       and greatest(joined_at, present_at) >= coalesce(g.members_listed_at, '-infinity')`,
    [guildId],
  );
  const recorded = new Map(rows.map((row) => [row.id, row]));
  const differences: string[] = [];
  for (const { userId, nick } of world.guild(guildId).members.values()) {
    const row = recorded.get(userId);
    recorded.delete(userId);
    if (!row) differences.push(`member ${userId} is lost`);
    else if (row.nick !== nick) differences.push(`member ${userId} is called ${row.nick}, should be ${nick}`);
  }
  for (const id of recorded.keys()) differences.push(`member ${id} has left, and stands`);
  return differences;
}

async function compareVoice(pool: Pool, world: World, guildId: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string; channel: string }>(
    `select user_id::text as id, channel_id::text as channel from (
       select distinct on (user_id) user_id, channel_id, at from voice_states
       where guild_id = $1 order by user_id, at desc) last
     where channel_id <> 0 and at >= coalesce(
       (select max(at) from guild_moments where guild_id = $1 and kind = 'voice_listed'), '-infinity')`,
    [guildId],
  );
  const is = rows.map(({ id, channel }) => `${id} in ${channel}`).toSorted();
  const should = [...world.guild(guildId).voice]
    .map(([id, { channelId }]) => `${id} in ${channelId}`)
    .toSorted();
  return is.join() === should.join() ? [] : [`in voice are ${is.join()}, should be ${should.join()}`];
}
