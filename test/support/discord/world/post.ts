import { GatewayDispatchEvents, GatewayIntentBits, MessageType } from 'discord-api-types/v10';
import type { ChannelTruth, GuildTruth, MessageTruth, ReactionTruth, Snowflake } from '../model.ts';
import { compareIds } from '../ordered.ts';
import { gatewayMessage } from '../payloads.ts';
import type { About, Base } from './base.ts';

const { GuildMessages } = GatewayIntentBits;

/** A message appears, and all are told. */
export function post(
  base: Base,
  guild: GuildTruth,
  channel: ChannelTruth,
  said: Partial<MessageTruth> & Pick<MessageTruth, 'authorId'>,
): MessageTruth {
  const message: MessageTruth = {
    ...blankMessage(base.nextId(), channel.id, said.authorId),
    mentions: [],
    reactions: new Map(),
    ...said,
  };
  keep(channel, message);
  const payload = gatewayMessage(base.truth, guild, message);
  const told = message.nonce === undefined ? payload : { ...payload, nonce: message.nonce };
  base.tell(guild, GatewayDispatchEvents.MessageCreate, told, GuildMessages, aboutMessage(message));
  return message;
}

/** A message that says nothing yet. What it has none of it shares with the others that have none: replace it, don't fill it. */
export function blankMessage(id: Snowflake, channelId: Snowflake, authorId: Snowflake): MessageTruth {
  return {
    id,
    channelId,
    authorId,
    type: MessageType.Default,
    content: '',
    earlier: NONE,
    editedAt: null,
    flags: 0,
    pinned: false,
    mentions: NONE,
    mentionRoles: NONE,
    mentionsEveryone: false,
    attachments: NONE,
    embeds: NONE,
    components: NONE,
    stickers: NONE,
    reactions: NO_REACTIONS,
  };
}

/** A million empty lists of each kind would take 250 MB. */
const NONE: never[] = [];
Object.freeze(NONE);

/** In place of an empty map for each of a million messages (170 MB). */
class NoReactions extends Map<string, ReactionTruth> {
  override set(): never {
    throw new Error('No reactions are shared by many messages: give the message a map of its own');
  }
}

/** What a message of a seeded past has until somebody reacts. */
export const NO_REACTIONS: Map<string, ReactionTruth> = new NoReactions();

/** Puts a message into its channel, which remembers the newest one, and into the count of its thread. */
export function keep(channel: ChannelTruth, message: MessageTruth): void {
  const isNew = !channel.messages.has(message.id);
  channel.messages.set(message.id, message);
  if (channel.lastMessageId === null || compareIds(channel.lastMessageId, message.id) < 0)
    channel.lastMessageId = message.id;
  if (channel.thread && isNew && message.id !== channel.id) channel.thread.sent += 1;
}

/** All are told how a message is now. */
export function tellUpdate(base: Base, guild: GuildTruth, message: MessageTruth): void {
  const payload = gatewayMessage(base.truth, guild, message);
  base.tell(guild, GatewayDispatchEvents.MessageUpdate, payload, GuildMessages, aboutMessage(message));
}

/** Whom a text mentions. */
export function readMentions(
  { truth }: Base,
  guild: GuildTruth,
  content: string,
): Pick<MessageTruth, 'mentions' | 'mentionRoles' | 'mentionsEveryone'> {
  if (!content.includes('@')) return { mentions: [], mentionRoles: [], mentionsEveryone: false };
  const idsIn = (pattern: RegExp) => [...new Set([...content.matchAll(pattern)].map(([, id]) => id!))];
  return {
    mentions: idsIn(/<@!?(\d+)>/g).filter((id) => truth.users.has(id)),
    mentionRoles: idsIn(/<@&(\d+)>/g).filter((id) => guild.roles.has(id)),
    mentionsEveryone: /@(?:everyone|here)\b/.test(content),
  };
}

function aboutMessage({ channelId, authorId, mentions }: MessageTruth): About {
  return { channelId, authorId, mentions };
}
