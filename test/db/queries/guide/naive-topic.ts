/** A topic by a naive pass: all messages in memory, each word of a text compared. */
import type { Db } from '../../../../db/connect.ts';
import { tokensOf } from '../../../../db/full-text/tokens.ts';
import { THANKS } from './chatter.ts';
import type { RelevantExchange } from '../../../../db/queries/guide/evidence.ts';
import type { Exchange } from '../../../../db/queries/guide/exchanges.ts';
import type { Scope } from '../../../../db/queries/scope.ts';
import { byId, groupBy, type NaiveGuild, type NaiveMessage, writtenIn } from '../../../support/naive.ts';

const HOUR_MS = 3_600_000;

export interface NaiveTopic {
  messages: number;
  people: number;
  places: { channelId: string; messages: number; people: number; lastId: string; mass: number }[];
  /** By message id. */
  relevances: Map<string, number>;
  exchanges: RelevantExchange[];
}

/** Who took what reaction to what, as far as it is known. */
async function reactors(db: Db, guildId: string): Promise<Set<string>> {
  const rows = await db.selectFrom('reaction_users').selectAll().where('guild_id', '=', guildId).execute();
  return new Set(
    rows
      .filter((r) => Math.max(Number(r.added_at), Number(r.seen_at)) > Number(r.removed_at ?? -Infinity))
      .map((r) => `${r.message_id} ${r.user_id}`),
  );
}

/** `terms`: of each the words that stand for it. */
export async function naiveTopic(
  db: Db,
  guild: NaiveGuild,
  scope: Scope,
  terms: readonly (readonly string[])[],
): Promise<NaiveTopic> {
  const there = writtenIn(guild, scope);
  const has = new Map(
    there.map((m) => {
      const words = new Set(tokensOf(m.content));
      return [m.id, terms.map((forms) => forms.some((form) => words.has(form)))];
    }),
  );
  const weights = terms.map((_, i) => {
    const messages = there.filter((m) => has.get(m.id)![i]).length;
    return messages === 0 ? 0 : Math.log(1 + 1_000_000 / messages);
  });
  const weigh = (...ids: string[]) =>
    weights.reduce((sum, weight, i) => sum + (ids.some((id) => has.get(id)?.[i]) ? weight : 0), 0);
  const most = Math.max(...there.map((m) => weigh(m.id)));
  // Of one word or two all that the best one has, of more half of it.
  const share = weights.filter((weight) => weight > 0).length <= 2 ? 0.999 : 0.5;
  const onTopic = there.filter((m) => weigh(m.id) >= most * share);
  const places = [...groupBy(onTopic, (m) => m.channelId)].map(([channelId, list]) => ({
    channelId,
    messages: list.length,
    people: peopleOf(list),
    lastId: list.at(-1)!.id,
    mass: list.reduce((sum, m) => sum + (weigh(m.id) / most) ** 2, 0),
  }));
  const exchanges = exchangesIn(guild, scope, there, await reactors(db, guild.guildId));
  const weighed = exchanges.map((one) => ({ one, weight: weigh(one.questionId, one.answerId) }));
  const best = Math.max(most, ...weighed.map(({ weight }) => weight));
  return {
    messages: onTopic.length,
    people: peopleOf(onTopic),
    places: places.toSorted((a, b) =>
      Math.abs(b.mass - a.mass) > 1e-5 ? b.mass - a.mass : byId(a.channelId, b.channelId),
    ),
    relevances: new Map(there.map((m) => [m.id, weigh(m.id) / most])),
    exchanges: weighed
      .filter(({ weight }) => weight > 0)
      .map(({ one, weight }) => ({
        ...one,
        relevance: weight / best,
        ownRelevance: weigh(one.answerId) / best,
      })),
  };
}

const peopleOf = (list: readonly NaiveMessage[]) => new Set(list.map((m) => m.authorId)).size;

/** All of them: each person's first answer to each message, of the first five people. */
function exchangesIn(
  guild: NaiveGuild,
  scope: Scope,
  there: readonly NaiveMessage[],
  reacted: Set<string>,
): Exchange[] {
  const placeOf = (id: string) => {
    const row = guild.channels.get(id);
    const parent = String(row?.parent_id);
    return row?.type === 11 && scope.channels?.includes(parent) !== false ? parent : id;
  };
  return there.flatMap((question) => {
    const isQuestion = question.asks || question.id === question.channelId;
    const answers = there.filter(
      (m) =>
        m.ms >= question.ms &&
        m.id !== question.id &&
        m.authorId !== question.authorId &&
        ((m.isReply && m.replyTo === question.id && m.channelId === question.channelId) ||
          (isQuestion && m.channelId === question.id)),
    );
    const firsts = answers.filter((m, i) => answers.findIndex((one) => one.authorId === m.authorId) === i);
    return firsts.slice(0, 5).map((answer, i) => {
      const behind = there.filter(
        (m) =>
          m.channelId === answer.channelId && BigInt(m.id) > BigInt(answer.id) && m.ms < answer.ms + HOUR_MS,
      );
      const theirs = behind.filter((m) => m.authorId === question.authorId);
      return {
        questionId: question.id,
        askerId: question.authorId,
        isQuestion,
        answerId: answer.id,
        answererId: answer.authorId,
        channelId: answer.channelId,
        placeId: placeOf(answer.channelId),
        place: i + 1,
        words: answer.words,
        asksBack: answer.asks,
        questionWords: question.words,
        isThanked:
          theirs.some((m) => THANKS.some((word) => m.content.includes(word))) ||
          reacted.has(`${answer.id} ${question.authorId}`),
        isFollowed: theirs.some((m) => m.isReply && m.replyTo === answer.id),
        reactions: answer.reactions.reduce((sum, { total }) => sum + total, 0),
      };
    });
  });
}
