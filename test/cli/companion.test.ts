/** `almanac companion` and `almanac bot` as whoever runs them sees them: processes against a loopback Discord. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually, type Program } from '../bot/recording-bot.ts';
import { atLength, isLong } from '../support/at-length.ts';
import { openDoor } from '../support/database-door.ts';
import { findDescription } from '../support/discord/openapi.ts';
import { startDiscord } from '../support/discord/server.ts';
import { type BackfillScene, repeated, useBackfills } from './backfill-scene.ts';

const open = useBackfills();
/** Others of this machine may have the port. */
const QUIET = { HTTP_PORT: 'off' };
const WORKING = 'The companion works';

/** Starts a verb of the program, and waits for what it says then. */
async function begin(scene: BackfillScene, words: string, says: string, env: Record<string, string> = {}) {
  const program = scene.type(words, { ...QUIET, ...env });
  await said(program, says);
  return program;
}

/** Waits until it says so; fails where it ends instead. */
async function said(program: Program, what: string): Promise<void> {
  await eventually(() => {
    if (program.process.exitCode !== null) return;
    expect(program.said()).toContain(what);
  });
  expect(program.said()).toContain(what);
}

/** Ends it as a supervisor does. */
async function stop({ process, ended }: Program): Promise<number | null> {
  process.kill('SIGTERM');
  return (await ended).code;
}

const stateOf = async (scene: BackfillScene) => (await scene.run())?.state;

describe('the bot alone', () => {
  it('records, and leaves to a companion what is queued; that works on it without connecting', async () => {
    const scene = await open();
    const bot = await begin(scene, 'bot', '"state":"identified"');
    await scene.queue();
    const heard = scene.say('live');
    await eventually(async () =>
      expect(
        await scene.rows('select from messages where guild_id = $1 and message_id = $2', heard.id),
      ).toHaveLength(1),
    );
    // The companion of `almanac start` looks every two seconds.
    await sleep(3_000);
    expect(await stateOf(scene)).toBe('queued');
    const companion = await begin(scene, 'companion', WORKING);
    await eventually(async () => expect(await stateOf(scene)).toBe('done'));
    expect(await scene.stored()).toBe(1_151);
    expect(scene.gateway.tally).toMatchObject({ identifies: 1, resumes: 0 });
    expect([await stop(companion), await stop(bot)]).toEqual([0, 0]);
    expect((await bot.ended).stdout + (await companion.ended).stdout).toBe('');
  });

  it.runIf(isLong)('a second one stands by, and takes over when the first is killed', async () => {
    const scene = await open();
    const first = await begin(scene, 'bot', '"state":"identified"');
    const second = await begin(scene, 'bot', 'Another process records.');
    first.process.kill('SIGKILL');
    await said(second, '"state":"resumed"');
    expect(await stop(second)).toBe(0);
  });
});

describe('companions side by side', () => {
  it('one works on a backfill, and the other goes on with it where that one is killed', async () => {
    const scene = await open({ messages: 2_000, perSecond: 5 });
    const both = [await begin(scene, 'companion', WORKING), await begin(scene, 'companion', WORKING)];
    await scene.queue();
    await eventually(async () => expect(await scene.stored()).toBeGreaterThan(300));
    // Whichever it is: the other is then killed for nothing, and started again.
    both[0]!.process.kill('SIGKILL');
    await both[0]!.ended;
    await eventually(async () => expect(await scene.stored()).toBeGreaterThan(1_000));
    both.push(await begin(scene, 'companion', WORKING));
    both[1]!.process.kill('SIGKILL');
    await both[1]!.ended;
    await eventually(async () => expect(await stateOf(scene)).toBe('done'));
    expect(await scene.stored()).toBe(2_150);
    expect(await stop(both[2]!)).toBe(0);
  });

  it.runIf(isLong)(
    'SIGTERM in the middle of a backfill ends it between pages with 0; the next goes on, and asks for no page again',
    async () => {
      const scene = await open({ messages: 2_000, perSecond: 5 });
      await scene.queue();
      const first = await begin(scene, 'companion', WORKING);
      await eventually(async () => expect(await scene.stored()).toBeGreaterThan(300));
      expect(await stop(first)).toBe(0);
      expect(first.said()).toContain('Stopping: what is under way is ended.');
      expect(await stateOf(scene)).toBe('running');
      expect(await scene.stored()).toBeLessThan(2_000);
      await begin(scene, 'companion', WORKING);
      await eventually(async () => expect(await stateOf(scene)).toBe('done'));
      expect(await scene.stored()).toBe(2_150);
      expect(repeated(scene)).toEqual([]);
    },
  );
});

describe('a token', () => {
  it('that is refused ends it with 2, and with the way to a new one', async () => {
    const scene = await open();
    const token = 'not-the-token';
    const { code, stdout, stderr } = await scene.type('companion', { ...QUIET, DISCORD_TOKEN: token }).ended;
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^Discord refuses DISCORD_TOKEN\. .*npx almanac doctor/);
    expect(stderr).not.toContain(token);
  });

  it.runIf(isLong)('that is refused while it works does so, too', async () => {
    const scene = await open();
    const program = await begin(scene, 'companion', WORKING);
    scene.world.truth.token = 'reset-since';
    await scene.queue();
    const { code, stderr } = await program.ended;
    expect(code).toBe(2);
    expect(stderr).toContain('Discord refuses DISCORD_TOKEN.');
    expect(stderr).not.toContain('reset-since');
  });

  it.each(['bot', 'companion'])('that is missing is said by %s, with how to get one', async (verb) => {
    const scene = await open();
    const { code, stderr } = await scene.type(verb, { ...QUIET, DISCORD_TOKEN: '' }).ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(/^DISCORD_TOKEN is not set: /);
  });
});

describe('what is away at the start', () => {
  it.runIf(isLong)('the database is waited for', async () => {
    const scene = await open();
    const door = await openDoor(scene.database.url);
    onTestFinished(() => door.close());
    door.set('shut');
    await scene.queue();
    const program = scene.type('companion', { ...QUIET, DATABASE_URL: door.url });
    await said(program, 'database cannot be reached');
    door.set('open');
    await eventually(async () => expect(await stateOf(scene)).toBe('done'));
    expect(await stop(program)).toBe(0);
  });

  it.each(atLength(['companion'], ['bot', 'companion']))(
    'Discord is waited for by %s, and SIGTERM ends the waiting with 0',
    async (verb) => {
      const scene = await open();
      const gone = await startDiscord({ openapi: findDescription() });
      await gone.close();
      const program = scene.type(verb, { ...QUIET, DISCORD_API: gone.url });
      await said(program, 'Discord cannot be reached');
      expect(await stop(program)).toBe(0);
    },
  );
});
