import { GatewayDispatchEvents, GatewayIntentBits, ReactionType } from 'discord-api-types/v10';
import type { GuildTruth, MessageTruth, ReactionTruth, Snowflake } from '../model.ts';
import { memberPayload, reactionEmoji } from '../payloads.ts';
import { type Base, emojiKey, known, type MessageKey } from './base.ts';
import { NO_REACTIONS } from './post.ts';

/** An emoji itself, the id of a custom one of the guild, or a custom one of elsewhere. */
export type EmojiGiven = string | { id: Snowflake; name: string; animated?: boolean };

const { GuildMessageReactions } = GatewayIntentBits;
const { MessageReactionAdd, MessageReactionRemove, MessageReactionRemoveAll, MessageReactionRemoveEmoji } =
  GatewayDispatchEvents;

/** Emoji under messages. A burst is a super reaction; somebody may give both. */
export function reactionActions(base: Base) {
  const { truth, tell } = base;
  const idsOf = (guild: GuildTruth, { id, channelId }: MessageTruth) => ({
    channel_id: channelId,
    message_id: id,
    guild_id: guild.id,
  });
  const typed = (burst: boolean) => ({ burst, type: burst ? ReactionType.Super : ReactionType.Normal });

  return {
    react(
      key: MessageKey,
      userId: Snowflake,
      given: EmojiGiven,
      { burst = false }: { burst?: boolean } = {},
    ): void {
      const { guild, message } = base.message(key);
      const { member } = base.member(guild.id, userId);
      const emoji = emojiOf(guild, given);
      const reaction = message.reactions.get(emojiKey(emoji)) ?? {
        emoji,
        normal: new Set(),
        burst: new Set(),
      };
      if (message.reactions === NO_REACTIONS) message.reactions = new Map();
      message.reactions.set(emojiKey(emoji), reaction);
      const users = burst ? reaction.burst : reaction.normal;
      if (users.has(userId)) return;
      users.add(userId);
      const told = {
        user_id: userId,
        ...idsOf(guild, message),
        member: memberPayload(truth, member),
        emoji: reactionEmoji(emoji),
        message_author_id: message.authorId,
        ...(burst && { burst_colors: ['#ffcc4d'] }),
        ...typed(burst),
      };
      tell(guild, MessageReactionAdd, told, GuildMessageReactions, { channelId: key.channelId });
    },

    unreact(
      key: MessageKey,
      userId: Snowflake,
      given: EmojiGiven,
      { burst = false }: { burst?: boolean } = {},
    ): void {
      const { guild, message } = base.message(key);
      const emoji = emojiOf(guild, given);
      const reaction = known(message.reactions.get(emojiKey(emoji)), 'reaction', emojiKey(emoji));
      if (!(burst ? reaction.burst : reaction.normal).delete(userId))
        throw new Error(`User ${userId} has not reacted with ${emojiKey(emoji)}`);
      if (reaction.normal.size + reaction.burst.size === 0) message.reactions.delete(emojiKey(emoji));
      const told = {
        user_id: userId,
        ...idsOf(guild, message),
        emoji: reactionEmoji(emoji),
        ...typed(burst),
      };
      tell(guild, MessageReactionRemove, told, GuildMessageReactions, { channelId: key.channelId });
    },

    clearReactions(key: MessageKey): void {
      const { guild, message } = base.message(key);
      message.reactions.clear();
      const about = { channelId: key.channelId };
      tell(guild, MessageReactionRemoveAll, idsOf(guild, message), GuildMessageReactions, about);
    },

    clearEmoji(key: MessageKey, given: EmojiGiven): void {
      const { guild, message } = base.message(key);
      const emoji = emojiOf(guild, given);
      if (!message.reactions.delete(emojiKey(emoji))) known(undefined, 'reaction', emojiKey(emoji));
      const told = { ...idsOf(guild, message), emoji: reactionEmoji(emoji) };
      tell(guild, MessageReactionRemoveEmoji, told, GuildMessageReactions, { channelId: key.channelId });
    },
  };
}

/** The emoji that is meant: of the guild, if it has one of that id. */
export function emojiOf(guild: GuildTruth, given: EmojiGiven): ReactionTruth['emoji'] {
  if (typeof given !== 'string') return { animated: false, ...given };
  const custom = guild.emoji.get(given);
  return custom ? { ...custom } : { id: null, name: given, animated: false };
}
