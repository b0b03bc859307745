import type { APIPoll } from 'discord-api-types/v10';
import type { MessageTruth, Truth } from '../model.ts';

/** A poll with what was voted so far. */
export function pollPayload(truth: Truth, { votes, ...poll }: NonNullable<MessageTruth['poll']>): APIPoll {
  return {
    ...poll,
    results: {
      is_finalized: poll.results?.is_finalized ?? false,
      answer_counts: [...votes]
        .filter(([, voters]) => voters.size > 0)
        .map(([id, voters]) => ({ id, count: voters.size, me_voted: voters.has(truth.bot.id) })),
    },
  };
}
