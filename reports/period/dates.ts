/** Dates, weeks, months, quarters and years in the forms that people write. */
import { dateIn, isoWeek } from '../../db/window.ts';
import { type CalendarUnit, type Piece, pieceAt } from './calendar.ts';

/** Discord, and everything that is recorded of it, is of these. */
const [YEAR_MIN, YEAR_MAX] = [2000, 2099];
const CENTURY = 2000;

/** What a form says: numbers as they stand there. */
interface Said {
  year?: string;
  /** Of two digits. */
  short?: string;
  quarter?: string;
  month?: string;
  week?: string;
  day?: string;
}

/** Behind a year or before it. */
const YEAR = String.raw`(?<year>\d{4})`;
const THEN_YEAR = String.raw`(?:[\s,./-]+${YEAR})?`;
const DAY = String.raw`(?<day>\d{1,2})`;
const NAMED = String.raw`m(?<month>\d{1,2})\.?`;

/** Signs of `vocabulary.ts` stand for words. A year may be left out where a name or a point says what the numbers are. */
const FORMS = [
  YEAR,
  // 2026-Q4, Q4 2026, 4. Quartal 2026
  String.raw`${YEAR}[\s-]*quarter\s*(?<quarter>[1-4])`,
  String.raw`quarter\s*(?<quarter>[1-4])${THEN_YEAR}`,
  String.raw`(?<quarter>[1-4])\.\s*quarter${THEN_YEAR}`,
  // 2026-W46, KW 46, 46. Woche 2026
  String.raw`${YEAR}[\s-]*week\s*(?<week>\d{1,2})`,
  String.raw`week\s*(?<week>\d{1,2})${THEN_YEAR}`,
  String.raw`(?<week>\d{1,2})\.\s*week${THEN_YEAR}`,
  // 2026-11, 11/2026, November 2026
  String.raw`${YEAR}[-/.](?<month>\d{1,2})`,
  String.raw`(?<month>\d{1,2})\s*[-/.]\s*${YEAR}`,
  `${NAMED}${THEN_YEAR}`,
  String.raw`${YEAR}[\s-]+${NAMED}`,
  // 2026-11-16, 16.11.2026, 16.11.26, 16. November, November 16, 2026
  String.raw`${YEAR}(?<mark>[-/.])(?<month>\d{1,2})\k<mark>${DAY}`,
  String.raw`${DAY}\.\s*(?<month>\d{1,2})(?:\.\s*(?:${YEAR}|(?<short>\d\d))?)?`,
  String.raw`${DAY}\.?[\s-]*${NAMED}${THEN_YEAR}`,
  String.raw`${NAMED}\s*${DAY}\.?${THEN_YEAR}`,
].map((form) => new RegExp(`^${form}$`));

/** 15/11/2026: some begin with the day, and some with the month. */
const EITHER_FIRST = /^(?<a>\d{1,2})(?<mark>[/-])(?<b>\d{1,2})\k<mark>(?<year>\d{4})$/;

/**
 * The piece of the calendar that is written. Without a year it is the last that has begun on a day; `beside`: what stands behind it
 * in a range, whose month a day alone is of.
 */
export function dateMeant(text: string, latest: Temporal.PlainDate, beside?: Piece): Piece | undefined {
  const said = FORMS.map((form) => form.exec(text)?.groups as Said | undefined).find(Boolean);
  if (said) return pieceOf(said, latest);
  const either = EITHER_FIRST.exec(text)?.groups as { a: string; b: string; year: string } | undefined;
  if (either) return unambiguous(either);
  const alone = beside?.unit === 'day' && /^(\d{1,2})\.?$/.exec(text)?.[1];
  const { year, month } = latest;
  return alone ? pieceWith('day', { year, month, day: Number(alone) }) : undefined;
}

function pieceOf({ year, short, quarter, month, week, day }: Said, latest: Temporal.PlainDate) {
  const inYear = (of: number): Piece | undefined => {
    if (week !== undefined) return weekOf(of, Number(week));
    if (quarter !== undefined) return pieceWith('quarter', { year: of, month: Number(quarter) * 3 });
    if (day !== undefined) return pieceWith('day', { year: of, month: Number(month), day: Number(day) });
    return month === undefined
      ? pieceWith('year', { year: of })
      : pieceWith('month', { year: of, month: Number(month) });
  };
  if (year !== undefined) return inYear(Number(year));
  if (short !== undefined) return inYear(CENTURY + Number(short));
  // A leap day or a 53rd week is years back.
  const years = Array.from({ length: 9 }, (_, i) => latest.year + 1 - i);
  return years.map(inYear).find((piece) => piece && Temporal.PlainDate.compare(piece.from, latest) <= 0);
}

/** Undefined where no calendar has it. */
function pieceWith(
  unit: CalendarUnit,
  { year, month = 1, day = 1 }: { year: number; month?: number; day?: number },
): Piece | undefined {
  if (year < YEAR_MIN || year > YEAR_MAX) return undefined;
  try {
    return pieceAt(unit, Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }));
  } catch {
    return undefined;
  }
}

function weekOf(year: number, week: number): Piece | undefined {
  if (year < YEAR_MIN || year > YEAR_MAX) return undefined;
  const window = isoWeek(`${year}-W${String(week).padStart(2, '0')}`, 'UTC');
  return window && pieceAt('week', dateIn(window.fromMs, 'UTC'));
}

function unambiguous({ a, b, year }: { a: string; b: string; year: string }): Piece | undefined {
  const read = ([day, month]: [string, string]) =>
    pieceWith('day', { year: Number(year), month: Number(month), day: Number(day) });
  const [dayFirst, monthFirst] = [read([a, b]), read([b, a])];
  return dayFirst && monthFirst && a !== b ? undefined : (dayFirst ?? monthFirst);
}
