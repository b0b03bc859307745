import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';
import type { Snowflake } from '../model.ts';
import { voiceStatePayload } from '../payloads.ts';
import { isVoice } from '../visibility.ts';
import { type Base, known } from './base.ts';

/** Who is in which voice channel. Every session of the guild is told, also of channels that the bot may not view. */
export function voiceActions(base: Base) {
  const { truth, now } = base;

  function tellState(guildId: Snowflake, userId: Snowflake): void {
    const guild = base.guild(guildId);
    base.tell(
      guild,
      GatewayDispatchEvents.VoiceStateUpdate,
      voiceStatePayload(truth, guild, userId),
      GatewayIntentBits.GuildVoiceStates,
    );
  }

  /** Joins a voice channel, out of another if need be. */
  function voiceJoin(channelId: Snowflake, userId: Snowflake): void {
    const { guild, channel } = base.channel(channelId);
    base.member(guild.id, userId);
    if (!isVoice(channel)) throw new Error(`Channel ${channelId} has no voice`);
    const sessionId = guild.voice.get(userId)?.sessionId ?? base.nextId();
    guild.voice.set(userId, { channelId, sessionId, since: now() });
    tellState(guild.id, userId);
  }

  return {
    voiceJoin,
    voiceMove: voiceJoin,

    /** Mutes or unmutes itself; it stays where it is. */
    voiceMute(guildId: Snowflake, userId: Snowflake, selfMute = true): void {
      known(base.guild(guildId).voice.get(userId), 'voice state of user', userId).selfMute = selfMute;
      tellState(guildId, userId);
    },

    voiceLeave(guildId: Snowflake, userId: Snowflake): void {
      const { guild } = base.member(guildId, userId);
      if (!guild.voice.delete(userId)) throw new Error(`User ${userId} is in no voice channel`);
      tellState(guildId, userId);
    },
  };
}
