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
  /** What was found up to there; reading adds to it as it goes, so that it can be kept for the next time. */
  end?: ReadEnd;
}

/** What a reading came to. */
export interface ReadEnd {
  /** Elements of the list from its start, those left out and those before `from` counted too. */
  messages: number;
  /** What the file says that it holds; a hint, wrong where people edited it or the export failed. */
  messageCount?: number;
  /** In the file's order; where `from` brings none, only what is behind it. */
  damage: Damage[];
  /** Further damage, counted only. */
  damageUnlisted: number;
  replaced: Replaced;
  /** Whether the file begins with a byte order mark, which DiscordChatExporter doesn't write. */
  bom: boolean;
}

/** Before anything is read. */
export const nothingRead = (): ReadEnd => ({
  messages: 0,
  damage: [],
  damageUnlisted: 0,
  replaced: { nul: 0, loneSurrogates: 0, invalidUtf8: 0 },
  bom: false,
});
