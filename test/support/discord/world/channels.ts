import {
  type APIChannel,
  type APIOverwrite,
  ChannelType,
  GatewayDispatchEvents,
  GatewayIntentBits,
  OverwriteType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import type { ChannelTruth, Snowflake } from '../model.ts';
import { OrderedMap } from '../ordered.ts';
import { gatewayChannel, isHidden, voiceStatePayload } from '../payloads.ts';
import type { Base } from './base.ts';
import { withSight } from './sight.ts';

/** How a channel begins, or what of it changes. */
export type ChannelOptions = Partial<
  Pick<ChannelTruth, 'name' | 'parentId' | 'position' | 'topic' | 'nsfw' | 'overwrites'>
>;

const { Guilds, GuildVoiceStates } = GatewayIntentBits;
const { ChannelCreate, ChannelDelete, VoiceStateUpdate } = GatewayDispatchEvents;

/** Channels of every kind but threads. */
export function channelActions(base: Base) {
  const { truth, nextId, tell } = base;

  /** Grants and refuses somebody, or a role, something in a channel, and takes nothing else of theirs back. */
  function overwrite(
    channelId: Snowflake,
    targetId: Snowflake,
    { allow = 0n, deny = 0n }: { allow?: bigint; deny?: bigint },
  ): void {
    const { guild, channel } = base.channel(channelId);
    const before = channel.overwrites.find(({ id }) => id === targetId);
    const next: APIOverwrite = {
      id: targetId,
      type: guild.roles.has(targetId) ? OverwriteType.Role : OverwriteType.Member,
      allow: String((BigInt(before?.allow ?? 0) & ~deny) | allow),
      deny: String((BigInt(before?.deny ?? 0) & ~allow) | deny),
    };
    const others = channel.overwrites.filter(({ id }) => id !== targetId);
    withSight(base, guild, () => (channel.overwrites = [...others, next]), channelId);
  }

  return {
    overwrite,

    addChannel(
      guildId: Snowflake,
      type: ChannelType = ChannelType.GuildText,
      options: ChannelOptions & { id?: Snowflake } = {},
    ): ChannelTruth {
      const guild = base.guild(guildId);
      const id = options.id ?? nextId();
      const channel: ChannelTruth = {
        ...blankChannel(id, type),
        name: `channel-${guild.channels.size + 1}`,
        position: guild.channels.size,
        ...options,
      };
      guild.channels.set(id, channel);
      tell(guild, ChannelCreate, gatewayChannel(truth, guild, channel) as never, Guilds);
      return channel;
    },

    updateChannel(channelId: Snowflake, options: ChannelOptions): void {
      const { guild, channel } = base.channel(channelId);
      if (channel.thread) throw new Error(`Channel ${channelId} is a thread: renameThread`);
      withSight(base, guild, () => Object.assign(channel, options), channelId);
    },

    /** Takes VIEW_CHANNEL from the bot: the gateway shows a placeholder and REST nothing. */
    hideChannel(channelId: Snowflake): void {
      overwrite(channelId, truth.bot.id, { deny: PermissionFlagsBits.ViewChannel });
      const { guild, channel } = base.channel(channelId);
      if (!isHidden(truth, guild, channel))
        throw new Error(`Channel ${channelId} cannot be hidden from the bot: it may see everything`);
    },

    showChannel(channelId: Snowflake): void {
      overwrite(channelId, truth.bot.id, { allow: PermissionFlagsBits.ViewChannel });
    },

    /** With its threads, of which nothing more is said; the channels of a category stay. */
    deleteChannel(channelId: Snowflake): void {
      const { guild, channel } = base.channel(channelId);
      if (channel.thread) throw new Error(`Channel ${channelId} is a thread: deleteThread`);
      for (const [userId, voice] of guild.voice) {
        if (voice.channelId !== channelId) continue;
        guild.voice.delete(userId);
        tell(guild, VoiceStateUpdate, voiceStatePayload(truth, guild, userId), GuildVoiceStates);
      }
      tell(guild, ChannelDelete, gatewayChannel(truth, guild, channel) as APIChannel as never, Guilds);
      guild.channels.delete(channelId);
      for (const child of guild.channels.values()) {
        if (child.parentId !== channelId) continue;
        if (child.thread) guild.channels.delete(child.id);
        else withSight(base, guild, () => (child.parentId = null), child.id);
      }
    },
  };
}

/** A channel without anything in it. */
export function blankChannel(id: Snowflake, type: ChannelType): ChannelTruth {
  return {
    id,
    type,
    name: '',
    parentId: null,
    position: 0,
    topic: null,
    nsfw: false,
    overwrites: [],
    messages: new OrderedMap(),
    lastMessageId: null,
    lastPinAt: null,
  };
}
