import { type Answer, type Calls, UnansweredError } from './fetch-calls.ts';

/** The same calls, given up after a time: somebody looks on. Errors: UnansweredError. */
export function impatient(calls: Calls, patienceMs: number): Calls {
  return {
    async get(route, query) {
      const late = AbortSignal.timeout(patienceMs);
      try {
        return await calls.get(route, query, late);
      } catch (error) {
        throw late.aborted ? new UnansweredError('Discord did not answer in time') : error;
      }
    },
  };
}

/** What an answer about the bot itself holds, which nothing hides from it. */
export function foundOwn<T>(answer: Answer<T>): T {
  if (answer.is === 'found') return answer.payload;
  throw new Error(`Discord answered ${answer.code} to a question about the bot itself`);
}
