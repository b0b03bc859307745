/** Rows as questions answer them, made by a naive pass. */
import { byId, groupBy, type NaiveGuild, type NaiveMessage, nameOf } from './naive.ts';

/** A message as lists show it. */
export function listedOf(guild: NaiveGuild, m: NaiveMessage) {
  const isNamed = !guild.unranked.has(m.authorId);
  return {
    messageId: m.id,
    channelId: m.channelId,
    channel: channelName(guild, m.channelId),
    authorId: isNamed ? m.authorId : null,
    author: isNamed ? nameOf(guild, m.authorId) : null,
    at: new Date(m.ms).toISOString(),
    text: textOf(m),
  };
}

/** The beginning of a message's text; null where it isn't kept. */
export const textOf = (m: NaiveMessage): string | null =>
  m.hasText ? [...m.content].slice(0, 200).join('') : null;

/** How a channel is called; null where that isn't known. */
export const channelName = (guild: NaiveGuild, id: string): string | null =>
  (guild.channels.get(id)?.name as string | null | undefined) ?? null;

/** The first of a list by a number, most first, ties by further keys. */
export function firstBy<T>(
  list: readonly T[],
  limit: number,
  by: (one: T) => number,
  ...ties: ((one: T) => string)[]
): T[] {
  return list
    .toSorted((a, b) => by(b) - by(a) || firstDifference(ties.map((tie) => compare(tie(a), tie(b)))))
    .slice(0, limit);
}

const firstDifference = (signs: number[]): number => signs.find((sign) => sign !== 0) ?? 0;

/** Ids by number, all else by its bytes. */
function compare(a: string, b: string): number {
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) return byId(a, b);
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** A sum over a list. */
export const sumOf = <T>(list: readonly T[], of: (one: T) => number): number =>
  list.reduce((sum, one) => sum + of(one), 0);

/** How many people wrote some messages. */
export const peopleOf = (list: readonly NaiveMessage[]): number => groupBy(list, (m) => m.authorId).size;

/** The middle of a list of numbers, or between the two in the middle. */
export function medianOf(list: readonly number[]): number {
  const sorted = list.toSorted((a, b) => a - b);
  return (sorted[Math.ceil(sorted.length / 2) - 1]! + sorted[Math.floor(sorted.length / 2)]!) / 2;
}
