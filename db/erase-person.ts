/** What a person leaves in the tables, taken out of them. */
import type { ClientBase } from 'pg';
import { derive } from './derive.ts';
import { deleteWords } from './full-text/message-words.ts';
import { FORGOTTEN_OWNER, marksOf, textWithoutPerson } from './keep.ts';
import { TALLIES_BY_AUTHOR } from './rollups/days.ts';
import { DROP_POSTS_WITH } from './posts.ts';
import { markPersonStale, markWords } from './rollups/marks.ts';
import { eraseMessages } from './write/messages.ts';
import { recountReactions } from './write/reactions.ts';

/** Rows. */
export interface Erased {
  messages: number;
  reactions: number;
  votes: number;
  mentions: number;
  names: number;
  moments: number;
  voice: number;
  commands: number;
  /** Weekly reports as they were posted, in which they were named. */
  posts: number;
}

/** Messages a statement. */
const BATCH = 2000;

/** Erases all that is stored of a person in a guild, within the caller's transaction. */
export async function erasePerson(client: ClientBase, guildId: string, userId: string): Promise<Erased> {
  const person = [guildId, userId];
  const ids = async (sql: string) =>
    (await client.query<{ id: string }>(sql, person)).rows.map((row) => row.id);
  const count = async (query: string) => (await client.query(query, person)).rowCount ?? 0;
  const names = await ids(
    `select distinct name as id from member_names where guild_id = $1 and user_id = $2`,
  );
  await markPersonStale(client, guildId, userId);
  const reworded = await takeOutOfTexts(client, guildId, userId, names);
  await takeOutOfEarlierTexts(client, guildId, userId, names);
  const reactedTo = await ids(
    'select distinct message_id::text as id from reaction_users where guild_id = $1 and user_id = $2',
  );
  const messages = await ids(
    `select message_id::text as id from messages where guild_id = $1 and author_id = $2`,
  );
  for (let i = 0; i < messages.length; i += BATCH)
    await eraseMessages(client, guildId, messages.slice(i, i + BATCH));
  await deleteWords(client, guildId, [...messages, ...reworded]);
  await markWords(client, guildId, reworded);
  const erased = {
    messages: messages.length,
    mentions: await count(`delete from mentions where guild_id = $1 and kind = 'user' and target_id = $2`),
    reactions: await count('delete from reaction_users where guild_id = $1 and user_id = $2'),
    votes: await count('delete from poll_votes where guild_id = $1 and user_id = $2'),
    voice: await count('delete from voice_states where guild_id = $1 and user_id = $2'),
    commands: await count('update messages set invoker_id = null where guild_id = $1 and invoker_id = $2'),
    names: await count('delete from member_names where guild_id = $1 and user_id = $2'),
    moments: await count('delete from member_moments where guild_id = $1 and user_id = $2'),
    posts: await count(DROP_POSTS_WITH),
  };
  for (let i = 0; i < reactedTo.length; i += BATCH)
    await countWithoutThem(client, guildId, reactedTo.slice(i, i + BATCH));
  await client.query('update guilds set owner_id = $3 where guild_id = $1 and owner_id = $2', [
    ...person,
    FORGOTTEN_OWNER,
  ]);
  await client.query('delete from members where guild_id = $1 and user_id = $2', person);
  // Their days are stale, so that these rows are read no more; but they name the person.
  for (const table of TALLIES_BY_AUTHOR)
    await client.query(`delete from ${table} where guild_id = $1 and author_id = $2`, person);
  await client.query(
    'delete from asked_questions where guild_id = $1 and $2 in (author_id, replier_id, thread_replier_id)',
    person,
  );
  await client.query(`delete from extras where guild_id = $1 and kind = 'member' and id = $2`, person);
  await client.query(
    `delete from choices where guild_id = $1 and user_id = $2 and choice = 'unranked'`,
    person,
  );
  return erased;
}

/**
 * Others' texts stay, without the mentions of this person; what is derived from them is derived again. Gives the messages
 * whose texts are others now.
 */
async function takeOutOfTexts(
  client: ClientBase,
  guildId: string,
  userId: string,
  names: string[],
): Promise<string[]> {
  const { rows } = await client.query<{ id: string; content: string }>(
    `select m.message_id::text as id, m.content from messages m
     join mentions c on c.guild_id = m.guild_id and c.message_id = m.message_id
     where m.guild_id = $1 and c.kind = 'user' and c.target_id = $2 and m.content is not null`,
    [guildId, userId],
  );
  const reworded: string[] = [];
  for (const { id, content } of rows) {
    const text = textWithoutPerson(content, userId, names);
    if (text === content) continue;
    await replaceText(client, guildId, id, text);
    reworded.push(id);
  }
  return reworded;
}

/** Whom an earlier text mentioned is not kept, so that there each `@` with a name of theirs counts as a mention. */
async function takeOutOfEarlierTexts(
  client: ClientBase,
  guildId: string,
  userId: string,
  names: string[],
): Promise<void> {
  const { rows } = await client.query<{ id: string; version: string; content: string }>(
    `select message_id::text as id, version::text as version, content from edits
     where guild_id = $1 and exists (select from unnest($2::text[]) as mark where position(mark in content) > 0)`,
    [guildId, marksOf(userId, names)],
  );
  for (const { id, version, content } of rows) {
    await client.query(
      'update edits set content = $4 where guild_id = $1 and message_id = $2 and version = $3',
      [guildId, id, version, textWithoutPerson(content, userId, names)],
    );
  }
}

/** Counts reactions as if this person's, which are erased by now, had never been told. */
async function countWithoutThem(client: ClientBase, guildId: string, messageIds: string[]): Promise<void> {
  await client.query(
    `delete from reactions r where guild_id = $1 and message_id = any($2::bigint[])
       and counted_at is null and cleared_at is null and not exists (
         select from reaction_users u
         where u.guild_id = r.guild_id and u.message_id = r.message_id and u.emoji_key = r.emoji_key
       )`,
    [guildId, messageIds],
  );
  await recountReactions(client, guildId, messageIds);
}

async function replaceText(client: ClientBase, guildId: string, id: string, content: string): Promise<void> {
  const { contentLength, words, asks, emoji, links } = derive({ content, fidelity: 1 });
  await client.query(
    `update messages set content = $3, content_length = $4, words = $5, asks = $6 where guild_id = $1 and message_id = $2`,
    [guildId, id, content, contentLength, words, asks],
  );
  // Custom emoji stand by id and cannot be part of a name; others can, and addresses hold names.
  await client.query(
    `delete from emoji_uses where guild_id = $1 and message_id = $2 and emoji_key !~ '^\\d+$'`,
    [guildId, id],
  );
  for (const { key, uses } of emoji.filter((e) => !/^\d+$/.test(e.key))) {
    await client.query(
      'insert into emoji_uses (guild_id, message_id, emoji_key, uses) values ($1, $2, $3, $4) on conflict do nothing',
      [guildId, id, key, uses],
    );
  }
  await client.query('delete from links where guild_id = $1 and message_id = $2', [guildId, id]);
  for (const [position, { domain, address }] of links.entries()) {
    await client.query(
      'insert into links (guild_id, message_id, position, domain, address) values ($1, $2, $3, $4, $5)',
      [guildId, id, position, domain, address],
    );
  }
}
