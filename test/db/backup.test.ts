/** Backups: what goes in comes out, or nothing does. */
import { beforeEach, describe, expect, it } from 'vitest';
import { migrate, MIGRATION_NAMES } from '../../db/migrate.ts';
import { connected, useEmptyDatabases } from '../support/empty-database.ts';
import { schemaDump } from '../support/schema-dump.ts';
import { useDatabase } from '../support/database.ts';
import {
  backedUp,
  contents,
  fillEveryTable,
  NOW_MS,
  OF_THE_MOMENT,
  restored,
  tables,
  useTargets,
} from './backup-scene.ts';

const source = useDatabase();
const makeEmpty = useEmptyDatabases();
const withTarget = useTargets();

describe('a backup', () => {
  beforeEach(() => source.clear());

  it('brings every row of every table back, whatever is in it', async () => {
    await fillEveryTable(source.pool);
    const { bytes, card } = await backedUp(source.pool);
    const counts = Object.values(card.tables);
    expect(Math.min(...counts)).toBeGreaterThan(10);
    expect(card.rows).toBe(counts.reduce((a, b) => a + b));
    expect(card.bytes).toBe(bytes.length);
    await withTarget(async (target) => {
      const done = await restored(target, bytes);
      expect(done).toMatchObject({ rows: card.rows, tables: card.tables, passedOver: [] });
      expect(await contents(target.pool, OF_THE_MOMENT)).toEqual(await contents(source.pool, OF_THE_MOMENT));
      expect(await schemaDump(target.pool)).toBe(await schemaDump(source.pool));
      expect(await migrate(target.db)).toEqual([]);
      // And once more, from there.
      const again = await backedUp(target.pool);
      await withTarget(async (third) => {
        await restored(third, again.bytes);
        expect(await contents(third.pool, OF_THE_MOMENT)).toEqual(await contents(source.pool, OF_THE_MOMENT));
      });
    });
  });

  it('of empty tables is one, too', async () => {
    const { bytes, card } = await backedUp(source.pool);
    expect(card.rows).toBe(0);
    await withTarget(async (target) => expect((await restored(target, bytes)).rows).toBe(0));
  });

  it('has all that a schema has: no sequence is left behind, and the migrator is named', async () => {
    const { rows } = await source.pool.query(`select from pg_class where relkind = 'S'`);
    expect(rows).toEqual([]);
    const { card } = await backedUp(source.pool);
    expect(card.header).toMatchObject({ almanac: '0.1.0', migrations: MIGRATION_NAMES });
    expect(card.header.leftOut).toEqual(['kysely_migration', 'kysely_migration_lock']);
    const { rows: all } = await source.pool.query<{ name: string }>(
      `select table_name as name from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
    );
    expect(Object.keys(card.tables).toSorted()).toEqual(
      all.map(({ name }) => name).filter((name) => !name.startsWith('kysely_')),
    );
  });

  it('is of one moment, though others write while it is made', async () => {
    const add = async (i: number) => {
      // The first table that is copied, and one of the last.
      await source.pool.query(
        `with one as (insert into attachments (guild_id, message_id, attachment_id, version) values (1, ${i}, 1, 1))
         insert into voice_states (guild_id, user_id, at, channel_id, listed) values (1, ${i}, now(), 1, true)`,
      );
    };
    for (let i = 0; i < 20; i++) await add(i);
    let next = 20;
    const writing: Promise<void>[] = [];
    const { card, bytes } = await backedUp(source.pool, { onProgress: () => void writing.push(add(next++)) });
    await Promise.all(writing);
    expect(writing.length).toBeGreaterThan(20);
    const { attachments, voice_states } = card.tables;
    expect(attachments).toBe(voice_states);
    expect(attachments).toBeLessThan(30);
    await withTarget(async (target) => expect((await restored(target, bytes)).tables).toEqual(card.tables));
  });

  it('makes a step of the schema wait for its end', async () => {
    const during: boolean[] = [];
    let isStepped = false;
    let step: Promise<unknown> | undefined;
    await backedUp(source.pool, {
      onProgress: () => {
        step ??= source.pool
          .query('alter table voice_states add column more int; alter table voice_states drop column more')
          .then(() => (isStepped = true));
        during.push(isStepped);
      },
    });
    await step;
    expect([during.length > 1, during.includes(true)]).toEqual([true, false]);
  });

  it('of a database that is not ours is refused', async () => {
    await connected(await makeEmpty(), async ({ pool }) => {
      await expect(backedUp(pool)).rejects.toThrow(/nothing of Almanac in this database/);
    });
  });

  it('that is broken off ends at once, and leaves its connection to nobody', async () => {
    await fillEveryTable(source.pool);
    const stop = new AbortController();
    const running = backedUp(source.pool, {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    await expect(running).rejects.toThrow('enough');
    const BUSY = `select from pg_stat_activity
      where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`;
    await expect.poll(async () => (await source.pool.query(BUSY)).rowCount).toBe(0);
  });
});

describe('restoring', () => {
  beforeEach(() => source.clear());

  it('into a database with a guild is refused, and says which', async () => {
    const { bytes } = await backedUp(source.pool);
    await withTarget(async (target) => {
      await target.pool.query(`insert into guilds (guild_id, name) values (7, 'Gulls'), (8, null)`);
      const before = await contents(target.pool);
      await expect(restored(target, bytes)).rejects.toThrow(/it holds Gulls \(7\), 8\. .*ALMANAC_DATA/s);
      expect(await contents(target.pool)).toEqual(before);
      await target.pool.query(`delete from guilds; insert into guild_settings (guild_id) values (0)`);
      await expect(restored(target, bytes)).rejects.toThrow(/it holds guild_settings/);
    });
  });

  it('into one that a bot without a guild has used is no matter', async () => {
    await source.pool.query('insert into guilds (guild_id) values (7)');
    const { bytes } = await backedUp(source.pool);
    await withTarget(async (target) => {
      await target.pool.query(
        `insert into jobs (guild_id, job) values (0, 'check'); insert into shards (application_id, shard_id, shard_count) values (1, 0, 1)`,
      );
      await restored(target, bytes);
      expect(await contents(target.pool)).toEqual(await contents(source.pool));
    });
  });

  it('keeps everybody else out until it is done', async () => {
    await source.pool.query('insert into guilds (guild_id) values (7)');
    const { bytes } = await backedUp(source.pool);
    await withTarget(async (target) => {
      let writing: Promise<unknown> | undefined;
      await restored(target, bytes, {
        onProgress: () => void (writing ??= target.pool.query('insert into guilds (guild_id) values (8)')),
      });
      await writing;
      const { rows } = await target.pool.query('select guild_id from guilds order by 1');
      expect(rows).toEqual([{ guild_id: '7' }, { guild_id: '8' }]);
    });
  });

  it('leaves tables that are not ours as they are, and those in the backup out', async () => {
    await source.pool.query('create table notes (note text); insert into notes values (1)');
    const { bytes } = await backedUp(source.pool).finally(() => source.pool.query('drop table notes'));
    await withTarget(async (target) => {
      await target.pool.query(`create table plans (plan text); insert into plans values ('mine')`);
      expect(await restored(target, bytes)).toMatchObject({ passedOver: ['notes'] });
      const { rows } = await target.pool.query('select * from plans');
      expect(rows).toEqual([{ plan: 'mine' }]);
      expect((await tables(target.pool)).map(({ name }) => name)).not.toContain('notes');
    });
  });

  it('where something else depends on our tables says so', async () => {
    const { bytes } = await backedUp(source.pool);
    await withTarget(async (target) => {
      await target.pool.query('create view of_mine as select count(*) from messages');
      await expect(restored(target, bytes)).rejects.toThrow(/depends on its table "messages"/);
      await target.pool.query('drop view of_mine');
      await restored(target, bytes);
    });
  });

  it('that is broken off leaves the database as it was', async () => {
    await fillEveryTable(source.pool);
    const { bytes, card } = await backedUp(source.pool);
    const steps = Object.keys(card.tables).length;
    for (const at of [1, steps, steps + 20])
      await withTarget(async (target) => {
        const before = await schemaDump(target.pool);
        const stop = new AbortController();
        let step = 0;
        const onProgress = () => void (++step === at && stop.abort(new Error('enough')));
        await expect(restored(target, bytes, { signal: stop.signal, onProgress })).rejects.toThrow('enough');
        expect(await schemaDump(target.pool)).toBe(before);
        expect(new Set(Object.values(await contents(target.pool)))).toEqual(new Set(['0 rows ']));
      });
  });
});

it("what is of the moment is settled: nobody works, marks are everybody's, what was due may have been sent", async () => {
  await source.clear();
  await source.pool.query(`
    insert into jobs (guild_id, job, token, holder, leased_until, outcome) values (1, 'weekly', 5, 'a', 'infinity', 'done');
    insert into shards (application_id, shard_id, shard_count, holder, beat, session_id, resume_url, sequence, last_event_at, alive_at)
      values (9, 0, 2, 'a', 3, 's', 'wss://x', 70, '2026-11-19 10:00Z', '2026-11-19 10:01Z'),
        (9, 1, 2, 'a', 3, 't', 'wss://x', 80, null, null);
    insert into guilds (guild_id) values (4194304 * 2), (4194304 * 3), (4194304 * 4), (4194304 * 6);
    insert into guild_moments (guild_id, kind, at) values (4194304 * 2, 'available', '2026-01-01Z'),
      (4194304 * 3, 'available', '2026-01-01Z'), (4194304 * 4, 'available', '2026-01-01Z'), (4194304 * 4, 'left', '2026-02-01Z');
    insert into posts (guild_id, report, period, due_at, state, try_at, unsure_since) values
      (1, 'weekly', '2026-W44', '2026-11-02Z', 'posted', '2026-11-02Z', null), (1, 'weekly', '2026-W45', '2026-11-09Z', 'due', '2026-11-09Z', null),
      (2, 'weekly', '2026-W45', '2026-11-09Z', 'due', '2026-11-09Z', '2026-11-09 01:00Z');
    insert into stale_days (guild_id, day, marked_by) values (1, 5, 700), (1, 5, 701), (1, 6, 0), (1, 6, 702);
    insert into stale_words (guild_id, day, marked_by) values (1, 5, 700), (1, 5, 701)`);
  const { bytes } = await backedUp(source.pool);
  await withTarget(async (target) => {
    const ask = async (query: string) => (await target.pool.query({ text: query, rowMode: 'array' })).rows;
    expect((await restored(target, bytes)).gapsOpened).toBe(1);
    expect(await ask('select holder, leased_until, token > 1000000, outcome from jobs')).toEqual([
      [null, null, true, 'done'],
    ]);
    expect(
      await ask(
        'select holder, session_id, resume_url, sequence, last_event_at is null from shards order by 5',
      ),
    ).toEqual([
      [null, null, null, null, false],
      [null, null, null, null, true],
    ]);
    expect(await ask('select guild_id::int / 4194304, from_at, to_at, reason, state from gaps')).toEqual([
      [2, new Date('2026-11-19T10:00Z'), new Date(NOW_MS), 'new session', 'open'],
    ]);
    expect(await ask('select state, unsure_since from posts order by period, guild_id')).toEqual([
      ['posted', null],
      ['due', new Date('2026-11-09T00:00Z')],
      ['due', new Date('2026-11-09T01:00Z')],
    ]);
    expect(await ask('select day, marked_by from stale_days order by 1')).toEqual([
      [5, '0'],
      [6, '0'],
    ]);
    expect(await ask('select day, marked_by from stale_words')).toEqual([[5, '0']]);
  });
});
