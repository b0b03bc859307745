/**
 * Whom a naive ranking would name, of the same people as any: no bots, nobody who left or asked not to be named, nobody
 * who wrote nothing for 90 days.
 */
import { type Corpus, wordsIn } from './corpus.ts';
import { DAY_MS } from './stage.ts';

export const baselines = ['messages', 'channel', 'reactions', 'words'] as const;
export type Baseline = (typeof baselines)[number];

const INACTIVE_MS = 90 * DAY_MS;
/** In more of the messages than that, a word of a question says nothing; more would only harm these rankings. */
const COMMON = 0.02;

/** How each would rank, when nothing is known behind an instant. */
export interface Rankings {
  atMs: number;
  rank(text: string): Record<Baseline, string[]>;
  mayBeNamed: Set<string>;
}

export function rankingsAt(corpus: Corpus, atMs: number): Rankings {
  const { messages, unnamed, having } = corpus;
  const later = messages.findIndex((message) => message.atMs >= atMs);
  const end = later < 0 ? messages.length : later;
  const mayBeNamed = new Set<string>();
  const reactions = new Map<string, number>();
  for (let i = 0; i < end; i++) {
    const { authorId, atMs: writtenMs, reactions: count } = messages[i]!;
    if (writtenMs >= atMs - INACTIVE_MS && !unnamed.has(authorId)) mayBeNamed.add(authorId);
    reactions.set(authorId, (reactions.get(authorId) ?? 0) + count);
  }
  const inOrder = (counts: Map<string, number>) =>
    [...counts]
      .filter(([id]) => mayBeNamed.has(id))
      .toSorted(([a, more], [b, most]) => most - more || Number(BigInt(a) - BigInt(b)))
      .map(([id]) => id);
  const count = (which: Iterable<number>, by: 'authorId' | 'channelId') => {
    const counts = new Map<string, number>();
    for (const i of which) counts.set(messages[i]![by], (counts.get(messages[i]![by]) ?? 0) + 1);
    return counts;
  };
  const before = messages.slice(0, end);
  const most = inOrder(count(before.keys(), 'authorId'));
  const mostReacted = inOrder(reactions);
  const inChannel = new Map<string, string[]>();
  return {
    atMs,
    mayBeNamed,
    rank(text) {
      const matches = matching(text);
      if (matches.size === 0) return { messages: most, channel: most, reactions: mostReacted, words: most };
      const [[channelId]] = [...count(matches, 'channelId')].toSorted(([, a], [, b]) => b - a) as [
        [string, number],
      ];
      if (!inChannel.has(channelId)) {
        const there = [...before.keys()].filter((i) => messages[i]!.channelId === channelId);
        inChannel.set(channelId, inOrder(count(there, 'authorId')));
      }
      return {
        messages: most,
        channel: inChannel.get(channelId)!,
        reactions: mostReacted,
        words: inOrder(count(matches, 'authorId')),
      };
    },
  };

  function matching(text: string): Set<number> {
    const lists = [...new Set(wordsIn(text))]
      .map((word) => (having.get(word) ?? []).filter((i) => i < end))
      .filter((list) => list.length > 0);
    const telling = lists.filter((list) => list.length < Math.max(5, end * COMMON));
    return new Set((telling.length > 0 ? telling : lists).flat());
  }
}
