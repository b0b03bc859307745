/** What a question may count, from what was asked for in dates and ids: on the command line, and over HTTP. */
import type { Db } from '../db/connect.ts';
import { channelSet } from '../db/queries/channel-set.ts';
import type { Asked } from '../db/queries/question.ts';
import { type RecordSpan, recordSpan } from '../db/queries/record-span.ts';
import { dateIn, lastDays, startMs, type Window } from '../db/window.ts';
import { UserError } from './user-error.ts';

/** A window as it is asked for: whatever is left out is where the record begins or ends. */
export interface AskedWindow {
  /** A moment, see `isMoment`. */
  from?: string;
  to?: string;
  days?: number;
  all?: boolean;
}

export interface AskedQuestion extends AskedWindow {
  guildId: string;
  /** What may count, each by its own id; without it all that are not hidden. */
  channels?: readonly string[];
  member?: string;
  text?: string;
  limit: number;
  bots?: boolean;
}

/** With what it is understood. */
export interface AskedBasis {
  timeZone: string;
  nowMs: number;
  /** How an option is called where it was asked: `--days` or `days`. */
  called(option: 'from' | 'to' | 'days' | 'all'): string;
}

/** A hundred years. */
export const DAYS_MAX = 36_525;

/** All that Discord's ids can tell of, and some before. */
export const YEARS = { first: 2000, last: 2084 };

/** Whether a text is a date as 2026-11-16, or an instant as 2026-11-16T09:00Z; `far`: it is, of another age. */
export function isMoment(value: string): boolean | 'far' {
  const moment = dateOf(value) ?? instantOf(value)?.toZonedDateTimeISO('UTC');
  if (!moment) return false;
  return moment.year < YEARS.first || moment.year > YEARS.last ? 'far' : true;
}

/**
 * What a question may count, and from when to when anything is recorded of that.
 *
 * Errors  UserError for a window that ends before it begins
 */
export async function askedOf(
  db: Db,
  { guildId, channels, member, text, limit, bots, ...window }: AskedQuestion,
  basis: AskedBasis,
): Promise<{ asked: Asked; span: RecordSpan | undefined }> {
  const span = await recordSpan(db, { guildId, ...(channels && { channels }) });
  const asked: Asked = {
    guildId,
    window: windowOf(window, span, basis),
    limit,
    ...(channels && { channels }),
    ...(member !== undefined && { members: [member] }),
    // An empty text is in every message.
    ...(text && { text }),
    ...(bots && { bots: true }),
  };
  return { asked, span };
}

/** The channels that some ids of a guild stand for. Errors: UserError for one that it doesn't have. */
export async function channelsOf(db: Db, guildId: string, ids: string[]): Promise<string[]> {
  const { channels, unknown } = await channelSet(db, guildId, ids);
  if (unknown.length > 0) throw new UserError(`There is no channel ${unknown.join(', ')} in this server.`);
  return channels;
}

/** Relative windows end with the record's last day: where the record ends is "now" for what was imported. */
function windowOf(
  { from, to, days, all }: AskedWindow,
  span: RecordSpan | undefined,
  { timeZone, nowMs, called }: AskedBasis,
): Window {
  const [aFrom, aTo, aDays] = [called('from'), called('to'), called('days')];
  if (all && (days !== undefined || from !== undefined || to !== undefined)) {
    throw new UserError(`${called('all')} is the whole record: it takes no ${aDays}, ${aFrom} or ${aTo}.`);
  }
  if (days !== undefined && from !== undefined && to !== undefined) {
    throw new UserError(`${aDays} goes with ${aFrom} or with ${aTo}, or with neither.`);
  }
  const whole = lastDays(1, span?.lastMs ?? nowMs, timeZone);
  const toMs = to === undefined ? undefined : momentMs(to, timeZone);
  const fromMs = from === undefined ? undefined : momentMs(from, timeZone);
  let window: Window = {
    fromMs: fromMs ?? lastDays(1, span?.firstMs ?? nowMs, timeZone).fromMs,
    toMs: toMs ?? whole.toMs,
    timeZone,
  };
  if (days !== undefined) {
    window =
      fromMs === undefined
        ? lastDays(days, (toMs ?? whole.toMs) - 1, timeZone)
        : { ...window, toMs: startMs(dateIn(fromMs, timeZone).add({ days }), timeZone) };
  }
  // Without its end, a window that begins behind the record is empty and no mistake.
  if (to === undefined && window.toMs < window.fromMs) window.toMs = window.fromMs + 1;
  if (window.toMs <= window.fromMs)
    throw new UserError(`The window ends before it begins: ${aFrom} must be before ${aTo}.`);
  return window;
}

/** The instant of a moment; a date's is its beginning in the zone. */
export function momentMs(value: string, timeZone: string): number {
  const date = dateOf(value);
  return date ? startMs(date, timeZone) : instantOf(value)!.epochMilliseconds;
}

function dateOf(value: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  try {
    return Temporal.PlainDate.from(value, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

function instantOf(value: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(value);
  } catch {
    return undefined;
  }
}
