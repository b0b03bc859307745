/** What a planted community is: plain data, with the truth about it. */
import type { Topic } from './topics.ts';
import type { Style } from './speech.ts';

export interface PlantedPlace {
  id: string;
  name: string;
  /** Discord's: 0 text, 11 thread, 15 forum. */
  type: 0 | 11 | 15;
  parentId: string | null;
}

export interface PlantedPerson {
  id: string;
  name: string;
  style: Style;
  isBot: boolean;
  /** They write from and until then; ms. */
  fromMs: number;
  toMs: number;
  hasLeft: boolean;
  hasOptedOut: boolean;
  /** How much of the everyday talk is theirs, against others. */
  chats: number;
}

export interface PlantedMessage {
  id: string;
  atMs: number;
  placeId: string;
  by: PlantedPerson;
  text: string;
  replyTo?: PlantedMessage;
  reactions: number;
  /** Of those who reacted, whoever asked. */
  thankedBy?: string;
}

/**
 * Who is not to be named before an expert: `talker` writes on the topic and answers nobody; `popular` gets the reactions;
 * `asker` asks; `replier` replies to everything with nothing; `friend` answers one friend; `former` was an expert, and may
 * not be named any more.
 */
export type DecoyKind = 'talker' | 'popular' | 'asker' | 'replier' | 'friend' | 'former';

export interface PlantedTopic {
  topic: Topic;
  home: PlantedPlace;
  /** To be found. */
  experts: PlantedPerson[];
  decoys: Record<DecoyKind, PlantedPerson[]>;
  /** Real answers, by whom to whom. */
  answers: { by: string; to: string }[];
}

export interface Community {
  seed: number;
  guildId: string;
  fromMs: number;
  endMs: number;
  places: PlantedPlace[];
  people: PlantedPerson[];
  messages: PlantedMessage[];
  topics: PlantedTopic[];
}
