/** Small made records of the three sources. */
import {
  emptyBatch,
  type GuildMomentRecord,
  type MessageRecord,
  type PollVoteRecord,
  type ReactionUserRecord,
  type RecordBatch,
  type VoiceRecord,
} from '../../db/records.ts';

export const GUILD = '100000000000000001';
export const CHANNEL = '100000000000000002';
export const AUTHOR = '100000000000000003';

/** 2026-01-01T00:00:00Z and n seconds. */
export const at = (seconds: number): number => Date.UTC(2026, 0, 1) + Math.round(seconds * 1000);

/** An id made at an instant, told apart by `low`. */
export const idAt = (ms: number, low = 0): string =>
  String((BigInt(ms - 1_420_070_400_000) << 22n) + BigInt(low));

/** A message as REST tells it. */
export function rest(seconds: number, messageId: string, more: Partial<MessageRecord> = {}): MessageRecord {
  return {
    source: 'rest',
    observedAt: at(seconds),
    guildId: GUILD,
    channelId: CHANNEL,
    messageId,
    authorId: AUTHOR,
    type: 0,
    pinned: false,
    body: { content: 'hello', fidelity: 3 },
    reactions: { at: at(seconds), counts: [] },
    ...more,
  };
}

/** A message as an export tells it. */
export function dce(seconds: number, messageId: string, more: Partial<MessageRecord> = {}): MessageRecord {
  return { ...rest(seconds, messageId), source: 'dce', body: { content: 'hello', fidelity: 1 }, ...more };
}

/** What a dispatch tells of a message that it does not carry: a deletion, say. */
export function told(seconds: number, messageId: string, more: Partial<MessageRecord>): MessageRecord {
  return {
    source: 'gateway',
    observedAt: at(seconds),
    guildId: GUILD,
    channelId: CHANNEL,
    messageId,
    ...more,
  };
}

/** A reaction added or taken away. */
export function reacted(
  messageId: string,
  userId: string,
  key: string,
  change: Partial<ReactionUserRecord>,
): ReactionUserRecord {
  return { guildId: GUILD, channelId: CHANNEL, messageId, userId, emoji: { key }, burst: false, ...change };
}

/** A vote in a poll given or taken back. */
export function voted(
  messageId: string,
  userId: string,
  answerId: number,
  change: Partial<PollVoteRecord>,
): PollVoteRecord {
  return { guildId: GUILD, channelId: CHANNEL, messageId, userId, answerId, ...change };
}

/** Somebody comes to a voice channel, or leaves: null. */
export function spoke(seconds: number, userId: string, channelId: string | null): VoiceRecord {
  return { guildId: GUILD, userId, at: at(seconds), channelId, isListed: false };
}

/** All who are in voice, each with their channel. */
export function voiceList(
  seconds: number,
  people: Record<string, string>,
): { guildMoments: GuildMomentRecord[]; voice: VoiceRecord[] } {
  return {
    guildMoments: [{ guildId: GUILD, kind: 'voice_listed', at: at(seconds) }],
    voice: Object.entries(people).map(([userId, channelId]) => ({
      ...spoke(seconds, userId, channelId),
      isListed: true,
    })),
  };
}

/** A batch of some lists. */
export const batchOf = (lists: Partial<RecordBatch>): RecordBatch => ({ ...emptyBatch(), ...lists });

/** Batches joined: batches just concatenate. */
export function joined(batches: RecordBatch[]): RecordBatch {
  const all = emptyBatch();
  for (const batch of batches)
    for (const key of Object.keys(all) as (keyof RecordBatch)[]) all[key].push(...(batch[key] as never[]));
  return all;
}
