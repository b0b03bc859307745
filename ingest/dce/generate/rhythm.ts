import type { Random } from './random.ts';

/** An hour in milliseconds. */
export const HOUR = 3_600_000;
/** A week in milliseconds. */
export const WEEK = 168 * HOUR;

// How likely people are awake and online by hour of their own day: a small peak at noon, a big one in the evening.
const DAY = [
  0.16, 0.08, 0.04, 0.03, 0.03, 0.06, 0.14, 0.28, 0.4, 0.46, 0.5, 0.54, 0.6, 0.56, 0.52, 0.52, 0.58, 0.66,
  0.78, 0.9, 1, 0.96, 0.72, 0.38,
];
// Monday to Sunday: a hobby, so weekends are lively.
const WEEKDAYS = [0.8, 0.78, 0.84, 0.86, 0.96, 1.3, 1.24];

/** The life of a community: its span, and how lively each of its weeks was. */
export interface Life {
  startsAt: number;
  endsAt: number;
  weeks: number;
  /** By week since the start: around 1, slow growth with one lively week and one quiet week. */
  liveliness: readonly number[];
}

/** A life of `weeks` weeks that ends at `endsAt`. */
export function lifeOf(weeks: number, endsAt: number, random: Random): Life {
  const lively = Math.floor(weeks * 0.72);
  const quiet = Math.floor(weeks * 0.45);
  const liveliness = Array.from({ length: weeks }, (_, week) => {
    const growth = 0.6 + (0.8 * week) / Math.max(1, weeks - 1);
    const chance = Math.exp(random.normal() * 0.08);
    const event = week === lively ? 1.9 : week === quiet ? 0.4 : 1;
    return growth * chance * event;
  });
  return { startsAt: endsAt - weeks * WEEK, endsAt, weeks, liveliness };
}

/** How likely somebody is online: 0 to about 1, by the clock `zone` minutes ahead of UTC. */
export function awake(ms: number, zone: number): number {
  const local = Math.floor((ms + zone * 60_000) / HOUR);
  return DAY[local % 24] as number;
}

/**
 * How lively each hour of a week is for people who live in these zones.
 *
 * Shape  168 numbers, Monday 00:00 UTC first
 */
export function weeklyRhythm(zones: ReadonlyMap<number, number>): Float64Array {
  const hours = new Float64Array(168);
  for (const [zone, weight] of zones) {
    for (let hour = 0; hour < 168; hour++) {
      const local = (hour * 60 + zone + 10_080) % 10_080;
      const weekday = WEEKDAYS[Math.floor(local / 1440)] as number;
      hours[hour] = (hours[hour] as number) + weight * weekday * (DAY[Math.floor(local / 60) % 24] as number);
    }
  }
  return hours;
}

/** How lively one hour (counted from 1970) is: the week's rhythm and the community's. */
export function hourWeight(life: Life, rhythm: Float64Array, hour: number): number {
  const week = Math.floor((hour * HOUR - life.startsAt) / WEEK);
  // 1970-01-01 was a Thursday.
  return (life.liveliness[week] ?? 0) * (rhythm[(hour + 72) % 168] as number);
}
