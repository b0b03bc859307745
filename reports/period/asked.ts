/** A period that somebody asks for: a window, what it is compared with, and what lies before and after it. */
import { dateIn, startMs, type Window } from '../../db/window.ts';
import { labelOf, type Piece, pieceAt, shifted, windowOf } from './calendar.ts';
import { meaningOf } from './meaning.ts';

/** What a period is a whole one of; `days`: some days in a row. */
export type PeriodUnit = Piece['unit'] | 'all';

export interface AskedPeriod {
  unit: PeriodUnit;
  /** Of `all`, and of one that is not over, it ends with the minute of now. */
  window: Window;
  /** The same before it; absent of `all`. Of one that is not over, it ends as early. */
  before?: Window;
  /** It has begun, and is not over yet. One that is still to come is whole. */
  isOpen: boolean;
  /** As it can be asked for again: `2026-11-16`, `2026-W46`, `2026-11`, `2026-Q4`, `2026`, `2026-11-01..2026-11-15`, `all`. */
  label: string;
  /** Labels of the periods beside it; absent where nothing is recorded there, or it is still to come. */
  earlier?: string;
  later?: string;
}

/** What a period is asked of. */
export interface PeriodBasis {
  timeZone: string;
  /** The guild's now, ms. */
  nowMs: number;
  /** Where its record begins, ms. */
  firstMs: number;
}

const MINUTE_MS = 60_000;

/**
 * The period that some words mean: `day`, `week`, `month`, `quarter`, `year`: the last one that is over; `today`, `this week` and so
 * on: the one that is not; `all`; a label; dates in the forms that people write. Undefined: they mean none, or more than one.
 */
export function periodOf(words: string, basis: PeriodBasis): AskedPeriod | undefined {
  const { timeZone, nowMs, firstMs } = basis;
  const today = dateIn(nowMs, timeZone);
  const meant = meaningOf(words, today);
  if (meant === undefined) return undefined;
  if (meant === 'all') {
    const toMs = endOfNow(nowMs);
    return {
      unit: 'all',
      window: { fromMs: Math.min(firstMs, toMs - MINUTE_MS), toMs, timeZone },
      isOpen: false,
      label: 'all',
    };
  }
  if ('piece' in meant) return asked(meant.piece, basis);
  const running = pieceAt(meant.unit, today);
  return asked(meant.isRunning ? running : shifted(running, -1), basis);
}

/** To the end of the minute, so that equal questions within it are equal, and what was written last is counted. */
const endOfNow = (nowMs: number): number => (Math.floor(nowMs / MINUTE_MS) + 1) * MINUTE_MS;

function asked(piece: Piece, { timeZone, nowMs, firstMs }: PeriodBasis): AskedPeriod {
  const [whole, before] = [windowOf(piece, timeZone), windowOf(shifted(piece, -1), timeZone)];
  const isOpen = whole.fromMs <= nowMs && nowMs < whole.toMs;
  const toMs = isOpen ? Math.min(endOfNow(nowMs), whole.toMs) : whole.toMs;
  const beside = (steps: 1 | -1) => {
    const other = shifted(piece, steps);
    const { fromMs, toMs: endMs } = windowOf(other, timeZone);
    return fromMs <= nowMs && firstMs < endMs ? labelOf(other) : undefined;
  };
  const [earlier, later] = [beside(-1), beside(1)];
  return {
    unit: piece.unit,
    window: { ...whole, toMs },
    before: isOpen ? { ...before, toMs: asEarly(toMs, piece, before) } : before,
    isOpen,
    label: labelOf(piece),
    ...(earlier !== undefined && { earlier }),
    ...(later !== undefined && { later }),
  };
}

/** The moment on the same date and clock a period before; the end of the month where it has no such date. */
function asEarly(toMs: number, { step }: Piece, before: Window): number {
  const { timeZone } = before;
  const at = Temporal.Instant.fromEpochMilliseconds(toMs).toZonedDateTimeISO(timeZone).toPlainDateTime();
  const then = at.subtract(step);
  const isThere = step.months === undefined || then.day === at.day;
  const ms = isThere
    ? then.toZonedDateTime(timeZone).epochMilliseconds
    : startMs(then.toPlainDate().with({ day: 1 }).add({ months: 1 }), timeZone);
  return Math.min(Math.max(ms, before.fromMs), before.toMs);
}
