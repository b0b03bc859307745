/** Updates: a database of any schema that was ever released comes to today's, with all that was in it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { currentSchema, tablesOf } from '../../db/backup/catalog.ts';
import { connect, type Db, type Store } from '../../db/connect.ts';
import { migrate, MIGRATION_NAMES } from '../../db/migrate.ts';
import { atLength } from '../support/at-length.ts';
import { questions } from '../../db/queries/index.ts';
import type { Asked } from '../../db/queries/question.ts';
import { keepSums, refreshSums } from '../../db/rollups/refresh.ts';
import { verifySums } from '../../db/rollups/verify.ts';
import { openWriter } from '../../db/write-batch.ts';
import { makeCommunity } from '../support/community.ts';
import { connected, useEmptyDatabases } from '../support/empty-database.ts';
import { makeDatabase, type TestDatabase, useDatabase } from '../support/database.ts';
import { useFolder } from '../support/folder.ts';
import { eventsOf } from '../support/guild-events.ts';
import { hashOf, imported, verified } from '../support/imports.ts';
import { keptWords, naiveWords } from '../support/kept-words.ts';
import { seededRandom } from '../support/random.ts';
import { readTexts } from '../support/read-texts.ts';
import { schemaDump } from '../support/schema-dump.ts';
import { backedUp, OF_THE_MOMENT, restored, tables } from './backup-scene.ts';

const today = useDatabase();
const folder = useFolder();
const makeEmpty = useEmptyDatabases();
let guildId: string;
let files: string[];

/** Of live events, beside the community's: members, reactions, edits, deletions, voice. */
const LIVE_ROUNDS = 4;

beforeAll(async () => {
  const made = await makeCommunity(folder.path, { messages: 250, weeks: 60 });
  ({ files } = made);
  guildId = made.truth.guild.id;
  await imported(today, files);
  const random = seededRandom(5);
  const writer = await openWriter(today.pool, { content: 'full' });
  for (let i = 0; i < LIVE_ROUNDS; i++) for (const batch of eventsOf(random)) await writer.write(batch);
  await writer.close();
  await today.pool.query(`
    insert into shards (application_id, shard_id, shard_count, session_id, sequence, last_event_at) values (9, 0, 1, 's', 7, '2026-01-02Z');
    insert into backfill_runs (guild_id, asked_at, state, since_id, with_reactors, is_again, card, updated_at)
      values (${guildId}, '2026-01-01Z', 'done', 0, false, false, '{}', '2026-01-02Z');
    insert into gaps (guild_id, from_at, to_at, reason, state, card) values (${guildId}, '2026-01-01Z', '2026-01-02Z', 'new session', 'open', '{}');
    insert into guild_settings (guild_id, time_zone) values (${guildId}, 'Europe/Vienna')`);
});

/** Copies what both know: tables and columns by their names. What a later step made of the rows is not copied. */
async function copyCommon(from: Store, to: Store): Promise<void> {
  const known = new Map((await tables(from.pool)).map(({ name, columns }) => [name, columns]));
  for (const { name, columns } of await tables(to.pool)) {
    const common = columns.filter((column) => known.get(name)?.includes(column)).join(', ');
    if (common === '') continue;
    const { rows } = await from.pool.query<{ all: string }>(
      `select coalesce(jsonb_agg(to_jsonb(t)), '[]')::text as all from (select ${common} from ${name}) t`,
    );
    await to.pool.query(
      `insert into ${name} (${common}) select ${common} from jsonb_populate_recordset(null::${name}, $1)`,
      [rows[0]!.all],
    );
  }
}

/** A database that an Almanac of that time has left: without words, and with sums only where it kept some. */
async function leftAt(step: string, url: string): Promise<void> {
  await connected(url, async (store) => {
    await migrate(store.db, { to: step });
    const { leftOut } = await tablesOf(store.pool, await currentSchema(store.pool));
    expect(leftOut).toContain('kysely_migration');
    await copyCommon(today, store);
  });
}

/** Every row of the tables and columns that are named, as text. */
async function rowsOf(
  { pool }: Store,
  of: { name: string; columns: string[] }[],
): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const { name, columns } of of) {
    const { rows } = await pool.query<{ hash: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(r, '|' order by r)), '') as hash
       from (select distinct to_jsonb(t)::text as r from (select ${columns.join(', ')} from ${name}) t) x`,
    );
    all[name] = rows[0]!.hash;
  }
  return all;
}

const answers = async (db: Db): Promise<Record<string, unknown>> => {
  const window = { fromMs: Date.UTC(2024, 0, 1), toMs: Date.UTC(2026, 10, 1), timeZone: 'Europe/Vienna' };
  const asked = { guildId, window, limit: 10, text: 'the' } as Asked;
  const each: Record<string, unknown> = {};
  for (const one of questions.filter((_, i) => i % atLength(9, 1) === 0))
    each[one.name] = await one.ask(db, structuredClone(asked));
  return each;
};

/** A migrated database of its own, which takes no migrating. */
async function withToday(work: (store: TestDatabase) => Promise<void>): Promise<void> {
  const { database, drop } = await makeDatabase();
  await work(database).finally(drop);
}

describe.for([...MIGRATION_NAMES])('a database at %s', (step) => {
  it('comes to today with all its rows, answers as ever, and a backup of it does, too', async () => {
    const url = await makeEmpty();
    await leftAt(step, url);
    await connected(url, async (store) => {
      const of = await tables(store.pool);
      const before = await rowsOf(store, of);
      expect(before['messages']).toMatch(/^[2-9]\d\d /);
      const backup = await backedUp(store.pool);
      expect(backup.card.header.migrations.at(-1)).toBe(step);

      // What it must be like: today's schema, and the same rows.
      await withToday(async (fresh) => {
        await copyCommon(store, fresh);
        expect(await migrate(store.db)).toEqual(MIGRATION_NAMES.slice(MIGRATION_NAMES.indexOf(step) + 1));
        expect(await rowsOf(store, of)).toEqual(before);
        expect(await schemaDump(store.pool)).toBe(await schemaDump(today.pool));
        expect(await hashOf(store)).toBe(await hashOf(fresh));
        expect(await answers(store.db)).toEqual(await answers(fresh.db));
      });

      await withToday(async (other) => {
        await restored(other, backup.bytes);
        const kept = of.map(({ name, columns }) => ({
          name,
          columns: columns.filter((column) => !OF_THE_MOMENT[name]?.includes(column)),
        }));
        expect(await rowsOf(other, kept)).toEqual(await rowsOf(store, kept));
        expect(await hashOf(other)).toBe(await hashOf(store));
        expect(await schemaDump(other.pool)).toBe(await schemaDump(today.pool));
      });

      // Words and sums, which it had not, are made of what was there.
      await readTexts(store);
      expect(await keptWords(store as TestDatabase)).toEqual(await naiveWords(store as TestDatabase));
      await keepSums(store.db, guildId, 'Europe/Vienna', 1);
      for await (const _ of refreshSums(store, guildId));
      expect(await Array.fromAsync(verifySums(store, guildId))).toEqual([]);
      expect(await verified(store, files)).toMatchObject({ findings: [], unexplained: 0 });
    });
  });
});

describe('an update', () => {
  it('that loses its connection in the middle leaves all as it was, and the next start goes on', async () => {
    const url = await makeEmpty();
    await leftAt('0001-spine', url);
    const watcher = connect(url, 1);
    const holder = await watcher.pool.connect();
    const before = await connected(url, ({ pool }) => schemaDump(pool));
    // It waits for this table in the middle of its way: a late step changes it.
    await holder.query('begin; lock table guild_settings in access share mode');
    const failing = connected(url, ({ db }) => migrate(db)).catch((error: Error) => error.message);
    const WAITS = `select pid from pg_locks l where not granted and locktype = 'relation'
      and relation = 'guild_settings'::regclass`;
    await expect.poll(async () => (await holder.query(WAITS)).rowCount).toBe(1);
    await holder.query(`select pg_terminate_backend(pid) from (${WAITS}) waiting`);
    expect(await failing).toMatch(/could not be migrated|terminat/i);
    await holder.query('rollback');
    holder.release();
    await watcher.close();
    await connected(url, async ({ db, pool }) => {
      expect(await schemaDump(pool)).toBe(before);
      expect(await migrate(db)).toEqual(MIGRATION_NAMES.slice(1));
    });
  });

  it('is made once where two processes start at once', async () => {
    const url = await makeEmpty();
    await leftAt('0003-live', url);
    const done = await Promise.all([1, 2].map(() => connected(url, ({ db }) => migrate(db))));
    expect(done.flat()).toEqual(MIGRATION_NAMES.slice(3));
    await connected(url, async (store) =>
      expect((await rowsOf(store, [{ name: 'messages', columns: ['message_id'] }]))['messages']).toMatch(
        /^[2-9]\d\d /,
      ),
    );
  });
});
