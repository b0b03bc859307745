/** The statements about messages that are more than a merge. */
import type { ClientBase } from 'pg';
import { groupRises, keyJoin } from './merge-rule.ts';
import { DERIVED_CHILDREN, MESSAGE_CHILDREN, VERSIONED_CHILDREN, messages } from './tables.ts';

const anyChange = messages.groups
  .map((group) => group.changes('s'))
  .filter((text) => text !== 'false')
  .join(' or ');

/** What a round of staged messages will do to stored ones. */
export interface Judged {
  message_id: string;
  changes: boolean;
  body_rises: boolean;
  reactions_rise: boolean;
}

/** Looks at a round ($1) before it is merged; only rows that will do something. */
export async function judge(client: ClientBase, round: number): Promise<Judged[]> {
  const { rows } = await client.query<Judged>(
    `select message_id::text, changes, body_rises, reactions_rise from (
       select s.message_id, coalesce(${anyChange}, false) as changes,
         ${groupRises(messages, 'body_key')} as body_rises,
         ${groupRises(messages, 'reactions_at')} as reactions_rise
       from staged_messages s join messages m on ${keyJoin(messages)}
       where s.round = $1
     ) judged
     where changes or body_rises or reactions_rise`,
    [round],
  );
  return rows;
}

/** Before a round is merged: of two versions of a text the older goes to `edits`, whichever came first. */
export async function keepOlderTexts(client: ClientBase, round: number): Promise<void> {
  await client.query(
    `insert into edits as m (guild_id, message_id, version, body_key, content)
     select s.guild_id, s.message_id, least(s.body_key, m.body_key) >> 2, least(s.body_key, m.body_key),
       case when s.body_key < m.body_key then s.content else m.content end
     from staged_messages s join messages m on ${keyJoin(messages)}
     where s.round = $1 and (s.body_key >> 2) <> (m.body_key >> 2)
     order by s.guild_id, s.message_id
     on conflict (guild_id, message_id, version) do update
       set body_key = excluded.body_key, content = excluded.content
       where (excluded.body_key, excluded.content) > (m.body_key, m.content)`,
    [round],
  );
}

/** Deletes children that a later version of their message no longer has. */
export async function pruneChildren(
  client: ClientBase,
  guildId: string,
  messageIds: string[],
): Promise<void> {
  const deletions = VERSIONED_CHILDREN.map(
    ({ name }) => `delete from ${name} c using messages m
      where c.guild_id = $1 and c.message_id = any($2::bigint[])
        and m.guild_id = c.guild_id and m.message_id = c.message_id and c.version < m.body_key >> 2`,
  );
  await client.query(asOne(deletions), [guildId, messageIds]);
}

/** Statements on tables that are not each other's, in one round trip: a live batch is mostly these. */
const asOne = (statements: string[]): string =>
  `with ${statements.map((statement, i) => `s${i} as (${statement})`).join(',\n')} select`;

/** Deletes what was derived from texts that have given way to others. */
export async function deleteDerived(
  client: ClientBase,
  guildId: string,
  messageIds: string[],
): Promise<void> {
  await deleteChildren(
    client,
    guildId,
    messageIds,
    DERIVED_CHILDREN.map((table) => table.name),
  );
}

async function deleteChildren(
  client: ClientBase,
  guildId: string,
  messageIds: string[],
  names: string[],
): Promise<void> {
  const deletions = names.map(
    (name) => `delete from ${name} where guild_id = $1 and message_id = any($2::bigint[])`,
  );
  if (names.length > DERIVED_CHILDREN.length)
    deletions.push(`delete from extras where guild_id = $1 and kind = 'message' and id = any($2::bigint[])`);
  await client.query(asOne(deletions), [guildId, messageIds]);
}

const ALL_CHILDREN = MESSAGE_CHILDREN.map((table) => table.name);

/** A told deletion empties its message for good: ids, author and times stay. */
export async function buryMessages(client: ClientBase, guildId: string, messageIds: string[]): Promise<void> {
  await deleteChildren(client, guildId, messageIds, ALL_CHILDREN);
  await client.query(
    `update messages set body_key = null, content = null, content_length = null, words = null, asks = null,
       webhook_name = null, told = null, reactions_at = null, reactions_cleared_at = null
     where guild_id = $1 and message_id = any($2::bigint[]) and gone_at is not null
       and (body_key is not null or webhook_name is not null or reactions_at is not null)`,
    [guildId, messageIds],
  );
}

const KEY_COLUMNS = new Set(messages.key.map((column) => column.name));
const EVERY_OTHER = [...messages.columns.map((column) => column.name), 'absent_at'].filter(
  (name) => !KEY_COLUMNS.has(name),
);

/** A forgotten person's messages keep their ids alone, so that nothing brings them back; nor does who forwarded them. */
export async function eraseMessages(
  client: ClientBase,
  guildId: string,
  messageIds: string[],
): Promise<void> {
  await deleteChildren(client, guildId, messageIds, ALL_CHILDREN);
  await client.query(
    `delete from forwards f using messages m
     where f.guild_id = $1 and m.guild_id = $1 and m.message_id = f.message_id
       and m.reference_message_id = any($2::bigint[])`,
    [guildId, messageIds],
  );
  await client.query(
    `insert into messages as m (guild_id, message_id, erased)
     select $1, id, true from unnest($2::bigint[]) as id order by id
     on conflict (guild_id, message_id) do update set erased = true, ${EVERY_OTHER.map((name) => `${name} = null`).join(', ')}
     where not m.erased`,
    [guildId, messageIds],
  );
}

/** Which staged messages hold the text that is now stored; where texts are not kept, what is derived from one tells them apart. */
export async function winningRounds(client: ClientBase): Promise<Set<string>> {
  const { rows } = await client.query<{ won: string }>(
    `select s.message_id || '/' || s.round as won from staged_messages s join messages m on ${keyJoin(messages)}
     where s.body_key = m.body_key and s.content = m.content
       and (s.content_length, s.words, s.asks) is not distinct from (m.content_length, m.words, m.asks)`,
  );
  return new Set(rows.map((row) => row.won));
}
