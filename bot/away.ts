/** Whether an error says that something is away which may be back soon. */
import { UnansweredError } from '../ingest/discord/fetch-calls.ts';

const AWAY = /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|UND_ERR|57P0|53|08)/;

/** Of Discord, or of the database. */
export function isAway(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  if (code === undefined && cause === undefined) {
    // pg says no more of a connection that ended; errors of ours have a class.
    return error instanceof UnansweredError || Object.getPrototypeOf(error) === Error.prototype;
  }
  return error instanceof UnansweredError || AWAY.test(String(code ?? cause?.code));
}
