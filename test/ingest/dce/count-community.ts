import type { CommunityTruth } from '../../../ingest/dce/generate.ts';

/** The parts of an account that tests look at. */
export interface ExportUser {
  id: string;
  name: string;
  discriminator: string;
  isBot: boolean;
}

/** The parts of a message that tests look at. */
export interface ExportMessage {
  id: string;
  type: string;
  timestamp: string;
  timestampEdited: string | null;
  isPinned: boolean;
  content: string;
  author: ExportUser;
  attachments: unknown[];
  embeds: unknown[];
  stickers: unknown[];
  reactions: { count: number; users: ExportUser[] }[];
  mentions: ExportUser[];
  reference?: { messageId: string | null; channelId: string };
  forwardedMessage?: unknown;
}

/** The parts of an export that tests look at. */
export interface ExportDocument {
  guild: { id: string; name: string };
  channel: { id: string; type: string; categoryId: string | null; category: string | null; name: string };
  messages: ExportMessage[];
  messageCount: number;
}

/** The truth of a folder of exports, counted the simple way: everything in memory, one pass for each fact. */
export function countCommunity(documents: readonly ExportDocument[]): CommunityTruth {
  const all = documents.flatMap(({ messages }) => messages);
  const written = all.filter(({ type }) => ['Default', 'Reply', '20', '23'].includes(type));
  const human = written.filter(({ author }) => !author.isBot);
  const typed = (type: string) => all.filter((message) => message.type === type).length;
  const sum = (count: (message: ExportMessage) => number) =>
    all.reduce((total, message) => total + count(message), 0);
  const threads = documents.filter(({ channel }) => channel.type === 'GuildPublicThread').length;
  return {
    guild: { id: documents[0]?.guild.id ?? '', name: documents[0]?.guild.name ?? '' },
    messages: written.length,
    humanMessages: human.length,
    botMessages: written.length - human.length,
    systemMessages: all.length - written.length,
    joins: typed('GuildMemberJoin'),
    authors: new Set(human.map(({ author }) => author.id)).size,
    botAuthors: new Set(written.filter(({ author }) => author.isBot).map(({ author }) => author.id)).size,
    replies: typed('Reply'),
    reactions: sum(({ reactions }) => reactions.reduce((total, { count }) => total + count, 0)),
    reactionEntries: sum(({ reactions }) => reactions.length),
    attachments: sum(({ attachments }) => attachments.length),
    mentions: sum(({ mentions }) => mentions.length),
    links: sum(({ content }) => content.match(/https?:\/\//g)?.length ?? 0),
    edited: sum(({ timestampEdited }) => (timestampEdited === null ? 0 : 1)),
    pinned: sum(({ isPinned }) => (isPinned ? 1 : 0)),
    embeds: sum(({ embeds }) => embeds.length),
    stickers: sum(({ stickers }) => stickers.length),
    firstMessageAt: instants(written).at(0) ?? '',
    lastMessageAt: instants(written).at(-1) ?? '',
    firstAt: instants(all).at(0) ?? '',
    lastAt: instants(all).at(-1) ?? '',
    weeks: weeksOf(written),
    topAuthors: topAuthorsOf(human),
    files: documents.length,
    channels: documents.length - threads,
    threads,
  };
}

function instants(messages: readonly ExportMessage[]): string[] {
  return messages.map(({ timestamp }) => new Date(timestamp).toISOString()).toSorted();
}

function weeksOf(messages: readonly ExportMessage[]): Record<string, number> {
  const weeks: Record<string, number> = {};
  for (const { timestamp } of messages) {
    const day = new Date(timestamp);
    // The Thursday of a week lies in the year that the week belongs to.
    day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
    const week = Math.ceil(((day.getTime() - Date.UTC(day.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7);
    const name = `${day.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
    weeks[name] = (weeks[name] ?? 0) + 1;
  }
  return weeks;
}

function topAuthorsOf(messages: readonly ExportMessage[]): CommunityTruth['topAuthors'] {
  const authors = new Map<string, { id: string; name: string; messages: number }>();
  for (const { author } of messages) {
    const { messages: count } = authors.get(author.id) ?? { messages: 0 };
    authors.set(author.id, { id: author.id, name: author.name, messages: count + 1 });
  }
  return [...authors.values()]
    .toSorted((one, other) => other.messages - one.messages || (BigInt(one.id) < BigInt(other.id) ? -1 : 1))
    .slice(0, 10);
}
