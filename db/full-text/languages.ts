/** In which language a text is, as far as a search cares. */
import { FUNCTION_WORDS, OF_OWN_LETTERS, OPPOSED } from './function-words.ts';

const LANGUAGES = Object.keys(FUNCTION_WORDS);
const setOf = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const STOP_WORDS = new Map(LANGUAGES.map((language) => [language, setOf(FUNCTION_WORDS[language]!)]));

/** Of each function word, the languages that have it, by their place. */
const LANGUAGES_OF = new Map<string, number[]>();
const ALL = [...STOP_WORDS.values(), ...Object.values(OPPOSED).map(setOf)];
for (const [place, words] of ALL.entries()) {
  for (const word of words) {
    const places = LANGUAGES_OF.get(word);
    if (places) places.push(place);
    else LANGUAGES_OF.set(word, [place]);
  }
}

/** Words by themselves too, in the language that is written most. */
const ALSO_WORDS = setOf(
  'die war dir man son todo con par fin per den main sub ton bin hat gut tag mal pod ai ci os io dos net',
);

const IN_ANY_LANGUAGE = new Set(Object.values(OF_OWN_LETTERS).flatMap((list) => list.split(' ')));
/** Endings and particles, as a dictionary cuts Japanese; words of matter are longer, or have other signs. */
const SHORT_KANA = /^[\p{sc=Hiragana}\u30fc]{1,2}$/u;

/**
 * The language whose function words a text has most of: the name of a Postgres text search configuration, or `simple` where
 * no language is clearly ahead of the others, as in a text of names alone.
 */
export function languageOfTokens(tokens: readonly string[]): string {
  const counts = ALL.map(() => 0);
  for (const token of tokens) for (const place of LANGUAGES_OF.get(token) ?? []) counts[place]!++;
  const most = Math.max(...counts);
  const place = counts.indexOf(most);
  // Those that are only told apart come last, so that they are ahead only where they have more.
  const isAhead = LANGUAGES.every((_, other) => other === place || counts[other]! < most);
  return most > 0 && isAhead ? (LANGUAGES[place] ?? 'simple') : 'simple';
}

/** Whether a word says nothing by itself in a language, or anywhere; where the language is `simple`, in any. */
export function isStopWord(token: string, language: string): boolean {
  if (IN_ANY_LANGUAGE.has(token) || SHORT_KANA.test(token)) return true;
  const words = STOP_WORDS.get(language);
  return words ? words.has(token) : LANGUAGES_OF.has(token) && !ALSO_WORDS.has(token);
}
