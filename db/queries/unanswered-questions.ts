import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { askedQuestions } from './asked-questions.ts';
import { unranked } from './counted.ts';
import { listed, type ListedMessage, withPlaceAndAuthor } from './listed.ts';
import type { Asked, Question } from './question.ts';
import { recordSpan } from './record-span.ts';

export interface UnansweredQuestionRow extends ListedMessage {
  /** How old it is where the record ends. */
  ageHours: number;
}

/**
 * Questions of a window that nobody answered.
 *
 * Shape   at most `limit` rows, newest first
 * Source  README.md, "questions"
 */
export async function unansweredQuestions(db: Db, asked: Asked): Promise<UnansweredQuestionRow[]> {
  const record = await recordSpan(db, asked);
  if (!record) return [];
  const end = sql`${record.lastMs - 1_420_070_400_000}::bigint`;
  const { rows } = await sql<UnansweredQuestionRow>`
    with recursive ${await askedQuestions(db, asked)}, ${unranked(asked.guildId)},
    waiting as (
      select message_id from questions where answer_id is null order by message_id desc limit ${asked.limit}
    )
    select ${listed()}, round((${end} - (m.message_id >> 22)) / 3600000.0, 1)::float8 as "ageHours"
    from waiting w join messages m on m.guild_id = ${asked.guildId} and m.message_id = w.message_id
    ${withPlaceAndAuthor()}
    order by m.message_id desc`.execute(db);
  return rows;
}

export default {
  name: 'unanswered-questions',
  about: 'questions that nobody answered, newest first',
  ask: unansweredQuestions,
} satisfies Question;
