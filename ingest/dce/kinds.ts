/** Names that DCE gives to Discord's numbers; what it has no name for it writes as digits. */

/** Source  DiscordChatExporter.Core/Discord/Data/ChannelKind.cs */
const CHANNEL_TYPES: Record<string, number> = {
  GuildTextChat: 0,
  DirectTextChat: 1,
  GuildVoiceChat: 2,
  DirectGroupTextChat: 3,
  GuildCategory: 4,
  GuildNews: 5,
  GuildStore: 6,
  GuildNewsThread: 10,
  GuildPublicThread: 11,
  GuildPrivateThread: 12,
  GuildStageVoice: 13,
  GuildDirectory: 14,
  GuildForum: 15,
};

/** Source  DiscordChatExporter.Core/Discord/Data/MessageKind.cs */
const MESSAGE_TYPES: Record<string, number> = {
  Default: 0,
  RecipientAdd: 1,
  RecipientRemove: 2,
  Call: 3,
  ChannelNameChange: 4,
  ChannelIconChange: 5,
  ChannelPinnedMessage: 6,
  GuildMemberJoin: 7,
  ThreadCreated: 18,
  Reply: 19,
};

const REFERENCE_TYPES: Record<string, number> = { Default: 0, Forward: 1 };

function numbered(names: Record<string, number>, value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  if (Object.hasOwn(names, value)) return names[value];
  return /^\d{1,4}$/.test(value) ? Number(value) : undefined;
}

/** Discord's channel type, or undefined where the text is neither a known name nor a small number. */
export const channelType = (value: unknown): number | undefined => numbered(CHANNEL_TYPES, value);

/** Discord's message type. */
export const messageType = (value: unknown): number | undefined => numbered(MESSAGE_TYPES, value);

/** Discord's type of a message reference. */
export const referenceType = (value: unknown): number | undefined => numbered(REFERENCE_TYPES, value);
