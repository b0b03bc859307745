/** What the repair of a gap read and found, and what it could not: kept with the gap, told by reports. */
import type { Snowflake } from '../../../db/records.ts';

/** What is not recovered, by its key; whoever tells it to people has a sentence for each. */
export type NotRecovered =
  /** Who was in voice. Never. */
  | 'voice'
  /** Reactions taken away and others given, so that the number stayed. Never. */
  | 'swapped-reactions'
  /** Messages both sent and deleted within the gap. Never. */
  | 'sent-and-deleted'
  /** Edits, reactions and deletions of messages older than what is read again. Never. */
  | 'older-messages'
  /** Who came and left again; without the members intent: who came, or left. */
  | 'joins-and-leaves'
  /** Counts of reactions that changed while they were read. */
  | 'unsure-counts'
  /** Who reacted, beyond the bound of requests. */
  | 'unlisted-reactors'
  /** Whether more messages were deleted, beyond the bound. */
  | 'unchecked-deletions'
  /** Whether more channels were deleted, beyond the bound. */
  | 'unchecked-channels'
  /** Payloads that could not be recorded. */
  | 'refused-payloads'
  /** Channels that closed, or failed, while they were read. */
  | 'broken-off-channels'
  /** The guild itself is closed to us. */
  | 'guild';

export interface CatchUpCard {
  requests: number;
  pages: number;
  /** Messages that were not recorded before. */
  messages: number;
  /** Deletions inferred. */
  deletions: number;
  /** Channels and threads found deleted. */
  channelsDeleted: number;
  channelsRead: number;
  /** Of all that is listed; at most 500 are named. */
  notReadable: { channelId: Snowflake; reason: 'permission' | 'hidden' | 'closed' | 'failed' }[];
  notReadableCount: number;
  refusedPayloads: number;
  reactorRequests: number;
  notRecovered: NotRecovered[];
}

const NAMED_MAX = 500;
/** These are never recovered: a gap is repaired for all that. */
const NEVER: NotRecovered[] = [
  'voice',
  'swapped-reactions',
  'sent-and-deleted',
  'older-messages',
  'joins-and-leaves',
];

/** The card of a repair, or that of its broken-off beginning to go on with. */
export function openCard(earlier: unknown): CatchUpCard {
  return {
    requests: 0,
    pages: 0,
    messages: 0,
    deletions: 0,
    channelsDeleted: 0,
    channelsRead: 0,
    refusedPayloads: 0,
    reactorRequests: 0,
    ...(earlier as Partial<CatchUpCard>),
    // Told anew by every run.
    notReadable: [],
    notReadableCount: 0,
    notRecovered: [...new Set([...NEVER, ...((earlier as Partial<CatchUpCard>).notRecovered ?? [])])],
  };
}

/** Notes something that is not recovered, once. */
export function noteLost(card: CatchUpCard, lost: NotRecovered): void {
  if (!card.notRecovered.includes(lost)) card.notRecovered.push(lost);
}

/** Notes a channel that is not read. */
export function noteNotReadable(
  card: CatchUpCard,
  channelId: Snowflake,
  reason: CatchUpCard['notReadable'][number]['reason'],
): void {
  card.notReadableCount++;
  if (card.notReadable.length < NAMED_MAX) card.notReadable.push({ channelId, reason });
}

/** Whether all was recovered that can be. */
export function isWhole({ notRecovered }: CatchUpCard): boolean {
  return notRecovered.every((lost) => NEVER.includes(lost));
}
