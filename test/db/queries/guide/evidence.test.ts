import { describe, expect, it } from 'vitest';
import {
  recency,
  type RelevantExchange,
  spread,
  standings,
  receptions,
  weightOf,
} from '../../../../db/queries/guide/evidence.ts';
import type { Speech } from '../../../../db/queries/guide/speech.ts';
import { idAt } from '../../../support/records.ts';
import { NOW_MS } from '../../../support/talk.ts';

const DAY_MS = 86_400_000;
const daysAgo = (days: number, low = 0) => idAt(NOW_MS - days * DAY_MS, low);

const exchange = (more: Partial<RelevantExchange> = {}): RelevantExchange => ({
  questionId: daysAgo(1),
  askerId: '1',
  isQuestion: true,
  answerId: daysAgo(0),
  answererId: '2',
  channelId: '3',
  placeId: '3',
  place: 1,
  words: 20,
  questionWords: 9,
  asksBack: false,
  isThanked: false,
  isFollowed: false,
  reactions: 0,
  relevance: 1,
  ownRelevance: 0,
  ...more,
});
const weight = (more: Partial<RelevantExchange>) => weightOf(exchange(more), NOW_MS);
const NONE = { exchanges: [], speech: [], places: [] };

describe('an answer weighs', () => {
  it('1 where it is the first, to a question wholly on the topic, and new', () => {
    expect(weight({})).toBe(1);
  });

  it.each<[string, Partial<RelevantExchange>, Partial<RelevantExchange>]>([
    ['more on the topic', {}, { relevance: 0.9 }],
    ['more of late', { answerId: daysAgo(10) }, { answerId: daysAgo(11) }],
    ['more before others’', {}, { place: 2 }],
    ['the same, second or fifth', { place: 5 }, { place: 2 }],
    ['more to a question than to a remark', { place: 5 }, { isQuestion: false }],
    ['more for thanks', { isThanked: true }, {}],
    ['more where whoever asked wrote back', { isFollowed: true }, {}],
    ['more for a reaction', { reactions: 1 }, {}],
    ['more for thanks than for many reactions', { isThanked: true }, { reactions: 100 }],
    ['the same for many reactions and a few', { reactions: 100 }, { reactions: 5 }],
  ])('%s', (name, more, less) => {
    if (name.startsWith('the same')) expect(weight(more)).toBe(weight(less));
    else expect(weight(more)).toBeGreaterThan(weight(less));
  });

  it('less than in proportion where it is half on the topic', () => {
    expect(weight({ relevance: 0.5 })).toBeLessThan(0.5);
  });

  it('half after a year, and never more than now', () => {
    expect(recency(daysAgo(365), NOW_MS)).toBeCloseTo(0.5);
    expect(recency(daysAgo(730), NOW_MS)).toBeCloseTo(0.25);
    expect(recency(daysAgo(-5), NOW_MS)).toBe(1);
  });
});

describe('answers are spread', () => {
  it('over askers, none of whom counts as much as 1', () => {
    expect(spread([['1', 1000]])).toBeLessThan(1);
    expect(
      spread([
        ['1', 1],
        ['2', 1],
      ]),
    ).toBe(2 * spread([['1', 1]]));
    expect(
      spread([
        ['1', 1],
        ['1', 1],
      ]),
    ).toBeLessThan(
      spread([
        ['1', 1],
        ['2', 1],
      ]),
    );
    expect(spread([])).toBe(0);
  });
});

it('an answer of a word or two weighs less, and one of many no more than a full one', () => {
  expect(weight({ words: 2 })).toBeCloseTo(weight({ words: 8 }) / 2);
  expect(weight({ words: 400 })).toBe(weight({ words: 8 }));
  expect(weight({ words: 0 })).toBeGreaterThan(0);
});

describe('people stand', () => {
  const spoke = (authorId: string, isNext: boolean, more = {}): Speech & { relevance: number } => ({
    questionId: daysAgo(1),
    askerId: '9',
    authorId,
    channelId: '3',
    messageId: daysAgo(1),
    isNext,
    relevance: 1,
    ...more,
  });

  it('by the sum of what speaks for them, in its parts', () => {
    const [first, ...others] = standings(
      { exchanges: [exchange()], speech: [spoke('2', true)], places: [exchange()] },
      NOW_MS,
    );
    expect(others).toEqual([]);
    const { answers, speech, place } = first!.parts;
    expect(first).toMatchObject({ userId: '2', score: answers + speech + place });
    expect(Math.min(answers, speech, place)).toBeGreaterThan(0);
    expect(speech).toBeLessThan(answers);
  });

  it('for speaking next by how many asked, not by how often one did', () => {
    const list = (authorId: string, askers: readonly string[]) =>
      askers.map((askerId) => spoke(authorId, true, { askerId }));
    const speech = [
      ...list(
        '2',
        Array.from({ length: 40 }, () => '9'),
      ),
      ...list('3', ['6', '7', '8']),
    ];
    expect(standings({ ...NONE, speech }, NOW_MS).map(({ userId }) => userId)).toEqual(['3', '2']);
    const often = [...speech, ...list('3', ['6', '7', '8']).map((one) => ({ ...one, isNext: false }))];
    expect(standings({ ...NONE, speech: often }, NOW_MS).map(({ userId }) => userId)).toEqual(['2']);
  });

  it('by how their answers are taken, beside those of others, where any are', () => {
    const many = (answererId: string, isThanked: boolean) =>
      Array.from({ length: 20 }, (_, i) =>
        exchange({
          answererId,
          isThanked,
          answerId: String(BigInt(daysAgo(1)) + BigInt(answererId) * 100n + BigInt(i)),
          askerId: String(100 + i),
        }),
      );
    const exchanges = [...many('2', true), ...many('3', false)];
    const of = receptions(exchanges);
    expect(of('2')).toBeGreaterThan(1.5);
    expect(of('3')).toBeLessThan(0.5);
    expect(of('3')).toBeGreaterThan(0);
    expect(of('4')).toBe(1);
    expect(receptions(many('3', false))('3')).toBe(1);
    const sum = (list: readonly RelevantExchange[]) =>
      standings({ ...NONE, exchanges: list }, NOW_MS)[0]!.score;
    expect(sum([exchange({ answererId: '3' })])).toBeCloseTo(sum([exchange({ answererId: '4' })]));
  });

  it('not for speaking next as often as before', () => {
    const speech = [spoke('2', true), spoke('2', false), spoke('4', false), spoke('5', true)];
    expect(standings({ ...NONE, speech }, NOW_MS).map(({ userId }) => userId)).toEqual(['5']);
  });

  it('by all that is known of the channels as by a part of one answer, shared by those who answer there', () => {
    const places = Array.from({ length: 50 }, (_, i) =>
      exchange({ askerId: `a${i}`, answererId: String(i % 2) }),
    );
    const found = standings({ ...NONE, places }, NOW_MS);
    expect(found.map(({ userId }) => userId)).toEqual(['0', '1']);
    expect(found[0]!.score).toBe(found[1]!.score);
    const all = found.reduce((sum, { score }) => sum + score, 0);
    expect(all).toBeLessThanOrEqual(1);
  });

  it('by number of id where they are equal', () => {
    const exchanges = ['10', '9', '100000000000000000', '8'].map((answererId) => exchange({ answererId }));
    expect(standings({ ...NONE, exchanges }, NOW_MS).map(({ userId }) => userId)).toEqual([
      '8',
      '9',
      '10',
      '100000000000000000',
    ]);
  });

  it('nowhere without anything', () => {
    expect(standings(NONE, NOW_MS)).toEqual([]);
    expect(standings({ ...NONE, exchanges: [exchange({ relevance: 0 })], places: [] }, NOW_MS)).toEqual([]);
  });
});
