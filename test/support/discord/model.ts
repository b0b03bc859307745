/**
 * The truth of the loopback Discord: what a real one would hold. Plain data; `world.ts` changes it and tells the
 * gateway, `payloads.ts` shows it as Discord's API does.
 */
import type {
  APIApplication,
  APIEmbed,
  APIMessageSnapshotFields,
  APIMessageTopLevelComponent,
  APIOverwrite,
  APIPoll,
  APIRole,
  APIUser,
  ChannelType,
  GatewayDispatchPayload,
  InteractionType,
  MessageType,
} from 'discord-api-types/v10';

export type Snowflake = string;

/** Everything that the server knows. One bot application at a time; its token is any text. */
export interface Truth {
  token: string;
  /** `flags` tell which privileged intents are granted (bits 14/15 members, 18/19 content). */
  application: Pick<APIApplication, 'id' | 'name' | 'flags'>;
  /** The bot's own account. */
  bot: APIUser;
  users: Map<Snowflake, APIUser>;
  guilds: Map<Snowflake, GuildTruth>;
}

export interface GuildTruth {
  id: Snowflake;
  name: string;
  ownerId: Snowflake;
  /** An outage: shown as unavailable, and nothing is told of it. */
  isUnavailable: boolean;
  /** Whether the bot is in it. */
  hasBot: boolean;
  roles: Map<Snowflake, APIRole>;
  members: Map<Snowflake, MemberTruth>;
  /** Who is banned. */
  bans: Set<Snowflake>;
  /** Channels and threads of every kind, the archived ones too. */
  channels: Map<Snowflake, ChannelTruth>;
  emoji: Map<Snowflake, { id: Snowflake; name: string; animated: boolean }>;
  stickers: Map<Snowflake, { id: Snowflake; name: string }>;
  /** Who is in which voice channel now. */
  voice: Map<Snowflake, { channelId: Snowflake; sessionId: string; since: number; selfMute?: boolean }>;
}

export interface MemberTruth {
  userId: Snowflake;
  nick: string | null;
  roles: Snowflake[];
  joinedAt: number;
}

export interface ChannelTruth {
  id: Snowflake;
  type: ChannelType;
  name: string;
  parentId: Snowflake | null;
  position: number;
  topic: string | null;
  nsfw: boolean;
  overwrites: APIOverwrite[];
  /** Of threads. */
  thread?: {
    ownerId: Snowflake;
    archived: boolean;
    locked: boolean;
    archivedAt: number;
    createdAt: number;
    members: Set<Snowflake>;
    /** How many messages were ever sent in it, but for the one that it began with; deleted ones count. */
    sent: number;
    /** How many are in it, where that is more than the members who are known. */
    memberCount?: number;
  };
  /** Messages that are there, by id, in no order; `ordered.ts` tells that. */
  messages: Map<Snowflake, MessageTruth>;
  /** The newest message ever sent here; it may be gone. */
  lastMessageId: Snowflake | null;
  lastPinAt: number | null;
}

export interface MessageTruth {
  id: Snowflake;
  channelId: Snowflake;
  authorId: Snowflake;
  type: MessageType;
  content: string;
  /** The versions before this one, oldest first, and when each was written. */
  earlier: { content: string; at: number }[];
  editedAt: number | null;
  flags: number;
  pinned: boolean;
  pinnedAt?: number;
  mentions: Snowflake[];
  mentionRoles: Snowflake[];
  attachments: AttachmentTruth[];
  embeds: APIEmbed[];
  stickers: Snowflake[];
  reference?: { type?: number; messageId?: Snowflake; channelId: Snowflake; guildId: Snowflake };
  /** By emoji key: the id of a custom one, else the emoji itself. */
  reactions: Map<string, ReactionTruth>;
  poll?: APIPoll & { votes: Map<number, Set<Snowflake>> };
  mentionsEveryone: boolean;
  components: APIMessageTopLevelComponent[];
  /** Of a forward: the message as it was then. */
  snapshot?: APIMessageSnapshotFields;
  /** Sent by a webhook, whose id is then the author's. */
  webhook?: { name: string };
  /** Said by the bot to somebody who used a command or pressed a button. */
  interaction?: AnsweredTruth;
  /** As its sender named it, to find it again. */
  nonce?: string | number;
}

export interface AttachmentTruth {
  id: Snowflake;
  filename: string;
  size: number;
  contentType: string;
  /** The alternative text. */
  description?: string;
  /** Of a picture, in pixels. */
  width?: number;
  height?: number;
  bytes?: Buffer;
  /** A component or an embed shows it, so that the list of files does not. */
  isPlaced?: boolean;
}

/** What a message of the bot is an answer to. */
export interface AnsweredTruth {
  id: Snowflake;
  type: InteractionType.ApplicationCommand | InteractionType.MessageComponent;
  userId: Snowflake;
  /** Of a command, as it is named. */
  command?: string;
  /** The message whose button was pressed. */
  pressedId?: Snowflake;
  /** Of a follow-up: the first answer. */
  originalId?: Snowflake;
}

export interface ReactionTruth {
  emoji: { id: Snowflake | null; name: string; animated: boolean };
  normal: Set<Snowflake>;
  burst: Set<Snowflake>;
}

/** Something that happened, before the gateway decides who is told and how much. */
export interface Happening {
  guildId: Snowflake;
  /** Where one must be able to look to be told; absent: every session of the guild. */
  channelId?: Snowflake;
  /** Any of these intents is enough. */
  intents: number;
  dispatch: Pick<GatewayDispatchPayload, 't'> & { d: unknown };
  /** Sent as it stands, not fitted to what a session may know: it may be malformed. */
  isRaw?: boolean;
  /** Of a message: who wrote it and whom it mentions, since without the content intent only these show its text. */
  authorId?: Snowflake;
  mentions?: Snowflake[];
}
