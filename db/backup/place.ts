/** Where a backup goes to: beside the tables that are there, and then into their place. */
import type { ClientBase, Pool } from 'pg';
import { currentSchema, quoted, tablesOf, viewsOf } from './catalog.ts';
import { BackupError, type BackupHeader } from './format.ts';

/** Seen by nobody: it is there within the transaction alone. */
export const STAGE = 'almanac_restored';

/** So many are named. */
const NAMED_MAX = 3;

/**
 * Makes sure that a database has no guild, and that none comes before the transaction ends.
 *
 * Errors  BackupError, which says what is in it and what to do
 */
export async function lockEmpty(client: ClientBase, home: string, header: BackupHeader): Promise<void> {
  const names = new Set(header.tables.map(({ name }) => name)).add('guilds');
  const found = (await tablesOf(client, home)).tables.filter(({ name }) => names.has(name));
  await client.query(
    `lock table ${found.map(({ name }) => `${quoted(home)}.${quoted(name)}`).join(', ')} in access exclusive mode`,
  );
  await refuseGuilds(client);
}

/**
 * Nothing where a database has no guild, or no table yet. Jobs that are about no guild have the guild 0; elsewhere that is where
 * direct messages are.
 *
 * Errors  BackupError, which says what is in it and what to do
 */
export async function refuseGuilds(client: ClientBase | Pool): Promise<void> {
  const { tables } = await tablesOf(client, await currentSchema(client));
  if (!tables.some(({ name }) => name === 'guilds')) return;
  const each = tables
    .filter(({ columns }) => columns.includes('guild_id'))
    .map(
      ({ name }) => `select ${literal(name)} as name where exists
        (select from ${quoted(name)} ${name === 'jobs' ? 'where guild_id <> 0' : ''})`,
    );
  const { rows: filled } = await client.query<{ name: string }>(each.join(' union all '));
  if (filled.length === 0) return;
  const { rows } = await client.query<{ name: string | null; id: string }>(
    'select name, guild_id::text as id from guilds order by guild_id',
  );
  const named = rows
    .slice(0, NAMED_MAX)
    .map(({ name, id }) => (name ? `${name} (${id})` : id))
    .join(', ');
  const more = rows.length > NAMED_MAX ? `, and ${rows.length - NAMED_MAX} more` : '';
  const what = rows.length > 0 ? `${named}${more}` : filled.map(({ name }) => name).join(', ');
  throw new BackupError(
    `The database is not empty: it holds ${what}. A backup goes into a database without any server: another folder in ALMANAC_DATA, or an empty database in DATABASE_URL. Nothing is changed.`,
  );
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * Puts what was made beside in the place of what is there.
 *
 * Errors  BackupError where something else depends on a table of ours
 */
export async function putInPlace(client: ClientBase, home: string): Promise<void> {
  const { tables } = await tablesOf(client, STAGE);
  const views = await viewsOf(client, STAGE);
  const ours = [
    ...views.map((name) => ['view', quoted(name)] as const),
    ...tables.map(({ name }) => ['table', quoted(name)] as const),
  ];
  for (const [kind, name] of ours) {
    await client.query(`drop ${kind} if exists ${quoted(home)}.${name}`).catch((error: { code?: string }) => {
      if (error.code !== DEPENDED_ON) throw error;
      throw new BackupError(
        `Something that is not Almanac's depends on its ${kind} ${name}: take it away first. Nothing is changed.`,
        { cause: error },
      );
    });
  }
  for (const [kind, name] of ours)
    await client.query(`alter ${kind} ${STAGE}.${name} set schema ${quoted(home)}`);
  await client.query(`drop schema ${STAGE}`);
}

const DEPENDED_ON = '2BP01';
