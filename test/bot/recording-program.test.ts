/** The program itself: stopped in order, and killed. */
import { describe, expect, it } from 'vitest';
import { atLength } from '../support/at-length.ts';
import { openDoor } from '../support/database-door.ts';
import { contentOf, eventually, type Program, type Scene, useScenes } from './recording-bot.ts';

const open = useScenes();
const KILLS = atLength(2, 3);

const ids = async ({ rows }: Scene) =>
  (
    await rows<{ id: string }>(
      'select message_id as id from messages where guild_id = $1 order by message_id',
    )
  ).map(({ id }) => id);

const talk = (scene: Scene, count: number) =>
  Array.from({ length: count }, (_, i) => scene.say(`message ${i}`).id);

async function stop({ process, ended }: Program) {
  process.kill('SIGTERM');
  return ended;
}

describe('SIGTERM', () => {
  it('ends the program with 0 when all is written, and the next one goes on behind it', async () => {
    const scene = await open();
    const { gateway, rows } = scene;
    const program = scene.spawn();
    await program.connected();
    const sent = talk(scene, 300);
    // They were told; whether they are written is its business.
    await eventually(() => expect(gateway.tally.dispatches).toBeGreaterThan(300));
    const { code, stdout } = await stop(program);
    expect([code, stdout]).toEqual([0, '']);
    expect(gateway.tally.closes).toEqual([4200]);
    const [progress] = await rows<{ sequence: number }>(
      'select sequence::int as sequence, holder from shards',
    );
    expect(progress).toMatchObject({ holder: null });
    const { dispatches } = gateway.tally;
    sent.push(...talk(scene, 10));
    scene.spawn();
    await scene.connected();
    await scene.written();
    expect(await ids(scene)).toEqual(sent);
    expect(gateway.tally).toMatchObject({ identifies: 1, resumes: 1 });
    // What was written is not told again.
    expect(gateway.tally.dispatches - dispatches).toBeLessThan(310);
    expect(await rows('select reason from gaps where guild_id = $1')).toEqual([]);
  });

  it('ends it with 0 though Postgres is away: all is on disk then, for the next one to write', async () => {
    const scene = await open();
    const { gateway, database } = scene;
    const door = await openDoor(database.url);
    const env = { DATABASE_URL: door.url };
    const program = scene.spawn(env);
    await program.connected();
    const sent = talk(scene, 20);
    await scene.written();
    door.set('shut');
    sent.push(...talk(scene, 200));
    // It has heard of them all.
    await eventually(async () => expect(await contentOf(scene.folder)).toContain(sent.at(-1)));
    const { code } = await stop(program);
    expect(code).toBe(0);
    expect(await ids(scene)).toHaveLength(20);
    // The session is gone: only the disk can tell of them.
    gateway.forgetSessions();
    for (const id of sent) scene.world.deleteMessage({ channelId: scene.channel.id, id });
    door.set('open');
    scene.spawn(env);
    await scene.connected();
    await scene.written();
    expect(await ids(scene)).toEqual(sent);
    await door.close();
  });
});

describe('kill -9', () => {
  it('in the middle of a burst loses nothing, and nothing is there twice', async () => {
    const scene = await open();
    const { gateway, rows } = scene;
    const sent: string[] = [];
    for (let round = 0; round < KILLS; round++) {
      const program = scene.spawn();
      await program.connected();
      sent.push(...talk(scene, 150));
      await eventually(async () => expect((await ids(scene)).length).toBeGreaterThan(150 * round));
      sent.push(...talk(scene, 150));
      program.process.kill('SIGKILL');
      await program.ended;
      await scene.connected(0);
    }
    scene.spawn();
    await scene.connected();
    await scene.written();
    expect(await ids(scene)).toEqual(sent);
    expect(gateway.tally).toMatchObject({ identifies: 1, resumes: KILLS, refusedResumes: 0 });
    expect(await rows('select reason from gaps where guild_id = $1')).toEqual([]);
  });

  it('while Postgres is away loses nothing, either', async () => {
    const scene = await open();
    const { gateway, database, rows } = scene;
    const door = await openDoor(database.url);
    const env = { DATABASE_URL: door.url };
    const program = scene.spawn(env);
    await program.connected();
    const sent = talk(scene, 20);
    await scene.written();
    door.set('shut');
    sent.push(...talk(scene, 200));
    await eventually(async () => expect(program.said()).toContain('events go to the spool'));
    sent.push(...talk(scene, 200));
    program.process.kill('SIGKILL');
    await program.ended;
    sent.push(...talk(scene, 20));
    door.set('open');
    scene.spawn(env);
    await scene.connected();
    await scene.written();
    expect(await ids(scene)).toEqual(sent);
    expect(gateway.tally).toMatchObject({ identifies: 1, resumes: 1, refusedResumes: 0 });
    expect(await rows('select reason from gaps where guild_id = $1')).toEqual([]);
    await door.close();
  });
});
