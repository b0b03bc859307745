/** The log's two forms, and what neither tells. */
import { expect, it } from 'vitest';
import { openLog } from '../../cli/log.ts';

/** The lines that are written. */
function logged(isForPeople: boolean, tell: (log: ReturnType<typeof openLog>) => void): string[] {
  const lines: string[] = [];
  tell(openLog('info', (line) => void lines.push(line), isForPeople));
  return lines;
}
/** As a person sees them, without the time. */
const read = (tell: (log: ReturnType<typeof openLog>) => void) =>
  logged(true, tell).map((line) => {
    expect(line).toMatch(/^\d\d:\d\d:\d\d /);
    return line.slice(9);
  });

const STATE = { queued: 0, spooledEvents: 0, setAside: 0, dropped: 0, isSpooling: false };
const recording = (shardId: number, written: number, more = {}) => ({
  shardId,
  ...STATE,
  written,
  lagMs: 212,
  ...more,
});

it('a program reads a line of JSON, which its writer ends', () => {
  const [line, ...more] = logged(false, (log) => log.warn({ shardId: 3 }, 'lease not reachable'));
  expect(more).toEqual([]);
  expect(line).not.toContain('\n');
  expect(JSON.parse(line!)).toEqual({
    level: 40,
    time: expect.any(Number),
    shardId: 3,
    msg: 'lease not reachable',
  });
});

it('a person reads what happens to a shard', () => {
  expect(
    read((log) => {
      log.info({ shardId: 0, from: 'nobody' }, 'shard held');
      log.info({ shardId: 0, state: 'identified', session: undefined }, 'shard');
      log.warn({ shardId: 0, state: 'dropped', code: 4000 }, 'shard');
      log.warn({ shardId: 0, state: 'retrying', failures: 3, cause: 'ECONNREFUSED' }, 'shard');
      log.info({ shardId: 0, state: 'resumed' }, 'shard');
    }),
  ).toEqual([
    'shard 0 is recorded by this process',
    'shard 0 connected',
    'WARNING: shard 0 disconnected (code 4000)',
    'WARNING: shard 0 tries to connect again (cause ECONNREFUSED, tries 3)',
    'shard 0 connected again where it was; nothing was missed',
  ]);
});

it('a person reads how much each shard recorded since it was last told, and what is wrong', () => {
  expect(
    read((log) => {
      log.info(recording(0, 1234), 'recording');
      log.info(recording(1, 7), 'recording');
      log.info(recording(0, 1235, { spooledEvents: 4000, setAside: 2, dropped: 1 }), 'recording');
    }),
  ).toEqual([
    'shard 0 recorded 1,234 events in the last minute, 0.2 s behind',
    'shard 1 recorded 7 events in the last minute, 0.2 s behind',
    'shard 0 recorded 1 event in the last minute, 0.2 s behind; 4,000 wait on the disk; 2 could not be read and were set aside; 1 were missed',
  ]);
});

it('anything else is its message and its facts, on one line of plain characters', () => {
  expect(
    read((log) =>
      log
        .child({ component: 'x' })
        .warn({ guildId: '5', waitMs: 1500, ids: [1], reason: 'a\n\u202eb' }, 'odd'),
    ),
  ).toEqual(['WARNING: odd (guildId 5, wait 1.5 s, ids [1], reason a??b)']);
});

it('an error is told by its code or its kind, never by its words; where it was only as JSON, or where it ended all', () => {
  const away = Object.assign(new Error('secret text'), { cause: { code: 'ECONNREFUSED' } });
  const lines = read((log) => {
    log.warn({ err: Object.assign(new Error('secret text'), { code: '57P01' }) }, 'failed');
    log.error({ err: away }, 'failed');
    log.error({ err: new RangeError('secret text') }, 'failed');
    log.error({ err: 'secret text' }, 'failed');
    log.error({ err: null }, 'failed');
    log.fatal({ err: new RangeError('secret text') }, 'ended');
  });
  expect(lines.slice(0, 5)).toEqual([
    'WARNING: failed (57P01)',
    'ERROR: failed (ECONNREFUSED)',
    'ERROR: failed (RangeError)',
    'ERROR: failed (Error)',
    'ERROR: failed (Error)',
  ]);
  expect(lines[5]).toMatch(/^ERROR: ended \(RangeError\)\n {4}at .*log\.test\.ts/);
  const json = logged(false, (log) => log.error({ err: away }, 'failed')).join('');
  expect(json).toContain('log.test.ts');
  expect(json + lines.join('')).not.toContain('secret');
});
