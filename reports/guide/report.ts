/** What a guide holds: plain data. */
import type { CoverageLine } from '../../db/queries/coverage-line.ts';
import type {
  Asking,
  ChannelWords,
  FirstPlace,
  FoundAnswer,
  GuidePerson,
  TopicPlace,
  TopicTerm,
  Welcomer,
} from '../../db/queries/guide/rows.ts';
import type { Window } from '../../db/window.ts';
import type { CountedFor } from '../footing.ts';

export interface GuideRequest {
  guildId: string;
  guildName: string;
  /** What may count, each by its own id; without it all that are not hidden. */
  channels?: readonly string[];
  /** As it was typed; absent: where to start here. */
  topic?: string;
  /** The whole record, up to the guild's now: nothing later is known. */
  window: Window;
  countedFor: CountedFor;
  /** The guild's now, where that is another day than today. */
  asOfMs?: number;
}

interface Base extends Omit<GuideRequest, 'topic' | 'channels'> {
  coverage: CoverageLine;
  /** Messages whose words are not looked through yet; 0 where all are. */
  unread: number;
}

/** Who and what to turn to on a topic. */
export interface TopicGuide extends Base {
  about: 'topic';
  topic: string;
  /**
   * `found`: somebody talked about it; `silent`: nobody did; `wordless`: it has no word to look for (too short, or
   * words like "the"); `textless`: texts are not kept here.
   */
  standing: 'found' | 'silent' | 'wordless' | 'textless';
  terms: TopicTerm[];
  /** Of a short topic the words that no message on it has: nobody writes them here, or nobody beside the rest. */
  missing: string[];
  /** Where nobody spoke of it: words that are spoken here and come near. */
  nearest: string[];
  /** Messages on it, and people who wrote them. */
  messages: number;
  people: number;
  places: TopicPlace[];
  answers: FoundAnswer[];
  /** Three at most. */
  guides: GuidePerson[];
}

/** Where to start here. */
export interface ServerGuide extends Base {
  about: 'server';
  /** Somebody has written here. */
  isRecorded: boolean;
  newcomers: { people: number; places: FirstPlace[] };
  welcomers: Welcomer[];
  channels: ChannelWords[];
  asking: Asking;
}

export type Guide = TopicGuide | ServerGuide;
