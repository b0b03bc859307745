/** Questions on a topic that were answered already. README.md, "guide". */
import type { Db } from '../../connect.ts';
import type { Scope } from '../scope.ts';
import { compareIds, recency, type RelevantExchange } from './evidence.ts';
import { nameable } from './named.ts';
import type { Topic } from './topic.ts';
import { placesNamed } from './place-names.ts';
import { type Quote, quotesOf } from './quotes.ts';
import type { FoundAnswer, QuotedMessage } from './rows.ts';

/** Looked at, for what is said in them. */
const CONSIDERED_MAX = 30;
/** An old answer may still be the right one: age counts less than for people. */
const OLD_COUNTS = 0.5;
const THANKED = 1;
/** "Yes" is an answer, but little to read. So many words are as good as more. */
const FULL_WORDS = 15;
/** A question of more words may only touch on the topic; an answer that has some of it itself does not. */
const SHORT_WORDS = 25;
const TOUCHED = 0.5;
const LATER = 0.8;
/** What asks back is seldom an answer. */
const ASKS_BACK = 0.2;

/** At most `limit`, one a question, the best first: relevant, thanked, recent, and with something to read. */
export async function foundAnswers(
  db: Db,
  scope: Scope,
  { exchanges, onTopicFrom }: Pick<Topic, 'exchanges' | 'onTopicFrom'>,
  limit: number,
): Promise<FoundAnswer[]> {
  const likely = exchanges
    .filter(({ isQuestion, relevance }) => isQuestion && relevance >= onTopicFrom)
    .map((exchange) => ({ exchange, worth: worthOf(exchange, scope.window.toMs) }))
    .toSorted(byWorth)
    .slice(0, CONSIDERED_MAX);
  const quotes = await quotesOf(
    db,
    scope,
    likely.flatMap(({ exchange }) => [exchange.questionId, exchange.answerId]),
  );
  const shown = onceEach(likely, quotes)
    .slice(0, limit)
    .flatMap(({ exchange }) => {
      const [question, answer] = [quotes.get(exchange.questionId), quotes.get(exchange.answerId)];
      return question && answer ? [{ exchange, question, answer }] : [];
    });
  const [places, names] = await Promise.all([
    placesNamed(
      db,
      scope,
      shown.map(({ exchange }) => exchange.channelId),
    ),
    nameable(
      db,
      scope,
      shown.flatMap(({ question, answer }) => [question.authorId, answer.authorId]),
    ),
  ]);
  const tell = ({ authorId, ...message }: Quote): QuotedMessage => {
    const name = names.get(authorId);
    return { ...message, author: name === undefined ? null : { id: authorId, name } };
  };
  return shown.flatMap(({ exchange: { channelId, relevance, isThanked }, question, answer }) => {
    const place = places.get(channelId);
    return place ? [{ place, question: tell(question), answer: tell(answer), relevance, isThanked }] : [];
  });
}

interface Worthy {
  exchange: RelevantExchange;
  worth: number;
}

/** The newest among equals. */
const byWorth = (a: Worthy, b: Worthy): number =>
  b.worth - a.worth || compareIds(b.exchange.answerId, a.exchange.answerId);

/** How good an answer is to read for who asks about the topic. */
function worthOf(exchange: RelevantExchange, nowMs: number): number {
  const { relevance, ownRelevance, isThanked, reactions, place, answerId, words, questionWords, asksBack } =
    exchange;
  const substance = Math.sqrt(Math.min(1, Math.max(1, words) / FULL_WORDS));
  const isAbout =
    Math.sqrt(Math.min(1, SHORT_WORDS / Math.max(1, questionWords))) *
    (TOUCHED + (1 - TOUCHED) * ownRelevance);
  const received = 1 + (isThanked ? THANKED : 0) + 0.1 * Math.min(reactions, 5);
  const age = OLD_COUNTS + (1 - OLD_COUNTS) * recency(answerId, nowMs);
  return (
    relevance ** 2 *
    isAbout *
    substance *
    received *
    age *
    (place === 1 ? 1 : LATER) *
    (asksBack ? ASKS_BACK : 1)
  );
}

/** Of each question the first, and of what is said in the same words. In a thread one message may answer two questions. */
function onceEach(list: readonly Worthy[], quotes: ReadonlyMap<string, Quote>): Worthy[] {
  const seen = new Set<string>();
  return list.filter(({ exchange: { questionId, answerId } }) => {
    const said = quotes.get(answerId)?.text?.trim().toLowerCase() || answerId;
    if (seen.has(questionId) || seen.has(said)) return false;
    seen.add(questionId).add(said);
    return true;
  });
}
