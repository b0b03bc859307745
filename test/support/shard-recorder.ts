/** A shard's recorder on a database and a folder of a test's own. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { connect, type Store } from '../../db/connect.ts';
import { openShardRecorder, type RecorderOptions, type ShardRecorder } from '../../ingest/live/recorder.ts';
import { type DatabaseDoor, openDoor } from './database-door.ts';
import { type TestDatabase, useDatabase } from './database.ts';
import { useFolder } from './folder.ts';
import { type HeardLog, listeningLog, lives, logProgress, PROGRESS_TABLE } from './live-events.ts';
import { at } from './records.ts';

export interface TestRecorder {
  recorder: ShardRecorder;
  /** Past the door. */
  database: TestDatabase;
  log: HeardLog;
  /** The way to Postgres; open when a test begins. */
  door: DatabaseDoor;
  /** Where its spool is; made when it is first written to. */
  spool: string;
  open(more?: Partial<RecorderOptions>): Promise<ShardRecorder>;
  /** Gives it so many messages from a number on. */
  take(from: number, count: number): void;
  files(): Promise<string[]>;
  /** The first column of what a query says. */
  ask(query: string): Promise<unknown[]>;
  /** The numbers of events, each where it was committed first. */
  commits(): Promise<number[]>;
  /** What gaps were told, in the order of commits. */
  gaps(): Promise<unknown[]>;
}

/** Gives each test an empty database and an empty folder; closes the recorder behind it. */
export function useShardRecorder(): TestRecorder {
  const database = useDatabase();
  const folder = useFolder();
  let store: Store;
  let tests = 0;
  const test = {
    database,
    async open(more) {
      return (test.recorder = await openShardRecorder({
        pool: store.pool,
        content: 'full',
        folder: test.spool,
        spoolBytesMax: 1 << 24,
        now: () => at(100_000),
        saveProgress: logProgress,
        log: test.log,
        ...more,
      }));
    },
    take(from, count) {
      for (const event of lives(from, count)) test.recorder.take(event);
    },
    files: () => readdir(test.spool).catch(() => []),
    ask: async (query) =>
      (await database.pool.query({ text: query, rowMode: 'array' })).rows.map((row: unknown[]) => row[0]),
    commits: async () => [
      ...new Set((await test.ask('select sequence from progress_log order by n')).map(Number)),
    ],
    gaps: () => test.ask('select gap from progress_log where gap is not null order by n'),
  } as TestRecorder;

  beforeAll(async () => {
    await database.pool.query(PROGRESS_TABLE);
    test.door = await openDoor(database.url);
    store = connect(test.door.url, 3);
  });
  beforeEach(async () => {
    test.door.set('open');
    await database.clear();
    await database.pool.query('delete from progress_log; delete from set_aside');
    test.spool = join(folder.path, `spool${++tests}`);
    test.log = listeningLog();
  });
  afterEach(() => test.recorder?.close({ deadlineMs: 5000 }));
  afterAll(async () => {
    await store.pool.end();
    await test.door.close();
  });
  return test;
}

/** As many numbers from one on. */
export const numbers = (count: number, from = 1): number[] =>
  Array.from({ length: count }, (_, i) => from + i);
