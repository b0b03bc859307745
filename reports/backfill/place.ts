/** Channels and threads as a backfill names them. */
import { markdown } from '../markdown.ts';
import { plainText } from '../plain-text.ts';
import { placeIn } from '../weekly/names.ts';
import type { Words } from '../words.ts';

export interface Place {
  id: string;
  /** Null where it is not known, or not the asker's to be told. */
  name: string | null;
  isThread?: boolean;
}

const NAME_LENGTH_MAX = 32;
/** An emoji of a family takes a dozen of Discord's characters, and so many of them a line of its own. */
const UNITS_MAX = 64;
const EMOJI_MAX = 6;

/** Escaped, and so short that some fit a line. Without a name a mention: Discord shows to each what they may see, and pings nobody. */
export const placeText = ({ name, ...place }: Place, words: Words): string =>
  name === null ? `<#${place.id}>` : placeIn(markdown, { ...place, name: short(name) }, words.weekly);

function short(name: string): string {
  const text = plainText(name, NAME_LENGTH_MAX);
  return text.length > UNITS_MAX ? plainText(name, EMOJI_MAX) : text;
}

/** Discord's kinds of threads: of announcements, public, private. */
const THREADS: readonly (number | null)[] = [10, 11, 12];

export const isThread = ({ type }: { type: number | null }): boolean => THREADS.includes(type);
