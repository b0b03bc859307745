/** Restarts and cuts: the session is resumed, and nothing is missed. */
import { describe, expect, it } from 'vitest';
import { eventually, type Scene, useScenes } from './recording-bot.ts';

const open = useScenes();

const TEXTS = 'select message_id as id, content from messages where guild_id = $1 order by message_id';
const GAPS = 'select reason, state from gaps where guild_id = $1';
const texts = async ({ rows }: Scene) =>
  (await rows<{ content: string }>(TEXTS)).map(({ content }) => content);

describe('a restart', () => {
  it('resumes the session: nothing is missed, nothing is twice, and no gap is noted', async () => {
    const scene = await open();
    const { world, gateway, rows } = scene;
    const first = await scene.start();
    const one = scene.say('one');
    await scene.written();
    await first.close();
    world.edit(one, 'one!');
    scene.say('two');
    await scene.start();
    scene.say('three');
    await scene.written();
    expect(await texts(scene)).toEqual(['one!', 'two', 'three']);
    expect(gateway.tally).toMatchObject({ identifies: 1, resumes: 1, refusedResumes: 0 });
    expect(await rows(GAPS)).toEqual([]);
  });

  it('in the middle of a burst goes on behind the last event that was written', async () => {
    const scene = await open();
    const { gateway, rows } = scene;
    const first = await scene.start();
    const sent = Array.from({ length: 500 }, (_, i) => scene.say(`message ${i}`).id);
    // Some are under way, some are queued, some are written.
    await first.close();
    sent.push(...Array.from({ length: 100 }, (_, i) => scene.say(`later ${i}`).id));
    await scene.start();
    await scene.written();
    expect((await rows<{ id: string }>(TEXTS)).map(({ id }) => id)).toEqual(sent);
    expect(gateway.tally.identifies).toBe(1);
    expect(await rows(GAPS)).toEqual([]);
  });

  it('the very first start is no gap, though messages were there before', async () => {
    const scene = await open();
    scene.say('before');
    await scene.start();
    scene.say('after');
    await scene.written();
    expect(await texts(scene)).toEqual(['after']);
    expect(await scene.rows(GAPS)).toEqual([]);
  });
});

describe('a connection that is lost', () => {
  it('is resumed by itself, with what happened meanwhile', async () => {
    const scene = await open();
    const { gateway, rows } = scene;
    await scene.start();
    scene.say('one');
    gateway.cut();
    scene.say('two');
    await eventually(() => expect(gateway.tally.resumes).toBe(1));
    gateway.reconnect();
    scene.say('three');
    await eventually(() => expect(gateway.tally.resumes).toBe(2));
    await scene.written();
    expect(await texts(scene)).toEqual(['one', 'two', 'three']);
    expect(gateway.tally.identifies).toBe(1);
    expect(await rows(GAPS)).toEqual([]);
  });

  it('behind any event loses none', async () => {
    const scene = await open();
    const { gateway, rows } = scene;
    await scene.start();
    const sent: string[] = [];
    for (const dispatches of [1, 7, 30]) {
      const { resumes } = gateway.tally;
      gateway.loseAfter(dispatches);
      for (let i = 0; i < 40; i++) sent.push(scene.say(`message ${i}`).id);
      await eventually(() => expect(gateway.tally.resumes).toBe(resumes + 1));
    }
    await scene.written();
    expect((await rows<{ id: string }>(TEXTS)).map(({ id }) => id)).toEqual(sent);
  });
});
