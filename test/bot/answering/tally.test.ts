/** How commands that were asked, and charts that were drawn, are counted. */
import { afterEach, expect, it } from 'vitest';
import type { CommandVitals } from '../../../bot/vitals.ts';
import { saveSettings } from '../../../db/settings.ts';
import { eventually } from '../recording-bot.ts';
import { BROKEN } from './broken.ts';
import { CANARY, useTown } from './town.ts';

const town = useTown({ commands: BROKEN });
afterEach(() => void (town.does = {}));

/** What was counted since then: as `command outcome`, so many. */
function since(): () => Record<string, number> {
  const keyOf = ({ command, outcome }: CommandVitals) => `${command} ${outcome}`;
  const before = new Map(town.run.vitals().commands.map((one) => [keyOf(one), one.count]));
  return () =>
    Object.fromEntries(
      town.run
        .vitals()
        .commands.map((one) => [keyOf(one), one.count - (before.get(keyOf(one)) ?? 0)] as const)
        .filter(([, count]) => count > 0),
    );
}

it('an answer is one of its command, with how long it took; what is suggested for it is none', async () => {
  const counted = since();
  await town.ask('stats');
  await town.ask('stats', { private: true });
  await town.suggested('stats', { period: 'we' });
  await eventually(() => expect(counted()).toEqual({ 'stats answered': 2 }));
  const { seconds } = town.run.vitals().commands.find(({ command }) => command === 'stats')!;
  expect(seconds).toBeGreaterThan(0);
});

it('a button is one of the command whose message it stands below', async () => {
  const counted = since();
  const message = await town.ask('stats');
  await town.press(message, 'How was this counted?').answered();
  await eventually(() => expect(counted()).toEqual({ 'stats answered': 2 }));
});

it('what is told why it is not answered is refused', async () => {
  const counted = since();
  await saveSettings(
    town.database.db,
    town.whole.guild.id,
    { commandRoles: { stats: [town.hidden.crew] } },
    new Date(),
  );
  const use = town.use('stats', {}, { by: town.ada });
  await use.until(() => use.shown().some(({ isEphemeral }) => isEphemeral));
  await eventually(() => expect(counted()).toEqual({ 'stats refused': 1 }));
  await saveSettings(town.database.db, town.whole.guild.id, { commandRoles: {} }, new Date());
});

it('an error that nobody expected is a failure, and nothing of it is in what is told', async () => {
  const counted = since();
  const use = town.use('broken-answer');
  await use.until(() => use.shown().some(({ isEphemeral }) => isEphemeral));
  await eventually(() => expect(counted()).toEqual({ 'broken-answer failed': 1 }));
  expect(JSON.stringify(town.run.vitals())).not.toContain(CANARY);
});

it('charts are counted as they are drawn, and those that could not be', async () => {
  const { charts: before } = town.run.vitals();
  const drawnBefore = town.drawn.length;
  await town.ask('stats', { period: '2026-W45' });
  const drawn = town.drawn.length - drawnBefore;
  expect(drawn).toBeGreaterThan(0);
  expect(town.run.vitals().charts).toMatchObject({ drawn: before.drawn + drawn, failed: before.failed });
  town.does.draw = () => Promise.reject(new Error('no chart'));
  await town.ask('stats', { period: 'all' });
  const { charts } = town.run.vitals();
  expect(charts).toMatchObject({ drawn: before.drawn + drawn, failed: before.failed + drawn });
  expect(charts.seconds).toBeGreaterThan(before.seconds);
});
