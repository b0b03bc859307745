/** From the options of a question to what it may count. */
import { InvalidArgumentError } from 'commander';
import type { Db } from '../db/connect.ts';
import type { Asked } from '../db/queries/question.ts';
import type { RecordSpan } from '../db/queries/record-span.ts';
import { askedOf as readAsked, channelsOf, DAYS_MAX, isMoment, momentMs, YEARS } from '../reports/asked.ts';
import { idArgument, UserError } from './context.ts';

export { channelsOf, momentMs };

export interface AskedOptions {
  guild: string;
  from?: string;
  to?: string;
  days?: number;
  all?: boolean;
  tz?: string;
  channel?: string[];
  member?: string;
  text?: string;
  limit: number;
  includeBots?: boolean;
}

/** What an option says of a place in time: a date in the window's zone, or an instant. */
export function momentArgument(value: string): string {
  const is = isMoment(value);
  if (is === false) {
    throw new InvalidArgumentError('a time is a date as 2026-11-16, or an instant as 2026-11-16T09:00Z.');
  }
  if (is === 'far') {
    throw new InvalidArgumentError(`a time is in the years ${YEARS.first} to ${YEARS.last}.`);
  }
  return value;
}

/** An option's value as a number of days. */
export function daysArgument(value: string): number {
  const days = countArgument(value);
  if (days > DAYS_MAX) throw new InvalidArgumentError(`${DAYS_MAX.toLocaleString('en')} days at most.`);
  return days;
}

/** One more value of an option that takes several ids. */
export function idsArgument(value: string, before: string[] = []): string[] {
  return [...before, idArgument(value)];
}

/** An option's value as a number of things. */
export function countArgument(value: string): number {
  const count = Number(value);
  if (!/^\d{1,9}$/.test(value) || count < 1) throw new InvalidArgumentError('a whole number from 1.');
  return count;
}

/**
 * What a question may count, and as of when. `timeZone` is the guild's, where none is asked for.
 *
 * Errors  UserError for a window that ends before it begins, and for ids that the guild doesn't have
 */
export async function askedOf(
  db: Db,
  options: AskedOptions,
  timeZone: string,
  nowMs: number,
): Promise<{ asked: Asked; span: RecordSpan | undefined }> {
  const { guild: guildId, channel, includeBots, tz: _, ...rest } = options;
  const channels = channel && (await channelsOf(db, guildId, channel));
  const question = { guildId, ...rest, ...(channels && { channels }), ...(includeBots && { bots: true }) };
  return readAsked(db, question, { timeZone, nowMs, called });
}

/** How an option is called where it was typed. */
export const called = (option: string): string => `--${option}`;

/** When a past begins that is to be read, ms. Errors: UserError for a time to come. */
export function sinceMs(value: string, timeZone: string, nowMs: number): number {
  const ms = momentMs(value, timeZone);
  if (ms > nowMs) throw new UserError('--since is in the future: nothing was said then yet.');
  return ms;
}
