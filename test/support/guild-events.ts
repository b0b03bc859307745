/** What may happen in a guild over the turn of summer time, by chance: batches of all three sources. */
import type { MessageRecord, RecordBatch } from '../../db/records.ts';
import { pick } from './random.ts';
import { batchOf, GUILD, idAt } from './records.ts';

export const FROM_MS = Date.UTC(2025, 2, 28, 20);
export const TO_MS = Date.UTC(2025, 3, 1, 3);
export const PEOPLE = [
  '200000000000000001',
  '200000000000000002',
  '200000000000000003',
  '200000000000000004',
];

/** Messages that are told of, again and again; the third is the first of a thread. */
const MESSAGES = Array.from({ length: 80 }, (_, i) => idAt(FROM_MS + i * 3_400_000 + (i % 7) * 61_000, i));
/** A text channel, another below a category, and a thread of the first. */
export const CHANNELS = ['100000000000000002', '100000000000000005', MESSAGES[2]!];
const EMOJI = ['👍', '300000000000000001'];
const TEXTS = ['plain', 'plain 🎈 https://example.org/a', 'why?', 'is it? 🎈🎈', 'https://bit.ly/x and more'];

/** A handful of batches. */
export function eventsOf(random: () => number): RecordBatch[] {
  return Array.from({ length: 1 + Math.floor(random() * 4) }, () => event(random));
}

function event(random: () => number): RecordBatch {
  const observedAt = TO_MS + Math.floor(random() * 1e9);
  const base = { guildId: GUILD, observedAt };
  const messageId = pick(MESSAGES, random);
  const channelId = channelOf(messageId);
  const roll = random();
  if (roll < 0.55) {
    const list = MESSAGES.filter(() => random() < 0.06).map((id) => message(id, observedAt, random));
    return batchOf({ messages: list, ...(random() < 0.5 && places(observedAt)) });
  }
  if (roll < 0.65) {
    const change = random() < 0.6 ? { addedAt: observedAt } : { removedAt: observedAt };
    const emoji = { key: pick(EMOJI, random) };
    const userId = pick(PEOPLE, random);
    return batchOf({
      reactionUsers: [{ guildId: GUILD, channelId, messageId, userId, emoji, burst: false, ...change }],
    });
  }
  if (roll < 0.75)
    return batchOf({ messages: [{ source: 'gateway', ...base, channelId, messageId, goneAt: observedAt }] });
  if (roll < 0.85) {
    // Discord answers a span in full: what it leaves out is not there.
    const inChannel = MESSAGES.filter((id) => channelOf(id) === channelId);
    const listed = inChannel
      .filter(() => random() < 0.8)
      .map((id) => message(id, observedAt, random, 'rest'));
    const span = { fromId: inChannel[0]!, toId: inChannel.at(-1)!, source: 'rest' as const };
    return batchOf({
      messages: listed,
      coverage: [{ guildId: GUILD, channelId, ...span, grade: 'verified', at: observedAt }],
    });
  }
  const userId = pick(PEOPLE, random);
  // The last of them turns out to be a bot.
  const isBot = userId === PEOPLE[3];
  return batchOf({
    members: [
      { source: 'rest', ...base, userId, name: pick(['one', 'two'], random), ...(isBot && { isBot }) },
    ],
    ...places(observedAt),
  });
}

/** Every message has its channel, for good. */
const channelOf = (messageId: string): string => {
  const i = MESSAGES.indexOf(messageId);
  return i > 2 && i % 5 === 0 ? CHANNELS[2]! : CHANNELS[i % 2]!;
};

function message(
  messageId: string,
  observedAt: number,
  random: () => number,
  source: 'rest' | 'dce' = random() < 0.5 ? 'rest' : 'dce',
): MessageRecord {
  const i = MESSAGES.indexOf(messageId);
  const channelId = channelOf(messageId);
  const earlier = MESSAGES.filter((id, at) => at < i && channelOf(id) === channelId);
  const isReply = i % 3 === 0 && earlier.length > 0;
  const isEdited = random() < 0.3;
  return {
    source,
    observedAt,
    guildId: GUILD,
    channelId,
    messageId,
    // An author is told alike by all.
    authorId: PEOPLE[i % PEOPLE.length]!,
    type: isReply ? 19 : 0,
    pinned: false,
    ...(isReply && { reference: { type: 0, messageId: earlier[(i * 7) % earlier.length]!, channelId } }),
    ...(isEdited && { editedAt: TO_MS + Math.floor(random() * 1000) }),
    body: { content: pick(TEXTS, random), fidelity: source === 'rest' ? 3 : 1 },
    reactions: {
      at: observedAt,
      counts: EMOJI.filter(() => random() < 0.4).map((key) => ({ key, count: 1 + Math.floor(random() * 4) })),
    },
    ...(random() < 0.3 && {
      attachments: [{ attachmentId: pick(['11', '12'], random), fileName: 'a.png', sizeBytes: 5 }],
    }),
  };
}

function places(observedAt: number): Partial<RecordBatch> {
  const base = { source: 'rest' as const, observedAt, guildId: GUILD };
  return {
    channels: [
      { ...base, channelId: CHANNELS[0]!, type: 0, name: 'one', parentId: null },
      { ...base, channelId: CHANNELS[1]!, type: 0, name: 'two', parentId: null },
      { ...base, channelId: CHANNELS[2]!, type: 11, name: 'three', parentId: CHANNELS[0]! },
    ],
  };
}
