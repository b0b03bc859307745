import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { askedQuestions } from './asked-questions.ts';
import type { Question } from './question.ts';
import { recordSpan } from './record-span.ts';
import type { Scope } from './scope.ts';
import { slotAt } from './hours.ts';

export interface AskingHourRow {
  /** 0 to 23, on the clock of the window's zone. */
  hour: number;
  /** Questions of the window that were asked in this hour. */
  asked: number;
  /** Those of them whose first answer was written in this hour, of whichever day. */
  answered: number;
}

/**
 * When people ask against when people answer.
 *
 * Shape   24 rows
 * Source  README.md, "questions"
 */
export async function askingHours(db: Db, scope: Scope): Promise<AskingHourRow[]> {
  const record = await recordSpan(db, scope);
  // An answer may come after the window.
  const window = { ...scope.window, toMs: Math.max(scope.window.toMs, (record?.lastMs ?? 0) + 1) };
  const { rows } = await sql<AskingHourRow>`
    with recursive ${await askedQuestions(db, scope)}
    select ${slotAt('x.id', window)} % 24 as hour, (count(*) filter (where x.is_asked))::int as asked,
      (count(*) filter (where not x.is_asked))::int as answered
    from (
      select message_id as id, true as is_asked from questions
      union all
      select answer_id, false from questions where answer_id is not null
    ) x group by 1`.execute(db);
  const counted = new Map(rows.map((row) => [row.hour, row]));
  return Array.from({ length: 24 }, (_, hour) => counted.get(hour) ?? { hour, asked: 0, answered: 0 });
}

export default {
  name: 'asking-hours',
  about: 'when people ask, against when the first answers come, by hour of the clock',
  ask: askingHours,
} satisfies Question;
