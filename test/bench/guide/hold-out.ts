/** Real exports: who answered the last fifth of the questions, asked of what came before each. */
import type { Store } from '../../../db/connect.ts';
import { rankingsAt } from './baselines.ts';
import type { Corpus, CorpusMessage } from './corpus.ts';
import { type Outcome, placeOf, type System, systems } from './figures.ts';
import { named } from './ranker.ts';

/** Of all questions, by their number. */
const HELD_OUT = 0.2;

/** A question that somebody answered by a reply. */
interface Answered {
  question: CorpusMessage;
  answererId: string;
}

export interface HeldOut {
  outcomes: (Outcome & { ms: number })[];
  /** Questions whose answerer could be named at the time: nobody can do better. */
  possible: number;
}

/** Questions by people to which another person replied in the same channel; the first who did. */
export function answeredQuestions({ messages }: Corpus): Answered[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const first = new Map<string, string>();
  for (const { replyTo, authorId, channelId } of messages) {
    const question = replyTo === null ? undefined : byId.get(replyTo);
    if (
      question?.asks &&
      question.authorId !== authorId &&
      question.channelId === channelId &&
      !first.has(question.id)
    )
      first.set(question.id, authorId);
  }
  return messages
    .filter(({ id }) => first.has(id))
    .map((question) => ({ question, answererId: first.get(question.id)! }));
}

/**
 * Those among the newest fifth of all questions. Whoever asked is taken out of every list: no ranking knows who asks, and nobody answers
 * themselves. Who left by now is not known to have been here then, so is named by none; and reactions have no times, so
 * that baseline knows some of the future.
 */
export async function holdOut(store: Store, corpus: Corpus): Promise<HeldOut> {
  const asked = corpus.messages.filter(({ asks }) => asks);
  const oldest = asked[Math.floor(asked.length * (1 - HELD_OUT))];
  const held = answeredQuestions(corpus).filter(({ question }) => question.atMs >= oldest!.atMs);
  const outcomes: HeldOut['outcomes'] = [];
  let possible = 0;
  for (const { question, answererId } of held) {
    const { atMs, text, id, authorId } = question;
    const rankings = rankingsAt(corpus, atMs);
    if (rankings.mayBeNamed.has(answererId)) possible++;
    const { ids, ms } = await named(store.db, { guildId: corpus.guildId, topic: text, atMs, limit: 4 });
    const lists: Record<System, string[]> = {
      almanac: ids,
      ...rankings.rank(text),
      oracle: [answererId].filter((by) => rankings.mayBeNamed.has(by)),
    };
    const others = (list: string[]) => list.filter((by) => by !== authorId);
    const ranks = systems.map((system) => [system, placeOf(others(lists[system]), new Set([answererId]))]);
    outcomes.push({ cluster: id, group: id, ms, rank: Object.fromEntries(ranks) as Outcome['rank'] });
  }
  return { outcomes, possible };
}
