/** What a planted community talks about. */

/** A topic as its people speak of it: texts with `{starter}` for a word that has other names. */
export interface Topic {
  /** Also the name of its channel, where it has one of its own. */
  name: string;
  group: 'kitchen' | 'workshop' | 'code' | 'nature' | 'life' | 'games' | 'deutsch' | 'español';
  language: 'en' | 'de' | 'es';
  /** Its own words, each with its other names: `starter|levain`. */
  words: string[];
  /** Questions, without their mark. */
  asks: string[];
  /** Answers that have its words, and such as have none. */
  answers: string[];
  hints: string[];
  /** What is said on it without asking or answering. */
  talk: string[];
  /** What somebody types who looks for help; the questions are none of those above. */
  queries: { word: string; synonym: string; phrase: string; questions: [string, string] };
  /** Never in a community for tuning. */
  isHeldBack?: true;
}
