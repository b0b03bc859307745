/** Payloads as Discord writes them, and what the normaliser makes of one. */
import {
  type APIGuildMember,
  type APIMessage,
  type APIRole,
  type APITextChannel,
  type APIThreadChannel,
  type APIUser,
  ChannelType,
  type GatewayGuildCreateDispatchData,
  type GatewayMessageCreateDispatchData,
  type GatewayMessageReactionAddDispatchData,
  type GuildMemberFlags,
  type MessageFlags,
  MessageType,
  OverwriteType,
  type RoleFlags,
} from 'discord-api-types/v10';
import { emptyBatch, type MessageRecord, type RecordBatch } from '../../../db/records.ts';
import { addMessage } from '../../../ingest/discord/messages.ts';
import { dispatchRecords, type Told } from '../../../ingest/discord/to-records.ts';
import type { Self, Teller } from '../../../ingest/discord/teller.ts';
import { at, AUTHOR, CHANNEL, GUILD, idAt } from '../../support/records.ts';

export const BOT = '100000000000000009';
export const PERSON = '200000000000000001';
export const MESSAGE = idAt(at(0));
/** With the content intent, and without. */
export const SEES: Self = { userId: BOT, hasContent: true };
export const BLIND: Self = { userId: BOT, hasContent: false };

/** As Discord writes times: to the microsecond. */
export const iso = (seconds: number): string => new Date(at(seconds)).toISOString().replace('Z', '456+00:00');

/** What REST tells at a time. */
export const restAt = (seconds: number, self = SEES): Teller => ({
  source: 'rest',
  observedAt: at(seconds),
  guildId: GUILD,
  self,
});

/** What a dispatch that came at a time tells. */
export function told(seconds: number, t: string, d: unknown, self = SEES): Told {
  const records = dispatchRecords({ t, d }, at(seconds), self);
  if (!records) throw new Error(`${t} tells nothing`);
  return records;
}

export const user = (id: string, more: Partial<APIUser> = {}): APIUser => ({
  id,
  username: `user${id.slice(-2)}`,
  discriminator: '0',
  global_name: `Global ${id.slice(-2)}`,
  avatar: null,
  ...more,
});

/** A member without its account, as beside a message. */
export const profile = (more: Partial<APIGuildMember> = {}): Omit<APIGuildMember, 'user'> => ({
  nick: null,
  roles: ['300000000000000001'],
  joined_at: iso(-1000),
  premium_since: null,
  deaf: false,
  mute: false,
  flags: 0 as GuildMemberFlags,
  avatar: null,
  banner: null,
  ...more,
});

export const member = (id: string, more: Partial<APIGuildMember> = {}): APIGuildMember => ({
  ...profile(more),
  user: user(id),
});

/** A message as REST answers it. */
export const message = (more: Partial<APIMessage> = {}): APIMessage => ({
  id: MESSAGE,
  channel_id: CHANNEL,
  type: MessageType.Default,
  author: user(AUTHOR),
  content: 'hello',
  timestamp: iso(0),
  edited_timestamp: null,
  tts: false,
  mention_everyone: false,
  mentions: [],
  mention_roles: [],
  attachments: [],
  embeds: [],
  components: [],
  flags: 0 as MessageFlags,
  pinned: false,
  ...more,
});

/** A message as the gateway tells it. */
export const gatewayMessage = (
  more: Partial<GatewayMessageCreateDispatchData> = {},
): GatewayMessageCreateDispatchData => ({
  ...message(),
  guild_id: GUILD,
  member: profile(),
  mentions: [],
  ...more,
});

export const textChannel = (more: Partial<APITextChannel> = {}): APITextChannel => ({
  id: CHANNEL,
  type: ChannelType.GuildText,
  guild_id: GUILD,
  name: 'general',
  topic: 'Anything',
  position: 3,
  nsfw: false,
  parent_id: '100000000000000020',
  permission_overwrites: [{ id: GUILD, type: OverwriteType.Role, allow: '0', deny: '1024' }],
  ...more,
});

export const thread = (more: Partial<APIThreadChannel> = {}): APIThreadChannel => ({
  id: MESSAGE,
  type: ChannelType.PublicThread,
  guild_id: GUILD,
  name: 'A thread',
  parent_id: CHANNEL,
  owner_id: AUTHOR,
  applied_tags: [],
  thread_metadata: {
    archived: true,
    locked: false,
    archive_timestamp: iso(5),
    auto_archive_duration: 1440,
  },
  ...more,
});

export const role = (more: Partial<APIRole> = {}): APIRole => ({
  id: '300000000000000001',
  name: 'Crew',
  color: 0x33_66_99,
  colors: { primary_color: 0x33_66_99, secondary_color: null, tertiary_color: null },
  hoist: false,
  position: 2,
  permissions: '2251799813685247',
  managed: false,
  mentionable: false,
  flags: 0 as RoleFlags,
  ...more,
});

/** A guild as GUILD_CREATE tells it; what nobody records is left out. */
export const guildCreate = (more: Partial<GatewayGuildCreateDispatchData> = {}) =>
  ({
    id: GUILD,
    name: 'The ship',
    owner_id: AUTHOR,
    joined_at: iso(-5000),
    large: false,
    unavailable: false,
    member_count: 2,
    roles: [role()],
    emojis: [{ id: '400000000000000001', name: 'parrot', animated: true }],
    stickers: [],
    channels: [textChannel()],
    threads: [thread()],
    members: [member(AUTHOR), member(PERSON, { nick: 'Nicky' })],
    voice_states: [{ user_id: PERSON, channel_id: CHANNEL, session_id: 's' }],
    presences: [],
    ...more,
  }) as Partial<GatewayGuildCreateDispatchData>;

export const reactionAdd = (
  more: Partial<GatewayMessageReactionAddDispatchData> = {},
): GatewayMessageReactionAddDispatchData => ({
  guild_id: GUILD,
  channel_id: CHANNEL,
  message_id: MESSAGE,
  user_id: PERSON,
  emoji: { id: null, name: '👍' },
  burst: false,
  type: 0,
  member: member(PERSON),
  ...more,
});

/** What a message of REST's tells. */
export function fromRest(payload: unknown, seconds = 60, self = SEES): RecordBatch {
  const batch = emptyBatch();
  addMessage(batch, restAt(seconds, self), payload, { isWhole: true });
  return batch;
}

/** The message's own record of it. */
export const recordOf = (payload: unknown, seconds?: number, self = SEES): MessageRecord =>
  fromRest(payload, seconds, self).messages[0]!;

/** As Discord shows a text without the content intent. */
export const WITHHELD = { content: '', embeds: [], attachments: [], components: [] };
