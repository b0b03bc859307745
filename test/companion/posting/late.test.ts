/** Posts that were missed, and settings that change in the middle of a week. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { SettingsChange } from '../../../db/settings.ts';
import { useDatabase } from '../../support/database.ts';
import { at, marksOf, openScene, type Scene } from './scene.ts';

const database = useDatabase();
beforeEach(() => database.clear());

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

/** Friday of week 46; the report about it is due on Monday at 9. */
const FRIDAY_MS = at('2026-11-13T12:00[Europe/Vienna]');
const DUE_MS = at('2026-11-16T09:00[Europe/Vienna]');

async function open(more: SettingsChange = {}): Promise<Scene> {
  const scene = await openScene(database, FRIDAY_MS);
  await scene.set({ weeklyChannel: scene.channelId, timeZone: 'Europe/Vienna', ...more });
  await scene.record([{ atMs: FRIDAY_MS }]);
  return scene;
}

/** One begins at a time, and does what is due then. */
async function startAt(scene: Scene, ms: number): Promise<void> {
  scene.clock.ms = ms;
  const companion = await scene.companion();
  await companion.look();
  await companion.close();
}

const textOf = (scene: Scene, n = -1): string => JSON.stringify(scene.posted().at(n)?.components);
/** The claims as week, state, and why, the oldest first. */
const told = async (scene: Scene): Promise<string[]> =>
  (await scene.claims())
    .toReversed()
    .map(({ period, state, reason }) => [period, state, ...(reason ? [reason.is] : [])].join(' '));

describe('a companion that was stopped', () => {
  it('for less than an hour posts what was due, and says nothing of it', async () => {
    const scene = await open();
    await startAt(scene, DUE_MS + 59 * MINUTE_MS);
    expect(await told(scene)).toEqual(['2026-W46 posted']);
    expect(textOf(scene)).not.toMatch(/and is late/);
  });

  it.each([
    ['an hour', HOUR_MS],
    ['2 days and 23 hours', 2 * DAY_MS + 23 * HOUR_MS],
  ])('for %s posts it late, once, and says so', async (_, lateMs) => {
    const scene = await open();
    await startAt(scene, DUE_MS + lateMs);
    await startAt(scene, DUE_MS + lateMs + HOUR_MS);
    expect([await told(scene), marksOf(scene.posted())]).toEqual([['2026-W46 posted'], ['2026-W46']]);
    expect(textOf(scene)).toMatch(/and is late/);
  });

  it('for three days skips it, and the next post says so', async () => {
    const scene = await open();
    await startAt(scene, DUE_MS + 3 * DAY_MS);
    expect([await told(scene), scene.posted()]).toEqual([['2026-W46 skipped late'], []]);
    await startAt(scene, DUE_MS + WEEK_MS);
    expect(await told(scene)).toEqual(['2026-W46 skipped late', '2026-W47 posted']);
    expect(textOf(scene)).toMatch(/The report about week 46 of 2026 was not posted/);
  });

  it('for three weeks skips all but the newest, which is made up for, and says that of the one before', async () => {
    const scene = await open();
    await startAt(scene, DUE_MS + 2 * WEEK_MS + DAY_MS);
    expect(await told(scene)).toEqual(['2026-W46 skipped late', '2026-W47 skipped late', '2026-W48 posted']);
    expect(textOf(scene)).toMatch(/and is late/);
    expect(textOf(scene)).toMatch(/The report about week 47 of 2026 was not posted/);
  });

  it.each([
    [0, HOUR_MS - MINUTE_MS, '2026-W46 posted'],
    [0, HOUR_MS, '2026-W46 skipped late'],
    [7, 6 * DAY_MS + 23 * HOUR_MS, '2026-W46 posted'],
  ])('makes up for %s days, as it is set: %s ms late it is %s', async (weeklyLateDays, lateMs, outcome) => {
    const scene = await open({ weeklyLateDays });
    await startAt(scene, DUE_MS + lateMs);
    expect(await told(scene)).toEqual([outcome]);
  });

  it('where posts are made up for until the next is due posts that one, and the newest is told apart', async () => {
    const scene = await open({ weeklyLateDays: 7 });
    await startAt(scene, DUE_MS + WEEK_MS);
    expect(await told(scene)).toEqual(['2026-W46 skipped late', '2026-W47 posted']);
  });

  it('and begins at the very minute posts once, beside another that did not stop', async () => {
    const scene = await open();
    const other = await scene.companion();
    scene.clock.ms = DUE_MS;
    const [first] = await Promise.all([scene.companion(), other.look()]);
    await Promise.all([first.look(), other.look()]);
    await first.close();
    await startAt(scene, DUE_MS);
    expect([await told(scene), scene.made.length]).toEqual([['2026-W46 posted'], 1]);
  });
});

describe('settings that change', () => {
  it('turned on in the middle of a week post nothing of before', async () => {
    const scene = await openScene(database, DUE_MS + DAY_MS);
    await scene.set({ weeklyChannel: scene.channelId, timeZone: 'Europe/Vienna' });
    await startAt(scene, DUE_MS + 2 * DAY_MS);
    expect(await scene.claims()).toEqual([]);
    await startAt(scene, DUE_MS + WEEK_MS);
    expect(await told(scene)).toEqual(['2026-W47 posted']);
  });

  it('moved to a later day behind a post do not post that week again', async () => {
    const scene = await open();
    await startAt(scene, DUE_MS);
    await scene.set({ weeklyDay: 3 });
    await startAt(scene, DUE_MS + 2 * DAY_MS);
    expect(await told(scene)).toEqual(['2026-W46 posted']);
    await startAt(scene, DUE_MS + WEEK_MS + 2 * DAY_MS);
    expect(await told(scene)).toEqual(['2026-W46 posted', '2026-W47 posted']);
  });

  it('moved back and forth post each week once, and leave none out', async () => {
    const scene = await open();
    const companion = await scene.companion();
    const days = [3, 1, 7, 2, 1, 5, 1, 1];
    for (let hour = 0; hour < 8 * 7 * 24; hour += 12) {
      scene.clock.ms = DUE_MS - 3 * HOUR_MS + hour * HOUR_MS;
      const week = Math.floor(hour / (7 * 24));
      // On the Monday morning, before anything is due that week.
      if (hour % (7 * 24) === 0) await scene.set({ weeklyDay: days[week]! });
      await companion.look();
    }
    const weeks = ['46', '47', '48', '49', '50', '51', '52', '53'].map((week) => `2026-W${week}`);
    expect(await told(scene)).toEqual(weeks.map((week) => `${week} posted`));
    expect(marksOf(scene.posted())).toEqual(weeks);
  });

  it.each([
    ['east', 'Pacific/Apia'],
    ['west', 'America/New_York'],
  ])('to a zone further %s do not post a week again', async (_, timeZone) => {
    const scene = await open();
    await startAt(scene, DUE_MS);
    await scene.set({ timeZone });
    await startAt(scene, DUE_MS + 10 * HOUR_MS);
    await startAt(scene, DUE_MS + DAY_MS);
    expect(await told(scene)).toEqual(['2026-W46 posted']);
    await startAt(scene, DUE_MS + WEEK_MS + 12 * HOUR_MS);
    expect(await told(scene)).toEqual(['2026-W46 posted', '2026-W47 posted']);
  });

  it('off and on again post nothing that was due in between', async () => {
    const scene = await open();
    await scene.set({ weeklyChannel: null });
    await startAt(scene, DUE_MS);
    scene.clock.ms = DUE_MS + HOUR_MS;
    await scene.set({ weeklyChannel: scene.channelId });
    await startAt(scene, DUE_MS + 2 * HOUR_MS);
    expect(await scene.claims()).toEqual([]);
    await startAt(scene, DUE_MS + WEEK_MS);
    expect(await told(scene)).toEqual(['2026-W47 posted']);
  });

  it('off while a post waits end its claim', async () => {
    const scene = await open();
    scene.discord.world.forbid(scene.channelId, 'SendMessages');
    await startAt(scene, DUE_MS);
    expect(await told(scene)).toEqual(['2026-W46 due lacks']);
    await scene.set({ weeklyChannel: null });
    await startAt(scene, DUE_MS + HOUR_MS);
    expect(await told(scene)).toEqual(['2026-W46 skipped off']);
  });

  it('to another channel while a post waits post it there', async () => {
    const scene = await open();
    scene.discord.world.forbid(scene.channelId, 'SendMessages');
    await startAt(scene, DUE_MS);
    const other = scene.discord.world.addChannel(scene.guildId).id;
    await scene.set({ weeklyChannel: other });
    await startAt(scene, DUE_MS + 6 * MINUTE_MS);
    expect(scene.posted().map(({ channelId }) => channelId)).toEqual([other]);
  });
});
