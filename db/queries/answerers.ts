import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { askedQuestions, waitedMinutes } from './asked-questions.ts';
import { memberName, unranked } from './counted.ts';
import type { Asked, Question } from './question.ts';

export interface AnswererRow {
  id: string;
  name: string;
  /** Questions of the window that they were the first to answer. */
  answered: number;
  /** Median of the minutes from these questions to their answers. */
  medianMinutes: number;
  /** In how many channels these were asked. */
  channels: number;
}

/**
 * Who answers: people who may be named. `members` are those who answer here, whoever asked.
 *
 * Shape   at most `limit` rows, most answered first, ties by id
 * Source  README.md, "questions"
 */
export async function answerers(db: Db, { members, ...asked }: Asked): Promise<AnswererRow[]> {
  const isAsked = members
    ? sql`q.answerer_id = any(${[...members]}::bigint[])`
    : sql`q.answerer_id is not null`;
  const { rows } = await sql<AnswererRow>`
    with recursive ${await askedQuestions(db, asked)}, ${unranked(asked.guildId)}
    select q.answerer_id::text as id, ${memberName('p', 'q.answerer_id')} as name, count(*)::int as answered,
      ${waitedMinutes(0.5, 'q')} as "medianMinutes", count(distinct q.channel_id)::int as channels
    from questions q left join members p on p.guild_id = ${asked.guildId} and p.user_id = q.answerer_id
    where ${isAsked} and q.answerer_id not in (select user_id from unranked)
    group by q.answerer_id, 2
    order by answered desc, q.answerer_id
    limit ${asked.limit}`.execute(db);
  return rows;
}

export default {
  name: 'answerers',
  about: 'who is the first to answer the questions of others',
  ask: answerers,
} satisfies Question;
