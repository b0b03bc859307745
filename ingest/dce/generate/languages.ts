import { type Phrase, phrases } from './grammar.ts';
import { names } from './phrases/names.ts';
import type { Phrasebook } from './phrases/phrasebook.ts';
import { chinese, japanese, korean } from './phrases/east-asian.ts';
import { greek, russian, ukrainian } from './phrases/eastern-european.ts';
import { english } from './phrases/english.ts';
import { englishLong } from './phrases/english-long.ts';
import { arabic, hebrew, hindi, thai } from './phrases/southern.ts';
import { french, german, portuguese, spanish } from './phrases/western.ts';

/** A question, and what answers it. */
export interface Question {
  ask: Phrase;
  answers: readonly Phrase[];
}

/** One subject of a language, its phrases ready to be said. */
export interface Subject {
  name: string;
  titles: readonly Phrase[];
  questions: readonly Question[];
  remark: readonly Phrase[];
}

/** A language of the community: how many speak it, where they live, how they are called and what they say. */
export interface Language {
  code: string;
  /** Share of the people. */
  share: number;
  /** Home zones: minutes ahead of UTC, all year (no summer time), and how many of its speakers live there. */
  zones: readonly (readonly [number, number])[];
  /** Given names: as displayed, and as an account name. */
  names: readonly (readonly [string, string])[];
  space: string;
  subjects: readonly Subject[];
  hello: readonly Phrase[];
  greet: readonly Phrase[];
  thanks: readonly Phrase[];
  intro: readonly Phrase[];
  cheer: readonly Phrase[];
  praise: readonly Phrase[];
  follow: readonly Phrase[];
}

/** Longer texts that only English has. */
export const longTexts = Object.fromEntries(
  Object.entries(englishLong).map(([use, lines]) => [use, phrases(lines, english.words)]),
) as Record<keyof typeof englishLong, Phrase[]>;

/** English stands first: the language of everything that names no other. */
export const languages: readonly Language[] = [
  language('en', 0.44, english, [
    [-480, 2],
    [-300, 4],
    [0, 5],
    [600, 1],
  ]),
  language('es', 0.07, spanish, [
    [60, 3],
    [-180, 2],
    [-360, 2],
  ]),
  language('de', 0.08, german, [[60, 1]]),
  language('fr', 0.05, french, [
    [60, 4],
    [-300, 1],
  ]),
  language('pt', 0.04, portuguese, [
    [-180, 3],
    [0, 1],
  ]),
  language('ru', 0.06, russian, [
    [180, 3],
    [300, 1],
  ]),
  language('uk', 0.03, ukrainian, [[120, 1]]),
  language('el', 0.03, greek, [[120, 1]]),
  language('zh', 0.05, chinese, [[480, 1]]),
  language('ja', 0.05, japanese, [[540, 1]]),
  language('ko', 0.02, korean, [[540, 1]]),
  language('ar', 0.03, arabic, [
    [180, 2],
    [120, 1],
  ]),
  language('he', 0.01, hebrew, [[120, 1]]),
  language('th', 0.02, thai, [[420, 1]]),
  language('hi', 0.02, hindi, [[330, 1]]),
];

function language(code: string, share: number, book: Phrasebook, zones: Language['zones']): Language {
  const ready = (lines: readonly string[]) => phrases(lines, book.words);
  return {
    code,
    share,
    zones,
    names: (names[code] ?? '').split('|').map((pair) => pair.split(' ') as [string, string]),
    space: book.space,
    subjects: book.subjects.map(({ name, titles, questions, remark }) => ({
      name,
      titles: ready(titles),
      questions: questions.map((line) => {
        const [ask, ...answers] = ready(line.split(' | '));
        return { ask: ask as Phrase, answers };
      }),
      remark: ready(remark),
    })),
    hello: ready(book.hello),
    greet: ready(book.greet),
    thanks: ready(book.thanks),
    intro: ready(book.intro),
    cheer: ready(book.cheer),
    praise: ready(book.praise),
    follow: ready(book.follow),
  };
}
