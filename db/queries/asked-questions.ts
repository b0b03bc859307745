/** What a question is, and who answered it first: the one definition. README.md, "questions". */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { type Cover, coverOf } from '../rollups/cover.ts';
import { andKnown, authorInScope, channelInScope, inScope, scoped, USER_WRITTEN } from './counted.ts';
import type { Scope } from './scope.ts';
import { inRaw } from './tallies.ts';

const DAY_MS = 86_400_000;

/**
 * The common tables `hidden`, `bots` and `questions`: a row for each question that was asked in the window by a
 * person in the scope, with `message_id`, `channel_id`, `author_id`, and the first answer by any other person,
 * `answer_id` and `answerer_id`, whenever it was written (as far as the scope knows); null where there is none. To stand
 * behind `with recursive`.
 */
export async function askedQuestions(db: Db, scope: Scope): Promise<RawBuilder<unknown>> {
  const cover = await coverOf(db, scope, 'day');
  const asker: Scope = { ...scope, bots: false };
  const parts = [
    ...(cover.raw.length > 0 || cover.rolled.length === 0 ? [asked(asker, cover.raw)] : []),
    ...keptParts(asker, cover),
  ];
  // A reply is in the question's channel; its thread is a channel of its own, which may not count.
  const isThreads = sql`(a.thread_reply_id is not null and ${channelInScope(scope, 'a.message_id')}
    and (a.reply_id is null or a.thread_reply_id < a.reply_id)${andKnown(scope, 'a.thread_reply_id')})`;
  const otherwise =
    scope.asOfMs === undefined ? sql`else` : sql`when true${andKnown(scope, 'a.reply_id')} then`;
  return sql`${scoped(scope)}, asked as (${sql.join(parts, sql` union all `)}),
    questions as (
      select a.message_id, a.channel_id, a.author_id,
        case when ${isThreads} then a.thread_reply_id ${otherwise} a.reply_id end as answer_id,
        case when ${isThreads} then a.thread_replier_id ${otherwise} a.replier_id end as answerer_id
      from asked a
    )`;
}

/**
 * Questions in ranges of ids: `message_id`, `channel_id`, `author_id`, and by other people the first reply, `reply_id` and
 * `replier_id`, and the first message in their own thread, `thread_reply_id` and `thread_replier_id`.
 */
export function asked(scope: Scope, raw: Cover['raw']): RawBuilder<unknown> {
  return sql`select q.message_id, q.channel_id, q.author_id, r.message_id as reply_id, r.author_id as replier_id,
      t.message_id as thread_reply_id, t.author_id as thread_replier_id
    from (
      select m.message_id, m.channel_id, m.author_id from messages m
      where m.asks and ${inScope(scope, 'm')} and ${inRaw(raw, 'm.message_id')}
      union all
      -- Only what begins a forum's post has the id of the channel that it is in.
      select m.message_id, m.channel_id, m.author_id
      from channels c join messages m on m.message_id = c.channel_id and m.channel_id = c.channel_id
      where c.guild_id = ${scope.guildId} and m.asks is not true and ${inScope(scope, 'm')}
        and ${inRaw(raw, 'm.message_id')} and ${inRaw(raw, 'c.channel_id')}
    ) q
    left join lateral (${firstBy(scope.guildId, sql`m.type = 19 and m.reference_message_id = q.message_id and m.channel_id = q.channel_id`)}) r on true
    left join lateral (${firstBy(scope.guildId, sql`m.channel_id = q.message_id`)}) t on true`;
}

/** The first of some messages that another person than the one who asked wrote behind the question. */
function firstBy(guildId: string, which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select m.message_id, m.author_id from messages m
    where m.guild_id = ${guildId} and ${which} and m.message_id > q.message_id and m.author_id <> q.author_id
      and m.gone_at is null and m.absent_at is null and m.type in ${USER_WRITTEN}
      and m.author_id not in (select user_id from bots)
    order by m.message_id limit 1`;
}

/** Read from the rollups. */
function keptParts(scope: Scope, { rolled }: Cover): RawBuilder<unknown>[] {
  return rolled.map(
    ({
      from,
      to,
    }) => sql`select message_id, channel_id, author_id, reply_id, replier_id, thread_reply_id, thread_replier_id
      from asked_questions a
      where guild_id = ${scope.guildId} and starts >= ${from}::date and starts < ${to}::date
        and ${channelInScope(scope, 'a.channel_id')} and ${authorInScope(scope, 'a.author_id')}`,
  );
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
