/** The figures of exports by a naive pass over their raw JSON, each message once. */
import { linksOf } from '../../db/derive.ts';
import { isoWeekLabel } from '../../db/window.ts';
import { asObject, asObjects, type Payload } from '../../ingest/payload.ts';

export interface NaiveTotals {
  messages: number;
  humanMessages: number;
  botMessages: number;
  authors: number;
  botAuthors: number;
  replies: number;
  reactions: number;
  reactionEntries: number;
  attachments: number;
  mentions: number;
  links: number;
  edited: number;
  pinned: number;
  embeds: number;
  stickers: number;
  firstMessageAt: string | null;
  lastMessageAt: string | null;
  weeks: Record<string, number>;
  topAuthors: { id: string; messages: number }[];
}

const USER_WRITTEN = new Set(['Default', 'Reply', '20', '23']);

/** Whether somebody wrote a message, by its type. */
export const isWritten = ({ type }: Payload): boolean => USER_WRITTEN.has(type as string);

/** The messages of some exports, each in its latest version, oldest first. */
export function messagesOf(exports: Payload[]): Payload[] {
  const byAge = exports.toSorted((a, b) => ms(a.exportedAt) - ms(b.exportedAt));
  const latest = new Map<string, Payload>();
  for (const { messages } of byAge)
    for (const message of asObjects(messages)) latest.set(message.id as string, message);
  return [...latest.values()].toSorted((a, b) => ms(a.timestamp) - ms(b.timestamp));
}

/** `counted` chooses what counts as a message; what hangs on messages is counted over all of them. */
export function naiveTotals(
  all: Payload[],
  counted: (message: Payload) => boolean,
  timeZone = 'UTC',
): NaiveTotals {
  const messages = all.filter(counted);
  const authorOf = (message: Payload) => asObject(message.author)!;
  const isBot = (message: Payload) => authorOf(message).isBot === true;
  const distinct = (list: Payload[]) => new Set(list.map((message) => authorOf(message).id)).size;
  const sum = (list: Payload[], value: (of: Payload) => number) => list.reduce((n, one) => n + value(one), 0);
  const hanging = (key: string) => all.flatMap((message) => asObjects(message[key]));
  const people = messages.filter((message) => !isBot(message));
  const bots = messages.filter(isBot);
  const time = (message: Payload | undefined) => message && new Date(ms(message.timestamp)).toISOString();
  return {
    messages: messages.length,
    humanMessages: people.length,
    botMessages: bots.length,
    authors: distinct(people),
    botAuthors: distinct(bots),
    replies: messages.filter(({ type }) => type === 'Reply').length,
    reactions: sum(hanging('reactions'), ({ count }) => count as number),
    reactionEntries: hanging('reactions').length,
    attachments: hanging('attachments').length,
    mentions: hanging('mentions').length,
    links: sum(all, ({ content }) => linksOf(content as string).length),
    edited: all.filter(({ timestampEdited }) => timestampEdited !== null).length,
    pinned: all.filter(({ isPinned }) => isPinned).length,
    embeds: hanging('embeds').length,
    stickers: hanging('stickers').length,
    firstMessageAt: time(messages[0]) ?? null,
    lastMessageAt: time(messages.at(-1)) ?? null,
    weeks: countsBy(messages, (message) => isoWeekLabel(ms(message.timestamp), timeZone)),
    topAuthors: Object.entries(countsBy(people, (message) => authorOf(message).id as string))
      .map(([id, n]) => ({ id, messages: n }))
      .toSorted((a, b) => b.messages - a.messages || Number(BigInt(a.id) - BigInt(b.id))),
  };
}

/** How many of a list fall under each key. */
export function countsBy<T>(list: T[], key: (of: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of list) counts[key(one)] = (counts[key(one)] ?? 0) + 1;
  return counts;
}

/** To the millisecond: DCE writes up to seven decimals. */
const ms = (time: unknown): number => (typeof time === 'string' ? Math.floor(Date.parse(time)) : 0);
