import type { Damage } from './damage.ts';
import type { Replaced } from './parse.ts';

/** A message as it stands in an export. */
export interface ReadMessage {
  payload: Record<string, unknown>;
  /** Its place in the list, from 1; elements that couldn't be read are counted. */
  index: number;
  /** Of its bytes, below 2^48. */
  fingerprint: number;
  /** Offset just behind it: reading can go on from here. */
  endOffset: number;
}

/** Where reading goes on: behind the message of this index. */
export interface ResumePoint {
  offset: number;
  index: number;
}

/** What a reading came to. */
export interface ReadEnd {
  /** Elements of the list from its start, those left out and those before `from` counted too. */
  messages: number;
  /** What the file says that it holds; a hint, wrong where people edited it or the export failed. */
  messageCount?: number;
  /** Found by this reading, so behind `from`; in the file's order. */
  damage: Damage[];
  /** Further damage, counted only. */
  damageUnlisted: number;
  replaced: Replaced;
  /** Whether the file begins with a byte order mark, which DiscordChatExporter doesn't write. */
  bom: boolean;
}
