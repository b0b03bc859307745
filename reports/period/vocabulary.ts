/** The words for time of all languages at once, in signs that stand for them. */
import { LANGUAGES, wordsIn } from '../words.ts';

/** Each word, in small letters, with its sign. */
const SIGNS = new Map(
  LANGUAGES.flatMap((language) => {
    const { typed, months } = wordsIn(language).periods;
    return [...Object.entries(typed), ...months.map((names, i) => [`m${i + 1}`, names] as const)];
  }).flatMap(([sign, words]) => words.map((word): [string, string] => [word, sign === 'filler' ? '' : sign])),
);

/**
 * What was typed with each of its words as a sign: "Letzte Woche" is "last week", "KW 46" "week 46", "15. Nov. 2026"
 * "15. m11. 2026". Undefined where a word has none.
 */
export function plainWords(typed: string): string | undefined {
  let isKnown = true;
  const plain = typed
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\p{L}[\p{L}\p{M}]*/gu, (word) => {
      const sign = SIGNS.get(word);
      isKnown &&= sign !== undefined;
      return sign ?? '';
    })
    .replaceAll(/\s+/g, ' ')
    .trim();
  return isKnown && plain !== '' ? plain : undefined;
}
