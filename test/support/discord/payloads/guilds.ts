import {
  type APIGuild,
  type APISticker,
  GatewayIntentBits,
  type GatewayGuildCreateDispatchData,
  StickerFormatType,
  StickerType,
} from 'discord-api-types/v10';
import type { GuildTruth, Snowflake, Truth } from '../model.ts';
import { mayView } from '../visibility.ts';
import { channelPayload, gatewayChannel } from './channels.ts';
import { emojiPayload, memberPayload, rolePayload, voiceStatePayload } from './people.ts';
import { apiTime } from './time.ts';

/** As many members a GUILD_CREATE carries, where the session names no other number. */
export const LARGE_THRESHOLD = 50;

/** A guild as REST answers it; with counts where asked for. */
export function guildPayload(guild: GuildTruth, withCounts = false): APIGuild {
  return {
    ...PLAIN,
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    roles: [...guild.roles.values()].map(rolePayload),
    emojis: [...guild.emoji.values()].map(emojiPayload),
    stickers: [...guild.stickers.values()].map((sticker) => stickerPayload(guild.id, sticker)),
    ...(withCounts && { approximate_member_count: guild.members.size, approximate_presence_count: 1 }),
  } as unknown as APIGuild;
}

/** A guild as the gateway tells of it: with its members, channels, active threads and voice states. */
export function guildCreatePayload(truth: Truth, guild: GuildTruth): GatewayGuildCreateDispatchData {
  const channels = [...guild.channels.values()];
  const threads = channels.filter(
    (channel) => channel.thread && !channel.thread.archived && mayView(guild, channel, truth.bot.id),
  );
  const bot = guild.members.get(truth.bot.id)!;
  const members = [bot, ...[...guild.members.values()].filter((member) => member !== bot)];
  return {
    ...guildPayload(guild),
    joined_at: apiTime(bot.joinedAt),
    large: false,
    unavailable: false,
    member_count: members.length,
    voice_states: [...guild.voice.keys()].map((userId) => guildVoiceState(truth, guild, userId)),
    members: members.map((member) => memberPayload(truth, member)),
    channels: channels
      .filter(({ thread }) => !thread)
      .map((channel) => gatewayChannel(truth, guild, channel)),
    threads: threads.map((thread) => channelPayload(truth, guild, thread)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  } as unknown as GatewayGuildCreateDispatchData;
}

/** What of a GUILD_CREATE a session gets: at most so many members, without the intent only the bot. */
export function fitGuildCreate(
  whole: GatewayGuildCreateDispatchData,
  { intents, largeThreshold = LARGE_THRESHOLD }: { intents: number; largeThreshold?: number },
): GatewayGuildCreateDispatchData {
  const hasMembers = (intents & GatewayIntentBits.GuildMembers) !== 0;
  const hasVoice = (intents & GatewayIntentBits.GuildVoiceStates) !== 0;
  return {
    ...whole,
    large: whole.member_count > largeThreshold,
    members: whole.members.slice(0, hasMembers ? largeThreshold : 1),
    voice_states: hasVoice ? whole.voice_states : [],
  };
}

/** A custom sticker of a guild. */
export function stickerPayload(
  guildId: Snowflake,
  { id, name }: { id: Snowflake; name: string },
): APISticker {
  return {
    id,
    name,
    tags: name,
    type: StickerType.Guild,
    format_type: StickerFormatType.PNG,
    description: null,
    available: true,
    guild_id: guildId,
  };
}

/** Inside of a GUILD_CREATE it says neither its guild nor its member. */
function guildVoiceState(truth: Truth, guild: GuildTruth, userId: Snowflake) {
  const {
    guild_id: _,
    member: __,
    ...state
  } = voiceStatePayload(truth, guild, userId) as unknown as Record<string, unknown>;
  return state;
}

/** What no test asks for. */
const PLAIN = {
  icon: null,
  description: null,
  home_header: null,
  splash: null,
  discovery_splash: null,
  features: [],
  banner: null,
  application_id: null,
  region: 'rotterdam',
  afk_channel_id: null,
  afk_timeout: 300,
  system_channel_id: null,
  system_channel_flags: 0,
  widget_enabled: false,
  widget_channel_id: null,
  verification_level: 0,
  default_message_notifications: 0,
  mfa_level: 0,
  explicit_content_filter: 0,
  max_presences: null,
  max_members: 25_000_000,
  max_stage_video_channel_users: 50,
  max_video_channel_users: 25,
  vanity_url_code: null,
  premium_tier: 0,
  premium_subscription_count: 0,
  preferred_locale: 'en-US',
  rules_channel_id: null,
  safety_alerts_channel_id: null,
  public_updates_channel_id: null,
  premium_progress_bar_enabled: false,
  nsfw: false,
  nsfw_level: 0,
  incidents_data: null,
};
