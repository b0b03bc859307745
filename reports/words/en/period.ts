/** How a report speaks of its time, and compares two times. */
import { counted, number, percent } from './numbers.ts';

/** What a report is about: an ISO week, or some days. */
export interface PeriodWords {
  isWeek: boolean;
  days: number;
}

/** "the week before". */
export const before = ({ isWeek, days }: PeriodWords): string =>
  isWeek ? 'the week before' : days === 1 ? 'the day before' : `the ${number(days)} days before`;

/** "this week", "in these 30 days". */
export const during = ({ isWeek, days }: PeriodWords): string =>
  isWeek ? 'this week' : days === 1 ? 'on this day' : `in these ${number(days)} days`;

/** "87 people". */
export const people = (n: number): string => counted(n, 'person', 'people');
/** "1,204 messages". */
export const messages = (n: number): string => counted(n, 'message');
/** "+12 (+8%)"; whoever had none before has no percent. */
export function delta(now: number, was: number): string {
  const difference = now - was;
  if (difference === 0) return 'no change';
  const sign = difference > 0 ? '+' : '−';
  const share = was === 0 ? 'none before' : `${sign}${percent(Math.abs(difference) / was)}`;
  return `${sign}${number(Math.abs(difference))} (${share})`;
}

/** "12% more than the week before". */
export function against(now: number, was: number, period: PeriodWords): string {
  const than = before(period);
  if (was === 0) return `after none ${period.isWeek || period.days > 1 ? 'in ' : ''}${than}`;
  if (now === was) return `as many as ${than}`;
  const ratio = now / was;
  if (ratio >= 3) return `${number(Math.round(ratio))} times as many as ${than}`;
  const share = percent(Math.abs(ratio - 1));
  return ratio > 1 ? `${share} more than ${than}` : `${share} fewer than ${than}`;
}
