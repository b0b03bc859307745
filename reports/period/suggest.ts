/** What may stand for a period, while somebody types one. */
import { dateIn } from '../../db/window.ts';
import { type AskedPeriod, type PeriodBasis, periodOf } from './asked.ts';
import { type Language, wordsIn } from '../words.ts';
import { type CalendarUnit, labelOf, pieceAt, shifted } from './calendar.ts';
import { periodTitle, wholeTitle } from './title.ts';
import { plainWords } from './vocabulary.ts';

/** Discord shows no more. */
const SUGGESTIONS_MAX = 25;
/** Of weeks and months, those that somebody may look back to. */
const [WEEKS, MONTHS] = [53, 24];
const UNITS: CalendarUnit[] = ['day', 'week', 'month', 'quarter', 'year'];

/** A suggestion: what it says, and what is asked for by it. */
export interface PeriodSuggestion {
  name: string;
  value: string;
}

/**
 * The words for periods, what was typed if it means one, and the weeks and months whose names it is a part of: each with the dates
 * that it comes to, at most 25.
 */
export function suggestPeriods(typed: string, basis: PeriodBasis, language: Language): PeriodSuggestion[] {
  const words = wordsIn(language);
  const { periods } = words;
  const isTyped = isPartOf(typed);
  const suggested = (name: string, value: string) => ({ name, value, period: periodOf(value, basis)! });
  const spoken = [
    ...UNITS.map((unit) => suggested(periods.last[unit], unit)),
    ...UNITS.map((unit) => suggested(periods.running[unit], unit === 'day' ? 'today' : `this-${unit}`)),
    suggested(periods.title.all, 'all'),
  ].filter(({ name, value }) => isTyped(name) || isTyped(value));
  const meant = periodOf(typed, basis);
  const seen = new Set(spoken.map(({ period }) => period.label));
  const written = [
    ...(meant ? [meant] : []),
    ...recent(typed, basis).filter((period) => isTyped(wholeTitle(period, periods)) || isTyped(period.label)),
  ].filter(({ label }) => !seen.has(label) && seen.add(label));
  return [
    ...spoken.map(({ name, value, period }) => ({
      name: value === 'all' ? name : periods.meaning(name, wholeTitle(period, periods)),
      value,
    })),
    ...written.map((period) => ({ name: periodTitle(period, words), value: period.label })),
  ].slice(0, SUGGESTIONS_MAX);
}

/** Newest first, as far back as the record goes. */
function recent(typed: string, basis: PeriodBasis): AskedPeriod[] {
  if (typed.trim() === '') return [];
  const today = dateIn(basis.nowMs, basis.timeZone);
  return (['week', 'month'] as const).flatMap((unit) =>
    Array.from({ length: unit === 'week' ? WEEKS : MONTHS }, (_, i) =>
      periodOf(labelOf(shifted(pieceAt(unit, today), -i)), basis)!,
    ).filter(({ window }) => window.toMs > basis.firstMs),
  );
}

/** Whether a text has what was typed in it, as it stands or in another language: "KW 4" is in "Week 46". */
function isPartOf(typed: string): (text: string) => boolean {
  const [raw, plain] = [flat(typed), plainWords(typed)];
  return (text) =>
    flat(text).includes(raw) || (plain !== undefined && flat(plainWords(text) ?? '').includes(flat(plain)));
}

const flat = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s._/-]+/g, ' ')
    .trim();
