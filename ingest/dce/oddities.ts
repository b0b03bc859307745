/** What can be odd about a file, in words that a person can act on. */

export type OddityKind =
  | 'rejected-numeric-id'
  | 'rejected-id'
  | 'rejected-future-id'
  | 'rejected-author'
  | 'unknown-type'
  | 'impossible-time'
  | 'timestamp-not-id'
  | 'unreadable-part';

/** Said of a message that is not taken, or of one that is taken with a remark. */
export const ODDITIES: Record<OddityKind, string> = {
  'rejected-numeric-id':
    "its id or its author's is a number, which whatever wrote the file has rounded already; export again with DiscordChatExporter, which writes ids as text",
  'rejected-id': 'its id is missing, is no number of 1 to 19 digits, or is larger than any id can be',
  'rejected-future-id': 'its id was made after today, which no message can be',
  'rejected-author': 'it names no author, or an author whose id is no id',
  'unknown-type':
    'its type is none that is known; it is kept, and counts as neither written nor system message',
  'impossible-time':
    'one of its times is no time that Discord has lived (year 0001, say); its id tells its time',
  'timestamp-not-id':
    'its timestamp is more than 2 s from the time of its id; the id is believed, the timestamp kept beside',
  'unreadable-part':
    'an attachment, a reaction or its text has not the form DiscordChatExporter gives it and was left out',
};

/** How often, and where first. */
export interface OddityCount {
  kind: OddityKind;
  count: number;
  /** Ids of the first few messages, or their places where they have none. */
  examples: string[];
}

const EXAMPLES_MAX = 3;

/** Counts oddities of one file. */
export class Oddities {
  #counts = new Map<OddityKind, OddityCount>();

  constructor(from: OddityCount[] = []) {
    for (const oddity of from) this.#counts.set(oddity.kind, { ...oddity, examples: [...oddity.examples] });
  }

  note(kind: OddityKind, example: string): void {
    const oddity = this.#counts.get(kind) ?? { kind, count: 0, examples: [] };
    this.#counts.set(kind, oddity);
    oddity.count++;
    if (oddity.examples.length < EXAMPLES_MAX) oddity.examples.push(example);
  }

  list(): OddityCount[] {
    return [...this.#counts.values()];
  }
}
