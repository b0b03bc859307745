/** Time that runs faster: from a common origin, so that processes beside each other live in one. */

/** How fast from when. */
export interface FastClock {
  /** Real ms since 1970, from which on it is fast. */
  originMs: number;
  /** What time it then is, ms since 1970. */
  fromMs: number;
  /** Ms that pass in a real one. */
  speed: number;
}

/** The environment's variable that carries one to a process. */
export const FAST_CLOCK = 'FAST_CLOCK';

/** Shorter waits are for machines to answer, and stay as they are. */
const LONG_MS = 60_000;
/** The most that a timer takes, and so "never". */
const NEVER_MS = 2 ** 31 - 1;

/** As text, which `readClock` reads. */
export const writeClock = ({ originMs, fromMs, speed }: FastClock): string =>
  [originMs, fromMs, speed].join(',');

/** Errors: it is no such text. */
export function readClock(text: string): FastClock {
  const [originMs = Number.NaN, fromMs = Number.NaN, speed = Number.NaN] = text.split(',').map(Number);
  if (!Number.isFinite(originMs + fromMs) || !(speed > 0))
    throw new Error(
      `${FAST_CLOCK} must be real ms, its ms and the speed, as 1766000000000,1766000000000,1000`,
    );
  return { originMs, fromMs, speed };
}

/** What time it is when it is really `realMs`. */
export const timeAt = ({ originMs, fromMs, speed }: FastClock, realMs: number): number =>
  fromMs + (realMs - originMs) * speed;

/** How long a wait really lasts: never so short that it is too early. */
export function realWait({ speed }: Pick<FastClock, 'speed'>, ms: number): number {
  return ms > LONG_MS && ms < NEVER_MS ? Math.ceil(ms / speed) + 1 : ms;
}
