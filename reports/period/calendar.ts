/** Whole pieces of the calendar, their labels, and those beside them. */
import { between, weekOf, type Window } from '../../db/window.ts';

export interface Piece {
  unit: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'days';
  from: Temporal.PlainDate;
  /** The day after its last one. */
  to: Temporal.PlainDate;
  /** From here to the next. */
  step: { days: number; months?: undefined } | { months: number };
}

/** What words alone can name. */
export type CalendarUnit = Exclude<Piece['unit'], 'days'>;

const STEPS: Record<CalendarUnit, Piece['step']> = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { months: 12 },
};

const MONTHS_A_QUARTER = 3;

/** The piece that a date is in. */
export function pieceAt(unit: CalendarUnit, date: Temporal.PlainDate): Piece {
  const from = firstDay(unit, date);
  return { unit, from, to: from.add(STEPS[unit]), step: STEPS[unit] };
}

function firstDay(unit: CalendarUnit, date: Temporal.PlainDate): Temporal.PlainDate {
  if (unit === 'day') return date;
  if (unit === 'week') return date.subtract({ days: date.dayOfWeek - 1 });
  if (unit === 'month') return date.with({ day: 1 });
  if (unit === 'year') return date.with({ month: 1, day: 1 });
  return date.with({ month: MONTHS_A_QUARTER * (quarterOf(date) - 1) + 1, day: 1 });
}

/** Days in a row, both counted; one is a day. Undefined where they end before they begin. */
export function daysFrom(first: Temporal.PlainDate, last: Temporal.PlainDate): Piece | undefined {
  const days = first.until(last, { largestUnit: 'days' }).days + 1;
  if (days < 1) return undefined;
  return { unit: days === 1 ? 'day' : 'days', from: first, to: last.add({ days: 1 }), step: { days } };
}

/** The piece so many further on. */
export function shifted({ unit, from, step }: Piece, steps: number): Piece {
  const by = step.months === undefined ? { days: step.days * steps } : { months: step.months * steps };
  const first = from.add(by);
  return { unit, from: first, to: first.add(step), step };
}

/** Its last day. */
export const lastDay = ({ to }: Piece): Temporal.PlainDate => to.subtract({ days: 1 });

/** From 1 to 4. */
export const quarterOf = ({ month }: Temporal.PlainDate): number => Math.ceil(month / MONTHS_A_QUARTER);

/** As a piece is asked for again. */
export function labelOf(piece: Piece): string {
  const { unit, from } = piece;
  if (unit === 'day') return String(from);
  if (unit === 'week') return weekOf(from);
  if (unit === 'month') return String(from.toPlainYearMonth());
  if (unit === 'quarter') return `${from.year}-Q${quarterOf(from)}`;
  if (unit === 'year') return String(from.year);
  return `${from}..${lastDay(piece)}`;
}

/** Its window in a zone. */
export const windowOf = ({ from, to }: Piece, timeZone: string): Window => between(from, to, timeZone);
