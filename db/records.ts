/**
 * What enters: facts as one source told them, normalised, before they are merged. A field that is absent is
 * unknown, never "none"; a group (an optional object) is given whole or not at all.
 *
 * Ids are decimal strings. Times are milliseconds since 1970, already cut to whole ones.
 */
export type Snowflake = string;
export type Source = 'gateway' | 'rest' | 'dce';

/** Who told us and when Discord said so. */
export interface Told {
  source: Source;
  observedAt: number;
}

export interface GuildRecord extends Told {
  guildId: Snowflake;
  name?: string;
  ownerId?: Snowflake;
  /** When everything of a kind was listed in full: what was not in the list is no more. */
  membersListedAt?: number;
  emojiListedAt?: number;
  stickersListedAt?: number;
  extra?: Extra;
}

/** Something that befell the bot in a guild, or the guild; `voice_listed`: all who were in voice were told. */
export interface GuildMomentRecord {
  guildId: Snowflake;
  kind: 'joined' | 'left' | 'unavailable' | 'available' | 'voice_listed';
  at: number;
}

/** A custom emoji or sticker that was in a complete list at `observedAt`. */
export interface ExpressionRecord extends Told {
  guildId: Snowflake;
  kind: 'emoji' | 'sticker';
  expressionId: Snowflake;
  name: string | null;
  animated: boolean | null;
}

/** Facts that no column holds; written as they are where text is kept, else by an allow-list. */
export type Extra = Record<string, unknown>;

export interface ChannelRecord extends Told {
  guildId: Snowflake;
  channelId: Snowflake;
  type?: number;
  /** Unknown for a hidden channel, which shows a placeholder; null for a thread whose title is not kept. */
  name?: string | null;
  /** Null: has none. */
  parentId?: Snowflake | null;
  details?: {
    topic: string | null;
    position?: number | null;
    nsfw?: boolean | null;
    overwrites?: unknown;
  };
  archiving?: { archived: boolean; locked: boolean; archivedAt: number };
  deletedAt?: number;
  /** Only a placeholder was shown: the bot cannot view it. */
  hiddenAt?: number;
  extra?: Extra;
}

export interface RoleRecord extends Told {
  guildId: Snowflake;
  roleId: Snowflake;
  look?: { name: string | null; color: number | null; position: number | null };
  /** Permission bits, as Discord writes them; exports do not tell. */
  permissions?: string;
  deletedAt?: number;
}

export interface MemberRecord extends Told {
  guildId: Snowflake;
  userId: Snowflake;
  isBot?: boolean;
  isWebhook?: boolean;
  name?: string;
  displayName?: string;
  /** API only; null: has no nickname. */
  nick?: string | null;
  roles?: Snowflake[];
  joinedAt?: number;
  presentAt?: number;
  leftAt?: number;
  /** A sign of life: a message's or a join's time. */
  firstSeenAt?: number;
  lastSeenAt?: number;
  extra?: Extra;
}

export interface MomentRecord {
  guildId: Snowflake;
  userId: Snowflake;
  kind: 'joined' | 'left' | 'renamed' | 'banned' | 'unbanned';
  at: number;
  source: Source | 'message';
}

export interface AttachmentFacts {
  attachmentId: Snowflake;
  fileName?: string;
  kind?: string;
  extension?: string;
  contentType?: string;
  sizeBytes?: number;
  width?: number;
  height?: number;
  durationMs?: number;
}

export interface StickerFacts {
  stickerId: Snowflake;
  name?: string;
  format?: string;
}

export interface MentionFacts {
  kind: 'user' | 'role' | 'channel';
  targetId: Snowflake;
  /** Names under which the text may show them; used to take a forgotten person out of it, never stored. */
  names?: string[];
}

export interface ForwardFacts {
  sentAt?: number;
  content?: string;
  contentLength?: number;
  details?: Extra;
}

export interface PollFacts {
  answers?: number;
  expiresAt?: number;
  poll: Extra;
}

/** Custom emoji: `key` is the id. Unicode: `key` is the emoji itself, and `name` is absent. */
export interface EmojiFacts {
  key: string;
  name?: string;
  animated?: boolean;
}

/** What is computed from a text when it is written. */
export interface Derived {
  contentLength: number;
  words: number;
  asks: boolean;
  links: { domain: string; address?: string }[];
  emoji: { key: string; name?: string; uses: number }[];
}

/** Fidelity of a text: 3 API; 2 export with raw tokens; 1 other export; 0 text not kept. */
export interface Body {
  content: string;
  fidelity: 0 | 1 | 2 | 3;
  /** Custom emoji that the source lists beside a text whose tokens it has rewritten to `:name:`. */
  inlineEmoji?: EmojiFacts[];
  /** Filled by the writer (or by what queues for it); a source leaves it out. */
  derived?: Derived;
}

export interface MessageRecord extends Told {
  guildId: Snowflake;
  channelId: Snowflake;
  messageId: Snowflake;
  /** Unknown author: then body and children are unknown too (they could be a forgotten person's). */
  authorId?: Snowflake;
  type?: number;
  flags?: number;
  webhookName?: string;
  invokerId?: Snowflake;
  reference?: { type?: number; guildId?: Snowflake; channelId?: Snowflake; messageId?: Snowflake };
  editedAt?: number;
  body?: Body;
  attachments?: AttachmentFacts[];
  embeds?: { fidelity: number; count: number; list: unknown[] };
  stickers?: StickerFacts[];
  mentions?: MentionFacts[];
  forward?: ForwardFacts;
  poll?: PollFacts;
  pinned?: boolean;
  /** The whole list of counts at a time; an emoji that is not listed had none. */
  reactions?: { at: number; counts: (EmojiFacts & { count: number })[] };
  /** All reactions were taken away at this time. */
  reactionsClearedAt?: number;
  /** Deletion told by Discord. */
  goneAt?: number;
  /** Fingerprint of the whole record, below 2^48: where the stored row has the same, all this is known. */
  told?: number;
  /** Set by the writer where the author is forgotten. */
  erased?: true;
  extra?: Extra;
}

/** One emoji of one message, from an event or a complete list of who reacted. */
export interface ReactionRecord extends Told {
  guildId: Snowflake;
  channelId: Snowflake;
  messageId: Snowflake;
  emoji: EmojiFacts;
  counted?: { at: number; count: number };
  clearedAt?: number;
}

export interface ReactionUserRecord {
  guildId: Snowflake;
  channelId: Snowflake;
  messageId: Snowflake;
  emoji: EmojiFacts;
  userId: Snowflake;
  burst: boolean;
  addedAt?: number;
  removedAt?: number;
  /** Was listed among those who reacted; says nothing about when. */
  seenAt?: number;
  /** Of the message's record that lists them. */
  told?: number;
}

/** Where somebody was in voice from a time on. */
export interface VoiceRecord {
  guildId: Snowflake;
  userId: Snowflake;
  at: number;
  /** Null: in no channel. */
  channelId: Snowflake | null;
  /** Found there in a complete list, so came at some time before. */
  isListed: boolean;
}

/** A vote in a poll, given or taken back. */
export interface PollVoteRecord {
  guildId: Snowflake;
  channelId: Snowflake;
  messageId: Snowflake;
  answerId: number;
  userId: Snowflake;
  addedAt?: number;
  removedAt?: number;
}

/**
 * A span of a channel's ids: `verified` where Discord answered it in full, so that what is not in it is deleted; `read`
 * where Discord was asked and told of nothing more, which proves no deletion; `claimed` where an export spans it.
 */
export interface CoverageRecord {
  guildId: Snowflake;
  channelId: Snowflake;
  fromId: Snowflake;
  toId: Snowflake;
  source: Source;
  grade: 'verified' | 'read' | 'claimed';
  at: number;
}

/** Everything of one write. Lists may name one thing many times, from any source, in any order. */
export interface RecordBatch {
  guilds: GuildRecord[];
  guildMoments: GuildMomentRecord[];
  expressions: ExpressionRecord[];
  channels: ChannelRecord[];
  roles: RoleRecord[];
  members: MemberRecord[];
  moments: MomentRecord[];
  messages: MessageRecord[];
  reactions: ReactionRecord[];
  reactionUsers: ReactionUserRecord[];
  pollVotes: PollVoteRecord[];
  voice: VoiceRecord[];
  coverage: CoverageRecord[];
}

/** An empty batch to fill. */
export function emptyBatch(): RecordBatch {
  return {
    guilds: [],
    guildMoments: [],
    expressions: [],
    channels: [],
    roles: [],
    members: [],
    moments: [],
    messages: [],
    reactions: [],
    reactionUsers: [],
    pollVotes: [],
    voice: [],
    coverage: [],
  };
}
