/** What `/settings` tells of weekly reports that were posted, that wait, and that were skipped. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Options } from '../../../commands/command.ts';
import { leaseJob } from '../../../db/jobs.ts';
import { changePost, claimPost, type PostChange, type PostReason } from '../../../db/posts.ts';
import { saveSettings, type SettingsChange } from '../../../db/settings.ts';
import { GUILD, MODERATOR, NEWS, NOW, REPORTS, STAFF, textOf, useSettings, type Asking } from './scene.ts';

const { database, use } = useSettings();
beforeEach(async () => void (await database.pool.query('delete from posts; delete from jobs')));

const HOUR = 3_600_000;
/** The Monday before. */
const DUE = Date.UTC(2026, 10, 16, 9);
const MESSAGE = '1411139355279360009';

/** As it was set some weeks before. */
const set = (change: SettingsChange) =>
  saveSettings(database.db, GUILD, change, new Date(DUE - 30 * 24 * HOUR));

async function claim(period: string, change: PostChange = { tries: 0 }, dueAtMs = DUE): Promise<void> {
  const key = { guildId: GUILD, report: 'weekly', period };
  await claimPost(database.pool, key, dueAtMs);
  const job = { guildId: GUILD, job: period };
  const lease = await leaseJob(database.pool, job, { holder: 'test', leaseMs: 60_000, nowMs: NOW });
  if (!(await changePost(database.pool, key, change, lease!))) throw new Error('nothing was changed');
}

/** The lines of the section about the weekly report: the first is where and when it comes. */
async function lines(asking: Asking = {}): Promise<string[]> {
  const text = textOf(await use({ ...asking, context: { nowMs: DUE + HOUR, ...asking.context } }));
  const [, section] = text.split(/^### (?:Weekly report|Wochenbericht)$/m);
  return section!.split('\n---\n')[0]!.split('\n### ')[0]!.trim().split('\n');
}
const second = async (asking?: Asking) => (await lines(asking))[1];

const posted: PostChange = {
  state: 'posted',
  channelId: REPORTS,
  messageId: MESSAGE,
  postedAtMs: DUE + 4_000,
};

/** What stands above the rule: what was changed. */
const changed = async (options: Options) => textOf(await use({ options })).split('\n---\n')[0]!;

describe('the next report', () => {
  it('is told with every change of when it comes, of its zone too', async () => {
    const all = { 'weekly-channel': REPORTS, 'weekly-day': '3', 'weekly-hour': 7, 'weekly-late-days': 0 };
    expect(await changed(all)).toMatch(
      /- The weekly report is posted in \*\*\\#reports\*\*, every Wednesday at 7:00\. Next report: Wed 25 Nov, 07:00\.$/,
    );
    expect(await changed({ 'time-zone': 'Tokyo' })).toMatch(
      /- Times are those of Asia\/Tokyo, where it is 21:00 now\. Next report: Wed 25 Nov, 07:00\.$/,
    );
    await set({ weeklyChannel: null });
    expect(await changed({ 'time-zone': 'Vienna' })).toMatch(/13:00 now\.$/);
  });

  it('may come up to some days late, or not at all', async () => {
    const said = async (days: number) => changed({ 'weekly-channel': REPORTS, 'weekly-late-days': days });
    expect(await said(1)).toContain('at 9:00, if need be up to 1 day late.');
    expect(await said(7)).toContain('at 9:00, if need be up to 7 days late.');
    expect(await said(0)).toContain('at 9:00. Next report');
  });
});

describe('a report that was posted', () => {
  beforeEach(() => set({ weeklyChannel: REPORTS }));

  it('is told in small print, with its address', async () => {
    await claim('2026-W46', posted);
    expect(await second()).toBe(
      `-# Last posted: week 46 of 2026, on Mon 16 Nov, 09:00. · [open](https://discord.com/channels/${GUILD}/${REPORTS}/${MESSAGE})`,
    );
    expect(await second({ language: 'de' })).toMatch(
      /^-# Zuletzt gepostet: Kalenderwoche 46\/2026, Mo\., 16\. Nov\., 09:00 Uhr\. · \[öffnen\]/,
    );
  });

  it('and counted again is told as that', async () => {
    await claim('2026-W46', { ...posted, editedAtMs: DUE + 26 * HOUR });
    expect(await second()).toContain('09:00. Counted again on Tue 17 Nov, 11:00. · [open]');
  });

  it('where the asker cannot see is told without its address', async () => {
    await claim('2026-W46', { ...posted, channelId: STAFF });
    expect(await second()).toMatch(/09:00\.$/);
    expect(await second({ asker: MODERATOR })).toContain(`/${STAFF}/${MESSAGE})`);
  });

  it('is the newest of several, and the clock is that of the zone', async () => {
    await set({ timeZone: 'Asia/Tokyo' });
    await claim('2026-W45', posted, DUE - 7 * 24 * HOUR);
    await claim('2026-W46', posted);
    const [, one, other] = await lines();
    expect(one).toContain('week 46 of 2026, on Mon 16 Nov, 18:00.');
    expect(other).toMatch(/^Posts are written/);
  });

  it('is not promised again for another day of the week after it', async () => {
    await claim('2026-W46', posted);
    const said = textOf(await use({ options: { 'weekly-day': '5' }, context: { nowMs: DUE + HOUR } }));
    // That of Friday would be about the same week.
    expect(said).toContain(
      'every Friday at 9:00, if need be up to 3 days late. Next report: Fri 27 Nov, 09:00.',
    );
  });
});

describe('a report that waits', () => {
  const CASES: [reason: PostReason, said: RegExp][] = [
    [{ is: 'gone' }, /the channel was deleted\. Choose another with weekly-channel\.\*\*/],
    [{ is: 'unknown' }, /the bot did not see the channel\. Allow View Channel there to its role\.\*\*/],
    [
      { is: 'lacks', permissions: ['sendMessages', 'attachFiles'] },
      /the bot lacked Send Messages and Attach Files in the channel\. Allow that to its role/,
    ],
    [{ is: 'left' }, /the bot was not in this server\. It is tried again/],
    [{ is: 'rules-unknown' }, /the bot did not know who may read what here\. It is tried again/],
    [{ is: 'catching-up' }, /the bot was still reading what it had missed\. It is tried again/],
    [{ is: 'unanswered' }, /Discord did not answer\. It is tried again/],
    [
      { is: 'refused', code: 50_035 },
      /Discord refused it \(error 50035\)\. It is tried again .* tell whoever/,
    ],
  ];
  it.for(CASES)('says why, what to do, and until when: %o', async ([reason, said]) => {
    await set({ weeklyChannel: REPORTS });
    await claim('2026-W46', { reason });
    const line = await second();
    expect(line).toMatch(/^\*\*Week 46 of 2026 is not posted yet: /);
    expect(line).toMatch(said);
    expect(line).toMatch(/\*\* It can come until Thu 19 Nov, 09:00\.$/);
    expect(await second({ language: 'de' })).toMatch(/^\*\*Kalenderwoche 46\/2026 ist noch nicht gepostet: /);
  });

  it('for Discord to say whether it is there says in which channel the bot must look', async () => {
    await set({ weeklyChannel: REPORTS });
    await claim('2026-W46', { reason: { is: 'unsure' }, channelId: STAFF });
    expect(await second()).toMatch(
      new RegExp(
        `allow View Channel and Read Message History in <#${STAFF}> to its role\\.\\*\\* It can come until`,
      ),
    );
    expect(await second({ asker: MODERATOR })).toContain('in **\\#staff** to its role.**');
  });

  it('for what the line above asks for says no more than that', async () => {
    await set({ weeklyChannel: NEWS });
    await claim('2026-W46', { reason: { is: 'lacks', permissions: ['sendMessages'] } });
    const [where, state] = await lines();
    expect(where).toContain('**It cannot be: there the bot lacks Send Messages and Attach Files.');
    expect(state).toBe('Week 46 of 2026 waits for that. It can come until Thu 19 Nov, 09:00.');
  });

  it('for nothing is being posted', async () => {
    await set({ weeklyChannel: REPORTS });
    await claim('2026-W46');
    expect(await second()).toBe('-# Week 46 of 2026 is being posted.');
  });

  it('is told beside a newer one', async () => {
    await set({ weeklyChannel: REPORTS });
    await claim('2026-W45', { reason: { is: 'unsure' }, channelId: REPORTS }, DUE - 7 * 24 * HOUR);
    await claim('2026-W46', posted);
    const [, newest, older] = await lines();
    expect(newest).toMatch(/^-# Last posted: week 46/);
    expect(older).toMatch(/^\*\*Week 45 of 2026 is not posted yet: Discord did not say/);
  });
});

describe('a report that was skipped', () => {
  const skipped = (reason: PostReason): PostChange => ({ state: 'skipped', reason });
  beforeEach(() => set({ weeklyChannel: REPORTS }));

  it('says what had hindered it', async () => {
    await claim('2026-W46', skipped({ is: 'late', because: { is: 'lacks', permissions: ['viewChannel'] } }));
    expect(await second()).toBe(
      'Week 46 of 2026 was not posted in time: the bot lacked View Channel in the channel. /weekly shows it.',
    );
  });

  it('because nobody was there says so', async () => {
    await claim('2026-W46', skipped({ is: 'late' }));
    expect(await second()).toBe(
      'Week 46 of 2026 was not posted in time: Almanac was not running. /weekly shows it.',
    );
  });

  it('because it was turned off says so in small print', async () => {
    await claim('2026-W46', skipped({ is: 'off' }));
    await set({ weeklyChannel: null });
    expect(await second()).toBe('-# Week 46 of 2026 was not posted: posting had been turned off.');
  });
});

describe('a report that nobody began', () => {
  it('is told of some minutes after it was due, until it is claimed', async () => {
    await saveSettings(database.db, GUILD, { weeklyChannel: REPORTS }, new Date(DUE - 7 * 24 * HOUR));
    expect(await second({ context: { nowMs: DUE + 9 * 60_000 } })).toMatch(/^Posts are written/);
    const late = { context: { nowMs: DUE + 10 * 60_000 } };
    expect(await second(late)).toMatch(
      /^\*\*Week 46 of 2026 is due, and nothing posts it: tell whoever runs/,
    );
    await claim('2026-W46', posted);
    expect(await second(late)).toMatch(/^-# Last posted/);
  });

  it('is none where its day was chosen after it, or nothing is posted', async () => {
    await saveSettings(database.db, GUILD, { weeklyChannel: REPORTS }, new Date(DUE + 1));
    expect(await second()).toMatch(/^Posts are written/);
    await set({ weeklyChannel: null });
    expect(await second()).toMatch(/^Posts are written/);
  });
});

it('the posts of other servers are not told of', async () => {
  await set({ weeklyChannel: REPORTS });
  const key = { guildId: '100000000000000009', report: 'weekly', period: '2026-W46' };
  await claimPost(database.pool, key, DUE);
  await claim('2026-W46', posted);
  expect(await lines()).toHaveLength(3);
});
