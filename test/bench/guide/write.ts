/** A planted community into a store, through the one door. */
import { chooseUnranked } from '../../../db/choices.ts';
import type { Store } from '../../../db/connect.ts';
import { emptyBatch, type MemberRecord, type MessageRecord, type RecordBatch } from '../../../db/records.ts';
import { openWriter } from '../../../db/write-batch.ts';
import type { Community, PlantedMessage } from './planted.ts';
import { DAY_MS } from './stage.ts';

const BATCH = 5000;

export async function writeCommunity(store: Store, community: Community): Promise<void> {
  const { guildId, endMs, people, messages } = community;
  const writer = await openWriter(store.pool, { content: 'full' });
  await writer.write(surroundings(community));
  for (let from = 0; from < messages.length; from += BATCH) {
    const part = messages.slice(from, from + BATCH);
    await writer.write({
      ...emptyBatch(),
      messages: part.map((message) => messageRecord(community, message)),
      reactionUsers: part
        .filter(({ thankedBy }) => thankedBy)
        .map(({ id, placeId, thankedBy }) => ({
          guildId,
          channelId: placeId,
          messageId: id,
          emoji: { key: '👍' },
          userId: thankedBy!,
          burst: false,
          seenAt: endMs,
        })),
    });
  }
  await writer.close();
  for (const { id } of people.filter(({ hasOptedOut }) => hasOptedOut))
    await chooseUnranked(store.db, guildId, id, true, new Date(endMs));
}

function surroundings({ seed, guildId, endMs, places, people }: Community): RecordBatch {
  const told = { source: 'rest' as const, observedAt: endMs, guildId };
  return {
    ...emptyBatch(),
    guilds: [{ ...told, name: `Planted ${seed}` }],
    channels: places.map(({ id, name, type, parentId }) => ({
      ...told,
      channelId: id,
      type,
      name,
      parentId,
    })),
    members: people.map(({ id, name, isBot, hasLeft, toMs }): MemberRecord => ({
      ...told,
      userId: id,
      isBot,
      name: name.replaceAll(' ', '_'),
      displayName: name,
      ...(hasLeft && { leftAt: toMs + DAY_MS }),
    })),
  };
}

function messageRecord({ guildId, endMs }: Community, message: PlantedMessage): MessageRecord {
  const { id, placeId, by, text, replyTo, reactions } = message;
  return {
    source: 'rest',
    observedAt: endMs,
    guildId,
    channelId: placeId,
    messageId: id,
    authorId: by.id,
    type: replyTo ? 19 : 0,
    pinned: false,
    body: { content: text, fidelity: 3 },
    reactions: { at: endMs, counts: reactions > 0 ? [{ key: '👍', count: reactions }] : [] },
    ...(replyTo && {
      reference: { guildId, channelId: replyTo.placeId, messageId: replyTo.id },
      mentions: [{ kind: 'user', targetId: replyTo.by.id }],
    }),
  };
}
