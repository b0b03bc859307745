/** Which week somebody means, and which there are. */
import { isoWeek, isoWeekLabel } from '../../db/window.ts';
import { dateOf } from './names.ts';
import { type AskedPeriod, type PeriodBasis, periodOf } from '../period.ts';
import { UserError } from '../user-error.ts';
import { markdown } from '../markdown.ts';
import { type Language, wordsIn } from '../words.ts';
import { chooseWindow } from './period.ts';

/** Of which week a report is asked. */
export interface AskedWeek {
  /** 2026-W46. */
  label: string;
  /** It was chosen because the record ends before the last complete week. */
  isRecordsLast: boolean;
  /** The weeks beside it, where the record reaches there and they are over. */
  earlier?: string;
  later?: string;
}

/** A suggestion: what it says, and what is asked for by it. */
export interface WeekSuggestion {
  name: string;
  value: string;
}

/** Five years: who looks for an older one types it. */
const LOOKED_THROUGH_MAX = 260;

/**
 * The week that was typed; the last complete one of the clock, or the record's last where that ends earlier, where
 * nothing was. `basis` is of the record, `nowMs` the clock.
 *
 * Errors  UserError: what was typed is no week, or one that is still to come
 */
export function askedWeek(
  typed: string | undefined,
  basis: PeriodBasis,
  nowMs: number,
  language: Language,
): AskedWeek {
  const { timeZone } = basis;
  const { label, isRecordsLast } =
    typed === undefined ? usualWeek(basis, nowMs) : meant(typed, basis, language);
  if (isoWeek(label, timeZone)!.fromMs > nowMs) throw new UserError(wordsIn(language).weeklyMessage.toCome);
  const beside = periodOf(label, basis);
  // Older than Discord, and than what periods are of.
  if (!beside) throw new UserError(wordsIn(language).weeklyMessage.noWeek(markdown.text(typed ?? label)));
  const { earlier, later } = beside;
  const isOver = later !== undefined && isoWeek(later, timeZone)!.toMs <= nowMs;
  return {
    label,
    isRecordsLast,
    ...(earlier !== undefined && { earlier }),
    ...(isOver && { later }),
  };
}

function usualWeek({ timeZone, nowMs: lastMs, firstMs }: PeriodBasis, nowMs: number) {
  return chooseWindow({ timeZone, nowMs }, { firstMs, lastMs })!.period;
}

function meant(typed: string, basis: PeriodBasis, language: Language) {
  const label = weekMeant(typed, basis);
  if (label === undefined) {
    throw new UserError(wordsIn(language).weeklyMessage.noWeek(markdown.text(typed)));
  }
  return { label, isRecordsLast: false };
}

/** The label of the week that is meant: by its number, the last that has begun; by a date in it; or as a period is. */
function weekMeant(typed: string, basis: PeriodBasis): string | undefined {
  const period = periodOf(/^\s*\d{1,2}\s*$/.test(typed) ? `w${typed.trim()}` : typed, basis);
  const isWithin = period?.unit === 'week' || period?.unit === 'day';
  return isWithin ? isoWeekLabel(period.window.fromMs, basis.timeZone) : undefined;
}

/** What may stand for a week: what was typed if it means one, and recorded weeks that it is a part of, newest first. */
export function suggestWeeks(
  typed: string,
  basis: PeriodBasis,
  language: Language,
  most: number,
): WeekSuggestion[] {
  const { weekly } = wordsIn(language);
  const { timeZone } = basis;
  const called = ({ window, label }: Pick<AskedPeriod, 'window' | 'label'>): WeekSuggestion => ({
    name: `${label}: ${weekly.dates(dateOf(window.fromMs, timeZone), dateOf(window.toMs - 1, timeZone))}`,
    value: label,
  });
  const flat = (text: string) => text.toLowerCase().replaceAll(/[\s._/-]+/g, ' ');
  const label = typed.trim() === '' ? undefined : weekMeant(typed, basis);
  const first = label === undefined ? [] : [called({ label, window: isoWeek(label, timeZone)! })];
  const found = [...recordedWeeks(basis)]
    .map(called)
    .filter(({ name, value }) => value !== label && flat(name).includes(flat(typed.trim())));
  return [...first, ...found].slice(0, most);
}

/** Weeks that are over, and as the last one that in which the record ends. */
function* recordedWeeks(basis: PeriodBasis): Generator<AskedPeriod> {
  let at: string | undefined = isoWeekLabel(basis.nowMs, basis.timeZone);
  for (let i = 0; at !== undefined && i < LOOKED_THROUGH_MAX; i++) {
    const week: AskedPeriod = periodOf(at, basis)!;
    const whole = isoWeek(at, basis.timeZone)!;
    yield { ...week, window: whole };
    at = week.earlier;
  }
}
