/** A process whose time runs fast. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it, test } from 'vitest';
import { FAST_CLOCK, readClock, realWait, timeAt, writeClock } from './clock.ts';

const PRELOAD = new URL('fast-clock.ts', import.meta.url).href;
const FROM_MS = Date.UTC(2027, 0, 4, 9);
const HOUR_MS = 3_600_000;

/** What a module prints as JSON when it runs beside such a clock. */
async function run(module: string, clock?: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [`--import=${PRELOAD}`, '--input-type=module', '--eval', module],
    { env: { ...process.env, ...(clock !== undefined && { [FAST_CLOCK]: clock }) } },
  );
  return JSON.parse(stdout);
}

const begin = (speed: number) => writeClock({ originMs: Date.now(), fromMs: FROM_MS, speed });

test('every way to ask for the time tells the same one, which runs fast', async () => {
  const speed = 10_000;
  const beforeMs = Date.now();
  const times = (await run(
    `import { performance as named } from 'node:perf_hooks';
     const all = () => [Date.now(), new Date().getTime(), +new Date(), new Date(Date()).getTime(),
       performance.timeOrigin + performance.now(), named.timeOrigin + named.now(),
       Temporal.Now.instant().epochMilliseconds, Temporal.Now.zonedDateTimeISO('UTC').epochMilliseconds,
       Date.parse(Temporal.Now.plainDateTimeISO('UTC').toString() + 'Z')];
     const first = all();
     await new Promise((resolve) => setTimeout(resolve, 100));
     console.log(JSON.stringify([first, all()]));`,
    begin(speed),
  )) as [number[], number[]];
  const passedMs = (Date.now() - beforeMs) * speed;
  const [first, second] = times;
  expect(Math.min(...first)).toBeGreaterThan(FROM_MS);
  expect(Math.max(...second)).toBeLessThan(FROM_MS + passedMs + 2 * speed);
  for (const [i, ms] of first.entries()) expect(second[i]! - ms).toBeGreaterThan(90 * speed);
  // They are asked one after the other, and a second's part is cut from some.
  expect(Math.max(...first) - Math.min(...first)).toBeLessThan(10 * speed);
  expect(first).toHaveLength(9);
});

test('dates that are given stay what they are', async () => {
  expect(
    await run(
      `class Own extends Date {}
       console.log(JSON.stringify([new Date(5), new Date('2026-01-02T03:04:05Z'), Date.UTC(2026, 0), Date.parse('2026'),
         new Date() instanceof Date, new Date().constructor === Date, new Own(7) instanceof Own, typeof Date()]));`,
      begin(1000),
    ),
  ).toEqual([
    '1970-01-01T00:00:00.005Z',
    '2026-01-02T03:04:05.000Z',
    Date.UTC(2026, 0),
    Date.UTC(2026, 0),
    true,
    true,
    true,
    'string',
  ]);
});

test('waits of more than a minute pass at its speed, and never end too early', async () => {
  const waits = (await run(
    `import { setInterval as tick, setTimeout as sleep } from 'node:timers/promises';
     import { promisify } from 'node:util';
     const ms = ${HOUR_MS};
     const ways = [() => sleep(ms), () => new Promise((resolve) => setTimeout(resolve, ms)), () => promisify(setTimeout)(ms),
       () => new Promise((resolve) => { const timer = setInterval(() => resolve(clearInterval(timer)), ms); }),
       async () => { for await (const _ of tick(ms)) break; }];
     const taken = [];
     for (const way of ways) { const at = Date.now(); await way(); taken.push(Date.now() - at); }
     console.log(JSON.stringify(taken));`,
    begin(100_000),
  )) as number[];
  for (const ms of waits) expect(ms).toBeGreaterThanOrEqual(HOUR_MS);
  expect(waits).toHaveLength(5);
});

test('shorter waits, and those for ever, stay as they are', () => {
  const clock = readClock(begin(1000));
  expect(realWait(clock, 60_000)).toBe(60_000);
  expect(realWait(clock, 60_001)).toBe(62);
  expect(realWait(clock, HOUR_MS)).toBe(3601);
  expect(realWait(clock, 2 ** 31 - 1)).toBe(2 ** 31 - 1);
});

test('a deadline for another process is no wait', async () => {
  const [timedOut, said] = (await run(
    `import { execFile } from 'node:child_process';
     const late = AbortSignal.timeout(61_000);
     const said = await new Promise((resolve) => execFile(process.execPath, ['-p', '1'], { timeout: 61_000 }, (error, out) => resolve(error?.message ?? out)));
     console.log(JSON.stringify([late.aborted, said]));
     process.exit();`,
    begin(100_000),
  )) as [boolean, string];
  expect([timedOut, said.trim()]).toEqual([false, '1']);
});

it('leaves a process alone that is told of no clock', async () => {
  const ms = (await run(`console.log(Date.now())`)) as number;
  expect(Math.abs(ms - Date.now())).toBeLessThan(60_000);
});

it('is told as text, and only as it is written', () => {
  const clock = { originMs: 1_766_000_000_000, fromMs: FROM_MS, speed: 1000 };
  expect(readClock(writeClock(clock))).toEqual(clock);
  expect(timeAt(clock, clock.originMs + 5)).toBe(FROM_MS + 5000);
  for (const wrong of ['', 'x', '1,2', '1,2,0', '1,2,x']) expect(() => readClock(wrong)).toThrow(FAST_CLOCK);
});
