/** As of when an answer is. */
import { dateIn } from '../../db/window.ts';
import type { PeriodBasis } from '../period.ts';

/** A guild's now, where that is another day than the clock's: its record ended before. */
export function asOf({ nowMs, timeZone }: PeriodBasis, clockMs: number): number | undefined {
  return dateIn(nowMs, timeZone).equals(dateIn(clockMs, timeZone)) ? undefined : nowMs;
}
