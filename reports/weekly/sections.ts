/** The report from numbers to sections: what has nothing to tell is left out. */
import type { Markup } from '../markup.ts';
import type { Words } from '../words/en.ts';
import { coverageSection, hoursSection, shareSection } from './circumstances.ts';
import { daysRecorded, isComparable, leadOf } from './lead.ts';
import { dateOf } from './names.ts';
import { contributorsSection, newcomersSection } from './people.ts';
import { channelsSection, reactedSection, threadsSection } from './places.ts';
import { repliesSection, waitingSection } from './questions.ts';
import type { WeeklyReport } from './report.ts';
import type { Figure, Section } from './section.ts';

/** The head of a report: its title, when, how far the record reaches, and what happened. */
export interface Head {
  title: string;
  notes: string[];
  lead: string[];
}

export type Telling = { report: WeeklyReport; markup: Markup; words: Words };

/** What stands above the sections. */
export function headOf({ report, markup, words }: Telling): Head {
  const { guild, period, span } = report;
  const { weekly } = words;
  const to = dateOf(span.toMs - 1, span.timeZone);
  return {
    title: weekly.title(markup.text(guild.name) || guild.id, period.label, period, to),
    notes: [
      weekly.span(dateOf(span.fromMs, span.timeZone), to, span.timeZone),
      ...recordNotes(report, words),
    ],
    lead: leadOf(report, markup, weekly),
  };
}

/** What else stands below a report, marked up: whose eyes it is for, where it was posted. */
export type Remarks = (markup: Markup) => string[];

/** What stands below them: who counts. */
export const footerOf = ({ withBots }: WeeklyReport, words: Words): string =>
  withBots ? words.weeklyMessage.footerWithBots : words.weekly.footer;

/** The sections that have something to tell. */
export function sectionsOf(telling: Telling): Section[] {
  return [
    totalsSection(telling),
    trendSection(telling),
    waitingSection(telling),
    contributorsSection(telling),
    newcomersSection(telling),
    channelsSection(telling),
    threadsSection(telling),
    reactedSection(telling),
    hoursSection(telling),
    repliesSection(telling),
    shareSection(telling),
    coverageSection(telling),
  ].filter((section) => section !== undefined);
}

function recordNotes(report: WeeklyReport, { weekly }: Words): string[] {
  const { record, span, before, period } = report;
  if (record === null) return [];
  const date = (ms: number) => dateOf(ms, span.timeZone);
  const notes: string[] = [];
  const { value: messages, before: messagesBefore } = report.totals.messages;
  if (messages + messagesBefore === 0)
    return period.isRecordsLast ? [weekly.recordsLast(date(record.lastMs))] : [];
  if (period.isRecordsLast) notes.push(weekly.recordsLast(date(record.lastMs)));
  const days = daysRecorded(report);
  if (record.lastMs >= span.fromMs && days < period.days) {
    const within = weekly.recordEndsWithin(date(record.lastMs), days, period.days);
    notes.splice(0, notes.length, ...(period.isRecordsLast ? [`${weekly.isItsLast} ${within}`] : [within]));
  }
  if (record.firstMs >= span.fromMs && record.firstMs < span.toMs) {
    notes.push(weekly.recordBeginsWithin(date(record.firstMs), period));
  } else if (
    record.firstMs >= before.fromMs &&
    record.firstMs < before.toMs &&
    date(record.firstMs) !== date(before.fromMs)
  ) {
    notes.push(weekly.recordBeginsBefore(date(record.firstMs), period));
  }
  return notes;
}

function totalsSection({ report, words: { weekly } }: Telling): Section | undefined {
  const { totals } = report;
  if (totals.messages.value === 0 && totals.messages.before === 0) return undefined;
  const isCompared = isComparable(report);
  const figures = (Object.keys(weekly.figures) as (keyof typeof totals)[])
    .map((figure) => ({ figure, ...totals[figure] }))
    .filter(({ value, before }) => value > 0 || before > 0)
    .map(({ figure, value, before }): Figure => ({
      label: weekly.figures[figure],
      value: weekly.number(value),
      delta: isCompared ? weekly.delta(value, before) : '',
    }));
  const { heads } = weekly;
  return {
    id: 'totals',
    heading: weekly.headings.totals,
    sentences: [],
    figures,
    table: {
      heads: [heads.figure, heads.now(report.period), ...(isCompared ? [heads.against(report.period)] : [])],
      rows: figures.map(({ label, value, delta }) => [label, value, ...(isCompared ? [delta] : [])]),
    },
  };
}

function trendSection({ report, words: { weekly } }: Telling): Section | undefined {
  const { weeks } = report.trend;
  // One week is the one above.
  if (weeks.length < 2 || weeks.every((week) => week.messages === 0)) return undefined;
  const { heads } = weekly;
  return {
    id: 'trend',
    heading: weekly.headings.trend,
    sentences: [],
    chart: 'activity',
    table: {
      heads: [heads.week, heads.messages, heads.people],
      rows: weeks.map((row) => [
        weekly.shortDate(row.start),
        weekly.number(row.messages),
        weekly.number(row.people),
      ]),
      isChart: true,
    },
  };
}
