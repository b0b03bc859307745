/** The languages that everything can be said in. */
import { de } from './words/de.ts';
import { en, type Words } from './words/en.ts';

export type { Words } from './words/en.ts';

const WORDS = { en, de };

export type Language = keyof typeof WORDS;

export const LANGUAGES = Object.keys(WORDS) as Language[];

/** Everything that a language says. */
export const wordsIn = (language: Language): Words => WORDS[language];

/** The language that is nearest to a locale as Discord names it: `de`, `en-GB`; English, where none is near. */
export function languageOf(locale: string): Language {
  const language = locale.split('-')[0]!;
  return LANGUAGES.find((one) => one === language) ?? 'en';
}
