import type { OddityKind } from './oddities.ts';

/** What a file says once for all its messages, and where what is odd is noted. */
export interface FileContext {
  guildId: string;
  channelId: string;
  /** When the export looked at Discord, ms. */
  observedAt: number;
  /** Ids made later than this cannot be, ms: the import's clock and a day. */
  latestMs: number;
  /** Fingerprint of the record to come: of its bytes, and of all else that makes it. */
  told?: number;
  note(kind: OddityKind, messageId: string): void;
}
