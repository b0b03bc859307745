/** Where two counts differ, found by asking for as few parts as can be. */
import type { IdSpan } from '../../db/holes.ts';
import { snowflakeAt, snowflakeMs } from '../../db/snowflake.ts';
import { bucketsOf, type Unit } from '../../db/window.ts';
import type { Uncounted } from './search.ts';

/** A piece of the calendar, as far as it lies in a span. */
export interface Piece extends IdSpan {
  /** Its first day, as `2026-03-01`. */
  start: string;
}

export interface Counted extends Piece {
  ours: number;
  /** As many more may be there, of which we know no place. */
  hidden: number;
  discord: number;
}

/** A span in months or days of a zone, oldest first. Before `bornMs` there is nothing: the first piece reaches back to the beginning. */
export function piecesOf(
  { fromId, toId }: IdSpan,
  unit: Extract<Unit, 'month' | 'day'>,
  timeZone: string,
  bornMs = 0,
): Piece[] {
  const endMs = snowflakeMs(toId) + 1;
  const fromMs = Math.min(Math.max(snowflakeMs(fromId), bornMs), endMs - 1);
  const buckets = bucketsOf({ fromMs, toMs: endMs, timeZone }, unit);
  return buckets.map(({ start, fromMs: ms }, i) => {
    const next = buckets[i + 1];
    return {
      start,
      fromId: i === 0 ? fromId : snowflakeAt(ms),
      toId: next ? String(BigInt(snowflakeAt(next.fromMs)) - 1n) : toId,
    };
  });
}

export const isSame = ({ ours, hidden, discord }: Omit<Counted, keyof Piece>): boolean =>
  discord >= ours && discord <= ours + hidden;

/**
 * The pieces in which Discord's count is another than ours, oldest first. Halves are asked for, of which only the older one
 * takes a request; a half that is the same is looked at no further.
 */
export async function differing(
  pieces: (Piece & Pick<Counted, 'ours' | 'hidden'>)[],
  discord: number,
  count: (span: IdSpan) => Promise<number | Uncounted>,
): Promise<Counted[] | Uncounted> {
  const sum = (of: 'ours' | 'hidden') => pieces.reduce((all, piece) => all + piece[of], 0);
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last || isSame({ ours: sum('ours'), hidden: sum('hidden'), discord })) return [];
  if (pieces.length === 1) return [{ ...first, discord }];
  const half = Math.ceil(pieces.length / 2);
  const older = await count({ fromId: first.fromId, toId: pieces[half - 1]!.toId });
  if (typeof older === 'string') return older;
  const found = await differing(pieces.slice(0, half), older, count);
  if (typeof found === 'string') return found;
  // It cannot be negative, but where messages are deleted meanwhile.
  const more = await differing(pieces.slice(half), Math.max(0, discord - older), count);
  return typeof more === 'string' ? more : [...found, ...more];
}

/** How many messages of forgotten people are in a span, in whatever channel. */
export function hiddenIn(forgotten: bigint[], { fromId, toId }: IdSpan): number {
  const [from, to] = [BigInt(fromId), BigInt(toId)];
  return forgotten.filter((id) => id >= from && id <= to).length;
}

/** Days that follow each other are read as one. */
export function joined(days: Counted[]): IdSpan[] {
  const spans: IdSpan[] = [];
  for (const { fromId, toId } of days) {
    const last = spans.at(-1);
    if (last && BigInt(last.toId) + 1n === BigInt(fromId)) last.toId = toId;
    else spans.push({ fromId, toId });
  }
  return spans;
}
