/** A question's answer for programs: the same on the command line and over HTTP. */
import type { Db } from '../db/connect.ts';
import { type CoverageLine, coverageLine } from '../db/queries/coverage-line.ts';
import type { Asked, Cell, Question } from '../db/queries/question.ts';
import type { RecordSpan } from '../db/queries/record-span.ts';
import { topContributors } from '../db/queries/top-contributors.ts';

export interface Answer {
  /** As it was asked, with the member that was chosen where none was named. */
  asked: Asked;
  span: RecordSpan | undefined;
  line: CoverageLine;
  rows: Record<string, Cell>[];
}

/** Asks; without rows where the question needs what was not given, or nobody has written. */
export async function answerQuestion(
  db: Db,
  question: Question,
  asked: Asked,
  span: RecordSpan | undefined,
): Promise<Answer> {
  const complete = question.needs === 'member' ? await withMember(db, asked) : asked;
  const isAnswerable =
    question.needs === undefined || complete[question.needs === 'member' ? 'members' : 'text'];
  const [rows, line] = await Promise.all([
    (isAnswerable ? question.ask(db, complete) : []) as Promise<Record<string, Cell>[]>,
    coverageLine(db, complete),
  ]);
  return { asked: complete, span, line, rows };
}

/** Who is asked about where nobody is named: the top contributor. */
async function withMember(db: Db, asked: Asked): Promise<Asked> {
  if (asked.members) return asked;
  const [first] = await topContributors(db, { ...asked, limit: 1 });
  return first ? { ...asked, members: [first.id] } : asked;
}

/** An answer with what was asked, so that it can be traced; times in ISO. */
export function answerJson({ name }: Question, { asked, span, line, rows }: Answer) {
  const { guildId, window, channels = null, members = null, bots = false, text = null, limit } = asked;
  return {
    question: name,
    guildId,
    from: isoOf(window.fromMs),
    to: isoOf(window.toMs),
    timeZone: window.timeZone,
    channels,
    members,
    bots,
    text,
    limit,
    recordEndsAt: span ? isoOf(span.lastMs) : null,
    coverage: lineJson(line),
    rows,
  };
}

/** The line of coverage for programs, with its times in ISO. */
export function lineJson({ sinceMs, ...line }: CoverageLine) {
  return { ...line, sinceAt: sinceMs === null ? null : isoOf(sinceMs) };
}

const isoOf = (ms: number): string => new Date(ms).toISOString();
