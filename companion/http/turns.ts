/** Lets few answers be worked on at once, each for no longer than it may take. */
import type { Pool } from 'pg';
import type { Db } from '../../db/connect.ts';
import { timeLimited, TooLateError } from '../../db/time-limit.ts';
import { bounded } from '../../reports/asking.ts';
import { steadyNow } from '../clock.ts';
import { LIMITS } from './limits.ts';
import { busy } from './refusal.ts';

/** Works with a store of its own. Errors: Refusal at once, where too many wait; TooLateError. */
export type Turns = <T>(work: (db: Db) => Promise<T>) => Promise<T>;

interface TurnLimits {
  answerMs: number;
  answersAtOnce: number;
  answersWaiting: number;
}

export function makeTurns(
  pool: Pool,
  { answerMs, answersAtOnce, answersWaiting }: TurnLimits = LIMITS,
): Turns {
  const turn = bounded(answersAtOnce);
  let inside = 0;
  return async (work) => {
    if (inside >= answersAtOnce + answersWaiting) throw busy();
    inside++;
    const endsAt = steadyNow() + answerMs;
    const { promise: late, reject } = Promise.withResolvers<never>();
    late.catch(() => {});
    const timer = setTimeout(() => reject(new TooLateError('The answer took too long.')), answerMs);
    // Who waited too long for a turn gets none; and what hangs, in a database that never answers, keeps none.
    const working = turn(async () => {
      if (steadyNow() >= endsAt) throw new TooLateError('The turn came too late.');
      return Promise.race([work(timeLimited(pool, endsAt - steadyNow(), steadyNow)), late]);
    }).finally(() => inside--);
    working.catch(() => {});
    return Promise.race([working, late]).finally(() => clearTimeout(timer));
  };
}
