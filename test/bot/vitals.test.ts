/** What a running bot tells of itself, after events that are known. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Beside } from '../../bot/start.ts';
import * as companion from '../../companion/index.ts';
import { openDoor } from '../support/database-door.ts';
import { eventually, useScenes } from './recording-bot.ts';

const open = useScenes();

it('is what the companion takes, and whom it is told to', () => {
  // The compiler holds it: neither imports the other.
  const besides: Beside[] = [companion, { ...companion, start: companion.http }];
  expect(besides.every(({ start }) => typeof start === 'function')).toBe(true);
});

it('counts each event that is written, and knows whether its shard is connected', async () => {
  const scene = await open();
  const { gateway } = scene;
  const run = await scene.start();
  for (let i = 0; i < 25; i++) scene.say(`message ${i}`);
  const nothing = { queued: 0, spooledEvents: 0, spooledBytes: 0, setAside: 0, dropped: 0, lagMs: 0 };
  await eventually(() =>
    expect(run.vitals()).toEqual({
      shardsHeld: 1,
      shardsOf: 1,
      shards: [
        {
          ...nothing,
          shardId: 0,
          isConnected: true,
          written: gateway.tally.dispatches,
          isSpooling: false,
        },
      ],
      commands: [],
      charts: { drawn: 0, failed: 0, seconds: 0 },
    }),
  );
  expect(gateway.tally.dispatches).toBeGreaterThan(25);
  gateway.refuseUpgrades(1);
  gateway.cut();
  await eventually(() => expect(run.vitals().shards[0]!.isConnected).toBe(false));
  await eventually(() => expect(run.vitals().shards[0]!.isConnected).toBe(true));
  expect(gateway.tally.resumes).toBe(1);
});

it('a shard that is told nothing, since its RESUME is not answered, is not connected', async () => {
  const scene = await open();
  const run = await scene.start();
  scene.gateway.ignoreResumes();
  scene.gateway.cut();
  await eventually(() => expect(run.vitals().shards[0]!.isConnected).toBe(false));
  await eventually(() => expect(scene.gateway.connected).toBe(1));
  await sleep(200);
  expect(run.vitals().shards[0]!.isConnected).toBe(false);
});

it('tells what waits on disk, and how old it is, while the database is away', async () => {
  const scene = await open();
  const door = await openDoor(scene.database.url);
  const run = await scene.start({ DATABASE_URL: door.url });
  scene.say('before');
  await scene.written();
  await eventually(() => expect(run.vitals().shards[0]!.written).toBe(scene.gateway.tally.dispatches));
  const { written } = run.vitals().shards[0]!;
  door.set('shut');
  for (let i = 0; i < 30; i++) scene.say(`message ${i}`);
  await eventually(() =>
    expect(run.vitals().shards[0]).toMatchObject({ isSpooling: true, spooledEvents: 30, written }),
  );
  const { spooledBytes, lagMs, isConnected } = run.vitals().shards[0]!;
  expect([spooledBytes > 0, lagMs > 0, isConnected]).toEqual([true, true, true]);
  await eventually(() => expect(run.vitals().shards[0]!.lagMs).toBeGreaterThan(lagMs));
  door.set('open');
  await eventually(() =>
    expect(run.vitals().shards[0]).toMatchObject({
      isSpooling: false,
      spooledEvents: 0,
      spooledBytes: 0,
      lagMs: 0,
      written: written + 30,
    }),
  );
  await door.close();
});

it('counts what is set aside', async () => {
  const scene = await open();
  const run = await scene.start();
  const { world, guild, channel } = scene;
  const dispatch = { t: 'MESSAGE_CREATE', d: { id: 'no id', guild_id: guild.id, channel_id: channel.id } };
  world.emitRaw({ guildId: guild.id, intents: 0, dispatch });
  await eventually(() => expect(run.vitals().shards[0]).toMatchObject({ setAside: 1 }));
});

it('a stand-by holds no shard, until it takes over', async () => {
  const scene = await open();
  const first = await scene.start();
  const second = await scene.launch();
  expect([first, second].map((run) => run.vitals())).toMatchObject([
    { shardsHeld: 1, shardsOf: 1, shards: [{ shardId: 0, isConnected: true }] },
    { shardsHeld: 0, shardsOf: 1, shards: [] },
  ]);
  await first.close();
  await eventually(() =>
    expect(second.vitals()).toMatchObject({ shardsHeld: 1, shards: [{ shardId: 0, isConnected: true }] }),
  );
});
