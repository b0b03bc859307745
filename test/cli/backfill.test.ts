/** `almanac backfill` as whoever types it sees it: processes against a loopback Discord. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { listRuns } from '../../db/runs.ts';
import { eventually } from '../bot/recording-bot.ts';
import { isLong } from '../support/at-length.ts';
import { openDoor } from '../support/database-door.ts';
import { DAY_MS, hasRead, repeated, useBackfills } from './backfill-scene.ts';

// What is run at length only, the tests of faults and of the companion prove, too.
const open = useBackfills();

describe('a backfill', () => {
  it('reads everything where no other process does, says how it goes, and what came of it', async () => {
    const scene = await open({ messages: 2_000, perSecond: 5 });
    const { code, stdout, stderr } = await scene.type('backfill --guild GUILD').ended;
    expect(stdout).toMatch(/^All history of Guild that the bot may read is recorded\.\n\n2,150 messages new/);
    expect(stderr).toMatch(/^Backfill: \d+ %.* messages, [\d,]+\/s; \d+ of 48 requests\/s$/m);
    expect([code, await scene.stored()]).toEqual([0, 2_150]);
    const again = await scene.type('backfill --guild GUILD --json').ended;
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({
      guildId: scene.guild.id,
      guildName: 'Guild',
      state: 'done',
      messages: 0,
      notRead: [],
    });
    expect(repeated(scene)).toEqual([]);
  });

  it('plans without a trace in the database', async () => {
    const scene = await open();
    const secret = scene.add('mods');
    scene.world.forbid(secret.id, 'ReadMessageHistory');
    const { code, stdout, stderr } = await scene.type('backfill --guild GUILD --plan').ended;
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^#main +1,000 +12 +its beginning$/m);
    expect(stdout).toContain('#mods: the bot lacks Read Message History');
    expect(stdout).toContain(`To read it: npx almanac backfill --guild ${scene.guild.id}`);
    const since = await scene.type('backfill --guild GUILD --plan --json --channel 1 --since 2020-01-01')
      .ended;
    expect([since.code, since.stderr]).toEqual([2, 'The channel 1 is not there, or no longer.\n']);
    for (const table of ['backfill_runs', 'backfill_channels', 'coverage', 'messages', 'channels'])
      expect((await scene.database.pool.query(`select from ${table}`)).rowCount).toBe(0);
  });

  it('reads what was asked for alone, and no further back', async () => {
    const scene = await open();
    const day = new Date(scene.world.now() - 100.05 * DAY_MS).toISOString();
    const { code, stdout } = await scene.type(
      `backfill --guild GUILD --channel ${scene.side.id} --since ${day}`,
    ).ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^What was asked for of Guild is recorded\.\n\n/);
    const { rows } = await scene.database.pool.query('select distinct channel_id as id from messages');
    expect(rows).toEqual([{ id: scene.side.id }]);
    expect(await scene.stored()).toBeLessThan(150);
  });

  it('of a server without the bot, or with a refused token, is not asked for', async () => {
    const scene = await open();
    const { code, stderr } = await scene.type('backfill --guild 100000000000000001').ended;
    expect([code, stderr]).toEqual([2, expect.stringMatching(/not in the server.*npx almanac doctor/)]);
    const refused = await scene.type('backfill --guild GUILD', { DISCORD_TOKEN: 'wrong' }).ended;
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/^Discord refuses DISCORD_TOKEN/),
    ]);
    expect(await scene.run()).toBeUndefined();
  });
});

describe('what goes wrong on the way', () => {
  it('a channel that is closed meanwhile is told by name, with what helps; exit code 1', async () => {
    const scene = await open({ messages: 1_000, perSecond: 5 });
    const working = scene.type('backfill --guild GUILD');
    await hasRead(scene, 300);
    scene.world.forbid(scene.main.id, 'ReadMessageHistory');
    const { code, stdout } = await working.ended;
    expect(code).toBe(1);
    expect(stdout).toMatch(/^All history of Guild that the bot may read is recorded, but for some of it/);
    expect(stdout).toContain('#main: the bot lacks Read Message History');
    const json = JSON.parse((await scene.type('backfill status --json').ended).stdout);
    expect(json).toMatchObject([{ guildId: scene.guild.id, guildName: 'Guild', state: 'partly' }]);
  });

  it('a token that is refused meanwhile ends it with 2, and the run stays to be gone on with', async () => {
    const scene = await open({ messages: 1_000, perSecond: 5 });
    const working = scene.type('backfill --guild GUILD');
    await hasRead(scene, 300);
    scene.discord.faults.next({ status: 401 });
    const { code, stdout, stderr } = await working.ended;
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Discord refuses DISCORD_TOKEN.');
    expect((await scene.run())!.state).toBe('running');
    const again = await scene.type('backfill --guild GUILD').ended;
    expect([again.code, await scene.stored()]).toEqual([0, 1_150]);
  });

  it.runIf(isLong)('a database that is away for a while is waited for', async () => {
    const scene = await open({ messages: 1_000, perSecond: 5 });
    const door = await openDoor(scene.database.url);
    const working = scene.type('backfill --guild GUILD', { DATABASE_URL: door.url });
    await hasRead(scene, 300);
    door.set('shut');
    await eventually(() => expect(working.said()).toContain('the database is away'));
    door.set('open');
    const { code } = await working.ended;
    expect([code, await scene.stored()]).toEqual([0, 1_150]);
    await door.close();
  });
});

describe('stopped', () => {
  it('by Ctrl+C it is paused between pages, and goes on with the same command, no page asked for twice', async () => {
    const scene = await open({ messages: 1_000, perSecond: 5 });
    const first = scene.type('backfill --guild GUILD');
    await hasRead(scene, 300);
    first.process.kill('SIGINT');
    const stopped = await first.ended;
    expect([stopped.code, stopped.stdout]).toEqual([130, '']);
    expect(stopped.stderr).toContain('Stopped and paused. The same command goes on where it is.');
    expect(await scene.run()).toMatchObject({ state: 'paused', reason: 'stopped by Ctrl+C' });
    expect(await scene.stored()).toBeLessThan(1_150);
    const { code } = await scene.type('backfill --guild GUILD').ended;
    expect([code, await scene.stored(), repeated(scene)]).toEqual([0, 1_150, []]);
    expect(await listRuns(scene.database.pool, { limit: 9 })).toHaveLength(1);
  });

  it.runIf(isLong)(
    'by a second Ctrl+C it ends at once, and by kill -9; the run is gone on with, two pages a channel asked for again at most',
    async () => {
      const scene = await open({ messages: 1_000, perSecond: 5 });
      const first = scene.type('backfill --guild GUILD');
      await hasRead(scene, 300);
      first.process.kill('SIGKILL');
      await first.ended;
      expect((await scene.run())!.state).toBe('running');
      const second = scene.type('backfill --guild GUILD');
      await hasRead(scene, 600);
      // Nothing is answered any more: what was asked for would be waited for.
      scene.discord.faults.next({ hang: true }, { times: 100 });
      await sleep(500);
      second.process.kill('SIGINT');
      await eventually(() => expect(second.said()).toContain('Stopping between pages'));
      second.process.kill('SIGINT');
      await second.ended;
      scene.discord.faults.clear();
      const { code } = await scene.type('backfill --guild GUILD').ended;
      expect([code, await scene.stored()]).toEqual([0, 1_150]);
      expect(repeated(scene).length).toBeLessThanOrEqual(2 * 2 * 2);
    },
  );
});

describe('beside a running companion', () => {
  /** One that works on it already. */
  async function beside() {
    const scene = await open({ messages: 1_500, perSecond: 4 });
    await scene.queue();
    const start = scene.type('start');
    await hasRead(scene, 200);
    return { ...scene, companion: start };
  }

  it('it is followed; Ctrl+C ends the following alone, and the companion works on to the end', async () => {
    const scene = await beside();
    const { companion } = scene;
    const follower = scene.type('backfill --guild GUILD');
    await eventually(() => expect(follower.said()).toContain('this one follows'));
    follower.process.kill('SIGINT');
    const { code, stderr } = await follower.ended;
    expect(code).toBe(130);
    expect(stderr).toContain('No longer followed.');
    const again = await scene.type('backfill --guild GUILD').ended;
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/^All history of Guild/);
    expect([await scene.stored(), repeated(scene)]).toEqual([1_650, []]);
    // What happens meanwhile is recorded by the same process.
    await scene.connected();
    const said = scene.say('live');
    await hasRead(scene, 1_651);
    expect(companion.said()).toContain('"msg":"backfill worked on"');
    expect(companion.said()).not.toContain(said.content);
    companion.process.kill('SIGTERM');
    expect((await companion.ended).code).toBe(0);
  });

  it.runIf(isLong)('it is taken over by who follows, when the companion dies', async () => {
    const scene = await beside();
    const follower = scene.type('backfill --guild GUILD');
    await eventually(() => expect(follower.said()).toContain('this one follows'));
    scene.companion.process.kill('SIGKILL');
    const { code } = await follower.ended;
    expect([code, await scene.stored()]).toEqual([0, 1_650]);
    expect(repeated(scene).length).toBeLessThanOrEqual(2 * 2);
  });

  it.runIf(isLong)('it is stopped in order by SIGTERM, and gone on with by the next', async () => {
    const scene = await beside();
    scene.companion.process.kill('SIGTERM');
    expect((await scene.companion.ended).code).toBe(0);
    expect((await scene.run())!.state).toBe('running');
    scene.type('start');
    await eventually(async () => expect((await scene.run())!.state).toBe('done'));
    expect([await scene.stored(), repeated(scene)]).toEqual([1_650, []]);
  });
});

describe('two that ask for the same', () => {
  it('at once: one works on it, the other follows, and both end with what came of it', async () => {
    const scene = await open({ messages: 1_000, perSecond: 4 });
    const both = [scene.type('backfill --guild GUILD'), scene.type('backfill --guild GUILD')];
    const ended = await Promise.all(both.map((one) => one.ended));
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    expect(ended[0]!.stdout).toBe(ended[1]!.stdout);
    expect([await scene.stored(), repeated(scene)]).toEqual([1_150, []]);
    expect(await listRuns(scene.database.pool, { limit: 9 })).toHaveLength(1);
  });

  it.runIf(isLong)(
    'one pauses it from elsewhere: who works on it stops and says so; resumed, a companion goes on',
    async () => {
      const scene = await open({ messages: 1_500, perSecond: 4 });
      const working = scene.type('backfill --guild GUILD');
      await hasRead(scene, 300);
      const paused = await scene.type('backfill pause --guild GUILD').ended;
      expect(paused.stdout).toMatch(/^1 backfill paused\./);
      const { code, stdout } = await working.ended;
      expect(code).toBe(1);
      expect(stdout).toMatch(/^The backfill of Guild is paused \(paused by almanac backfill pause\)\./);
      const status = await scene.type('backfill status').ended;
      expect(status.stdout).toMatch(/^Guild +\d{4}-\d\d-\d\d \d\d:\d\d UTC +paused/m);
      expect(status.stdout).toContain(`npx almanac backfill resume --guild ${scene.guild.id}`);
      scene.type('start');
      await eventually(async () => {
        const { rows } = await scene.database.pool.query(
          'select holder from shards where holder is not null',
        );
        expect(rows).toHaveLength(1);
      });
      const resumed = await scene.type('backfill resume --guild GUILD --json').ended;
      expect(JSON.parse(resumed.stdout)).toEqual({
        guildId: scene.guild.id,
        resumed: 1,
        isWorkedOn: true,
      });
      await eventually(async () => expect((await scene.run())!.state).toBe('done'));
      expect([await scene.stored(), repeated(scene)]).toEqual([1_650, []]);
    },
  );
});
