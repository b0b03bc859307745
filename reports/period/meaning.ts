/** What people mean by the words and dates that they type, in every language that we speak. */
import { type CalendarUnit, daysFrom, lastDay, type Piece, pieceAt } from './calendar.ts';
import { dateMeant } from './dates.ts';
import { plainWords } from './vocabulary.ts';

export type Meaning = 'all' | { piece: Piece } | { unit: CalendarUnit; isRunning: boolean };

/** Nobody types more to name a period. */
const LENGTH_MAX = 100;
/** Some years in days. */
const COUNT_MAX = 3660;

/** Undefined where they mean no period, or could mean two. */
export function meaningOf(typed: string, today: Temporal.PlainDate): Meaning | undefined {
  if (typed.length > LENGTH_MAX) return undefined;
  const plain = plainWords(typed);
  if (plain === undefined) return undefined;
  const piece = rangeMeant(plain, today) ?? dateMeant(plain, today);
  return piece ? { piece } : spoken(plain.replaceAll(/[\s_-]+/g, ' '), today);
}

function spoken(words: string, today: Temporal.PlainDate): Meaning | undefined {
  if (words === 'all') return 'all';
  if (words === 'today') return { unit: 'day', isRunning: true };
  if (words === 'yesterday') return { unit: 'day', isRunning: false };
  const one = /^(?:(last|this) ?)?(day|week|month|quarter|year)$/.exec(words);
  if (one) return { unit: one[2] as CalendarUnit, isRunning: one[1] === 'this' };
  const some = /^(?:last ?)?(\d{1,4}) ?(day|week|month|quarter|year)s$/.exec(words);
  return some ? lastOnes(Number(some[1]), some[2] as CalendarUnit, today) : undefined;
}

/** The last so many that are over, as days in a row. */
function lastOnes(count: number, unit: CalendarUnit, today: Temporal.PlainDate): Meaning | undefined {
  const { from: end, step } = pieceAt(unit, today);
  if (count === 0 || count > COUNT_MAX) return undefined;
  if (count === 1) return { unit, isRunning: false };
  const back = step.months === undefined ? { days: step.days * count } : { months: step.months * count };
  const from = end.subtract(back);
  if (from.until(end, { largestUnit: 'days' }).days > COUNT_MAX) return undefined;
  const piece = daysFrom(from, end.subtract({ days: 1 }));
  return piece && { piece };
}

/** From the beginning of one piece to the end of another. */
function rangeMeant(plain: string, today: Temporal.PlainDate): Piece | undefined {
  const ends = /^(.+?) ?\.\.+ ?(.+)$/.exec(plain.replaceAll(DASH, '..'));
  if (!ends) return undefined;
  const to = dateMeant(ends[2]!, today);
  // What the first leaves out, the second has: "9.–15.11.2026".
  const from = to && dateMeant(ends[1]!, to.from, to);
  return from && daysFrom(from.from, lastDay(to));
}

/** A dash that joins two dates, and is no part of one. */
const DASH =
  / ?[–—…] ?| - | to |(?<=\d\.)-(?=\d)|(?<=\d{4}-\d\d-\d\d)-(?=\d{4})|(?<=^\d{1,2})-(?=\d{1,2} ?\.? ?m\d)/g;
