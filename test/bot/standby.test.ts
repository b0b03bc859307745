/** Several processes against one database: one records, the others stand by. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDoor } from '../support/database-door.ts';
import { eventually, type Scene, useScenes } from './recording-bot.ts';

const open = useScenes();

const ids = async ({ rows }: Scene) =>
  (
    await rows<{ id: string }>(
      'select message_id as id from messages where guild_id = $1 order by message_id',
    )
  ).map(({ id }) => id);
const talk = (scene: Scene, count: number) =>
  Array.from({ length: count }, (_, i) => scene.say(`message ${i}`).id);
const holder = async ({ rows }: Scene) =>
  (await rows<{ holder: string | null }>('select holder from shards'))[0]?.holder;

/** The data folder of another machine. */
async function elsewhere(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-elsewhere-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('a second process', () => {
  it('stands by, and resumes the session as soon as the first is closed', async () => {
    const scene = await open();
    const { gateway, rows } = scene;
    const first = await scene.start();
    await scene.launch({ ALMANAC_DATA: await elsewhere() });
    const sent = talk(scene, 20);
    await scene.written();
    expect(gateway.tally).toMatchObject({ identifies: 1, resumes: 0 });
    await first.close();
    sent.push(...talk(scene, 20));
    await scene.connected();
    sent.push(...talk(scene, 20));
    await scene.written();
    expect(await ids(scene)).toEqual(sent);
    expect(gateway.tally).toMatchObject({ identifies: 1, resumes: 1, refusedResumes: 0 });
    expect(await rows('select reason from gaps where guild_id = $1')).toEqual([]);
  });

  it('that begins at the same moment does not record as well', async () => {
    const scene = await open();
    await Promise.all([scene.launch(), scene.launch({ ALMANAC_DATA: await elsewhere() })]);
    await scene.connected();
    const sent = talk(scene, 20);
    await scene.written();
    await sleep(500);
    expect(scene.gateway.tally).toMatchObject({ identifies: 1, resumes: 0 });
    expect(await ids(scene)).toEqual(sent);
  });

  it('takes over at once from a process of this machine that was killed', async () => {
    const scene = await open();
    const { gateway, rows } = scene;
    const program = scene.spawn();
    await program.connected();
    await scene.launch({ ALMANAC_DATA: await elsewhere() });
    const sent = talk(scene, 50);
    await eventually(async () => expect((await ids(scene)).length).toBeGreaterThan(0));
    sent.push(...talk(scene, 50));
    program.process.kill('SIGKILL');
    await program.ended;
    sent.push(...talk(scene, 50));
    await scene.connected();
    await scene.written();
    expect(await ids(scene)).toEqual(sent);
    expect(gateway.tally).toMatchObject({ identifies: 1, resumes: 1 });
    expect(await rows('select reason from gaps where guild_id = $1')).toEqual([]);
  });
});

describe('a bot that is closed', () => {
  it('while it still asks Discord where to connect does not connect any more', async () => {
    const scene = await open();
    const { discord, gateway } = scene;
    // Its first answer says how many shards there are.
    discord.faults.next({ delayMs: 0 }, { path: '/gateway/bot' });
    discord.faults.next({ delayMs: 300 }, { path: '/gateway/bot' });
    const bot = await scene.launch();
    await eventually(() => expect(discord.faults.pending).toBe(0));
    await bot.close();
    await sleep(1_000);
    expect(gateway.tally.identifies).toBe(0);
    expect(gateway.connected).toBe(0);
  });
});

describe('a lease', () => {
  it('stays with its holder while Postgres is away, who goes on recording', async () => {
    const scene = await open();
    const { gateway, database } = scene;
    const door = await openDoor(database.url);
    await scene.start({ DATABASE_URL: door.url });
    await scene.launch({ DATABASE_URL: door.url, ALMANAC_DATA: await elsewhere() });
    const holds = await holder(scene);
    const sent = talk(scene, 20);
    await scene.written();
    door.set('shut');
    sent.push(...talk(scene, 20));
    // Longer than the stand-by's look and the holder's beat are apart.
    await sleep(4_000);
    sent.push(...talk(scene, 20));
    door.set('open');
    await scene.written();
    await sleep(1_500);
    expect(await holder(scene)).toBe(holds);
    expect(await ids(scene)).toEqual(sent);
    expect(gateway.tally).toMatchObject({ identifies: 1, resumes: 0, closes: [] });
    await door.close();
  });

  it('that another has taken is given way to; given back, it is taken up where the other left off', async () => {
    const scene = await open();
    const { gateway, database, rows } = scene;
    await scene.start();
    const sent = talk(scene, 20);
    await scene.written();
    await database.pool.query(`update shards set holder = 'another', beat = beat + 1`);
    await scene.connected(0);
    sent.push(...talk(scene, 20));
    await database.pool.query('update shards set holder = null');
    await scene.connected();
    sent.push(...talk(scene, 20));
    await scene.written();
    expect(await ids(scene)).toEqual(sent);
    expect(gateway.tally).toMatchObject({ identifies: 1, resumes: 1 });
    expect(await rows('select reason from gaps where guild_id = $1')).toEqual([]);
  });
});

describe('several shards', () => {
  /** Of two shards each has a guild of its own, with a channel and somebody in it. */
  async function twoShards() {
    const scene = await open({ gateway: { identifiesAtOnce: 2 } });
    const { world } = scene;
    const places = [0, 1].map((shard) => {
      // Ids of one millisecond are of one shard.
      const id = String((((BigInt(scene.guild.id) >> 23n) << 1n) + 2n + BigInt(shard)) << 22n);
      const guild = world.addGuild({ id });
      return {
        channel: world.addChannel(id),
        author: world.addUser(`author${shard}`, { guildId: guild.id }),
      };
    });
    const said: string[] = [];
    const say = () => {
      for (const { channel, author } of places)
        said.push(world.send(channel.id, { author: author.id, content: 'hello' }).id);
    };
    const recorded = async () => {
      const { rows } = await scene.database.pool.query<{ id: string }>(
        'select message_id as id from messages order by 1',
      );
      expect(rows.map(({ id }) => id)).toEqual(said);
    };
    return { scene, say, recorded };
  }

  it('are each recorded by who holds it, also where one holds not all that it could', async () => {
    const { scene, say, recorded } = await twoShards();
    const { gateway } = scene;
    await scene.launch({ SHARDS: '1/2' });
    await scene.connected(1);
    const both = await scene.launch({ SHARDS: '0-1/2', ALMANAC_DATA: await elsewhere() });
    await scene.connected(2);
    say();
    await eventually(recorded);
    expect(gateway.sessions.map(({ shard }) => shard).toSorted()).toEqual([
      [0, 2],
      [1, 2],
    ]);
    await scene.launch({ SHARDS: '0/2', ALMANAC_DATA: await elsewhere() });
    await both.close();
    say();
    await scene.connected(2);
    say();
    await eventually(recorded);
    expect(gateway.tally).toMatchObject({ identifies: 2, resumes: 1 });
  });

  it('of which one is lost go on with the other', async () => {
    const { scene, say, recorded } = await twoShards();
    const { database, gateway } = scene;
    await scene.launch({ SHARDS: '0-1/2' });
    await scene.connected(2);
    say();
    await eventually(recorded);
    await database.pool.query(`update shards set holder = 'another', beat = beat + 1 where shard_id = 0`);
    await scene.connected(1);
    expect(gateway.sessions.find(({ isConnected }) => isConnected)!.shard).toEqual([1, 2]);
    await database.pool.query('update shards set holder = null where shard_id = 0');
    say();
    await scene.connected(2);
    await eventually(recorded);
  });
});

describe('two processes with one data folder', () => {
  it('do each other no harm: a stand-by leaves the holder’s spool alone', async () => {
    const scene = await open();
    const { database, rows } = scene;
    const door = await openDoor(database.url);
    await scene.start({ DATABASE_URL: door.url });
    const sent = talk(scene, 20);
    await scene.written();
    door.set('shut');
    sent.push(...talk(scene, 50));
    await eventually(() => expect(scene.log.join('')).toContain('events go to the spool'));
    sent.push(...talk(scene, 50));
    await scene.launch();
    sent.push(...talk(scene, 50));
    await sleep(500);
    door.set('open');
    sent.push(...talk(scene, 50));
    await scene.written();
    expect(await ids(scene)).toEqual(sent);
    expect(await rows('select dispatch, reason from set_aside')).toEqual([]);
    expect(await rows('select reason from gaps where guild_id = $1')).toEqual([]);
    await door.close();
  });
});
