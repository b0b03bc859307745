/** Several gaps of a guild at once. */
import { describe, expect, it } from 'vitest';
import { gapsToRepair, listGaps } from '../../../../db/gaps.ts';
import { makeActs, useScene } from './scene.ts';

const scene = useScene();
const { gone, isSame, like, missing, remove, talk } = makeActs(scene);

const open = () => gapsToRepair(scene.database.pool, [scene.guild.id]);
const states = async () =>
  (await listGaps(scene.database.pool, scene.guild.id, 10)).map(({ state }) => state).toReversed();
/** Pages of a channel that were asked for more than once. */
const askedAgain = (channelId: string) =>
  [...scene.pages()].filter(([page, times]) => page.includes(channelId) && times > 1);

describe('the open gaps of a guild', () => {
  it('are repaired in one pass, and closed with one card', async () => {
    const old = talk(10);
    for (let i = 0; i < 3; i++) {
      await missing(() => {
        talk(120);
        remove(old[i]!);
      });
      talk(5);
    }
    await scene.recorded();
    const card = await scene.repair();
    await isSame();
    expect(await gone()).toEqual({ told: 0, inferred: 3 });
    // 10 and 3 times 125 messages: 4 pages.
    expect(card).toMatchObject({ messages: 360, deletions: 3, pages: 4, channelsRead: 1 });
    expect(Math.max(...scene.pages().values())).toBe(1);
    expect(await open()).toEqual([]);
    const closed = await listGaps(scene.database.pool, scene.guild.id, 10);
    expect(closed).toHaveLength(3);
    for (const gap of closed) expect(gap).toMatchObject({ state: 'repaired', card });
  });

  it.each(['is done', 'is killed'])(
    'stay open where they were opened while a repair was under way: the next covers them, when that %s',
    async (end) => {
      const other = scene.world.addChannel(scene.guild.id);
      await missing(() => {
        talk(120);
        like(talk(5, other.id));
      });
      const old = talk(5);
      await scene.recorded();
      const kill = new AbortController();
      // The second channel waits until the first is read to its end, and more is missed in it.
      const more = Promise.withResolvers<void>();
      scene.onSettle = () => more.promise;
      const card = await scene.repair(
        { settings: { channelsAtOnce: 1 }, signal: kill.signal },
        async ({ channelsDone }) => {
          if (channelsDone !== 1 || kill.signal.aborted) return;
          await missing(() => {
            talk(20);
            remove(old[0]!);
          });
          if (end === 'is killed') kill.abort(new Error('killed'));
          more.resolve();
        },
      );
      expect(card === undefined).toBe(end === 'is killed');
      expect(await states()).toEqual([card ? 'repaired' : 'open', 'open']);
      expect(await open()).toHaveLength(1);
      const next = await scene.repair();
      await isSame();
      expect(next).toMatchObject({ channelsRead: 2, deletions: 1 });
      expect(await states()).toEqual(['repaired', 'repaired']);
    },
  );

  it.each([1, 4, 7])(
    'are repaired from where it was, when their repair was killed at wait %d',
    async (at) => {
      const other = scene.world.addChannel(scene.guild.id);
      for (let i = 0; i < 2; i++)
        await missing(() => {
          for (const { id } of [scene.channel, other]) like(talk(210, id).filter((_, n) => n % 50 === 0));
        });
      const kill = new AbortController();
      let settled = 0;
      scene.onSettle = () => {
        if (++settled === at) kill.abort(new Error('killed'));
      };
      expect(await scene.repair({ signal: kill.signal })).toBe(undefined);
      expect(await states()).toEqual(['open', 'open']);
      scene.onSettle = undefined;
      const card = await scene.repair();
      await isSame();
      expect(card).toMatchObject({ messages: 840, channelsRead: 2 });
      expect(await states()).toEqual(['repaired', 'repaired']);
      // The page that was to be written, and the next, which had been asked for.
      for (const { id } of [scene.channel, other]) expect(askedAgain(id).length).toBeLessThanOrEqual(2);
    },
  );
});
