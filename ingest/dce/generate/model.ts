import type { Emoji } from './emoji.ts';

/** What kinds of message the generator writes, spelled as exports spell them. */
export type MessageType =
  | 'Default'
  | 'Reply'
  | 'ChannelPinnedMessage'
  | 'GuildMemberJoin'
  | 'ThreadCreated'
  /** Boost. */
  | '8'
  /** Answer to a slash command. */
  | '20'
  /** First message of a thread that began from a message. */
  | '21'
  /** Answer to a context menu. */
  | '23';

/** Types that somebody wrote, a person or a bot; all others are Discord's own notices. */
export const writtenTypes: ReadonlySet<MessageType> = new Set(['Default', 'Reply', '20', '23']);

/** A file of a message. */
export interface Attachment {
  id: string;
  url: string;
  fileName: string;
  fileSizeBytes: number;
}

/** A preview of an address, or what a bot shows. */
export interface Embed {
  title: string;
  url: string | null;
  description: string;
  color: string | null;
  author: string | null;
  thumbnail: { url: string; canonicalUrl: string; width: number; height: number } | null;
  footer: string | null;
  fields: readonly (readonly [string, string])[];
}

/** A sticker of the server. */
export interface Sticker {
  id: string;
  name: string;
  format: 'Png' | 'Apng' | 'Lottie' | 'Gif';
}

/** One emoji under a message: `count` may exceed the users who are still known. */
export interface Reaction {
  emoji: Emoji;
  count: number;
  users: readonly number[];
}

/** What a message points at. */
export interface Reference {
  type: 'Default' | 'Forward';
  messageId: string | null;
  channelId: string;
  guildId: string | null;
}

/** One message; people and bots by their number, text already escaped for JSON. */
export interface GeneratedMessage {
  id: string;
  type: MessageType;
  ms: number;
  editedMs: number | null;
  isPinned: boolean;
  text: string;
  author: number;
  attachments: readonly Attachment[];
  embeds: readonly Embed[];
  stickers: readonly Sticker[];
  reactions: readonly Reaction[];
  mentions: readonly number[];
  reference: Reference | null;
  forwarded: { ms: number; text: string } | null;
  interaction: { id: string; name: string; user: number } | null;
  emojis: readonly Emoji[];
  /** Addresses in the text, each use counted. */
  links: number;
}

const NONE: readonly never[] = [];

/** A message of which nothing but its id, type, time, author and text is known yet. */
export function plainMessage(
  id: string,
  type: MessageType,
  ms: number,
  author: number,
  text: string,
): GeneratedMessage {
  return {
    id,
    type,
    ms,
    editedMs: null,
    isPinned: false,
    text,
    author,
    attachments: NONE,
    embeds: NONE,
    stickers: NONE,
    reactions: NONE,
    mentions: NONE,
    reference: null,
    forwarded: null,
    interaction: null,
    emojis: NONE,
    links: 0,
  };
}
