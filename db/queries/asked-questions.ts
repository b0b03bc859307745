/** What a question is, and who answered it first: the one definition. README.md, "questions". */
import { type RawBuilder, sql } from 'kysely';
import { inScope, inWindow, scoped } from './counted.ts';
import type { Scope } from './scope.ts';

const DAY_MS = 86_400_000;

/**
 * The common tables `hidden`, `bots` and `questions`: a row for each question that was asked in the window by a
 * person in the scope, with `message_id`, `channel_id`, `author_id`, and the first answer by any other person,
 * `answer_id` and `answerer_id`, whenever it was written; null where there is none. To stand behind `with recursive`.
 */
export function askedQuestions(scope: Scope): RawBuilder<unknown> {
  const asker: Scope = { ...scope, bots: false };
  const { members: _, ...anyone } = asker;
  return sql`${scoped(scope)},
    asking as (
      select m.message_id, m.channel_id, m.author_id from messages m
      where m.asks and ${inScope(asker, 'm')} and ${inWindow(scope, 'm')}
      union all
      -- Only what begins a forum's post has the id of the channel that it is in.
      select m.message_id, m.channel_id, m.author_id
      from channels c join messages m on m.message_id = c.channel_id and m.channel_id = c.channel_id
      where c.guild_id = ${scope.guildId} and m.asks is not true and ${inScope(asker, 'm')} and ${inWindow(scope, 'm')}
    ),
    answers as (
      select q.message_id, a.message_id as answer_id, a.author_id as answerer_id
      from asking q join messages a on a.reference_message_id = q.message_id and a.type = 19
      where ${inScope(anyone, 'a')} and a.author_id <> q.author_id and a.message_id > q.message_id
      union all
      select q.message_id, a.message_id, a.author_id
      from asking q join channels c on c.guild_id = ${scope.guildId} and c.channel_id = q.message_id
      cross join lateral (
        select a.message_id, a.author_id from messages a
        where ${inScope(anyone, 'a')} and a.channel_id = c.channel_id and a.author_id <> q.author_id
          and a.message_id > q.message_id
        order by a.message_id limit 1
      ) a
    ),
    questions as (
      select q.*, a.answer_id, a.answerer_id
      from asking q left join (
        select distinct on (message_id) * from answers order by message_id, answer_id
      ) a using (message_id)
    )`;
}

/** How long a question waited for its first answer, ms; null where it has none. */
export const waitedMs = (question: string): RawBuilder<number | null> => {
  const [answer, asked] = [sql.ref(`${question}.answer_id`), sql.ref(`${question}.message_id`)];
  return sql<number | null>`((${answer} >> 22) - (${asked} >> 22))`;
};

/** The part of these waits that lies at or below a value of 0 to 1, in minutes; null without any. */
export const waitedMinutes = (part: number, question: string): RawBuilder<number | null> =>
  sql<number | null>`round((percentile_cont(${sql.lit(part)}) within group (order by ${waitedMs(question)})
    / 60000)::numeric, 2)::float8`;

/** Whether a question had no answer for 24 hours that are over at `endMs`, where the record ends. */
export const waitedADay = (question: string, endMs: number): RawBuilder<boolean> => {
  const asked = sql.ref(`${question}.message_id`);
  return sql<boolean>`(coalesce(${waitedMs(question)} > ${sql.lit(DAY_MS)}, true)
    and (${asked} >> 22) + ${sql.lit(DAY_MS)} <= ${endMs - 1_420_070_400_000}::bigint)`;
};
