/** What people say about one subject. */
export interface SubjectLines {
  name: string;
  titles: readonly string[];
  /** Each a question and what fits as an answer: `How far? | Ten metres. | Not far.` */
  questions: readonly string[];
  remark: readonly string[];
}

/** How people of one language talk: everything that a message's text is made of. */
export interface Phrasebook {
  /** What stands between two sentences. */
  space: string;
  words: Readonly<Record<string, readonly string[]>>;
  subjects: readonly SubjectLines[];
  hello: readonly string[];
  /** To somebody new. */
  greet: readonly string[];
  thanks: readonly string[];
  /** Of somebody new. */
  intro: readonly string[];
  /** A few words that fit behind anything. */
  cheer: readonly string[];
  /** For a flight, a picture, a thing made. */
  praise: readonly string[];
  /** What goes on with any subject. */
  follow: readonly string[];
}
