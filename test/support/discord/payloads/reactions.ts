import type { APIPartialEmoji, APIReaction } from 'discord-api-types/v10';
import type { ReactionTruth, Truth } from '../model.ts';

/** One emoji under a message, with how many people and whether the bot is one of them. */
export function reactionPayload(truth: Truth, { emoji, normal, burst }: ReactionTruth): APIReaction {
  return {
    emoji: reactionEmoji(emoji),
    count: normal.size + burst.size,
    count_details: { burst: burst.size, normal: normal.size },
    burst_colors: burst.size > 0 ? ['#ffcc4d'] : [],
    me_burst: burst.has(truth.bot.id),
    me: normal.has(truth.bot.id),
  };
}

/** An emoji as in a reaction: `animated` is said of custom ones only. */
export function reactionEmoji({ id, name, animated }: ReactionTruth['emoji']): APIPartialEmoji {
  return id === null ? { id, name } : { id, name, animated };
}
