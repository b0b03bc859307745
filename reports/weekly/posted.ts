/** A weekly report that was posted: what it was asked with, what is kept of it, and its numbers of today. */
import type { Db } from '../../db/connect.ts';
import { messageTexts } from '../../db/queries/message-texts.ts';
import { recordSpan } from '../../db/queries/record-span.ts';
import { windowTotals } from '../../db/queries/window-totals.ts';
import { isoWeek } from '../../db/window.ts';
import type { Language } from '../words.ts';
import { buildWeekly } from './build.ts';
import type { WeeklyReport } from './report.ts';

/** All that decides a post's numbers, so that they can be had again; plain data. */
export interface PostInputs {
  guildId: string;
  /** An ISO week, as 2026-W46. */
  week: string;
  timeZone: string;
  /** Each by its own id: what everybody could read who could see the post. */
  channels: string[];
  bots: boolean;
  language: Language;
  /** What was written later is not known, ms. */
  asOfMs: number;
}

/** What a post is held against when late data came. */
export interface PostFigures {
  messages: number;
  people: number;
}

/** A report without the texts of messages: a text that is deleted must not live on in it. */
interface KeptReport {
  shape: number;
  report: WeeklyReport;
}

/** To be counted up when WeeklyReport changes in a way that its renderings can't bridge: older ones are built again. */
const SHAPE = 1;

/**
 * Inputs of now. They are as of the guild's now, the end of its record: the clock goes on before the recorder has told that
 * nothing came, so that as of the clock a report would end elsewhere when it is built again.
 */
export async function postInputs(
  db: Db,
  asked: Omit<PostInputs, 'asOfMs'>,
  nowMs: number,
): Promise<PostInputs> {
  const { guildId, channels } = asked;
  const record = await recordSpan(db, { guildId, channels, asOfMs: nowMs });
  return { ...asked, asOfMs: record?.lastMs ?? nowMs };
}

/**
 * The report of these inputs: the same whenever it is built, as far as the store can tell. It can't tell what names and
 * channels were called, which messages were edited or deleted since, and which reactions came since. Undefined where the
 * guild is not recorded, or the week is none.
 */
export function buildFromInputs(db: Db, inputs: PostInputs): Promise<WeeklyReport | undefined> {
  const { language: _, ...asked } = inputs;
  return buildWeekly(db, { ...asked, nowMs: inputs.asOfMs });
}

/** A report's figures that late data is measured by. */
export const figuresOf = ({ totals }: WeeklyReport): PostFigures => ({
  messages: totals.messages.value,
  people: totals.people.value,
});

/** The same figures as the record has them now: two sums, no report. Both 0 where the week is none. */
export async function figuresNow(db: Db, inputs: PostInputs): Promise<PostFigures> {
  const { guildId, week, timeZone, channels, bots } = inputs;
  const window = isoWeek(week, timeZone);
  if (!window) return { messages: 0, people: 0 };
  return windowTotals(db, { guildId, window, channels, bots }, ['messages', 'people']);
}

/** What may be kept of a report that was posted. Names are in it, by their ids, until one of them is to be forgotten. */
export const strippedOf = (report: WeeklyReport): KeptReport => ({
  shape: SHAPE,
  report: withTexts(report, () => null),
});

/**
 * A kept report with its texts as they are now; what was deleted since has none. Undefined where nothing is kept, or it is
 * of another shape.
 */
export async function hydrated(db: Db, kept: unknown): Promise<WeeklyReport | undefined> {
  if (!isKept(kept)) return undefined;
  const { report } = kept;
  const ids = [...report.reacted, ...report.questions.waiting].map(({ messageId }) => messageId);
  const texts = await messageTexts(db, report.guild.id, ids);
  return withTexts(report, (messageId) => texts.get(messageId) ?? null);
}

const isKept = (kept: unknown): kept is KeptReport =>
  typeof kept === 'object' && kept !== null && 'shape' in kept && kept.shape === SHAPE;

function withTexts(report: WeeklyReport, textOf: (messageId: string) => string | null): WeeklyReport {
  const told = <Row extends { messageId: string }>(row: Row) => ({ ...row, text: textOf(row.messageId) });
  const { reacted, questions } = report;
  return {
    ...report,
    reacted: reacted.map(told),
    questions: { ...questions, waiting: questions.waiting.map(told) },
  };
}
