/** What a backfill would read, as far as it is told in Discord: Discord was asked by whoever hands it over. */
import type { Places } from '../seen-places.ts';

export interface BackfillOutlook {
  /** About so many, of the channels of which they are known. */
  messages: number;
  requests: number;
  seconds: number;
  /** The biggest first, each with its threads. `messages`: null where nobody tells. */
  channels: OutlookChannel[];
  /** Why, by a key of `words.backfill.notRead`. */
  notRead: { id: string; name: string | null; reason: string; isThread: boolean }[];
  /** Channels and threads with nothing to be read. */
  covered: number;
  /** Requests for who reacted to what is not read yet are in no figure. */
  hasUnknownReactors: boolean;
}

interface OutlookChannel {
  id: string;
  name: string | null;
  messages: number | null;
  threads: number;
}

/** The same as one asker may be told of it. */
export interface ToldOutlook extends BackfillOutlook {
  channels: (OutlookChannel & { isSeen: boolean })[];
}

/** Without the names of what the asker can't see. */
export function toldOutlook(outlook: BackfillOutlook, { find }: Pick<Places, 'find'>): ToldOutlook {
  const isSeen = (id: string) => find(id) !== undefined;
  const named = <Place extends { id: string; name: string | null }>(place: Place): Place =>
    isSeen(place.id) ? place : { ...place, name: null };
  return {
    ...outlook,
    channels: outlook.channels.map((channel) => ({ ...named(channel), isSeen: isSeen(channel.id) })),
    notRead: outlook.notRead.map(named),
  };
}
