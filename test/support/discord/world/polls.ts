import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';
import type { Snowflake } from '../model.ts';
import { type Base, known, type MessageKey } from './base.ts';
import { tellUpdate } from './post.ts';

const { GuildMessagePolls } = GatewayIntentBits;
const { MessagePollVoteAdd, MessagePollVoteRemove } = GatewayDispatchEvents;

/** Votes in polls; answers count from 1. */
export function pollActions(base: Base) {
  const { tell } = base;

  function pollOf(key: MessageKey, answerId: number) {
    const { guild, message } = base.message(key);
    const poll = known(message.poll, 'poll', key.id);
    const voters = known(poll.votes.get(answerId), 'answer', String(answerId));
    return { guild, poll, voters };
  }

  const voteOf = (guildId: Snowflake, key: MessageKey, userId: Snowflake, answerId: number) => ({
    user_id: userId,
    channel_id: key.channelId,
    message_id: key.id,
    guild_id: guildId,
    answer_id: answerId,
  });

  return {
    vote(key: MessageKey, userId: Snowflake, answerId: number): void {
      const { guild, poll, voters } = pollOf(key, answerId);
      base.member(guild.id, userId);
      if (poll.results?.is_finalized) throw new Error(`The poll ${key.id} has ended`);
      if (!poll.allow_multiselect && [...poll.votes.values()].some((others) => others.has(userId)))
        throw new Error(`User ${userId} has voted in poll ${key.id}`);
      voters.add(userId);
      const vote = voteOf(guild.id, key, userId, answerId);
      tell(guild, MessagePollVoteAdd, vote, GuildMessagePolls, { channelId: key.channelId });
    },

    unvote(key: MessageKey, userId: Snowflake, answerId: number): void {
      const { guild, voters } = pollOf(key, answerId);
      if (!voters.delete(userId)) throw new Error(`User ${userId} has not voted for answer ${answerId}`);
      const vote = voteOf(guild.id, key, userId, answerId);
      tell(guild, MessagePollVoteRemove, vote, GuildMessagePolls, { channelId: key.channelId });
    },

    /** Its time is over: the results are final. */
    endPoll(key: MessageKey): void {
      const { guild, message } = base.message(key);
      const poll = known(message.poll, 'poll', key.id);
      poll.results = { is_finalized: true, answer_counts: [] };
      tellUpdate(base, guild, message);
    },
  };
}
