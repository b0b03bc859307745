/** What a period is called. */
import { dateIn } from '../../db/window.ts';
import type { AskedPeriod } from './asked.ts';
import type { Words } from '../words.ts';
import { lastDay, pieceAt, quarterOf } from './calendar.ts';

/** "Week 46 of 2026 (9–15 November)", "November 2026, so far", "All that is recorded". */
export function periodTitle(period: AskedPeriod, { periods }: Pick<Words, 'periods'>): string {
  const title = wholeTitle(period, periods);
  return period.isOpen ? periods.soFar(title) : title;
}

/** What it is called where nobody asks whether it is over. */
export function wholeTitle({ unit, window, label }: AskedPeriod, { title }: Words['periods']): string {
  if (unit === 'all') return title.all;
  const first = dateIn(window.fromMs, window.timeZone);
  // Of one that is not over the window ends before it does.
  if (unit === 'days') return title.days(...(label.split('..') as [string, string]));
  const [from, to] = [String(first), String(lastDay(pieceAt(unit, first)))];
  if (unit === 'week') return title.week(first.weekOfYear!, first.yearOfWeek!, from, to);
  if (unit === 'quarter') return title.quarter(quarterOf(first), from, to);
  return title[unit](from);
}

/** What it is compared with, behind "than": "the week before"; of one that is not over "the week before by the same time". */
export function beforeTitle(
  { unit, label, isOpen }: AskedPeriod,
  { periods }: Pick<Words, 'periods'>,
): string {
  if (unit === 'all') return '';
  const [first, last = first] = unit === 'days' ? label.split('..') : [];
  const days =
    first === undefined ? 1 : Temporal.PlainDate.from(first).until(last!, { largestUnit: 'days' }).days + 1;
  return isOpen ? periods.beforeSoFar(unit, days) : periods.before(unit, days);
}
