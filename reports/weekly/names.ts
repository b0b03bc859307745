/** How people and places are called in a sentence. */
import { dateIn } from '../../db/window.ts';
import type { Markup } from '../markup.ts';
import { readable } from '../quote.ts';
import type { WeeklyWords } from '../words/en/weekly.ts';

const QUOTE_LENGTH_MAX = 160;

/** A member's name; the id where the name shows nothing. A bot is marked as Discord marks it, in every language. */
export const memberIn = (
  markup: Markup,
  { id, name, isBot = false }: { id: string; name: string; isBot?: boolean },
): string => `${markup.text(name) || id}${isBot ? ' (APP)' : ''}`;

/** A channel as Discord shows it, a thread or a post by its title. */
export function placeIn(
  markup: Markup,
  { id, name, isThread }: { id: string; name: string | null; isThread?: boolean },
  words: WeeklyWords,
): string {
  const text = name === null ? '' : markup.text(name);
  if (text === '') return words.place.unknown(id);
  if (isThread) return `↳ ${text}`;
  // A text channel's name has no spaces; what has some is a thread, or was never written with a #.
  return /\s/.test(name!.trim()) ? text : `#${text}`;
}

/** What a message says, in quotation marks; undefined where no text is kept or it has none. */
export function quoteIn(markup: Markup, text: string | null, words: WeeklyWords): string | undefined {
  const quoted = text === null ? '' : markup.text(readable(text, words.quote), QUOTE_LENGTH_MAX);
  return quoted === '' ? undefined : words.quote.text(quoted);
}

/** The author of a message; undefined where they are not to be named. */
export function authorIn(
  markup: Markup,
  { authorId, author }: { authorId: string | null; author: string | null },
): string | undefined {
  return authorId === null ? undefined : memberIn(markup, { id: authorId, name: author ?? '' });
}

/** A time of ISO on the clock of a zone, in words. */
export function momentIn(iso: string, timeZone: string, words: WeeklyWords): string {
  return words.moment(localTime(Temporal.Instant.from(iso).epochMilliseconds, timeZone));
}

/** An instant on the clock of a zone, as 2026-11-15T19:02. */
export const localTime = (ms: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });

/** The date of an instant, as 2026-11-15. */
export const dateOf = (ms: number, timeZone: string): string => String(dateIn(ms, timeZone));
