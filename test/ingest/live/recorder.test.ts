/** A shard's recorder with its Postgres at hand. */
import { describe, expect, it } from 'vitest';
import { connect } from '../../../db/connect.ts';
import { emptyBatch } from '../../../db/records.ts';
import { live, lives, logProgress, until } from '../../support/live-events.ts';
import { at, CHANNEL, reacted, told } from '../../support/records.ts';
import { numbers, useShardRecorder } from '../../support/shard-recorder.ts';

const test = useShardRecorder();
const contents = () => test.ask('select content from messages order by message_id');

describe('a recorder whose Postgres answers', () => {
  it('writes a lone event after a moment, and nothing to the disk', async () => {
    await test.open();
    expect(test.recorder.progress()).toBeUndefined();
    test.recorder.take(live(1));
    expect(await contents()).toEqual([]);
    await test.recorder.flushed();
    expect(await contents()).toEqual(['number 1']);
    expect(test.recorder.progress()).toEqual({ session: live(1).session, sequence: 1, at: at(1) });
    expect(await test.files()).toEqual([]);
  });

  it('writes many in order, joined into few transactions', async () => {
    let writes = 0;
    const durable: number[] = [];
    await test.open({
      saveProgress: (client, events) => (writes++, logProgress(client, events)),
      onDurable: ({ sequence }) => durable.push(sequence),
      limits: { batchEvents: 100 },
    });
    for (const event of lives(1, 1050)) test.recorder.take(event);
    await test.recorder.flushed();
    expect(await test.commits()).toEqual(numbers(1050));
    expect(writes).toBe(11);
    expect(durable).toEqual([...Array.from({ length: 10 }, (_, i) => (i + 1) * 100), 1050]);
    expect(test.recorder.state()).toMatchObject({ queued: 0, queuedBytes: 0, written: 1050, lagMs: 0 });
  });

  it('writes milestones that are apart in transactions of their own, and no more of them', async () => {
    const written: number[][] = [];
    await test.open({
      isMilestone: ({ dispatch }) => dispatch === 'GUILD_ROLE_UPDATE',
      saveProgress: async (client, events) => {
        written.push(events.map(({ sequence }) => sequence));
        await logProgress(client, events);
      },
    });
    for (const event of lives(1, 8)) {
      const isMilestone = [2, 3, 5, 8].includes(event.sequence);
      test.recorder.take(isMilestone ? { ...event, dispatch: 'GUILD_ROLE_UPDATE' } : event);
    }
    await test.recorder.flushed();
    // A second apart is not apart.
    expect(written).toEqual([[1, 2, 3, 4], [5, 6, 7], [8]]);
    expect(await test.commits()).toEqual(numbers(8));
  });

  it('progress commits with the rows, or neither', async () => {
    let fails = 1;
    await test.open({
      saveProgress: async (client, events) => {
        await logProgress(client, events);
        if (fails-- > 0) throw Object.assign(new Error('gone'), { code: '57P01' });
      },
    });
    test.recorder.take(live(1));
    await until(() => test.recorder.state().written === 1);
    expect(await test.commits()).toEqual([1]);
    expect(test.log.heard(/away|not be written/)).toBe(true);
  });

  it('waits for the disk as the server does, though an import does not', async () => {
    const name = new URL(test.database.url).pathname.slice(1);
    // Deferred, so that it sees what holds at the commit.
    await test.database.pool.query(`alter database ${name} set synchronous_commit = 'on';
      create function note_commit() returns trigger language plpgsql as $$ begin
        update progress_log set gap = current_setting('synchronous_commit') where n = new.n; return null; end $$;
      create constraint trigger note_commit after insert on progress_log deferrable initially deferred
        for each row execute function note_commit()`);
    const other = connect(test.database.url, 2);
    await test.open({ pool: other.pool });
    test.recorder.take(live(1));
    await test.recorder.flushed();
    await test.recorder.close({ deadlineMs: 5000 });
    await other.pool.end();
    await test.database.pool.query(
      `drop trigger note_commit on progress_log; alter database ${name} reset synchronous_commit`,
    );
    expect(await test.ask('select gap from progress_log')).toEqual(['on']);
  });

  it('without text, no text is queued', async () => {
    let queued: unknown;
    await test.open({ content: 'none', saveProgress: async (_, events) => void (queued = events) });
    test.recorder.take(live(1));
    await test.recorder.flushed();
    expect(JSON.stringify(queued)).not.toContain('number');
    expect(await test.ask('select content_length from messages')).toEqual([8]);
  });

  it('a hundred thousand events leave nothing in memory', async () => {
    await test.open({ limits: { queueEvents: 5000 } });
    let largest = 0;
    for (let i = 0; i < 100; i++) {
      for (const event of lives(i * 1000 + 1, 1000)) test.recorder.take({ ...event, batch: emptyBatch() });
      largest = Math.max(largest, test.recorder.state().queued);
      await until(() => test.recorder.state().queued <= 1500);
    }
    await test.recorder.flushed();
    expect(largest).toBeLessThanOrEqual(2500);
    expect(await test.commits()).toEqual(numbers(100_000));
    expect(test.recorder.state()).toMatchObject({ queued: 0, queuedBytes: 0, dropped: 0, spooledEvents: 0 });
  });

  it('tells which messages of a channel were reacted to a moment ago', async () => {
    await test.open();
    const events = [
      reacted('11', '21', '👍', { addedAt: at(5) }),
      reacted('12', '21', '👍', { removedAt: at(9) }),
    ];
    test.recorder.take(live(5, { batch: { ...live(5).batch, reactionUsers: [events[0]!] } }));
    test.recorder.take(live(9, { batch: { ...live(9).batch, reactionUsers: [events[1]!] } }));
    const cleared = told(10, '13', { reactionsClearedAt: at(10), channelId: '77' });
    test.recorder.take(live(10, { batch: { ...live(10).batch, messages: [cleared] } }));
    expect(test.recorder.reactedSince(CHANNEL, at(5))).toEqual(new Set(['11', '12']));
    expect(test.recorder.reactedSince(CHANNEL, at(6))).toEqual(new Set(['12']));
    expect(test.recorder.reactedSince('77', 0)).toEqual(new Set(['13']));
    test.recorder.take(live(127, { batch: { ...live(127).batch, reactionUsers: [events[0]!] } }));
    expect(test.recorder.reactedSince(CHANNEL, 0)).toEqual(new Set(['11', '12']));
    test.recorder.take(live(200, { batch: { ...live(200).batch, reactionUsers: [events[1]!] } }));
    expect(test.recorder.reactedSince('77', 0)).toEqual(new Set());
  });

  it('closed, it has written all and takes no more', async () => {
    await test.open();
    for (const event of lives(1, 300)) test.recorder.take(event);
    await test.recorder.close({ deadlineMs: 10_000 });
    test.recorder.take(live(301));
    expect(await test.commits()).toHaveLength(300);
    expect(test.recorder.state()).toMatchObject({ queued: 0, spooledEvents: 0 });
  });
});
