import { describe, expect, it } from 'vitest';
import type { MessageTruth } from '../../../support/discord/model.ts';
import { keyOf, makeActs, reactorsOf, recordOf, truthOf, useScene } from './scene.ts';

const scene = useScene();
const { gone, isSame, like, missing, remove, talk } = makeActs(scene);

describe('live recording goes on meanwhile', () => {
  it('and what it tells stands, whatever a page has shown', async () => {
    const { world, people } = scene;
    const messages = talk(150);
    like([messages[0]!, ...messages.slice(100, 110)]);
    await missing(() => like(talk(320).filter((_, i) => i % 50 === 0)));
    let settled = 0;
    scene.onSettle = () => {
      const n = settled++;
      if (n > 8) return;
      world.react(keyOf(messages[100 + n]!), people[1]!, '👍');
      world.unreact(keyOf(messages[100 + n]!), people[0]!, '👍');
      world.edit(keyOf(messages[20 + n]!), `edited ${n}`);
      remove(messages[120 + n]!);
      talk(1);
    };
    await scene.repair();
    await scene.recorded();
    await isSame();
    expect(await gone()).toEqual({ told: 9, inferred: 0 });
  });

  it.each([
    ['without any reaction is not', 0, 0],
    ['with one is', 1, 1],
  ])('a page %s waited for', async (_, liked, waits) => {
    like(talk(20).slice(0, liked));
    await missing(() => talk(20));
    let settled = 0;
    scene.onSettle = () => void settled++;
    await scene.repair();
    await isSame();
    expect(settled).toBe(waits);
  });

  it('a count that changes whenever it is read is not taken, and said to be unsure', async () => {
    const { world, people } = scene;
    const [message] = talk(1);
    await missing(() => world.react(keyOf(message!), people[0]!, '👍'));
    let isOn = false;
    scene.onSettle = () => {
      isOn = !isOn;
      if (isOn) world.react(keyOf(message!), people[1]!, '👍');
      else world.unreact(keyOf(message!), people[1]!, '👍');
    };
    const card = await scene.repair();
    expect(card!.notRecovered).toContain('unsure-counts');
  });

  it('no count is taken while the gateway is away, but all else is', async () => {
    const { world, people } = scene;
    const [message] = talk(1);
    await missing(() => {
      world.react(keyOf(message!), people[0]!, '👍');
      world.edit(keyOf(message!), 'another');
      talk(3);
    });
    scene.isDropped = true;
    const card = await scene.repair();
    expect(card!.notRecovered).toContain('unsure-counts');
    const record = await recordOf(scene);
    expect(Object.keys(record).toSorted()).toEqual(Object.keys(truthOf(scene)).toSorted());
    expect(record[message!.id]).toEqual({ text: 'another', reactions: {} });
  });

  it('a count is taken when the gateway is back in time', async () => {
    const { world, people } = scene;
    const [message] = talk(1);
    await missing(() => world.react(keyOf(message!), people[0]!, '👍'));
    scene.isDropped = true;
    let settled = 0;
    scene.onSettle = () => {
      if (++settled === 3) scene.isDropped = false;
    };
    const card = await scene.repair();
    await isSame();
    expect(card!.notRecovered).not.toContain('unsure-counts');
  });
});

describe('who reacted', () => {
  it('is asked for where it is not known, and only there', async () => {
    const { world, people } = scene;
    const [known, changed, many] = talk(3) as [MessageTruth, MessageTruth, MessageTruth];
    const crowd = Array.from(
      { length: 130 },
      (_, i) => world.addUser(`u${i}`, { guildId: scene.guild.id }).id,
    );
    world.react(keyOf(known), people[0]!, '👍');
    world.react(keyOf(changed), people[0]!, '👍');
    await missing(() => {
      world.react(keyOf(changed), people[1]!, '👍', { burst: true });
      for (const id of crowd) world.react(keyOf(many), id, '🎉');
    });
    const card = await scene.repair();
    await isSame();
    expect(await reactorsOf(scene, changed.id)).toEqual(people.slice(0, 2).toSorted());
    expect(await reactorsOf(scene, many.id)).toEqual(crowd.toSorted());
    const asked = scene.discord.requests.filter(({ path }) => path.includes('/reactions/'));
    expect(asked.filter(({ path }) => path.includes(known.id))).toEqual([]);
    expect(card!.reactorRequests).toBe(asked.length);
    expect(asked).toHaveLength(5);
  });

  it('is asked for so often and no more: the counts are right all the same', async () => {
    const { world, people } = scene;
    const messages = talk(6);
    await missing(() => messages.forEach((message) => world.react(keyOf(message), people[0]!, '👍')));
    const card = await scene.repair({ settings: { reactorRequestsMax: 4 } });
    await isSame();
    expect(card!.reactorRequests).toBe(4);
    expect(card!.notRecovered).toContain('unlisted-reactors');
  });
});
