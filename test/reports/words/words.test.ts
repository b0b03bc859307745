/** Every language says everything, in its own words and with its own numbers. */
import { describe, expect, it } from 'vitest';
import { LANGUAGES, languageOf, wordsIn } from '../../../reports/words.ts';
import { samples } from './command-samples.ts';

interface Said {
  path: string;
  text: string;
}

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Everything in a tree that is no tree, by its path. */
function leavesOf(tree: unknown, path = ''): [path: string, leaf: unknown][] {
  if (!isTree(tree)) return [[path, tree]];
  return Object.entries(tree).flatMap(([key, child]) =>
    leavesOf(child, path === '' ? key : `${path}.${key}`),
  );
}

const inOne = (said: unknown): string => (Array.isArray(said) ? said.join(' ') : String(said));

const samplesByPath = new Map(leavesOf(samples));

/** Every text of a language: as it stands, or said with each of its samples. */
function textsOf(language: (typeof LANGUAGES)[number]): Said[] {
  return leavesOf(wordsIn(language)).flatMap(([path, leaf]): Said[] => {
    if (typeof leaf !== 'function') return [{ path, text: inOne(leaf) }];
    const tried = (samplesByPath.get(path) ?? []) as unknown[][];
    return tried.map((args) => ({ path: `${path}(${JSON.stringify(args)})`, text: inOne(leaf(...args)) }));
  });
}

/** Those that a pattern finds. */
const matching = (said: Said[], pattern: RegExp): Said[] => said.filter(({ text }) => pattern.test(text));

describe.each(LANGUAGES)('%s', (language) => {
  const texts = textsOf(language);

  it('has every key that English has, and no other', () => {
    const keys = leavesOf(wordsIn(language)).map(([path, leaf]) => `${path}: ${typeof leaf}`);
    expect(keys.toSorted()).toEqual(
      leavesOf(wordsIn('en'))
        .map(([path, leaf]) => `${path}: ${typeof leaf}`)
        .toSorted(),
    );
  });

  it('says something to everything', () => {
    expect(texts.length).toBeGreaterThan(1000);
    expect(matching(texts, /^\s*$|undefined|\bnull\b|NaN|\[object|Infinity|Invalid/)).toEqual([]);
    expect(matching(texts, / {2}|^\s|\s$|\s[.,;:]( |$)|[^.\d]\.\.(?!\.)/)).toEqual([]);
  });

  it('has no sign that Markdown or HTML reads in what stands in a page', () => {
    // What stands for a part of a quotation is escaped with it.
    const plain = texts.filter(({ path }) =>
      /^(charts|coverage|weekly|explanations)\.(?!quote\.)/.test(path),
    );
    expect(plain.length).toBeGreaterThan(1000);
    expect(matching(plain, /[<>&*`~|\\[\]_]|^#+ |^> |^- /)).toEqual([]);
  });
});

describe('de', () => {
  // What a command is typed as is no word.
  const texts = textsOf('de').map((said) => ({ ...said, text: said.text.replaceAll(/`[^`]*`/g, '') }));

  it('has no English left in it', () => {
    const english =
      /\b(the|and|of|for|with|from|to|by|messages?|people|weeks?|days?|hours?|months?|channels?|questions?|answers?|repl(y|ies)|reactions?|members?|nobody|none|not|open|is|are|were|wrote|all|this|these|no|less|more|than)\b/i;
    expect(matching(texts, english)).toEqual([]);
  });

  it('says nothing as English does, but what both languages share', () => {
    const shared = new Set(['links', 'server', 'thread']);
    const english = new Map(leavesOf(wordsIn('en')));
    const same = leavesOf(wordsIn('de')).filter(
      ([path, leaf]) =>
        typeof leaf === 'string' && leaf === english.get(path) && !shared.has(leaf.toLowerCase()),
    );
    expect(same).toEqual([]);
  });

  it('has its own numbers: 1.204, 12 % and 0,34', () => {
    expect(matching(texts, /\d,\d{3}\b|\d%|\d %|\d\.\d{1,2}\b(?!\.)/)).toEqual([]);
    expect(matching(texts, /\b1204\b/).map(({ path }) => path)).toEqual([]);
    expect(matching(texts, /1\.204/).length).toBeGreaterThan(100);
  });

  it('begins no line with a date, which Markdown would take for the number of a list', () => {
    // These stand behind something, always.
    const within = /^(charts\.activity\.label|weekly\.(shortDate|dates)|periods\.title)/;
    expect(matching(texts, /^\d+\. /).filter(({ path }) => !within.test(path))).toEqual([]);
  });
});

it('a language is found by the locale that Discord names', () => {
  expect(['de', 'en-US', 'en-GB', 'fr', 'zh-CN', ''].map(languageOf)).toEqual([
    'de',
    'en',
    'en',
    'en',
    'en',
    'en',
  ]);
});
