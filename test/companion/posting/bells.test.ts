/** Bells by the real node-cron: whether they ring when something is due. */
import { getTasks } from 'node-cron';
import { afterEach, describe, expect, it } from 'vitest';
import { type Bells, makeBells } from '../../../companion/posting/bells.ts';
import type { PostingGuild } from '../../../db/posts.ts';
import { nextPostMs } from '../../../reports/settings/next-post.ts';
import { at } from './scene.ts';

const ZONES = [
  'Europe/Vienna',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/Santiago',
  'UTC',
];

const guild = (times: Partial<PostingGuild>): PostingGuild => ({
  guildId: '1',
  timeZone: 'UTC',
  weeklyDay: 1,
  weeklyHour: 9,
  weeklyLateDays: 3,
  weeklySinceMs: null,
  weeklyChannel: '2',
  lastPeriod: null,
  lastDueAtMs: null,
  openTryAtMs: null,
  ...times,
});

let bells: Bells | undefined;
afterEach(() => bells?.close());

/** The bells that hang for these guilds. */
function hung(...guilds: PostingGuild[]) {
  bells ??= makeBells(() => {});
  bells.set(guilds);
  return [...getTasks().values()];
}

describe('bells', () => {
  it('ring at the minute a report is due, but where a clock leaves out that hour: the look of every few seconds finds these', () => {
    const silent: string[] = [];
    for (const timeZone of ZONES)
      for (const weeklyDay of [1, 6, 7])
        for (const weeklyHour of [0, 2, 9]) {
          const times = guild({ timeZone, weeklyDay, weeklyHour });
          const [bell] = hung(times);
          let ms = at('2026-07-01T00:00[UTC]');
          for (let week = 0; week < 53; week++) {
            ms = nextPostMs(times, ms);
            if (!bell!.match(new Date(ms)))
              silent.push(`${timeZone} ${new Date(ms).toISOString().slice(0, 16)}`);
          }
        }
    expect(silent).toEqual([
      'Europe/Vienna 2027-03-28T01:00',
      'America/New_York 2027-03-14T07:00',
      'Australia/Lord_Howe 2026-10-03T15:30',
      'America/Santiago 2026-09-06T04:00',
    ]);
  });

  it('hang once for guilds of one time, and no longer than they are wanted', () => {
    const two = [guild({}), guild({ guildId: '3' }), guild({ guildId: '4', weeklyHour: 10 })];
    expect(hung(...two).map((bell) => bell.getPattern())).toEqual(['0 0 9 * * 1', '0 0 10 * * 1']);
    expect(hung(two[2]!).map((bell) => bell.getPattern())).toEqual(['0 0 10 * * 1']);
    expect(hung(guild({ weeklyChannel: null }))).toEqual([]);
  });

  it('of Sunday hang on Sunday', () => {
    expect(hung(guild({ weeklyDay: 7 })).map((bell) => bell.getPattern())).toEqual(['0 0 9 * * 0']);
  });
});
