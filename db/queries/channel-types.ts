/** Kinds of channels: https://discord.com/developers/docs/resources/channel#channel-object-channel-types */
import { sql } from 'kysely';

const WORDS: Record<number, string> = {
  0: 'text',
  2: 'voice',
  4: 'category',
  5: 'announcement',
  10: 'announcement thread',
  11: 'thread',
  12: 'private thread',
  13: 'stage',
  14: 'directory',
  15: 'forum',
  16: 'media',
};

/** Threads and forum posts. */
export const THREADS = sql`(10, 11, 12)`;

/** What holds channels and no messages: categories and directories. */
export const CONTAINERS = sql`(4, 14)`;

/** What holds posts and no messages of its own: forums and media channels. */
export const FORUMS = sql`(15, 16)`;

/** A type as a word. */
export const channelType = (type: number | null): string =>
  type === null ? 'unknown' : (WORDS[type] ?? 'unknown');
