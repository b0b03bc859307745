/** What the repair of a gap read and found, and what it could not: kept with the gap, told by reports. */
import type { Snowflake } from '../../../db/records.ts';
import { type NotRecovered, openReadingCard, type ReadingCard } from '../../history/card.ts';

export { noteLost, type NotRecovered } from '../../history/card.ts';

export interface CatchUpCard extends ReadingCard {
  /** Of all that is listed; at most 500 are named. */
  notReadable: { channelId: Snowflake; reason: 'permission' | 'hidden' | 'closed' | 'failed' }[];
  notReadableCount: number;
}

const NAMED_MAX = 500;
/** These are never recovered: a gap is repaired for all that. */
const NEVER: NotRecovered[] = [
  'voice',
  'swapped-reactions',
  'sent-and-deleted',
  'older-messages',
  'joins-and-leaves',
];

/** The card of a repair, or that of its broken-off beginning to go on with. */
export function openCard(earlier: unknown): CatchUpCard {
  const card = openReadingCard(earlier);
  return {
    ...card,
    // Told anew by every run.
    notReadable: [],
    notReadableCount: 0,
    notRecovered: [...new Set([...NEVER, ...card.notRecovered])],
  };
}

/** Notes a channel that is not read. */
export function noteNotReadable(
  card: CatchUpCard,
  channelId: Snowflake,
  reason: CatchUpCard['notReadable'][number]['reason'],
): void {
  card.notReadableCount++;
  if (card.notReadable.length < NAMED_MAX) card.notReadable.push({ channelId, reason });
}

/** Whether all was recovered that can be. */
export function isWhole({ notRecovered }: CatchUpCard): boolean {
  return notRecovered.every((lost) => NEVER.includes(lost));
}
