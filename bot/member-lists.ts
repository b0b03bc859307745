/** Complete lists of members, put together from the chunks in which the gateway sends them. */
import { randomBytes } from 'node:crypto';
import type { GuildRecord } from '../db/records.ts';

/** A part of the answer to one request. */
export interface Chunk {
  nonce?: string;
  index: number;
  count: number;
}

export interface MemberLists {
  request(guildId: string): void;
  /** What a chunk completes: everyone who was not in the list had left when it was asked for. */
  take(guildId: string, chunk: Chunk): GuildRecord[];
  /** Asks again for what a cut has left unanswered. */
  repeat(): void;
  /** A new session answers nothing of the one before. */
  forget(): void;
}

/** Keeps the lists of one shard. `stamp` tells the time of an event. */
export function makeMemberLists(
  stamp: () => number,
  ask: (guildId: string, nonce: string) => void,
): MemberLists {
  const open = new Map<string, { nonce: string; askedAt: number; seen: Set<number> }>();
  const request = (guildId: string) => {
    const nonce = randomBytes(12).toString('hex');
    open.set(guildId, { nonce, askedAt: stamp(), seen: new Set() });
    ask(guildId, nonce);
  };
  return {
    request,
    take(guildId, { nonce, index, count }) {
      const list = open.get(guildId);
      if (!list || list.nonce !== nonce) return [];
      list.seen.add(index);
      if (list.seen.size < count) return [];
      open.delete(guildId);
      return [{ source: 'gateway', observedAt: list.askedAt, guildId, membersListedAt: list.askedAt }];
    },
    repeat: () => [...open.keys()].forEach(request),
    forget: () => open.clear(),
  };
}
