/** A topic as it was talked about: its words, where, and what was asked and answered. README.md, "guide". */
import type { Db } from '../../connect.ts';
import type { Scope } from '../scope.ts';
import type { RelevantExchange } from './evidence.ts';
import { type Exchange, exchangesOf } from './exchanges.ts';
import { type Matches, matchesOf, NONE, onTopicFrom, UNKNOWN_WEIGHT } from './matches.ts';
import { type Candidates, candidatesOf, SURE_FROM } from './terms.ts';

export interface Topic {
  /** The words that were looked for, as typed; none where it has only such as every text has. */
  typed: string[];
  matches: Matches;
  /** Of a short topic the words that no message on it has: nobody wrote them, or nobody beside the rest. */
  missing: string[];
  /** In which something on it was asked or answered. */
  exchanges: RelevantExchange[];
  /** From which relevance an exchange is on the topic. */
  onTopicFrom: number;
}

/** Of more words a few are always missing. */
const SHORT_MAX = 3;
/** Where the words that anybody uses are less than this of a short topic, nobody wrote of it: of "read demotic letters" all read. */
const KNOWN_MIN = 0.35;

/** Looks a topic up. */
export async function lookUp(db: Db, scope: Scope, typedTopic: string): Promise<Topic> {
  const { candidates, matches } = await match(db, scope, typedTopic);
  const found = await exchangesOf(
    db,
    scope,
    matches.best.map(({ id }) => id),
  );
  return {
    typed: candidates.typed,
    matches,
    missing: missingOf(candidates.typed, matches),
    exchanges: relevant(found, matches),
    onTopicFrom: onTopicFrom(matches.terms.length),
  };
}

async function match(
  db: Db,
  scope: Scope,
  topic: string,
): Promise<{ candidates: Candidates; matches: Matches }> {
  const candidates = await candidatesOf(db, scope.guildId, topic);
  const matches = await spokenOf(db, scope, candidates);
  const inScope = new Map(matches.terms.map(({ term, messages }) => [candidates.typed[term], messages]));
  const doubtful = candidates.sure.filter((word) => (inScope.get(word) ?? 0) < SURE_FROM);
  if (doubtful.length === 0) return { candidates, matches };
  const wider = await candidatesOf(db, scope.guildId, topic, doubtful);
  return { candidates: wider, matches: await spokenOf(db, scope, wider) };
}

/** The messages on a topic; none where they have too little of a short one. */
async function spokenOf(db: Db, scope: Scope, candidates: Candidates): Promise<Matches> {
  const matches = await matchesOf(db, scope, candidates);
  const { terms } = matches;
  if (candidates.typed.length > SHORT_MAX) return matches;
  const known = terms.reduce((sum, { weight }) => sum + weight, 0);
  const unknown = (candidates.typed.length - terms.length) * UNKNOWN_WEIGHT;
  return known >= KNOWN_MIN * (known + unknown) ? matches : { ...NONE, terms };
}

/** Words of a short topic that the messages with most of it don't have. */
function missingOf(typed: readonly string[], { terms, best }: Matches): string[] {
  if (typed.length > SHORT_MAX || best.length === 0) return [];
  const from = onTopicFrom(terms.length);
  const had = best.reduce((mask, one) => (one.relevance >= from ? mask | one.mask : mask), 0);
  return typed.filter((_, term) => (had & (1 << term)) === 0);
}

const weigh = (mask: number, terms: Matches['terms']): number =>
  terms.reduce((sum, { term, weight }) => sum + ((mask & (1 << term)) === 0 ? 0 : weight), 0);

/** What the question has of the topic and what the answer has count together: answers seldom repeat what was asked. */
function relevant(exchanges: readonly Exchange[], { terms, best }: Matches): RelevantExchange[] {
  const masks = new Map(best.map(({ id, mask }) => [id, mask]));
  const weighed = exchanges
    .map((exchange) => {
      const ofAnswer = masks.get(exchange.answerId) ?? 0;
      return {
        ...exchange,
        relevance: weigh((masks.get(exchange.questionId) ?? 0) | ofAnswer, terms),
        ownRelevance: weigh(ofAnswer, terms),
      };
    })
    // An answer to what has nothing of it, beside another that has: it was looked at for that one.
    .filter(({ relevance }) => relevance > 0);
  const most = Math.max(
    ...weighed.map(({ relevance }) => relevance),
    ...best.slice(0, 1).map((m) => weigh(m.mask, terms)),
  );
  return weighed.map((exchange) => ({
    ...exchange,
    relevance: exchange.relevance / most,
    ownRelevance: exchange.ownRelevance / most,
  }));
}
