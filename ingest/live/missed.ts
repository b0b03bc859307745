/** What was missed before an event: dropped, or lost with a damaged line. */
import type { GapNoticed } from '../../db/gaps.ts';
import { emptyBatch } from '../../db/records.ts';
import type { LiveEvent } from './live-event.ts';

/** Two gaps before one event. One that begins where an event was kept last, as a new session's does, holds the other. */
export function joinedGaps(a: GapNoticed | undefined, b: GapNoticed | undefined): GapNoticed | undefined {
  if (!a || !b) return a ?? b;
  const isNewSession = a.reason === 'new session' || b.reason === 'new session';
  const reason = isNewSession ? 'new session' : 'overflow';
  const guildIds = [...new Set([...a.guildIds, ...b.guildIds])];
  if (isNewSession || a.fromMs === undefined || b.fromMs === undefined) return { reason, guildIds };
  return { reason, guildIds, fromMs: Math.min(a.fromMs, b.fromMs) };
}

/** An event before which something was missed, beside what it says itself. */
export const behindGap = (missed: GapNoticed | undefined, event: LiveEvent): LiveEvent =>
  missed ? { ...event, gap: joinedGaps(missed, event.gap)! } : event;

/** The events of some lines of the spool, and what was missed behind the last of them. */
export interface Mended {
  events: LiveEvent[];
  missed: GapNoticed | undefined;
}

/**
 * Puts in place of each damaged line (undefined) an event to be set aside; the next one tells a gap of the guilds.
 * `before` is the event that was kept last, if it is known.
 */
export function mended(
  lines: (LiveEvent | undefined)[],
  before: LiveEvent | undefined,
  guildIds: string[],
): Mended {
  const events: LiveEvent[] = [];
  let missed: GapNoticed | undefined;
  for (const [i, event] of lines.entries()) {
    if (event) {
      events.push(behindGap(missed, event));
      missed = undefined;
      before = event;
      continue;
    }
    missed = joinedGaps(missed, { reason: 'overflow', guildIds, ...(before && { fromMs: before.at }) });
    const next = lines.slice(i).find((later) => later !== undefined);
    if (before) events.push(damagedLine(before, next?.at ?? before.at, before.sequence));
    else if (next) events.push(damagedLine(next, next.at, next.sequence - 1));
  }
  return { events, missed };
}

/** What is left of an event whose line is damaged: its place. */
const damagedLine = ({ session }: LiveEvent, at: number, sequence: number): LiveEvent => ({
  dispatch: 'DAMAGED_LINE',
  guildId: '0',
  at,
  session,
  sequence,
  batch: emptyBatch(),
  refused: 'a line of the spool was damaged',
});
