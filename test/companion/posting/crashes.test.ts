/** A companion dies at each of its operations, one after the other, and another comes. */
import { beforeEach, describe, expect, it } from 'vitest';
import { isLong } from '../../support/at-length.ts';
import { useDatabase } from '../../support/database.ts';
import type { Fate } from './life.ts';
import { at, openScene, type Scene } from './scene.ts';

const database = useDatabase();
beforeEach(() => database.clear());

/** The operations that make a post, and which of that name. */
const STEPS: [only: RegExp, at: number][] = [
  [/^insert into jobs/, 1],
  [/^insert into posts/, 1],
  [/^commit/, 1],
  [/^commit/, 2],
  [/^update posts/, 1],
  [/^update posts/, 2],
  [/^update posts/, 3],
  [/^POST/, 1],
  [/^update jobs/, 1],
];

const WEEK_MS = 7 * 86_400_000;

/** A week in which a companion meets its fate at an operation; tells which it was. Undefined: there are not so many. */
async function weekWith(scene: Scene, fate: Fate): Promise<string | undefined> {
  const first = await scene.companion();
  scene.clock.ms += WEEK_MS;
  first.life.await(fate);
  await first.look();
  await first.close();
  const second = await scene.companion();
  await scene.endLeases();
  for (let look = 0; look < 5; look++) {
    scene.clock.ms += 30_000;
    await second.look();
  }
  await second.close();
  return first.life.met;
}

/** The weeks that were not posted once, or whose claim names another message. */
async function wrongWeeks(scene: Scene): Promise<unknown[]> {
  const claims = await scene.claims();
  return claims.flatMap(({ period, state, messageId }) => {
    const made = scene.made.filter(({ mark }) => mark === period);
    const isRight = state === 'posted' && made.length === 1 && made[0]!.messageId === messageId;
    return isRight ? [] : [{ period, state, messageId, made }];
  });
}

describe('a companion that dies', () => {
  it.each(['before', 'after'] as const)(
    '%s an operation of a post, whichever it is, leaves one message behind when another has come',
    async (when) => {
      const scene = await openScene(database, at('2026-11-16T08:00[UTC]'));
      await scene.set({ weeklyChannel: scene.channelId, timeZone: 'UTC' });
      await scene.record([{ atMs: scene.clock.ms }]);
      scene.clock.ms = at('2026-11-16T09:00[UTC]');
      for (const [only, k] of STEPS)
        expect(await weekWith(scene, { at: k, only, when, what: 'die' })).toMatch(only);
      if (isLong) for (let k = 1; await weekWith(scene, { at: k, when, what: 'die' }); k++);
      expect(await wrongWeeks(scene)).toEqual([]);
    },
  );
});
