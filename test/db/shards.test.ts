import { beforeEach, describe, expect, it } from 'vitest';
import {
  beatShard,
  claimShard,
  forgetSession,
  type Progress,
  readProgress,
  readShard,
  releaseShard,
  saveProgress,
  type ShardKey,
  takeOver,
} from '../../db/shards.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const key: ShardKey = { applicationId: '100000000000000001', shardId: 0, shardCount: 1 };

beforeEach(async () => {
  await database.pool.query('delete from shards');
});

const progress = (sessionId: string, sequence: number, at: number): Progress => ({
  session: { sessionId, resumeUrl: `ws://${sessionId}` },
  sequence,
  at,
});

const save = (holder: string, ...of: Parameters<typeof progress>) =>
  saveProgress(database.pool, key, holder, progress(...of));

describe('who holds a shard', () => {
  it('the first to claim it, and again when it asks again', async () => {
    const { pool } = database;
    expect(await claimShard(pool, key, 'a')).toBe(true);
    expect(await claimShard(pool, key, 'b')).toBe(false);
    expect(await claimShard(pool, key, 'a')).toBe(true);
    expect(await readShard(pool, key)).toMatchObject({ holder: 'a' });
  });

  it('of many that claim it at once, one', async () => {
    const claims = Array.from({ length: 6 }, (_, i) => claimShard(database.pool, key, `holder ${i}`));
    expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
  });

  it('whoever claims it once it was given back', async () => {
    const { pool } = database;
    await claimShard(pool, key, 'a');
    await releaseShard(pool, key, 'b');
    expect(await claimShard(pool, key, 'b')).toBe(false);
    await releaseShard(pool, key, 'a');
    expect(await claimShard(pool, key, 'b')).toBe(true);
  });

  it('a holder that has stirred since it was seen is not displaced; a silent one is, by one', async () => {
    const { pool } = database;
    await claimShard(pool, key, 'a');
    const before = (await readShard(pool, key))!;
    expect(await beatShard(pool, key, 'a')).toBe(true);
    expect(await takeOver(pool, key, 'b', before)).toBe(false);
    const seen = (await readShard(pool, key))!;
    const taken = await Promise.all(['b', 'c', 'd'].map((name) => takeOver(pool, key, name, seen)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await beatShard(pool, key, 'a')).toBe(false);
  });
});

describe('how far its events are kept', () => {
  it('of one session it never goes back; a new one replaces it', async () => {
    await claimShard(database.pool, key, 'a');
    expect(await readProgress(database.pool, key)).toBeUndefined();
    await save('a', 'one', 20, 2_000);
    await save('a', 'one', 10, 1_000);
    expect(await readProgress(database.pool, key)).toEqual({
      ...progress('one', 20, 2_000),
      shardCount: 1,
      isResumable: true,
    });
    await save('a', 'two', 1, 1_500);
    expect(await readProgress(database.pool, key)).toMatchObject(progress('two', 1, 1_500));
  });

  it('only the holder says so', async () => {
    await claimShard(database.pool, key, 'a');
    expect(await save('b', 'one', 5, 500)).toBe(false);
    expect(await readProgress(database.pool, key)).toBeUndefined();
    expect(await save('a', 'one', 5, 500)).toBe(true);
  });

  it('survives a change of holder', async () => {
    await claimShard(database.pool, key, 'a');
    await save('a', 'one', 5, 500);
    await takeOver(database.pool, key, 'b', (await readShard(database.pool, key))!);
    expect(await readProgress(database.pool, key)).toMatchObject({ sequence: 5, isResumable: true });
  });

  it('a session that Discord refused is not resumed, and its last event stays known, also where it is saved late', async () => {
    await claimShard(database.pool, key, 'a');
    await save('a', 'one', 5, 500);
    await forgetSession(database.pool, key, 'a', 'another');
    expect(await readProgress(database.pool, key)).toMatchObject({ isResumable: true });
    await forgetSession(database.pool, key, 'a', 'one');
    await save('a', 'one', 6, 600);
    expect(await readProgress(database.pool, key)).toMatchObject({ at: 600, isResumable: false });
    await save('a', 'two', 1, 700);
    expect(await readProgress(database.pool, key)).toMatchObject({ at: 700, isResumable: true });
  });

  it('another number of shards voids the sessions, and a gap begins where the shard furthest behind was', async () => {
    const two = { ...key, shardCount: 2 };
    await claimShard(database.pool, two, 'a');
    await claimShard(database.pool, { ...two, shardId: 1 }, 'a');
    await saveProgress(database.pool, two, 'a', progress('one', 5, 900));
    await saveProgress(database.pool, { ...two, shardId: 1 }, 'a', progress('two', 5, 400));
    await releaseShard(database.pool, two, 'a');
    for (const shardId of [0, 2]) {
      const three = { ...key, shardId, shardCount: 3 };
      expect(await claimShard(database.pool, three, 'a')).toBe(true);
      expect(await readProgress(database.pool, three)).toMatchObject({ at: 400, isResumable: false });
    }
  });
});

describe('until when every event is kept', () => {
  const alive = async (of = key) => {
    const { rows } = await database.pool.query<{ at: Date | null }>(
      'select alive_at as at from shards where application_id = $1 and shard_id = $2',
      [of.applicationId, of.shardId],
    );
    return rows[0]!.at?.getTime();
  };
  const beat = (sessionId: string, at: number) => beatShard(database.pool, key, 'a', { sessionId, at });

  it('is told by each beat and each event, and never goes back within a session', async () => {
    await claimShard(database.pool, key, 'a');
    await save('a', 'one', 1, 1_000);
    expect(await alive()).toBe(1_000);
    await beat('one', 4_000);
    expect(await alive()).toBe(4_000);
    await save('a', 'one', 2, 2_000);
    await beat('one', 3_000);
    await beatShard(database.pool, key, 'a');
    expect(await alive()).toBe(4_000);
    await releaseShard(database.pool, key, 'a', { sessionId: 'one', at: 5_000 });
    expect(await alive()).toBe(5_000);
  });

  it('is not told of a session before its first event is kept: a gap may be before it', async () => {
    await claimShard(database.pool, key, 'a');
    await beat('one', 500);
    expect(await alive()).toBeUndefined();
    await save('a', 'one', 1, 1_000);
    await beat('two', 9_000);
    expect(await alive()).toBe(1_000);
    await save('a', 'two', 1, 8_000);
    await beat('two', 9_000);
    expect(await alive()).toBe(9_000);
  });

  it('is told by the holder alone, and a gap begins at the last event', async () => {
    await claimShard(database.pool, key, 'a');
    await save('a', 'one', 1, 1_000);
    await beatShard(database.pool, key, 'b', { sessionId: 'one', at: 4_000 });
    expect(await alive()).toBe(1_000);
    await beat('one', 4_000);
    expect(await readProgress(database.pool, key)).toMatchObject({ at: 1_000 });
  });

  it('is that of the shard furthest behind where the number of shards is another', async () => {
    const two = [0, 1].map((shardId) => ({ ...key, shardId, shardCount: 2 }));
    for (const [i, one] of two.entries()) {
      await claimShard(database.pool, one, 'a');
      await saveProgress(database.pool, one, 'a', progress('one', 1, 1_000));
      await beatShard(database.pool, one, 'a', { sessionId: 'one', at: 3_000 + 1_000 * i });
      await releaseShard(database.pool, one, 'a');
    }
    for (const shardId of [1, 2]) {
      const three = { ...key, shardId, shardCount: 3 };
      await claimShard(database.pool, three, 'a');
      expect(await alive(three)).toBe(3_000);
    }
  });
});
