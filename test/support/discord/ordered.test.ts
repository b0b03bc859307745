import { expect, test } from 'vitest';
import { pick, seededRandom } from '../random.ts';
import type { ChannelTruth } from './model.ts';
import { ChannelMap, compareIds, idsOf, OrderedMap, spanOf, threadsOf } from './ordered.ts';
import { makeWorld } from './world.ts';

test('the order of ids follows every change, in whatever order they come and go', () => {
  const random = seededRandom(7);
  const map = new OrderedMap<number>();
  const id = () => String(Math.floor(random() * 2000));
  for (let n = 0; n < 5000; n++) {
    const chance = random();
    if (chance < 0.55) map.set(id(), n);
    else if (chance < 0.95) map.delete(pick([...map.keys(), id()], random));
    else if (chance < 0.951) map.clear();
    if (n % 7 === 0) expect([...map.ids]).toEqual([...map.keys()].toSorted(compareIds));
  }
});

test('as many taken away as put in are noticed', () => {
  const map = new OrderedMap<number>();
  for (const id of ['10', '20', '30']) map.set(id, 0);
  expect(map.ids).toEqual(['10', '20', '30']);
  map.delete('20');
  map.set('15', 0);
  expect(map.ids).toEqual(['10', '15', '30']);
});

test('ids are ordered as numbers, and a span of them leaves out both ends', () => {
  const ids = ['9', '10', '100', '1000'];
  expect(ids.toReversed().toSorted(compareIds)).toEqual(ids);
  const between = (range: { after?: string; before?: string }) => {
    const { from, to } = spanOf(ids, range);
    return ids.slice(from, to);
  };
  expect(between({ after: '9', before: '1000' })).toEqual(['10', '100']);
  expect(between({ after: '50' })).toEqual(['100', '1000']);
  expect(between({ before: '9' })).toEqual([]);
  expect(between({ after: '100', before: '10' })).toEqual([]);
});

test('a plain map in its place is read as well', () => {
  const plain = new Map([
    ['20', 1],
    ['3', 2],
  ]);
  expect(idsOf(plain)).toEqual(['3', '20']);
});

test('the threads of a channel are known as they are put in and taken out, by whomever', () => {
  const world = makeWorld();
  const guild = world.addGuild();
  const [one, other] = [world.addChannel(guild.id).id, world.addChannel(guild.id).id];
  const start = (parent: string) => world.startThread(parent, { ownerId: guild.ownerId });
  const [first, second, third] = [start(one), start(one), start(other)] as [
    ChannelTruth,
    ChannelTruth,
    ChannelTruth,
  ];
  guild.channels.delete(first.id);
  guild.channels.set(third.id, third);
  expect(guild.channels).toBeInstanceOf(ChannelMap);
  expect(threadsOf(guild.channels, one)).toEqual([second]);
  expect(threadsOf(guild.channels, other)).toEqual([third]);
  expect(threadsOf(new Map(guild.channels), other)).toEqual([third]);
  guild.channels.clear();
  expect(threadsOf(guild.channels, other)).toEqual([]);
});
