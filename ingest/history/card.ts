/** What a reading of history read and found, and what it could not: kept with it, told by reports. */
/** What is not known afterwards, by its key; whoever tells it to people has a sentence for each. */
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

export interface ReadingCard {
  requests: number;
  pages: number;
  /** Messages that were not recorded before. */
  messages: number;
  /** Deletions inferred. */
  deletions: number;
  /** Channels and threads found deleted. */
  channelsDeleted: number;
  channelsRead: number;
  refusedPayloads: number;
  reactorRequests: number;
  notRecovered: NotRecovered[];
}

/** Nothing yet, or the card of a broken-off beginning to go on with. */
export function openReadingCard(earlier: unknown): ReadingCard {
  return {
    requests: 0,
    pages: 0,
    messages: 0,
    deletions: 0,
    channelsDeleted: 0,
    channelsRead: 0,
    refusedPayloads: 0,
    reactorRequests: 0,
    notRecovered: [],
    ...(earlier as Partial<ReadingCard>),
  };
}

/** Notes something that is not recovered, once. */
export function noteLost(card: Pick<ReadingCard, 'notRecovered'>, lost: NotRecovered): void {
  if (!card.notRecovered.includes(lost)) card.notRecovered.push(lost);
}
