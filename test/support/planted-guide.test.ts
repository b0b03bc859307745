/** The communities on which /guide is measured. */
import { describe, expect, it } from 'vitest';
import { asksOf } from '../bench/guide/ask.ts';
import { figuresOf, type Outcome, placeOf, systems } from '../bench/guide/figures.ts';
import { plantCommunity } from '../bench/guide/plant.ts';
import { topics } from '../bench/guide/topics.ts';

const outcome = (cluster: string, almanac: number, words: number): Outcome => ({
  cluster,
  group: cluster,
  rank: { ...(Object.fromEntries(systems.map((system) => [system, 0])) as Outcome['rank']), almanac, words },
});

describe('a planted community', () => {
  it('is the same from the same seed, and another from another', () => {
    const [one, again, other] = [3, 3, 4].map((seed) => plantCommunity(seed, true).messages);
    expect(again!.slice(0, 500)).toEqual(one!.slice(0, 500));
    expect(other![0]!.text + other![1]!.text).not.toBe(one![0]!.text + one![1]!.text);
  });

  it('for tuning has no topic that is held back, and for reporting all of them', () => {
    const names = (isForTuning: boolean) => plantCommunity(5, isForTuning).topics.map(({ topic }) => topic);
    expect(names(true).filter(({ isHeldBack }) => isHeldBack)).toEqual([]);
    expect(names(false).filter(({ isHeldBack }) => isHeldBack)).toHaveLength(9);
    expect(names(true).length).toBeGreaterThanOrEqual(24);
  });

  it('has experts who were heard of lately, and former ones who may not be named', () => {
    const { topics: planted, messages, endMs } = plantCommunity(6, false);
    const lastMs = new Map(messages.map(({ by, atMs }) => [by, atMs]));
    const lately = endMs - 90 * 86_400_000;
    for (const { experts, decoys } of planted) {
      for (const by of experts) expect(lastMs.get(by)).toBeGreaterThan(lately);
      for (const by of decoys.former)
        expect(by.hasLeft || by.hasOptedOut || (lastMs.get(by) ?? 0) < lately).toBe(true);
    }
  });

  it('is asked nothing that was asked there', () => {
    const community = plantCommunity(7, false);
    const said = new Set(community.messages.map(({ text }) => text.toLowerCase()));
    const asked = asksOf(community).filter(({ kind }) => kind === 'question');
    expect(asked.filter(({ text }) => said.has(text.toLowerCase()))).toEqual([]);
  });
});

it('a topic names in braces only what is among its own words', () => {
  const strays = topics.flatMap(({ name, words, asks, answers, hints, talk }) => {
    const own = new Set(['word', ...words.flatMap((one) => one.split('|'))]);
    return [...asks, ...answers, ...hints, ...talk].flatMap((line) =>
      [...line.matchAll(/\{([^}]*)\}/g)]
        .filter(([, word]) => !own.has(word!))
        .map(([word]) => `${name} ${word}`),
    );
  });
  expect(strays).toEqual([]);
});

it('the place of who is wanted is among the first three, or none', () => {
  expect(placeOf(['a', 'b', 'c', 'd'], new Set(['c', 'd']))).toBe(3);
  expect(placeOf(['a', 'b', 'c', 'd'], new Set(['d']))).toBe(0);
});

it('figures are shares of all questions, and the gap is that between the best baseline and 1', () => {
  const outcomes = [outcome('1', 1, 1), outcome('1', 2, 0), outcome('2', 3, 0), outcome('2', 0, 0)];
  const { of, closed } = figuresOf(outcomes);
  expect([of.almanac.hit1.value, of.almanac.hit3.value]).toEqual([0.25, 0.75]);
  expect(of.almanac.mrr.value).toBeCloseTo((1 + 1 / 2 + 1 / 3) / 4);
  expect(closed.value).toBeCloseTo((0.75 - 0.25) / 0.75);
  expect(of.almanac.hit3.low).toBeLessThanOrEqual(0.75);
  expect(of.almanac.hit3.high).toBeGreaterThanOrEqual(0.75);
});
