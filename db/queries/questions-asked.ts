import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { askedQuestions, waitedADay, waitedMinutes } from './asked-questions.ts';
import type { Question } from './question.ts';
import { recordSpan } from './record-span.ts';
import type { Scope } from './scope.ts';

export interface QuestionsAsked {
  asked: number;
  answered: number;
  unanswered: number;
  /** Had no answer for 24 hours, and these are over. */
  unansweredAfter24h: number;
  /** Minutes to the first answer, of those that have one; null where none has. */
  medianMinutes: number | null;
  p90Minutes: number | null;
}

/**
 * How many questions were asked in a window, and how they fared.
 *
 * Source  README.md, "questions"
 */
export async function questionsAsked(db: Db, scope: Scope): Promise<QuestionsAsked> {
  const record = await recordSpan(db, scope);
  const { rows } = await sql<QuestionsAsked>`
    with recursive ${await askedQuestions(db, scope)}
    select count(*)::int as asked, count(q.answer_id)::int as answered,
      (count(*) - count(q.answer_id))::int as unanswered,
      (count(*) filter (where ${waitedADay('q', record?.lastMs ?? 0)}))::int as "unansweredAfter24h",
      ${waitedMinutes(0.5, 'q')} as "medianMinutes", ${waitedMinutes(0.9, 'q')} as "p90Minutes"
    from questions q`.execute(db);
  return rows[0]!;
}

export default {
  name: 'questions-asked',
  about: 'how many questions were asked, how many answered, and how soon',
  ask: async (db, asked) => [await questionsAsked(db, asked)],
} satisfies Question;
