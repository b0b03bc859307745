/** Questions that people asked, found by a naive pass. */
import type { Scope } from '../../db/queries/scope.ts';
import { everIn, type NaiveGuild, type NaiveMessage, writtenIn } from './naive.ts';

export interface NaiveQuestion {
  question: NaiveMessage;
  answer: NaiveMessage | undefined;
  /** From the one to the other. */
  waitedMs: number;
}

/** The questions of a scope, each with its first answer. */
export function questionsOf(guild: NaiveGuild, scope: Scope): NaiveQuestion[] {
  const { members: _, ...anyone } = scope;
  const people = everIn(guild, { ...anyone, bots: false });
  return writtenIn(guild, { ...scope, bots: false })
    .filter((m) => m.asks || m.id === m.channelId)
    .map((question) => {
      const answer = people.find(
        (m) =>
          BigInt(m.id) > BigInt(question.id) &&
          m.authorId !== question.authorId &&
          ((m.isReply && m.replyTo === question.id) || m.channelId === question.id),
      );
      return { question, answer, waitedMs: answer ? answer.ms - question.ms : Infinity };
    });
}

/** When the last message of a scope's channels was written; undefined where there is none. */
export const recordEndOf = (guild: NaiveGuild, { channels }: Scope): number | undefined =>
  guild.messages.findLast((m) => !channels || channels.includes(m.channelId))?.ms;

/** What lies at a part of a list of waits, in minutes: between two of them where it falls between. */
export function waitedMinutes(list: readonly NaiveQuestion[], part: number): number | null {
  const waits = list.map(({ waitedMs }) => waitedMs).filter(Number.isFinite);
  if (waits.length === 0) return null;
  const sorted = waits.toSorted((a, b) => a - b);
  const place = part * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return Math.round((below + (above - below) * (place % 1)) / 600) / 100;
}
