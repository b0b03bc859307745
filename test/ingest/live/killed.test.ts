/** What a recorder has taken is not lost: by kills, outages and full disks, at random. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect, type Store } from '../../../db/connect.ts';
import { openWriter } from '../../../db/write-batch.ts';
import { openShardRecorder, type ShardRecorder } from '../../../ingest/live/recorder.ts';
import { atLength } from '../../support/at-length.ts';
import { type DatabaseDoor, openDoor } from '../../support/database-door.ts';
import { dump, useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { listeningLog, logProgress, madeLives, PROGRESS_TABLE, until } from '../../support/live-events.ts';
import { pick, seededRandom } from '../../support/random.ts';
import type { RecorderProcessArguments } from '../../support/recorder-process.ts';
import { at, joined } from '../../support/records.ts';

const SEED = Number(process.env.ALMANAC_TEST_SEED ?? 3);
const LIVES = Number(process.env.ALMANAC_TEST_LIVES ?? 1);
const PROGRAM = join(import.meta.dirname, '../../support/recorder-process.ts');
const SMALL = { batchEvents: 100, batchMs: 20, queueEvents: 300, spoolMs: 5, writeMs: 1000 };

const database = useDatabase();
const folder = useFolder();
let door: DatabaseDoor;
let store: Store;

beforeAll(async () => {
  await database.pool.query(PROGRESS_TABLE);
  door = await openDoor(database.url);
  store = connect(door.url, 3);
});
afterAll(async () => {
  await store.pool.end();
  await door.close();
});
beforeEach(clear);

async function clear() {
  door.set('open');
  await database.clear();
  await database.pool.query('delete from progress_log; delete from set_aside');
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function start(more: Partial<RecorderProcessArguments>, limit = ''): ChildProcess {
  const given = JSON.stringify({ url: door.url, step: 8, until: 'written', ...more });
  const command = `${limit} exec "${process.execPath}" "${PROGRAM}" '${given}'`;
  return spawn('bash', ['-c', command], { stdio: ['ignore', 'inherit', 'inherit'] });
}

/** What must be stored, and whether it is: all events straight; each that can't be recorded set aside, once; order kept. */
async function expectAll(seed: number, events: number): Promise<void> {
  const { rows } = await database.pool.query('select sequence from progress_log order by n');
  const sequences = [...new Set(rows.map((row) => Number(row.sequence)))];
  expect(sequences).toEqual(Array.from({ length: events }, (_, i) => i + 1));
  const stored = await dump(database);
  const aside = (await database.pool.query('select count(*)::int as n from set_aside')).rows[0].n;
  await clear();
  const all = madeLives(seed, events);
  const sound = all.filter(({ dispatch }) => dispatch !== 'POISON');
  expect(aside).toBe(all.length - sound.length);
  const writer = await openWriter(database.pool, { content: 'full' });
  for (let i = 0; i < sound.length; i += 50)
    await writer.write(joined(sound.slice(i, i + 50).map(({ batch }) => batch)));
  await writer.close();
  expect(stored).toEqual(await dump(database));
}

describe('a recorder that is killed at random, with a Postgres that comes and goes', () => {
  it.for(Array.from({ length: LIVES }, (_, i) => SEED + i))(
    'records each event, in order, as if nothing had happened (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      const events = atLength(400, 800);
      const given = { folder: join(folder.path, `killed${seed}`), seed, events, step: events / 100 };
      for (let kills = 0; kills < 3; kills++) {
        const child = start(given);
        const ended = once(child, 'exit');
        for (let turns = 0; turns < 3; turns++) {
          await Promise.race([ended, sleep(300 + random() * 500)]);
          door.set(pick(['open', 'shut', 'held'] as const, random));
        }
        child.kill('SIGKILL');
        await ended;
      }
      // A held connection ends with its process only where it passes again.
      door.set('shut');
      door.set('open');
      const child = start(given);
      expect(await once(child, 'exit')).toEqual([0, null]);
      await expectAll(seed, events);
    },
  );
});

describe('a recorder that is closed and opened at random, with a Postgres that comes and goes', () => {
  it.for(Array.from({ length: LIVES * 2 }, (_, i) => SEED + 100 + i))(
    'records each event, in order, as if nothing had happened (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      const events = madeLives(seed, atLength(500, 1000));
      const open = () =>
        openShardRecorder({
          pool: store.pool,
          content: 'full',
          folder: join(folder.path, `closed${seed}`),
          spoolBytesMax: 1 << 26,
          now: () => at(1e6),
          saveProgress: logProgress,
          log: listeningLog(),
          limits: SMALL,
        });
      let recorder: ShardRecorder = await open();
      let next = 0;
      while (next < events.length) {
        const some = 1 + Math.floor(random() * (events.length / 10));
        // More than the queue has room for is missed, and a gap: another matter.
        if (recorder.state().queued + some > SMALL.queueEvents) await recorder.flushed();
        for (const event of events.slice(next, next + some)) recorder.take(structuredClone(event));
        next += some;
        await sleep(random() * 60);
        if (random() < 0.25) door.set(pick(['open', 'open', 'shut', 'held'] as const, random));
        if (random() > 0.1) continue;
        // What is not durable in time is lost: the session goes on behind what is.
        await recorder.close({ deadlineMs: pick([1500, 5000], random) });
        const before = recorder.progress()?.sequence ?? 0;
        recorder = await open();
        expect(recorder.progress()?.sequence ?? before).toBe(before);
        next = before;
      }
      door.set('shut');
      door.set('open');
      await recorder.flushed();
      expect(recorder.progress()?.sequence).toBe(events.length);
      await until(() => recorder.state().spooledEvents === 0);
      await recorder.close({ deadlineMs: 5000 });
      expect(await readdir(join(folder.path, `closed${seed}`)).catch(() => [])).toEqual([]);
      await expectAll(seed, events.length);
    },
  );
});

describe('a disk that takes part of a write', () => {
  it('gets the rest in another file; no line is lost or torn', async () => {
    const given = { folder: join(folder.path, 'limited'), seed: 1, events: 300 };
    door.set('shut');
    const child = start({ ...given, step: 5, until: 'durable' }, 'ulimit -f 64;');
    expect(await once(child, 'exit')).toEqual([0, null]);
    const names = await readdir(given.folder);
    const sizes = await Promise.all(names.map(async (name) => (await stat(join(given.folder, name))).size));
    expect(names.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1024);
    door.set('open');
    expect(await once(start(given), 'exit')).toEqual([0, null]);
    await expectAll(given.seed, given.events);
  });
});
