/** What must be known beside the figures: that a period is not over, or only known in part; and why there are none. */
import { dateIn } from '../../db/window.ts';
import { beforeTitle } from '../period.ts';
import { dateOf, momentIn } from '../weekly/names.ts';
import type { Words } from '../words.ts';
import { type Stats, standingOf } from './report.ts';

/** Small print. */
export function notesOf(stats: Stats, words: Words): string[] {
  const { period, firstMs, counts } = stats;
  const { window, before, isOpen } = period;
  if (!counts || counts.figures.messages.value === 0) return [];
  const { notes } = words.stats;
  const moment = (ms: number) => momentIn(new Date(ms).toISOString(), window.timeZone, words.weekly);
  const begins = dateOf(firstMs, window.timeZone);
  const isCompared = counts.figures.messages.before !== undefined;
  return [
    ...(isOpen ? [notes.open(moment(window.toMs), isCompared ? moment(before!.toMs) : undefined)] : []),
    ...(before && !isCompared ? [notes.beginsWithin(begins, counts.figures.newcomers === undefined)] : []),
    ...(isCompared && firstMs > before!.fromMs
      ? [notes.beginsBefore(begins, beforeTitle({ ...period, isOpen: false }, words))]
      : []),
  ];
}

/** Why there are no figures, and what can be done. */
export function emptyOf(stats: Stats, words: Words): string[] {
  const { period, firstMs, nowMs, asOfMs, coverage, counts } = stats;
  const { timeZone } = period.window;
  const { empty } = words.stats;
  const standing = standingOf(stats);
  if (standing === 'to come') {
    return [asOfMs === undefined ? empty.toCome : empty.afterRecord(dateOf(asOfMs, timeZone))];
  }
  const { backfill } = coverage;
  const share = backfill?.share ?? undefined;
  // Of a record that has ended, nothing more will be known.
  const past =
    asOfMs !== undefined
      ? ''
      : backfill
        ? empty.backfill[backfill.state](share === undefined ? undefined : words.coverage.percent(share))
        : empty.noBackfill;
  if (standing === 'unrecorded') return [`${empty.unrecorded} ${past}`.trim()];
  if (standing === 'too early') {
    const [first, today] = [dateIn(firstMs, timeZone), dateIn(nowMs, timeZone)];
    const days = asOfMs === undefined ? first.until(today, { largestUnit: 'days' }).days : undefined;
    return [`${empty.tooEarly(String(first), days)} ${past}`.trim(), empty.askForAll];
  }
  const before = counts?.figures.messages.before;
  return [
    [
      empty.nothing(period.isOpen),
      ...(before ? [empty.before(beforeTitle(period, words), before)] : []),
      ...(backfill ? [past] : []),
      empty.askOther,
    ].join(' '),
  ];
}
