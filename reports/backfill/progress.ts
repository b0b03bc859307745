/** How far a run of backfill is, and what it found. */
export interface BackfillProgress {
  requests: number;
  pages: number;
  /** Messages that were not recorded before, of those that pages have shown. */
  messages: number;
  messagesSeen: number;
  deletions: number;
  members: number;
  /** Channels and threads: in all, read to the end, closed to the bot, failed, found deleted. */
  channels: number;
  channelsRead: number;
  channelsClosed: number;
  channelsFailed: number;
  channelsDeleted: number;
  /** 0 to 1. */
  share: number;
  /** Null: not known yet. */
  leftMs: number | null;
  messagesPerSecond: number;
  requestsPerSecond: number;
  activeMs: number;
  /** Where pages are read now, and back to when. */
  reading: { channelId: string; name: string | null; untilMs: number }[];
  /** What is not known afterwards, by keys of `words.backfill.notKnown`. */
  notRecovered: string[];
}

const NOTHING: BackfillProgress = {
  requests: 0,
  pages: 0,
  messages: 0,
  messagesSeen: 0,
  deletions: 0,
  members: 0,
  channels: 0,
  channelsRead: 0,
  channelsClosed: 0,
  channelsFailed: 0,
  channelsDeleted: 0,
  share: 0,
  leftMs: null,
  messagesPerSecond: 0,
  requestsPerSecond: 0,
  activeMs: 0,
  reading: [],
  notRecovered: [],
};

/** What the card of a run says; of a run that was not begun nothing yet. */
export const progressOf = (card: unknown): BackfillProgress => ({
  ...NOTHING,
  ...(card as Partial<BackfillProgress>),
});
