/** Whose eyes an answer is for, and so what may count in it. */
import { ChannelType } from 'discord-api-types/v10';
import { type ReadingRules, readingRules, type RuledChannel, type RuledThreads } from '../db/access.ts';
import type { Db } from '../db/connect.ts';
import { everybodysEyes } from './audience/everybody.ts';
import type { Eyes } from './audience/eyes.ts';
import { membersEyes } from './audience/member.ts';

export { isRecordedByBot } from '../db/access.ts';

/** Who will see an answer. */
export type Readers =
  /** Everybody in the guild, whatever roles they have. */
  | { everyone: true }
  /** Everybody who can see a channel or thread. */
  | { channelId: string }
  /** One member, by the roles that Discord says they have now. */
  | { memberId: string; roles: readonly string[] };

/**
 * The channels and threads that all of these readers may read: each by its own id, sorted. Undefined: nothing is known of
 * who may read what (the guild was only imported), so nobody may be told anything.
 *
 * Deleted and excluded ones are never among them, nor are categories, in which nobody writes. A thread is read like its
 * channel, a private one by nobody but a member who may manage threads: who is in it is not known.
 */
export async function readableBy(db: Db, guildId: string, readers: Readers): Promise<string[] | undefined> {
  const rules = await readingRules(db, guildId);
  return rules && readableUnder(rules, readers);
}

/** The same by rules that were read before. */
export function readableUnder(rules: ReadingRules, readers: Readers): string[] {
  const eyes = eyesOf(rules, readers);
  const channels = new Map(rules.channels.map((channel) => [channel.channelId, channel]));
  const excluded = new Set(rules.excluded);
  const isLeftOut = (id: string | null): boolean =>
    id !== null && (excluded.has(id) || excluded.has(channels.get(id)?.parentId ?? ''));
  const ids: string[] = [];
  for (const channel of rules.channels) {
    const hasMessages = channel.type !== ChannelType.GuildCategory;
    if (hasMessages && !isLeftOut(channel.channelId) && eyes.reads(channel)) ids.push(channel.channelId);
  }
  const read = new Set(ids);
  const readsThreads = ({ parentId, isPrivate }: RuledThreads): boolean => {
    if (eyes.readAll) return !isLeftOut(parentId);
    if (parentId === null || !read.has(parentId)) return false;
    return !isPrivate || eyes.managesThreads(channels.get(parentId)!);
  };
  for (const threads of rules.threads)
    if (readsThreads(threads)) for (const id of threads.ids) if (!excluded.has(id)) ids.push(id);
  return ids.toSorted();
}

function eyesOf(rules: ReadingRules, readers: Readers): Eyes {
  if ('everyone' in readers) return everybodysEyes(rules, undefined);
  if ('channelId' in readers) return everybodysEyes(rules, postedIn(rules, readers.channelId));
  return membersEyes(rules, readers);
}

/** The channel that decides who sees what is posted somewhere: of a thread its parent. Undefined: it is not known. */
function postedIn({ channels, threads }: ReadingRules, channelId: string): RuledChannel | undefined {
  const id = threads.find(({ ids }) => ids.includes(channelId))?.parentId ?? channelId;
  return channels.find((channel) => channel.channelId === id);
}
