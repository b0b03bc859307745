/** People's choices, each kept by the guild and the person alone. */
import { CompiledQuery, sql } from 'kysely';
import type { Pool } from 'pg';
import type { Db } from './connect.ts';
import { type Erased, erasePerson } from './erase-person.ts';
import { forgetImports } from './imports.ts';
import { WORD_TABLES } from './full-text/message-words.ts';
import { FORGOTTEN_NAME } from './keep.ts';
import { DROP_POSTS_WITH } from './posts.ts';
import { TALLIES } from './rollups/days.ts';
import { RECORDED } from './write/tables.ts';

/** Counted in totals, never named: what is kept of posts that name them goes. Taking it back is at once. */
export async function chooseUnranked(
  db: Db,
  guildId: string,
  userId: string,
  isOut: boolean,
  now: Date,
): Promise<void> {
  if (isOut) {
    await db.transaction().execute(async (tx) => {
      await tx
        .insertInto('choices')
        .values({ guild_id: guildId, user_id: userId, choice: 'unranked', since: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await tx.executeQuery(CompiledQuery.raw(DROP_POSTS_WITH, [guildId, userId]));
    });
    return;
  }
  await db
    .deleteFrom('choices')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('choice', '=', 'unranked')
    .execute();
}

/** What was erased, in rows. */
export interface ForgetReceipt extends Erased {
  guildId: string;
  userId: string;
  since: string;
  /** Whether the space of the erased rows was written over, too: wholly, but for the server's own log and samples, or not. */
  isRewritten: boolean | 'tables';
}

/**
 * Erases a person from a guild for good: messages, texts, edits, reactions, mentions and names. The choice stays,
 * so that no source brings anything back; the ids of their messages stay for the same reason.
 */
export async function forgetPerson(
  pool: Pool,
  guildId: string,
  userId: string,
  now: Date,
): Promise<ForgetReceipt> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    // Writers hold this lock shared: none is under way, and the next one will see the choice.
    await client.query('select pg_advisory_xact_lock($1::bigint)', [guildId]);
    await client.query(
      `insert into choices (guild_id, user_id, choice, since) values ($1, $2, 'forgotten', $3) on conflict do nothing`,
      [guildId, userId, now],
    );
    const receipt = await erasePerson(client, guildId, userId);
    await client.query('commit');
    return { guildId, userId, since: now.toISOString(), ...receipt, isRewritten: false };
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/**
 * Writes the tables anew, so that erased rows leave no byte in their files, nor in the write-ahead log where the
 * server lets us. Takes as long as copying them does, and locks each meanwhile. Tells whether the server let us
 * do all of it: only a superuser may rewrite the planner's samples of texts, and turn the log over.
 */
export async function rewriteTables(pool: Pool): Promise<boolean> {
  for (const name of [...RECORDED.map((table) => table.name), ...TALLIES, ...WORD_TABLES, 'posts'])
    await pool.query(`vacuum (full, analyze) ${name}`);
  const { rows } = await pool.query<{ rolsuper: boolean }>(
    `select rolsuper from pg_roles where rolname = current_user`,
  );
  if (!rows[0]?.rolsuper) return false;
  for (const statement of ['vacuum full pg_statistic', 'select pg_switch_wal()', 'checkpoint'])
    await pool.query(statement);
  return true;
}

/** Takes the choice back: nothing returns by itself, but imports may bring it again. */
export async function unforgetPerson(db: Db, guildId: string, userId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .deleteFrom('choices')
      .where('guild_id', '=', guildId)
      .where('user_id', '=', userId)
      .where('choice', '=', 'forgotten')
      .execute();
    // Whose an erased message was is not kept: those of people still forgotten are erased again when they are met.
    await tx.deleteFrom('messages').where('guild_id', '=', guildId).where('erased', '=', true).execute();
    // Texts that named them were changed since they were read: they give way to what is read again.
    for (const table of ['messages', 'edits'] as const) {
      await tx
        .updateTable(table)
        .set({ body_key: sql`body_key >> 2 << 2` })
        .where('guild_id', '=', guildId)
        .where(sql`position(${FORGOTTEN_NAME} in content)`, '>', 0)
        .execute();
    }
    await tx.updateTable('messages').set({ told: null }).where('guild_id', '=', guildId).execute();
    await forgetImports(tx, guildId);
  });
}
