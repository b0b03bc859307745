/** What happened, in a few sentences: what somebody who reads no further should know. */
import { dateIn } from '../../db/window.ts';
import type { Markup } from '../markup.ts';
import type { WeeklyWords } from '../words/en/weekly.ts';
import { memberIn, placeIn } from './names.ts';
import type { WeeklyReport } from './report.ts';

/** The sentences that a report begins with; of a week without messages, that it has none. */
export function leadOf(report: WeeklyReport, markup: Markup, words: WeeklyWords): string[] {
  const { totals, period, record } = report;
  if (record === null) return [words.neverWritten];
  if (totals.messages.value === 0) {
    const { before } = totals.messages;
    if (before === 0) return [words.empty(period)];
    return [words.empty(period), words.emptyAfter(before, totals.people.before, period)];
  }
  return [
    writtenOf(report, words),
    ...placeOf(report, markup, words),
    ...personOf(report, markup, words),
    ...newcomersOf(report, markup, words),
    ...questionsOf(report, words),
  ];
}

/** Whether anything is known of the time that a report compares with. */
export const isComparable = ({ record, span }: WeeklyReport): boolean =>
  record !== null && record.firstMs < span.fromMs;

/** Of the report's days, those up to the end of the record. */
export function daysRecorded({ record, span, period }: WeeklyReport): number {
  const [from, to] = [span.fromMs, Math.max(record?.lastMs ?? span.fromMs, span.fromMs)].map((ms) =>
    dateIn(ms, span.timeZone),
  );
  return Math.min(period.days, from!.until(to!, { largestUnit: 'days' }).days + 1);
}

function writtenOf(report: WeeklyReport, words: WeeklyWords): string {
  const { messages, people } = report.totals;
  const days = daysRecorded(report);
  if (days < report.period.days) return words.lead.partly(messages.value, people.value, days);
  return isComparable(report)
    ? words.lead.compared(messages.value, people.value, messages.before, report.period)
    : words.lead.written(messages.value, people.value);
}

function placeOf({ channels, totals }: WeeklyReport, markup: Markup, words: WeeklyWords): string[] {
  const [busiest] = channels;
  if (!busiest || totals.messages.value < 2) return [];
  const place = placeIn(markup, busiest, words);
  return [channels.length === 1 ? words.lead.allIn(place) : words.lead.busiest(place, busiest.messages)];
}

function personOf(
  { contributors, period, share }: WeeklyReport,
  markup: Markup,
  words: WeeklyWords,
): string[] {
  const [first, second] = contributors;
  if (!first || share.people < 2 || first.messages === second?.messages) return [];
  // Somebody who is not to be named may have written more.
  const isFirst = Math.abs(first.messages / share.messages - share.top1Share!) < 1e-4;
  if (!isFirst) return [];
  return [words.lead.most(memberIn(markup, first), first.messages, first.activeDays, period.days)];
}

function newcomersOf(report: WeeklyReport, markup: Markup, words: WeeklyWords): string[] {
  const { people, named } = report.newcomers;
  // Where the record begins everybody is new to it, which tells nothing.
  if (people === 0 || !isComparable(report)) return [];
  return [
    words.lead.newcomers(
      people,
      named.map((row) => memberIn(markup, row)),
    ),
  ];
}

/** Whether replies are in use: without any, nothing is known of answers. */
export const isRepliedTo = ({ totals, questions }: WeeklyReport): boolean =>
  totals.replies.value > 0 || questions.answered > 0;

function questionsOf(report: WeeklyReport, words: WeeklyWords): string[] {
  const { asked, unanswered, medianMinutes } = report.questions;
  if (asked === 0 || !isRepliedTo(report)) return [];
  return [
    unanswered === 0 ? words.lead.answered(asked, medianMinutes!) : words.lead.unanswered(unanswered, asked),
  ];
}
