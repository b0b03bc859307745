import { UnansweredError } from './discord/fetch-calls.ts';

/** Codes of a network, and of a Postgres that is away, or full, or met another transaction. */
const AWAY =
  /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|UND_ERR|57P0|53|55P03|08|40)/;

/** Whether an error says that Discord or the database is away for now, so that it helps to try again. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof UnansweredError || error.name === 'AbortError') return true;
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  const known = code ?? cause?.code;
  // pg says no more of a connection that ended than a message; errors of ours have a class.
  if (known === undefined) return Object.getPrototypeOf(error) === Error.prototype;
  return typeof known === 'string' && AWAY.test(known);
}
