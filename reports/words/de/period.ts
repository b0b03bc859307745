/** How a report speaks of its time, and compares two times. */
import type { PeriodWords } from '../en/period.ts';
import { counted, number, percent } from './numbers.ts';

/** "in der Woche davor": where something was. */
export const before = ({ isWeek, days }: PeriodWords): string =>
  isWeek ? 'in der Woche davor' : days === 1 ? 'am Tag davor' : `in den ${number(days)} Tagen davor`;

/** "der Woche davor", behind "gegenüber" or "mit". */
export const beforeDative = ({ isWeek, days }: PeriodWords): string =>
  isWeek ? 'der Woche davor' : days === 1 ? 'dem Tag davor' : `den ${number(days)} Tagen davor`;

/** "in dieser Woche", "in diesen 30 Tagen". */
export const during = ({ isWeek, days }: PeriodWords): string =>
  isWeek ? 'in dieser Woche' : days === 1 ? 'an diesem Tag' : `in diesen ${number(days)} Tagen`;

/** "87 Personen". */
export const people = (n: number): string => counted(n, 'Person', 'Personen');
/** "1.204 Nachrichten". */
export const messages = (n: number): string => counted(n, 'Nachricht', 'Nachrichten');

/** "+12 (+8 %)"; whoever had none before has no percent. */
export function delta(now: number, was: number): string {
  const difference = now - was;
  if (difference === 0) return 'unverändert';
  const sign = difference > 0 ? '+' : '−';
  const share = was === 0 ? 'davor keine' : `${sign}${percent(Math.abs(difference) / was)}`;
  return `${sign}${number(Math.abs(difference))} (${share})`;
}

/** "12 % mehr als in der Woche davor". */
export function against(now: number, was: number, period: PeriodWords): string {
  const then = before(period);
  if (was === 0) return `nach keiner ${then}`;
  if (now === was) return `so viele wie ${then}`;
  const ratio = now / was;
  if (ratio >= 3) return `${number(Math.round(ratio))}-mal so viele wie ${then}`;
  return `${percent(Math.abs(ratio - 1))} ${ratio > 1 ? 'mehr' : 'weniger'} als ${then}`;
}
