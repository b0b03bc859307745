/** The reactions of a message, and who gave them. */
import type { MessageRecord, RecordBatch } from '../../db/records.ts';
import { isSnowflake } from '../../db/snowflake.ts';
import { asObject, asObjects, type Payload } from '../payload.ts';
import type { FileContext } from './file-context.ts';
import { asCount, asText } from './payload.ts';
import type { People } from './people.ts';

const EMOJI_LENGTH_MAX = 100;

/** Adds the whole list of counts to a message, and to its batch who is listed. */
export function addReactions(
  message: MessageRecord,
  payload: Payload,
  batch: RecordBatch,
  people: People,
  context: FileContext,
): void {
  if (!Array.isArray(payload.reactions)) return;
  const { observedAt, guildId, channelId, messageId } = message;
  message.reactions = { at: observedAt, counts: [] };
  for (const reaction of asObjects(payload.reactions)) {
    const shown = asObject(reaction.emoji);
    const key = asText(shown?.id) ?? asText(shown?.name);
    const count = asCount(reaction.count);
    if (key === undefined || key.length > EMOJI_LENGTH_MAX || count === undefined || count > 2_147_483_647) {
      context.note('unreadable-part', messageId);
      continue;
    }
    const name = asText(shown?.id) && asText(shown?.name);
    const emoji = { key, ...(name && { name }), ...(shown?.isAnimated === true && { animated: true }) };
    message.reactions.counts.push({ ...emoji, count });
    for (const user of asObjects(reaction.users)) {
      if (!isSnowflake(user.id)) continue;
      batch.reactionUsers.push({
        guildId,
        channelId,
        messageId,
        emoji,
        userId: user.id,
        burst: false,
        seenAt: observedAt,
        told: message.told,
      });
      people.addReactor(user, observedAt);
    }
  }
}
