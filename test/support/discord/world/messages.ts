import { type APIEmbed, GatewayDispatchEvents, GatewayIntentBits, MessageType } from 'discord-api-types/v10';
import type { ChannelTruth, GuildTruth, MessageTruth, Snowflake } from '../model.ts';
import { apiTime, timeOf } from '../payloads.ts';
import type { Base, MessageKey } from './base.ts';
import { post, readMentions, tellUpdate } from './post.ts';

const { GuildMessages, Guilds } = GatewayIntentBits;
const { ChannelPinsUpdate, MessageDelete, MessageDeleteBulk } = GatewayDispatchEvents;

/** What becomes of messages. */
export function messageActions(base: Base) {
  const { now, tell } = base;

  function setPinned(key: MessageKey, pinned: boolean): ReturnType<Base['message']> {
    const found = base.message(key);
    const { guild, channel, message } = found;
    message.pinned = pinned;
    if (pinned) channel.lastPinAt = message.pinnedAt = now();
    else delete message.pinnedAt;
    tellUpdate(base, guild, message);
    tellPins(guild, channel);
    return found;
  }

  function tellPins(guild: GuildTruth, channel: ChannelTruth): void {
    const last = channel.lastPinAt === null ? null : apiTime(channel.lastPinAt);
    const pins = { guild_id: guild.id, channel_id: channel.id, last_pin_timestamp: last };
    tell(guild, ChannelPinsUpdate, pins, Guilds, { channelId: channel.id });
  }

  return {
    /** Its author edits it: another text, and whatever else is named. */
    edit(
      key: MessageKey,
      change:
        | string
        | Partial<Pick<MessageTruth, 'content' | 'embeds' | 'components' | 'attachments' | 'flags'>>,
    ): MessageTruth {
      const { guild, message } = base.message(key);
      const changed = typeof change === 'string' ? { content: change } : change;
      const before = { content: message.content, at: message.editedAt ?? timeOf(message.id) };
      message.earlier = [...message.earlier, before];
      Object.assign(message, changed, { editedAt: now() });
      if (changed.content !== undefined) Object.assign(message, readMentions(base, guild, changed.content));
      tellUpdate(base, guild, message);
      return message;
    },

    /** Discord finds out what a link leads to: an update that is no edit. */
    unfurl(key: MessageKey, embed: APIEmbed): void {
      const { guild, message } = base.message(key);
      message.embeds = [...message.embeds, embed];
      tellUpdate(base, guild, message);
    },

    deleteMessage(key: MessageKey): void {
      const { guild, channel, message } = base.message(key);
      const ids = { id: message.id, channel_id: channel.id, guild_id: guild.id };
      channel.messages.delete(message.id);
      tell(guild, MessageDelete, ids, GuildMessages, { channelId: channel.id });
    },

    bulkDelete(channelId: Snowflake, ids: Snowflake[]): void {
      const { guild, channel } = base.channel(channelId);
      for (const id of ids) base.message({ channelId, id });
      for (const id of ids) channel.messages.delete(id);
      tell(guild, MessageDeleteBulk, { ids, channel_id: channelId, guild_id: guild.id }, GuildMessages, {
        channelId,
      });
    },

    /** Where it is said who pinned it, a message in the channel says so too. */
    pin(key: MessageKey, by?: Snowflake): void {
      const { guild, channel } = setPinned(key, true);
      if (by === undefined) return;
      const reference = { messageId: key.id, channelId: channel.id, guildId: guild.id };
      post(base, guild, channel, { authorId: by, type: MessageType.ChannelPinnedMessage, reference });
    },

    unpin(key: MessageKey): void {
      setPinned(key, false);
    },
  };
}
