/** Who answered whom where messages on a topic ask or answer. README.md, "guide". */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../connect.ts';
import { channelInScope, inScope, inWindow } from '../counted.ts';
import type { Scope } from '../scope.ts';
import { inThreadOf, repliesTo } from './answers-to.ts';
import { placeOf } from './places.ts';
import { saysThanks } from './thanks.ts';

/** Somebody's first answer to a message of another person. */
export interface Exchange {
  questionId: string;
  askerId: string;
  /** As the report defines it; else it only was replied to. */
  isQuestion: boolean;
  answerId: string;
  answererId: string;
  /** Where the answer is. */
  channelId: string;
  /** The channel that this is, or that it hangs below. */
  placeId: string;
  /** Among the people who answered this question, from 1. */
  place: number;
  /** Of the answer, and of the question. */
  words: number;
  questionWords: number;
  /** The answer asks itself. */
  asksBack: boolean;
  /** Whoever asked thanked, in words or by a reaction. */
  isThanked: boolean;
  /** Whoever asked answered the answer. */
  isFollowed: boolean;
  /** On the answer, whoever gave them. */
  reactions: number;
}

/** Answers to one question that are looked at. */
const ANSWERS_MAX = 5;
/** Thanks come soon, and before much else is said. */
const THANKS_WITHIN_MS = 60 * 60_000;
const THANKS_WITHIN_MESSAGES = 25;
const THANKS_LENGTH = 200;

/**
 * Exchanges in which one of some messages is the question or an answer.
 *
 * Shape   at most 5 a question, each by another person; questions of those messages, and of those that they answer
 */
export async function exchangesOf(db: Db, scope: Scope, messageIds: readonly string[]): Promise<Exchange[]> {
  if (messageIds.length === 0) return [];
  const { rows } = await sql<Row>`
    with seeds as (select id from unnest(${[...messageIds]}::bigint[]) id),
    questions as materialized (
      select distinct q.message_id, q.channel_id, q.author_id, coalesce(q.asks, false) or q.message_id = q.channel_id as is_question,
        ${channelInScope(scope, 'q.message_id')} as has_thread, coalesce(q.words, 0) as words
      from (
        select id from seeds
        union
        select m.reference_message_id from seeds s cross join lateral (
          select m.reference_message_id from messages m
          where m.guild_id = ${scope.guildId} and m.message_id = s.id and m.type = 19 limit 1) m
        where m.reference_message_id is not null
        union
        -- What begins a thread has its id.
        select m.channel_id from seeds s cross join lateral (
          select m.channel_id from messages m where m.guild_id = ${scope.guildId} and m.message_id = s.id limit 1) m
      ) f
      cross join lateral (
        select m.message_id, m.channel_id, m.author_id, m.asks, m.words from messages m
        where m.message_id = f.id and ${inScope(scope, 'm')} and ${inWindow(scope, 'm')} limit 1
      ) q
    ),
    answers as materialized (
      select q.message_id as question_id, q.author_id as asker_id, q.is_question, q.words as question_words, a.*
      from questions q cross join lateral (
        select *, row_number() over (order by message_id) as place from (
          select distinct on (author_id) * from (
            ${repliesTo(scope, 'q', 4 * ANSWERS_MAX)}
            union all
            select * from ${inThreadOf(scope, 'q', 4 * ANSWERS_MAX)} t where q.is_question and q.has_thread
          ) either order by author_id, message_id
        ) firsts order by message_id limit ${ANSWERS_MAX}
      ) a
    )
    select a.question_id::text as "questionId", a.asker_id::text as "askerId", a.is_question as "isQuestion",
      a.message_id::text as "answerId", a.author_id::text as "answererId", a.channel_id::text as "channelId",
      ${placeOf(scope, 'a.channel_id', 'c')}::text as "placeId",
      a.place::int as place, coalesce(a.words, 0) as words, coalesce(a.asks, false) as "asksBack", a.question_words as "questionWords", reacted.is as "isReacted", t.said, coalesce(t.is_followed, false) as "isFollowed",
      coalesce(r.reactions, 0)::int as reactions
    from answers a
    left join channels c on c.guild_id = ${scope.guildId} and c.channel_id = a.channel_id
    left join lateral (${afterwards(scope)}) t on true
    cross join lateral (
      select exists (select from reaction_users u where u.guild_id = ${scope.guildId} and u.message_id = a.message_id
        and u.user_id = a.asker_id
        and greatest(u.added_at, u.seen_at) > coalesce(u.removed_at, '-infinity')) as is
    ) reacted
    left join lateral (
      select sum(total) as reactions from reactions r where r.guild_id = ${scope.guildId} and r.message_id = a.message_id
    ) r on true
    order by a.question_id, a.place`.execute(db);
  return rows.map(({ isReacted, said, ...exchange }) => ({
    ...exchange,
    isThanked: isReacted || (said !== null && saysThanks(said)),
  }));
}

interface Row extends Omit<Exchange, 'isThanked'> {
  isReacted: boolean;
  /** By whoever asked, soon behind it. */
  said: string | null;
}

/** What whoever asked wrote soon behind an answer `a`. */
function afterwards(scope: Scope): RawBuilder<unknown> {
  const within = BigInt(THANKS_WITHIN_MS) << 22n;
  return sql`
    select string_agg(left(n.content, ${THANKS_LENGTH}), ' ') as said,
      bool_or(n.type = 19 and n.reference_message_id = a.message_id) as is_followed
    from (
      select m.message_id, m.author_id, m.type, m.reference_message_id, m.content from messages m
      where m.guild_id = ${scope.guildId} and m.channel_id = a.channel_id
        and m.message_id > a.message_id and m.message_id < a.message_id + ${String(within)}::bigint
        and m.gone_at is null and m.absent_at is null and ${inWindow(scope, 'm')}
      order by m.message_id limit ${THANKS_WITHIN_MESSAGES}
    ) n
    where n.author_id = a.asker_id`;
}
