import type { LiveEvent } from './live-event.ts';

const REMEMBERED_MS = 120_000;
/** 800 a second for two minutes, about 20 MB. */
const MESSAGES_MAX = 100_000;

interface Reacted {
  channelId: string;
  at: number;
}

/** Which messages' reactions changed a moment ago: a count that was asked for before that is not the last. */
export class RecentReactions {
  /** By message, the latest last. */
  #reacted = new Map<string, Reacted>();

  note({ at, batch }: LiveEvent): void {
    const cleared = batch.messages.filter((message) => message.reactionsClearedAt !== undefined);
    for (const { channelId, messageId } of [...batch.reactions, ...batch.reactionUsers, ...cleared]) {
      this.#reacted.delete(messageId);
      this.#reacted.set(messageId, { channelId, at });
    }
    for (const [messageId, oldest] of this.#reacted) {
      if (oldest.at >= at - REMEMBERED_MS && this.#reacted.size <= MESSAGES_MAX) break;
      this.#reacted.delete(messageId);
    }
  }

  since(channelId: string, sinceMs: number): Set<string> {
    const found = new Set<string>();
    for (const [messageId, reacted] of this.#reacted)
      if (reacted.channelId === channelId && reacted.at >= sinceMs) found.add(messageId);
    return found;
  }
}
