import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { askedQuestions, waitedMs } from './asked-questions.ts';
import type { Question } from './question.ts';
import type { Scope } from './scope.ts';

export interface ReplyTimeRow {
  /** Answered within as many minutes, and not sooner than the row before; null: later than all of them. */
  upToMinutes: number | null;
  questions: number;
}

export interface ReplyTimes {
  buckets: ReplyTimeRow[];
  unanswered: number;
}

const STEPS = [
  ['within 1 minute', 1],
  ['within 5 minutes', 5],
  ['within 15 minutes', 15],
  ['within an hour', 60],
  ['within 4 hours', 240],
  ['within a day', 1440],
  ['later', null],
] as const;

/**
 * How long the questions of a window waited for their first answer.
 *
 * Shape   `buckets`: seven, shortest first
 * Source  README.md, "questions"
 */
export async function replyTimes(db: Db, scope: Scope): Promise<ReplyTimes> {
  // A wait of exactly a step is within it; width_bucket's borders begin a bucket.
  const borders = STEPS.flatMap(([, minutes]) => (minutes === null ? [] : [minutes * 60_000 + 1]));
  const { rows } = await sql<{ step: number | null; questions: number }>`
    with recursive ${await askedQuestions(db, scope)}
    select width_bucket(${waitedMs('q')}, ${borders}::bigint[]) as step, count(*)::int as questions
    from questions q group by 1`.execute(db);
  const counted = new Map(rows.map((row) => [row.step, row.questions]));
  return {
    buckets: STEPS.map(([, upToMinutes], i) => ({ upToMinutes, questions: counted.get(i) ?? 0 })),
    unanswered: counted.get(null) ?? 0,
  };
}

async function ask(db: Db, scope: Scope) {
  const { buckets, unanswered } = await replyTimes(db, scope);
  return [
    ...buckets.map((row, i) => ({ label: STEPS[i]![0], ...row })),
    { label: 'not answered', upToMinutes: null, questions: unanswered },
  ];
}

export default {
  name: 'reply-times',
  about: 'how long questions waited for their first answer',
  ask,
} satisfies Question;
