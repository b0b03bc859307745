/** What the questions of /guide return; what they mean stands in ../README.md, "guide". */

/** A channel or thread, by its id and the name that it has, if one is known. */
export interface GuidePlace {
  id: string;
  name: string | null;
  isThread: boolean;
}

/** A word of a topic, and the words of the server that stand for it. */
export interface TopicTerm {
  /** As it was typed, in small letters. */
  typed: string;
  /** The words looked for: itself, others of its stem, and misspellings of it; empty where the server has none. */
  words: string[];
  /** Messages that have one of these. */
  messages: number;
}

/** Where a topic is talked about. */
export interface TopicPlace extends GuidePlace {
  messages: number;
  people: number;
  /** ISO; of the last message on it. */
  lastAt: string;
}

/** One message of an exchange. */
export interface QuotedMessage {
  messageId: string;
  channelId: string;
  /** ISO */
  at: string;
  /** Its first 300 characters; null where it is not kept. */
  text: string | null;
  /** Who wrote it; null for those who are not to be named. */
  author: { id: string; name: string } | null;
}

/** A question that was asked on a topic, and its best answer. */
export interface FoundAnswer {
  place: GuidePlace;
  question: QuotedMessage;
  answer: QuotedMessage;
  /** 0 to 1: how much of the topic the two have, against those that have most. */
  relevance: number;
  /** Whoever asked said thanks, or showed it by a reaction. */
  isThanked: boolean;
}

/** When somebody is usually around, and was last. */
export interface Presence {
  /** Hours of the clock in the zone, from and until (of the next day where that is less): most of what they wrote; null where they wrote too little, or at all hours. */
  hours: { from: number; to: number } | null;
  /** ISO */
  lastAt: string;
}

/** Somebody to turn to, with evidence. */
export interface GuidePerson extends Presence {
  id: string;
  name: string;
  /** Questions on the topic that they answered. */
  answered: number;
  /** By how many people these were asked. */
  askers: number;
  /** How often whoever asked said thanks. */
  thanked: number;
  /** When the first of these answers was written, ISO. */
  sinceAt: string;
  /** Of these answers; null where it only seems that they answered. */
  medianMinutes: number | null;
  /** Where most of these were. */
  place: GuidePlace & { answered: number };
  /** The two best, by relevance and thanks. */
  evidence: { messageId: string; channelId: string }[];
  /**
   * What speaks for them: `answers` on the topic; `place`: answers in the channel where it is talked about, none of
   * them on it (`answered` is 0, all else is of those); `speech`: no reply is known, they spoke next more often than
   * by chance (`answered`: how much more often).
   */
  basis: 'answers' | 'place' | 'speech';
  score: number;
}

/** Somebody who answers newcomers. */
export interface Welcomer extends Presence {
  id: string;
  name: string;
  /** Newcomers whom they answered in their first week. */
  newcomers: number;
  medianMinutes: number | null;
  place: GuidePlace;
  evidence: { messageId: string; channelId: string }[];
}

/** What a lively channel is about, in words of its own. */
export interface ChannelWords extends GuidePlace {
  messages: number;
  people: number;
  /** What sets it apart from the other channels; none where it has too little of its own. */
  words: string[];
}

/** Where newcomers write first. */
export interface FirstPlace extends GuidePlace {
  newcomers: number;
}

/** How questions fare in a channel. */
export interface AskingPlace extends GuidePlace {
  asked: number;
  answered: number;
  medianMinutes: number | null;
}

/** How to ask so that one is answered. */
export interface Asking {
  /** Replies are known; else nothing is of what was answered. */
  isKnown: boolean;
  asked: number;
  /** Within a day. */
  answered: number;
  medianMinutes: number | null;
  /** Those with most questions that fared best, the best first. */
  places: AskingPlace[];
  /** Hours of the clock in the zone: asked then, questions wait least; null where that can't be told. */
  hours: { from: number; to: number; medianMinutes: number } | null;
}
