/** Figures of rankings, each with its interval. */
import { seededRandom } from '../../support/random.ts';
import { baselines } from './baselines.ts';

export const systems = ['almanac', ...baselines, 'oracle'] as const;
export type System = (typeof systems)[number];

/** What one question gave: of each ranking the place, from 1, of the first whom one wants among the three named; 0: none. */
export interface Outcome {
  /** What resembles each other: of one community, and therein of one topic. */
  cluster: string;
  group: string;
  rank: Record<System, number>;
}

export interface Figure {
  value: number;
  low: number;
  high: number;
}

export interface Figures {
  hit1: Figure;
  hit3: Figure;
  /** Mean of 1 / place, over the three named. */
  mrr: Figure;
}

const ROUNDS = 1000;

/** The place of the first whom one wants among the first three. */
export function placeOf(named: readonly string[], wanted: ReadonlySet<string>): number {
  return named.slice(0, 3).findIndex((id) => wanted.has(id)) + 1;
}

/** Of each ranking, and `closed`: how much of the gap between the best baseline's hit@3 and 1 is closed. */
export function figuresOf(outcomes: readonly Outcome[]): {
  of: Record<System, Figures>;
  closed: Figure;
  best: number;
} {
  const measures = systems.flatMap((system) => [
    (list: readonly Outcome[]) => share(list, ({ rank }) => (rank[system] === 1 ? 1 : 0)),
    (list: readonly Outcome[]) => hit3(list, system),
    (list: readonly Outcome[]) => share(list, ({ rank }) => (rank[system] > 0 ? 1 / rank[system] : 0)),
  ]);
  const all = withIntervals(outcomes, [...measures, closedGap]);
  const of = Object.fromEntries(
    systems.map((system, i) => [system, { hit1: all[i * 3]!, hit3: all[i * 3 + 1]!, mrr: all[i * 3 + 2]! }]),
  ) as Record<System, Figures>;
  return { of, closed: all.at(-1)!, best: bestBaseline(outcomes) };
}

/** By how much hit@3 is above each baseline's, question by question. */
export function differences(outcomes: readonly Outcome[]): { baseline: System; difference: Figure }[] {
  const all = withIntervals(
    outcomes,
    baselines.map((baseline) => (list) => hit3(list, 'almanac') - hit3(list, baseline)),
  );
  return baselines.map((baseline, i) => ({ baseline, difference: all[i]! }));
}

export function hit3(list: readonly Outcome[], system: System): number {
  return share(list, ({ rank }) => (rank[system] > 0 ? 1 : 0));
}

export function bestBaseline(list: readonly Outcome[]): number {
  return Math.max(...baselines.map((baseline) => hit3(list, baseline)));
}

function closedGap(list: readonly Outcome[]): number {
  const best = bestBaseline(list);
  return best === 1 ? 1 : (hit3(list, 'almanac') - best) / (1 - best);
}

function share(list: readonly Outcome[], value: (outcome: Outcome) => number): number {
  return list.reduce((sum, outcome) => sum + value(outcome), 0) / list.length;
}

type Measure = (list: readonly Outcome[]) => number;

/**
 * 95 % intervals by drawing again, with replacement: communities, and in each its topics with all their questions. What
 * was asked of one topic is no independent evidence.
 */
function withIntervals(outcomes: readonly Outcome[], measures: Measure[]): Figure[] {
  const random = seededRandom(20_250_630);
  const clusters = [...Map.groupBy(outcomes, ({ cluster }) => cluster).values()].map((list) => [
    ...Map.groupBy(list, ({ group }) => group).values(),
  ]);
  const again = <T>(list: readonly T[]): T[] => list.map(() => list[Math.floor(random() * list.length)]!);
  const drawn: number[][] = measures.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    const list = again(clusters).flatMap((groups) => again(groups).flat());
    for (const [i, measure] of measures.entries()) drawn[i]!.push(measure(list));
  }
  return measures.map((measure, i) => {
    const sorted = drawn[i]!.toSorted((a, b) => a - b);
    return { value: measure(outcomes), low: sorted[ROUNDS * 0.025]!, high: sorted[ROUNDS * 0.975]! };
  });
}

/** The values below which half and 95 % of a list lie. */
export function spread(list: readonly number[]): { p50: number; p95: number } {
  const sorted = list.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}
