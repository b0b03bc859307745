/** The spool of a shard's recorder: full, torn, damaged, gone. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { until } from '../../support/live-events.ts';
import { at, GUILD } from '../../support/records.ts';
import { numbers, useShardRecorder } from '../../support/shard-recorder.ts';

const test = useShardRecorder();

describe('a full spool', () => {
  it('is warned of, and what it has no room for is a gap that is told behind it', async () => {
    await test.open({ spoolBytesMax: 60_000, limits: { queueEvents: 100, spoolMs: 5 } });
    test.take(1, 1);
    await test.recorder.flushed();
    test.door.set('shut');
    let taken = 1;
    for (; !test.log.heard(/spool is full/); taken += 2) {
      test.take(taken + 1, 2);
      await until(() => test.recorder.state().queued === 0 || test.log.heard(/spool is full/));
    }
    while (test.recorder.state().dropped === 0) test.take(++taken, 1);
    const firstDropped = taken;
    test.take(taken + 1, 50);
    taken += 50;
    const durable = test.recorder.progress()!.sequence;
    expect(durable).toBeLessThan(firstDropped);
    expect(test.recorder.state().spooledBytes).toBeLessThanOrEqual(60_000);
    expect(test.log.lines.filter(({ message }) => /filling/.test(message)).map(({ level }) => level)).toEqual(
      ['warn', 'error', 'error'],
    );
    expect(test.log.heard(/spool is full/)).toBe(true);
    expect(test.log.heard(/are missed/)).toBe(true);
    test.door.set('open');
    await until(() => test.recorder.state().written === firstDropped - 1);
    expect(test.recorder.progress()).toMatchObject({ sequence: firstDropped - 1 });
    test.take(taken + 1, 10);
    await test.recorder.flushed();
    expect(await test.commits()).toEqual([...numbers(firstDropped - 1), ...numbers(10, taken + 1)]);
    expect(await test.gaps()).toEqual([`overflow ${GUILD} ${at(firstDropped)}`]);
    expect(test.recorder.state()).toMatchObject({ dropped: 51, isSpooling: false });
  });
});

describe('what an earlier run left', () => {
  const leave = async (many: number) => {
    test.door.set('shut');
    await test.open();
    test.take(1, many);
    await test.recorder.close({ deadlineMs: 3000 });
    const [file] = await test.files();
    const path = join(test.spool, file!);
    return { path, lines: (await readFile(path, 'utf8')).split('\n') };
  };

  it('with a torn end is read up to it', async () => {
    const { path, lines } = await leave(10);
    await writeFile(path, [...lines.slice(0, 9), lines[9]!.slice(0, 200)].join('\n'));
    await test.open();
    expect(test.recorder.progress()).toMatchObject({ sequence: 9 });
    test.take(10, 5);
    test.door.set('open');
    await until(() => test.recorder.state().written === 14);
    expect(await test.commits()).toEqual(numbers(14));
    expect(test.recorder.state().setAside).toBe(0);
  });

  it('with damaged lines is read but for them; they are set aside, and the next event tells a gap', async () => {
    const { path, lines } = await leave(10);
    lines[3] = lines[3]!.replace('number 4', 'number 5');
    lines[9] = 'x';
    await writeFile(path, lines.join('\n'));
    await test.open();
    expect(test.recorder.progress()).toMatchObject({ sequence: 9 });
    test.door.set('open');
    await until(() => test.recorder.state().setAside === 2);
    test.take(11, 1);
    await until(() => test.recorder.state().written === 9);
    const { rows } = await test.database.pool.query(`select message_id, dispatch, reason from set_aside`);
    const damaged = { message_id: '0', dispatch: 'DAMAGED_LINE', reason: 'a line of the spool was damaged' };
    expect(rows).toEqual([damaged, damaged]);
    expect(await test.gaps()).toEqual([`overflow ${GUILD} ${at(3)}`, `overflow ${GUILD} ${at(9)}`]);
    const { rows: stored } = await test.database.pool.query(
      'select content from messages order by message_id',
    );
    expect(stored.map(({ content }) => content)).toEqual(
      [1, 2, 3, 5, 6, 7, 8, 9, 11].map((n) => `number ${n}`),
    );
  });

  it('in files that are gone when they are read is told as a gap', async () => {
    await leave(10);
    await test.open();
    await rm(test.spool, { recursive: true });
    test.take(11, 2);
    await test.recorder.flushed();
    test.door.set('open');
    await until(() => test.recorder.state().written === 2);
    expect(await test.commits()).toEqual([11, 12]);
    expect(await test.gaps()).toEqual([`overflow ${GUILD} `]);
    expect(test.log.heard(/could not be read/)).toBe(true);
  });

  it('and nothing else that lies in the folder is touched', async () => {
    await mkdir(test.spool, { recursive: true });
    await writeFile(join(test.spool, 'note.txt'), 'mine');
    await test.open();
    test.door.set('shut');
    test.take(1, 3);
    await test.recorder.flushed();
    test.door.set('open');
    await until(async () => (await test.files()).length === 1);
    expect(await test.files()).toEqual(['note.txt']);
  });
});
