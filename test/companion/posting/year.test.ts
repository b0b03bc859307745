/** A year of weeks by a clock that the test moves. */
import { beforeEach, describe, expect, it } from 'vitest';
import { duePosts, makeNextWork } from '../../../companion/posting/due.ts';
import type { PostingGuild } from '../../../db/posts.ts';
import { isLong } from '../../support/at-length.ts';
import { useDatabase } from '../../support/database.ts';
import { pick, seededRandom } from '../../support/random.ts';
import { at, marksOf, openScene, type Scene } from './scene.ts';

const database = useDatabase();
beforeEach(() => database.clear());

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** With days and hours that a clock leaves out, and that it strikes twice. */
const PLACES = [
  { timeZone: 'Europe/Vienna', weeklyDay: 7, weeklyHour: 2 },
  { timeZone: 'America/New_York', weeklyDay: 7, weeklyHour: 1 },
  { timeZone: 'Asia/Kolkata', weeklyDay: 1, weeklyHour: 9 },
  { timeZone: 'Australia/Lord_Howe', weeklyDay: 7, weeklyHour: 2 },
  { timeZone: 'Pacific/Apia', weeklyDay: 1, weeklyHour: 0 },
  { timeZone: 'America/Santiago', weeklyDay: 7, weeklyHour: 0 },
  { timeZone: 'UTC', weeklyDay: 3, weeklyHour: 23 },
];

interface Expected {
  period: string;
  dueAtMs: number;
}

/** What the clocks on the wall say: each first half hour of a day that is not before the hour. Not made by Temporal. */
function naiveDue(place: (typeof PLACES)[number], fromMs: number, toMs: number): Expected[] {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: place.timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  const days = new Map<string, Expected>();
  for (let ms = fromMs; ms <= toMs; ms += HOUR_MS / 2) {
    const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    const { weekday = '', hour, year, month, day } = parts;
    const isDay = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][place.weeklyDay] === weekday;
    const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
    if (!isDay || Number(hour) < place.weeklyHour || days.has(String(date))) continue;
    const monday = date - (place.weeklyDay - 1) * DAY_MS - 7 * DAY_MS;
    days.set(String(date), { period: naiveWeek(monday), dueAtMs: ms });
  }
  // The day that it begins in may have begun before.
  return [...days.values()].filter(({ dueAtMs }) => dueAtMs > fromMs);
}

/** The week of a Monday: that of its Thursday's year. */
function naiveWeek(mondayMs: number): string {
  const thursday = new Date(mondayMs + 3 * DAY_MS);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

const guildOf = (place: (typeof PLACES)[number], weeklySinceMs: number): PostingGuild => ({
  ...place,
  guildId: '1',
  weeklyLateDays: 3,
  weeklySinceMs,
  weeklyChannel: '2',
  lastPeriod: null,
  lastDueAtMs: null,
  openTryAtMs: null,
});

/** Guilds with a place each, over some time in which a companion looks at uneven times. */
async function postAll(
  scene: Scene,
  places: (typeof PLACES)[number][],
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<Map<(typeof PLACES)[number], string>> {
  const { world } = scene.discord;
  const guilds = new Map<(typeof PLACES)[number], string>();
  for (const place of places) {
    const { id } = world.addGuild();
    guilds.set(place, id);
    await scene.set({ ...place, weeklyChannel: world.addChannel(id).id }, id);
  }
  const companion = await scene.companion();
  const random = seededRandom(5);
  const times = places.flatMap((place) => naiveDue(place, fromMs, toMs)).map(({ dueAtMs }) => dueAtMs);
  for (const dueAtMs of [...new Set(times)].toSorted((a, b) => a - b)) {
    // Just before, at the minute, and some time later.
    if (dueAtMs - 1_000 > scene.clock.ms) {
      scene.clock.ms = dueAtMs - 1_000;
      if (random() < 0.1) await companion.look();
    }
    scene.clock.ms = Math.max(scene.clock.ms, dueAtMs + pick([0, 0, 1_000, 7 * MINUTE_MS], random));
    await companion.look();
  }
  scene.clock.ms = toMs;
  await companion.look();
  return guilds;
}

/** Each week of a guild was posted once, about the week before, at its time. */
async function verify(
  scene: Scene,
  guilds: Map<(typeof PLACES)[number], string>,
  span: { fromMs: number; toMs: number },
): Promise<void> {
  for (const [place, guildId] of guilds) {
    const expected = naiveDue(place, span.fromMs, span.toMs);
    const claims = (await scene.claims(guildId)).toReversed();
    expect(claims.map(({ period, dueAtMs, state }) => ({ period, dueAtMs, state }))).toEqual(
      expected.map((one) => ({ ...one, state: 'posted' })),
    );
    expect(marksOf(scene.posted(guildId))).toEqual(expected.map(({ period }) => period));
    expect(claims.every(({ postedAtMs, dueAtMs }) => postedAtMs! - dueAtMs <= 15 * MINUTE_MS)).toBe(true);
  }
  expect(scene.discord.oracleFaults).toEqual([]);
}

describe('what is due', () => {
  const [fromMs, toMs] = [at('2025-12-20T00:00[UTC]'), at('2028-01-10T00:00[UTC]')];

  it.each(PLACES)(
    'in $timeZone on day $weeklyDay at $weeklyHour is so once a week, by the clock on its wall',
    (place) => {
      const expected = naiveDue(place, fromMs, toMs);
      const found: Expected[] = [];
      const guild = guildOf(place, fromMs);
      const nextWorkMs = makeNextWork();
      // Uneven steps, of which none is longer than what is made up for.
      for (let ms = fromMs, i = 0; ms <= toMs; ms += [3, 50, 26][i++ % 3]! * HOUR_MS) {
        for (const due of duePosts(guild, ms)) {
          found.push(due);
          Object.assign(guild, { lastPeriod: due.period, lastDueAtMs: due.dueAtMs });
        }
        expect(nextWorkMs(guild, ms)).toBeGreaterThan(ms);
      }
      const seen = expected.slice(0, found.length);
      expect([found, expected.length - found.length <= 1]).toEqual([seen, true]);
      // 2026 has 53 weeks.
      expect(new Set(found.map(({ period }) => period)).has('2026-W53')).toBe(true);
    },
  );
});

describe('posting', () => {
  it('for a year is one message a week', async () => {
    const span = { fromMs: at('2026-12-01T00:00[UTC]'), toMs: at('2027-12-01T00:00[UTC]') };
    const scene = await openScene(database, span.fromMs);
    const places = isLong ? PLACES : [{ timeZone: 'Europe/Vienna', weeklyDay: 1, weeklyHour: 9 }];
    const guilds = await postAll(scene, places, span);
    await verify(scene, guilds, span);
    expect((await scene.claims([...guilds.values()][0])).length).toBeGreaterThanOrEqual(52);
  });

  it.each([
    ['ends', '2026-10-23T00:00[UTC]', '2026-11-03T00:00[UTC]'],
    ['begins, or ends in the south', '2027-03-26T00:00[UTC]', '2027-04-06T00:00[UTC]'],
  ])('where summer time %s, in many zones, is one message a week at its local hour', async (_, from, to) => {
    const span = { fromMs: at(from), toMs: at(to) };
    const scene = await openScene(database, span.fromMs);
    await verify(scene, await postAll(scene, PLACES, span), span);
  });
});
