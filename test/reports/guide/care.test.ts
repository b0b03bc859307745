/** Who is sent to a person rather than given a list. */
import { describe, expect, it } from 'vitest';
import { isInNeed } from '../../../reports/guide/care.ts';
import { IN_NEED, NOT_IN_NEED } from './care-topics.ts';

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

describe.each(Object.entries(IN_NEED))('in need, in %s', (_, lines) => {
  it.each(linesOf(lines))('%s', (topic) => {
    expect(isInNeed(topic)).toBe(true);
  });
});

describe('not in need', () => {
  it.each(linesOf(NOT_IN_NEED))('%s', (topic) => {
    expect(isInNeed(topic)).toBe(false);
  });

  it('is nothing at all, or a topic as long as there is room that only asks for steps', () => {
    expect(isInNeed('')).toBe(false);
    expect(isInNeed('k*ll m* '.repeat(500))).toBe(false);
    expect(isInNeed('k*l*m*'.repeat(700))).toBe(false);
  });

  it('is no part of a word, and no end of one', () => {
    for (const topic of [
      'skill myselfie',
      'ockys',
      'grapes',
      'drapedo',
      'violet',
      'kyshtym',
      'bäkys',
      'ba\u00adkys',
    ])
      expect([topic, isInNeed(topic)]).toEqual([topic, false]);
  });
});

it('what is harmless hides nothing that stands beside it', () => {
  expect(isInNeed('suicide squad')).toBe(false);
  expect(isInNeed('after suicide squad I want to kill myself')).toBe(true);
  expect(isInNeed('suicide squad, suicide')).toBe(true);
});
