import { GatewayDispatchEvents, GatewayIntentBits, MessageType } from 'discord-api-types/v10';
import type { ChannelTruth, GuildTruth, MessageTruth } from '../model.ts';
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
    id: base.nextId(),
    channelId: channel.id,
    type: MessageType.Default,
    content: '',
    earlier: [],
    editedAt: null,
    flags: 0,
    pinned: false,
    mentions: [],
    mentionRoles: [],
    mentionsEveryone: false,
    attachments: [],
    embeds: [],
    components: [],
    stickers: [],
    reactions: new Map(),
    ...said,
  };
  channel.messages.set(message.id, message);
  channel.lastMessageId = message.id;
  const payload = gatewayMessage(base.truth, guild, message);
  const told = message.nonce === undefined ? payload : { ...payload, nonce: message.nonce };
  base.tell(guild, GatewayDispatchEvents.MessageCreate, told, GuildMessages, aboutMessage(message));
  return message;
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
