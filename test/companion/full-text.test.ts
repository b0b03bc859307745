import { expect, it } from 'vitest';
import { startWords } from '../../companion/full-text.ts';
import { eventually } from '../bot/recording-bot.ts';
import { useDatabase } from '../support/database.ts';
import { keptWords } from '../support/kept-words.ts';
import { post, write } from '../support/written.ts';

const database = useDatabase();

const words = async () => Object.keys((await keptWords(database)).vocabulary).toSorted();
const say = (content: string, low: number) =>
  write(database, [post('2026-01-05T10:00Z', { body: { content, fidelity: 3 } }, low)]);

it('words are read when it begins, and again and again, through failures, until it is closed', async () => {
  await say('lantern', 1);
  const rings = Promise.withResolvers<() => void>();
  const waits = [rings];
  const wait = (_: number, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      waits.at(-1)!.resolve(resolve);
      waits.push(Promise.withResolvers());
    });
  const warnings: string[] = [];
  const log = { info() {}, warn: (_: object, text: string) => void warnings.push(text) };
  const running = startWords({ store: database, wait, log });
  let round = 0;
  const next = async () => (await waits[round++]!.promise)();
  await eventually(async () => expect(await words()).toEqual(['simple: lantern']));

  await say('harbour', 2);
  await database.pool.query('alter table vocabulary rename to elsewhere');
  await next();
  await eventually(() => expect(warnings).toEqual(['words of a server not read']));
  await database.pool.query('alter table elsewhere rename to vocabulary');
  await next();
  await eventually(async () => expect(await words()).toEqual(['simple: harbour', 'simple: lantern']));

  await running.close();
  await say('gull', 3);
  expect(await words()).toEqual(['simple: harbour', 'simple: lantern']);
});

it('it looks again after two seconds, or ten times as long as a round took, at most ten seconds', async () => {
  const rounds = [0, 199, 450, 70_000];
  const waited: number[] = [];
  const done = Promise.withResolvers<void>();
  let clockMs = 0;
  let looks = 0;
  // Looked at before a round and behind it.
  const now = () => (clockMs += looks++ % 2 === 0 ? 1_000_000 : rounds[waited.length]!);
  const wait = async (ms: number, signal: AbortSignal) => {
    waited.push(ms);
    if (waited.length < rounds.length || signal.aborted) return;
    done.resolve();
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  };
  const running = startWords({ store: database, wait, now, log: { info() {}, warn() {} } });
  await done.promise;
  await running.close();
  expect(waited).toEqual([2_000, 2_000, 4_500, 10_000]);
});
