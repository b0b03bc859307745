/** Whose fault it is that a batch was not written, and what becomes of an event at fault. */
import { emptyBatch } from '../../db/records.ts';
import { PostgresAwayError } from '../../db/write-live.ts';
import type { LiveEvent } from './live-event.ts';

/**
 * What of SQLSTATE speaks of the server, the moment or the schema, and not of an event: connections, states of
 * transactions, authorisation, locks, resources, operator and system; and 42, a schema that is not (yet) ours.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const NOT_NOW = new Set(['08', '25', '28', '3D', '40', '42', '53', '55', '57', '58', 'F0', 'XX']);
const SQLSTATE = /^[0-9A-Z]{5}$/;
const DATATYPE_MISMATCH = '42804';

/** Why an event (one of those of the batch) can't be written, in constant words; undefined: try again later. */
export function faultOfEvent(error: unknown): string | undefined {
  if (error instanceof PostgresAwayError) return undefined;
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string' || !SQLSTATE.test(code)) return reasonOf(error, 'no rows could be made of it');
  if (NOT_NOW.has(code.slice(0, 2)) && code !== DATATYPE_MISMATCH) return undefined;
  return `${code}: the database does not take it`;
}

/** The kind of an error of our own, never its message, which may quote. */
export function reasonOf(error: unknown, what: string): string {
  const name = error instanceof Error ? error.constructor.name : 'Error';
  return `${/^\w{1,40}$/.test(name) ? name : 'Error'}: ${what}`;
}

/** An event that will be set aside for a reason; its place, its session and its gap stay. */
export const withoutRecords = (event: LiveEvent, reason: string): LiveEvent => ({
  ...event,
  batch: emptyBatch(),
  refused: reason,
});
