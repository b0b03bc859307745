/** How far a backfill is and what it found: kept with its run, shown by whoever follows it. */
import { openReadingCard, type ReadingCard } from '../history/card.ts';

export interface BackfillCard extends ReadingCard {
  /** Of all requests: those that list channels, threads and members; all others read. */
  listingRequests: number;
  /** Messages that pages have shown; `messages` are those that were not recorded before. */
  messagesSeen: number;
  /** Channels and threads; those read to the end, those closed to us, those that failed. */
  channels: number;
  channelsClosed: number;
  channelsFailed: number;
  members: number;
  /** How much of the time to be read is read, 0 to 1. */
  share: number;
  /** What is left will take about so long; null: not known yet. */
  leftMs: number | null;
  /** Over the last seconds. */
  messagesPerSecond: number;
  requestsPerSecond: number;
  /** How long it was worked on. */
  activeMs: number;
  /** Where pages are read at this moment, the newest first; five at most. */
  reading: { channelId: string; name: string | null; untilMs: number }[];
}

/** Nothing yet, or the card of a broken-off beginning to go on with. */
export function openBackfillCard(earlier: unknown): BackfillCard {
  return {
    listingRequests: 0,
    messagesSeen: 0,
    channels: 0,
    channelsClosed: 0,
    channelsFailed: 0,
    members: 0,
    share: 0,
    leftMs: null,
    messagesPerSecond: 0,
    requestsPerSecond: 0,
    activeMs: 0,
    reading: [],
    ...openReadingCard(earlier),
    ...(earlier as Partial<BackfillCard>),
  };
}
