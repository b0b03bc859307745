/** Where each figure of a report comes from: what it means, of when exactly, and from how many rows it was counted. */
import type { RowCounts } from '../../db/queries/row-counts.ts';
import type { Words } from '../words/en.ts';
import { countedIn } from '../how-counted.ts';
import { spanOf } from './period.ts';
import type { Span, WeeklyReport } from './report.ts';
import type { SectionId } from './section.ts';

/** Of one section. */
export interface Explanation {
  section: SectionId;
  /** What its figures mean, a sentence or a figure each. */
  definitions: string[];
  span: Span;
  /** What it is compared with. */
  before?: Span;
  rows: RowCounts;
  /** All of this in sentences. */
  lines: string[];
}

/** Sections over the weeks of the trend; all others are over the report's own window. */
const OVER_TREND: ReadonlySet<SectionId> = new Set(['trend', 'hours']);
const COMPARED: ReadonlySet<SectionId> = new Set(['totals', 'newcomers']);

/** An explanation of every section, by its name. Needs a report that was built to be explained. */
export function explanationsOf(report: WeeklyReport, words: Words): Record<SectionId, Explanation> {
  const { rows } = report;
  if (!rows) throw new Error('This report was built without what explains it.');
  const ids = Object.keys(words.explanations.sections) as SectionId[];
  return Object.fromEntries(ids.map((id) => [id, explain(id, report, rows, words)])) as Record<
    SectionId,
    Explanation
  >;
}

function explain(
  section: SectionId,
  report: WeeklyReport,
  counts: NonNullable<WeeklyReport['rows']>,
  words: Words,
): Explanation {
  const { weekly, explanations: told } = words;
  const isTrend = OVER_TREND.has(section);
  const span = isTrend ? report.trend.span : report.span;
  const counted = (of: RowCounts) => countedIn(of, report.withBots);
  const rows = counted(isTrend ? counts.trend : counts.span);
  const before = COMPARED.has(section) ? report.before : undefined;
  const figures = Object.keys(told.figures) as (keyof typeof told.figures)[];
  const definitions = [
    ...definitionOf(section, report, words),
    ...(section === 'totals'
      ? figures.map((figure) => told.means(weekly.figures[figure], told.figures[figure]))
      : []),
  ];
  return {
    section,
    definitions,
    span,
    ...(before && { before }),
    rows,
    lines: [
      ...definitions,
      told.window(span.from, span.to, span.hours, span.timeZone),
      told.counted(rows),
      ...(before
        ? [told.against(before.from, before.to, before.hours), told.counted(counted(counts.before))]
        : []),
      ...foundIn(section, report, told),
    ],
  };
}

/** What a section is about, of a report with bots as well. */
function definitionOf(section: SectionId, { withBots }: WeeklyReport, words: Words): string[] {
  const { weeklyMessage, explanations } = words;
  if (!withBots) return [explanations.sections[section]];
  if (section === 'totals') return [weeklyMessage.messageWithBots];
  return [explanations.sections[section], weeklyMessage.withBots];
}

/** What else a section was counted from. */
function foundIn(
  section: SectionId,
  { questions, totals, record, span }: WeeklyReport,
  told: Words['explanations'],
): string[] {
  if (section === 'questions' || section === 'replies') return [told.fromQuestions(questions.asked)];
  if (section === 'reacted') return [told.reactions(totals.reactions.value)];
  if (section !== 'newcomers' || record === null) return [];
  return [told.everFirst(spanOf({ ...span, fromMs: record.firstMs }).from)];
}
