import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { makeTurns } from '../../../companion/http/turns.ts';
import { refusalOf } from '../../../companion/http/refusal.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();

const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => refusalOf(error)?.error,
  );

describe('answers', () => {
  it('are worked on two at once, the others in their turn, and some at most', async () => {
    const turns = makeTurns(database.pool, { answerMs: 60_000, answersAtOnce: 2, answersWaiting: 3 });
    let running = 0;
    let most = 0;
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const work = () =>
      turns(async () => {
        most = Math.max(most, ++running);
        await held;
        running--;
      });
    const taken = Array.from({ length: 5 }, work);
    expect(await errorOf(work())).toBe('busy');
    release();
    await Promise.all(taken);
    expect(most).toBe(2);
    await work();
  });

  it('that take too long are none, and keep nobody waiting', async () => {
    const turns = makeTurns(database.pool, { answerMs: 200, answersAtOnce: 1, answersWaiting: 3 });
    const hanging = errorOf(turns(() => new Promise(() => {})));
    expect(await hanging).toBe('too-slow');
    expect(await errorOf(turns((db) => sql`select pg_sleep(30)`.execute(db)))).toBe('too-slow');
    expect(await turns(async () => 'again')).toBe('again');
  });
});
