/**
 * `node --import ./test/support/discord/fast-clock.ts`: a process whose time is that of FAST_CLOCK. Dates and durations run fast; of waits
 * only those that are longer than a minute do.
 */
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { promisify } from 'node:util';
import { FAST_CLOCK, readClock, realWait, timeAt } from './clock.ts';

const given = process.env[FAST_CLOCK];
if (given !== undefined && given !== '') install(readClock(given));

function install(clock: ReturnType<typeof readClock>): void {
  const realNow = performance.now.bind(performance);
  const timeOrigin = timeAt(clock, performance.timeOrigin);
  const elapsed = () => realNow() * clock.speed;
  const now = () => timeOrigin + elapsed();
  Object.defineProperty(performance, 'now', { value: elapsed });
  Object.defineProperty(performance, 'timeOrigin', { value: timeOrigin });
  setDate(() => Math.floor(now()));
  setTemporal(() => Math.floor(now()));
  setTimers((ms) => realWait(clock, ms));
}

/** The same constructor for all but the time of now. */
function setDate(now: () => number): void {
  const RealDate = Date;
  RealDate.now = now;
  const FastDate = new Proxy(RealDate, {
    apply: () => new RealDate(now()).toString(),
    construct(real, args, newTarget) {
      return Reflect.construct(real, args.length === 0 ? [now()] : args, newTarget);
    },
  });
  RealDate.prototype.constructor = FastDate;
  globalThis.Date = FastDate;
}

function setTemporal(now: () => number): void {
  const { Instant, Now } = Temporal;
  const instant = () => Instant.fromEpochMilliseconds(now());
  const zoned = (zone: Temporal.TimeZoneLike = Now.timeZoneId()) => instant().toZonedDateTimeISO(zone);
  Object.assign(Now, {
    instant,
    zonedDateTimeISO: zoned,
    plainDateTimeISO: (zone?: Temporal.TimeZoneLike) => zoned(zone).toPlainDateTime(),
    plainDateISO: (zone?: Temporal.TimeZoneLike) => zoned(zone).toPlainDate(),
    plainTimeISO: (zone?: Temporal.TimeZoneLike) => zoned(zone).toPlainTime(),
  });
}

/**
 * Waits of programs. What Node itself and AbortSignal.timeout wait for is a machine that answers in its own time, and so is what is taken
 * from `node:timers`, which Node's modules share.
 */
function setTimers(real: (ms: number) => number): void {
  const promises = createRequire(import.meta.url)(
    'node:timers/promises',
  ) as typeof import('node:timers/promises');
  const { setTimeout: sleep, setInterval: tick } = promises;
  promises.setTimeout = (ms, ...rest) => sleep(ms === undefined ? ms : real(ms), ...rest);
  promises.setInterval = (ms, ...rest) => tick(ms === undefined ? ms : real(ms), ...rest);
  for (const name of ['setTimeout', 'setInterval'] as const) {
    const set = globalThis[name] as (work: () => void, ms?: number, ...rest: unknown[]) => NodeJS.Timeout;
    const fast = (work: () => void, ms?: number, ...rest: unknown[]) =>
      set(work, ms === undefined ? ms : real(ms), ...rest);
    Object.assign(fast, { [promisify.custom]: promises[name] });
    Object.assign(globalThis, { [name]: fast });
  }
  // Those who have imported them by name before have them, too.
  syncBuiltinESMExports();
}
