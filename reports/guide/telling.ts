/** What a guide says, for any rendering: sentences and lists in the order in which they are read. */
import type { GuidePlace } from '../../db/queries/guide/rows.ts';
import type { Markup } from '../markup.ts';
import { placeIn } from '../weekly/names.ts';
import type { Words } from '../words.ts';
import type { When } from '../words/en/guide.ts';

/** How a rendering writes names and times. */
export interface Telling {
  guildId: string;
  markup: Markup;
  words: Words;
  /** An hour of the clock in the guild's zone. */
  hour(hour: number): string;
  /** A time of ISO. */
  when(iso: string): When;
  /** Its date in the guild's zone, as 2026-11-15. */
  date(iso: string): string;
}

/** A guide in sentences, marked up. */
export interface Told {
  title: string;
  lead: string[];
  sections: Section[];
  /** Small print. */
  notes: string[];
}

export interface Section {
  heading: string;
  sentences: string[];
  items: Item[];
}

/** A line of a list, and one below it that belongs to it. */
export interface Item {
  line: string;
  below?: string;
}

/** Fewer are what was written just now: they change nothing that is told. */
const UNREAD_MIN = 20;

/** That there may be more to tell, where messages in number are not looked through. */
export const unreadNote = ({ words }: Telling, unread: number): string[] =>
  unread >= UNREAD_MIN ? [words.guide.unread(unread)] : [];

/** So many words, but those that show nothing. */
export const shownWords = ({ markup }: Telling, words: readonly string[], most: number): string[] =>
  words
    .map((word) => markup.text(word))
    .filter((word) => word !== '')
    .slice(0, most);

/** A channel's or thread's name, with weight. */
export const strongPlace = ({ markup, words }: Telling, place: GuidePlace): string =>
  markup.strong(placeIn(markup, place, words.weekly));
