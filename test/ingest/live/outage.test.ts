/** A shard's recorder whose Postgres is away, or slow. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { live, logProgress, until } from '../../support/live-events.ts';
import { at, GUILD } from '../../support/records.ts';
import { numbers, useShardRecorder } from '../../support/shard-recorder.ts';

const test = useShardRecorder();

describe('while Postgres is away', () => {
  it('events go to the disk, and then to Postgres in their order', async () => {
    await test.open();
    test.take(1, 10);
    await test.recorder.flushed();
    test.door.set('shut');
    test.take(11, 2000);
    await test.recorder.flushed();
    expect(test.recorder.progress()).toMatchObject({ sequence: 2010 });
    expect(test.recorder.state()).toMatchObject({ queued: 0, spooledEvents: 2000, isSpooling: true });
    test.take(2011, 5);
    test.door.set('open');
    await until(() => test.recorder.state().written === 2015);
    test.take(2016, 5);
    await until(() => test.recorder.state().written === 2020);
    expect(await test.commits()).toEqual(numbers(2020));
    expect(test.recorder.state()).toMatchObject({ spooledEvents: 0, isSpooling: false, dropped: 0 });
    await until(async () => (await test.files()).length === 0);
    expect(test.log.lines.map(({ message }) => message)).toEqual([
      'Postgres is away: events go to the spool',
      'Events are written again',
    ]);
  });

  it('a connection that hangs is given up in time', async () => {
    await test.open({ limits: { writeMs: 300 } });
    test.take(1, 10);
    await test.recorder.flushed();
    test.door.set('held');
    test.take(11, 10);
    await until(() => test.recorder.state().spooledEvents === 10);
    expect(test.recorder.progress()).toMatchObject({ sequence: 20 });
    test.door.set('shut');
    test.door.set('open');
    await until(() => test.recorder.state().written === 20);
    expect(await test.commits()).toEqual(numbers(20));
  });

  it('a lock that is held for long holds no event back from the disk, and no connection at the server', async () => {
    await test.open({ limits: { writeMs: 200 } });
    const holder = await test.database.pool.connect();
    await holder.query('begin');
    await holder.query('select pg_advisory_xact_lock($1::bigint)', [GUILD]);
    test.take(1, 10);
    await test.recorder.flushed();
    expect(test.recorder.state().spooledEvents).toBe(10);
    const waiting = `select count(*)::int from pg_locks where not granted and locktype = 'advisory'`;
    for (let i = 0; i < 5; i++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect((await test.database.pool.query(waiting)).rows[0].count).toBeLessThanOrEqual(1);
    }
    await holder.query('rollback');
    holder.release();
    await until(() => test.recorder.state().written === 10);
    expect(await test.commits()).toEqual(numbers(10));
  });

  it('a slow Postgres that memory cannot wait for gets its events from the disk', async () => {
    await test.open({
      limits: { queueEvents: 200, batchEvents: 20 },
      saveProgress: async (client, events) => {
        await client.query('select pg_sleep(0.05)');
        await logProgress(client, events);
      },
    });
    let spooledMax = 0;
    for (let i = 0; i < 6; i++) {
      test.take(i * 150 + 1, 150);
      await test.recorder.flushed();
      spooledMax = Math.max(spooledMax, test.recorder.state().spooledEvents);
    }
    expect(spooledMax).toBeGreaterThan(100);
    await until(() => test.recorder.state().written >= 900);
    expect(await test.commits()).toEqual(numbers(900));
    expect(test.recorder.state().dropped).toBe(0);
    expect(test.log.heard(/is slow/)).toBe(true);
    await until(() => !test.recorder.state().isSpooling);
  });

  it('closes in time, and the next recorder begins with what this one left', async () => {
    await test.open();
    test.door.set('shut');
    test.take(1, 500);
    await test.recorder.close({ deadlineMs: 3000 });
    expect(test.recorder.state()).toMatchObject({ queued: 0, spooledEvents: 500 });
    await test.open();
    expect(test.recorder.progress()).toMatchObject({ sequence: 500, session: live(1).session, at: at(500) });
    test.take(501, 500);
    test.door.set('open');
    await until(() => test.recorder.state().written === 1000);
    expect(await test.commits()).toEqual(numbers(1000));
  });

  it('closes in time although Postgres hangs', async () => {
    await test.open({ limits: { writeMs: 1e9 } });
    test.take(1, 5);
    await test.recorder.flushed();
    test.door.set('held');
    test.take(6, 5);
    await test.recorder.close({ deadlineMs: 1000 });
    expect(test.recorder.state()).toMatchObject({ queued: 0, spooledEvents: 5 });
  });

  it('without text, none reaches the disk', async () => {
    test.door.set('shut');
    await test.open({ content: 'none' });
    test.take(1, 3);
    await test.recorder.flushed();
    const [file] = await test.files();
    expect(await readFile(join(test.spool, file!), 'utf8')).not.toContain('number');
  });

  it('memory serves where the disk cannot be written', async () => {
    await writeFile(test.spool, 'a file, where a folder should be');
    await test.open();
    test.door.set('shut');
    test.take(1, 100);
    await until(() => test.log.heard(/could not be written/));
    expect(test.recorder.progress()).toBeUndefined();
    test.door.set('open');
    await until(() => test.recorder.state().written === 100);
    test.door.set('shut');
    test.take(101, 100);
    await until(() => test.log.lines.filter(({ message }) => /away/.test(message)).length === 2);
    await rm(test.spool);
    await test.recorder.flushed();
    expect(test.recorder.state().spooledEvents).toBe(100);
    test.door.set('open');
    await until(() => test.recorder.state().written === 200);
    expect(await test.commits()).toEqual(numbers(200));
  });
});
