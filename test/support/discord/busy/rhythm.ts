/** When people do something: by day more than by night, in the evening most, and more on a weekend's afternoon. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_HOURS = 168;
/** 1970 began on a Thursday. */
const THURSDAY = 3;

/** From midnight on. */
const WORKDAY = [2, 1, 1, 0, 0, 1, 2, 4, 6, 6, 6, 6, 8, 7, 6, 6, 7, 9, 11, 13, 14, 13, 9, 5];
const WEEKEND = [5, 3, 2, 1, 0, 0, 1, 2, 4, 7, 9, 10, 10, 11, 12, 12, 12, 12, 12, 12, 12, 11, 9, 7];
/** Of weekdays from Monday. */
const DAYS = [1, 0.95, 1, 1.1, 1.05, 1.1, 0.9];

const hourAt = (ms: number): number => Math.floor(ms / HOUR_MS) % 24;
const dayAt = (ms: number): number => (Math.floor(ms / DAY_MS) + THURSDAY) % 7;
const weightAt = (ms: number): number => (dayAt(ms) < 5 ? WORKDAY : WEEKEND)[hourAt(ms)]! * DAYS[dayAt(ms)]!;

const WEEK_WEIGHT = Array.from({ length: WEEK_HOURS }, (_, hour) => weightAt(hour * HOUR_MS)).reduce(
  (sum, weight) => sum + weight,
  0,
);

/** How much is done from one time to another (ms since 1970, UTC), where it is `perWeek` in a week. */
export function doneBetween(fromMs: number, toMs: number, perWeek: number): number {
  let done = 0;
  for (let at = fromMs; at < toMs;) {
    const until = Math.min(toMs, (Math.floor(at / HOUR_MS) + 1) * HOUR_MS);
    done += (weightAt(at) / WEEK_WEIGHT) * perWeek * ((until - at) / HOUR_MS);
    at = until;
  }
  return done;
}

/** The times at which it is done, ascending. */
export function* momentsBetween(fromMs: number, toMs: number, perWeek: number): Generator<number> {
  let owed = 0;
  for (let at = fromMs; at < toMs; at += HOUR_MS) {
    const until = Math.min(toMs, at + HOUR_MS);
    const due = doneBetween(at, until, perWeek);
    for (let next = 1 - owed; next <= due; next++) yield Math.floor(at + ((until - at) * next) / due);
    owed = (owed + due) % 1;
  }
}
