/** What is posted, when, and where. */
import { beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../../support/database.ts';
import { marksOf, openScene } from './scene.ts';

const database = useDatabase();
beforeEach(() => database.clear());

const HOUR_MS = 3_600_000;
const at = (text: string): number => Temporal.ZonedDateTime.from(text).epochMilliseconds;

describe('the weekly report', () => {
  it('is posted once, on the day and hour of the guild, about the week before', async () => {
    const scene = await openScene(database, at('2026-11-13T12:00[Europe/Vienna]'));
    await scene.set({ weeklyChannel: scene.channelId, timeZone: 'Europe/Vienna' });
    const companion = await scene.companion();
    scene.clock.ms = at('2026-11-16T08:59:59[Europe/Vienna]');
    await companion.look();
    expect(scene.posted()).toEqual([]);
    scene.clock.ms += 1_000;
    await companion.look();
    expect([marksOf(scene.posted()), await scene.claims()]).toMatchObject([
      ['2026-W46'],
      [{ state: 'posted' }],
    ]);
    scene.clock.ms += HOUR_MS;
    await companion.look();
    expect(scene.posted()).toHaveLength(1);
    expect(scene.discord.oracleFaults).toEqual([]);
  });
});
