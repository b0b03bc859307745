/** How evidence is weighed: who most often answers on a topic, and is answered to. README.md, "guide", has the reasons. */
import { snowflakeMs } from '../../snowflake.ts';
import type { Exchange } from './exchanges.ts';
import type { Speech } from './speech.ts';

/** An exchange, and how much of the topic it has. */
export interface RelevantExchange extends Exchange {
  /** 0 to 1, against the exchange with most; and of that what the answer has itself. */
  relevance: number;
  ownRelevance: number;
}

export interface Standing {
  userId: string;
  score: number;
  /** What of it comes from answers on the topic, from speaking next, and from answers in the channels where it is talked about. */
  parts: { answers: number; speech: number; place: number };
}

const DAY_MS = 86_400_000;
/** What somebody knew a year ago counts half as much as what they know today. */
const HALF_LIFE_DAYS = 365;
/** Of who answers a question second or later, and who replies to what is no question. */
const LATER_ANSWER = 0.7;
const REPLY_TO_A_REMARK = 0.1;
/** "Same here" is a reply, and no answer: so many words are as good as more. */
const FULL_WORDS = 8;
/** Who asks back helps to find the answer, and has not given it. */
const ASKS_BACK = 0.3;
const THANKED = 1;
const FOLLOWED = 0.25;
const REACTION = 0.1;
const REACTIONS_MAX = 5;
/** How often somebody's answers are thanked for tells most; of few answers it tells little, and never all. */
const RECEPTION_PRIOR = 5;
const RECEPTION_MIN = 0.1;
const RECEPTION_MAX = 3;
/** Who merely speaks next. */
const SPEECH = 0.15;
/** So many answered people are worth as much as all that is known of the channel. */
const PLACE = 0.5;

/** What one answer weighs. Units: 1 is a relevant, first, full answer of now to a question, that nobody thanked for */
export function weightOf(exchange: RelevantExchange, nowMs: number): number {
  const { relevance, isQuestion, place, words, asksBack, reactions, answerId } = exchange;
  const kind = isQuestion ? (place === 1 ? 1 : LATER_ANSWER) : REPLY_TO_A_REMARK;
  const substance = Math.sqrt(Math.min(1, Math.max(1, words) / FULL_WORDS));
  const received = 1 + receptionOf(exchange) + REACTION * Math.min(reactions, REACTIONS_MAX);
  return relevance ** 3 * recency(answerId, nowMs) * kind * substance * (asksBack ? ASKS_BACK : 1) * received;
}

/** How whoever asked took an answer. */
const receptionOf = ({ isThanked, isFollowed }: Exchange): number =>
  isThanked ? THANKED + (isFollowed ? FOLLOWED : 0) : isFollowed ? FOLLOWED : 0;

/** How each person's answers are taken, beside how answers are taken here: 1 is as all others', and where nobody is thanked. */
export function receptions(exchanges: readonly Exchange[]): (userId: string) => number {
  const answers = [
    ...new Map(exchanges.filter(({ isQuestion }) => isQuestion).map((one) => [one.answerId, one])).values(),
  ];
  const taken = (list: readonly Exchange[]) =>
    list.reduce((sum, one) => sum + Math.min(1, receptionOf(one)), 0);
  const usual = taken(answers) / answers.length;
  const ofPerson = Map.groupBy(answers, ({ answererId }) => answererId);
  return (userId) => {
    const own = ofPerson.get(userId) ?? [];
    if (!(usual > 0)) return 1;
    const ratio = (taken(own) + RECEPTION_PRIOR * usual) / (own.length + RECEPTION_PRIOR) / usual;
    return Math.min(RECEPTION_MAX, Math.max(RECEPTION_MIN, ratio));
  };
}

/** 1 now, half of it after each half-life. */
export function recency(messageId: string, nowMs: number): number {
  const ageMs = Math.max(0, nowMs - snowflakeMs(messageId));
  return 0.5 ** (ageMs / DAY_MS / HALF_LIFE_DAYS);
}

/** Spread over askers: whom one person asks again and again is not whom everybody asks. Each counts less than 1. */
export function spread(weights: Iterable<[askerId: string, weight: number]>): number {
  const byAsker = new Map<string, number>();
  for (const [asker, weight] of weights) byAsker.set(asker, (byAsker.get(asker) ?? 0) + weight);
  let sum = 0;
  for (const weight of byAsker.values()) sum += weight / (weight + 1);
  return sum;
}

/**
 * People by evidence, the most first, ties by id.
 *
 * `speech`: around questions that nobody replied to, with the question's relevance; `places`: answers in the
 * channels where the topic is talked about, each with that channel's share of the topic as its relevance.
 */
export function standings(
  evidence: {
    exchanges: readonly RelevantExchange[];
    speech: readonly (Speech & { relevance: number })[];
    places: readonly RelevantExchange[];
  },
  nowMs: number,
): Standing[] {
  const parts = new Map<string, Standing['parts']>();
  const of = (userId: string) => {
    const known = parts.get(userId) ?? { answers: 0, speech: 0, place: 0 };
    parts.set(userId, known);
    return known;
  };
  const reception = receptions([...evidence.exchanges, ...evidence.places]);
  const spreadOf = (exchanges: readonly RelevantExchange[]): [string, number][] =>
    [...Map.groupBy(exchanges, ({ answererId }) => answererId)].map(([userId, list]) => [
      userId,
      reception(userId) * spread(list.map((exchange) => [exchange.askerId, weightOf(exchange, nowMs)])),
    ]);
  for (const [userId, sum] of spreadOf(evidence.exchanges)) of(userId).answers = sum;
  const inPlaces = spreadOf(evidence.places);
  const all = inPlaces.reduce((sum, [, one]) => sum + one, 0);
  for (const [userId, sum] of inPlaces) of(userId).place = (PLACE * sum) / all;
  for (const [userId, list] of Map.groupBy(evidence.speech, ({ authorId }) => authorId))
    of(userId).speech = SPEECH * speaking(list, nowMs);
  return [...parts]
    .map(([userId, its]) => ({ userId, score: its.answers + its.speech + its.place, parts: its }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || compareIds(a.userId, b.userId));
}

/** Speaking next, spread over askers; of it what is beyond chance: who speaks all the time speaks before as often. */
function speaking(speech: readonly (Speech & { relevance: number })[], nowMs: number): number {
  const weight = ({ relevance, messageId }: (typeof speech)[number]) =>
    relevance ** 3 * recency(messageId, nowMs);
  const sum = (list: typeof speech) => list.reduce((all, one) => all + weight(one), 0);
  const next = speech.filter(({ isNext }) => isNext);
  if (next.length === 0) return 0;
  const beyondChance = Math.max(0, 1 - sum(speech.filter(({ isNext }) => !isNext)) / sum(next));
  return beyondChance * spread(next.map((one) => [one.askerId, weight(one)]));
}

/** By number, as ids are ordered. */
export const compareIds = (a: string, b: string): number => (BigInt(a) < BigInt(b) ? -1 : a === b ? 0 : 1);
