/** `/settings`: what it changes, and what it refuses. */
import { describe, expect, it } from 'vitest';
import type { Options } from '../../commands/command.ts';
import command from '../../commands/settings.ts';
import type { GuildSettings } from '../../db/settings.ts';
import { UserError } from '../../reports/user-error.ts';
import { LANGUAGES, wordsIn } from '../../reports/words.ts';
import {
  ARCHIVE,
  BORN,
  BOTS,
  GENERAL,
  GONE,
  GUILD,
  HELPERS,
  HIDDEN,
  IMPORTED,
  MODS,
  NEWS,
  NOW,
  OLD_TALK,
  REPORTS,
  STAFF,
  textOf,
  THREAD,
  useSettings,
} from './settings/scene.ts';

const { zones, write, use, complete, read, save, link, links } = useSettings();

const told = async (options?: Options) => textOf(await use({ ...(options && { options }) }));
/** What stands above the rule: what was changed. */
const changed = async (options: Options) => (await told(options)).split('\n---\n')[0];
describe('/settings', () => {
  it('is for those who may Manage Server, in servers, and each option is told in both languages', () => {
    expect(command.isForManagers).toBe(true);
    expect(command.data).toMatchObject({ default_member_permissions: '32', contexts: [0] });
    for (const { name, name_localizations, description, description_localizations } of command.data
      .options!) {
      expect(name).toMatch(/^[a-z-]{1,32}$/);
      expect(name_localizations!.de).toMatch(/^[-\p{Ll}]{1,32}$/u);
      for (const text of [description, description_localizations!.de!]) {
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(100);
      }
    }
    for (const language of LANGUAGES) {
      const names = Object.values(wordsIn(language).settings.options).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('without options shows what is set and changes nothing', async () => {
    const before = await read();
    expect(await told()).toMatch(/^## Settings of Lighthouse\n/);
    expect(await read()).toEqual(before);
  });

  it('tells when the report is due, in the zone', async () => {
    await save({ weeklyChannel: REPORTS, weeklyDay: 6, weeklyHour: 21, timeZone: 'Asia/Tokyo' });
    // It is 21:00 there.
    expect(await told()).toContain(
      'every Saturday at 21:00, if need be up to 3 days late. Next report: Sat 28 Nov, 21:00.',
    );
  });
});

describe('an option', () => {
  const CASES: [options: Options, change: Partial<GuildSettings>, said: string][] = [
    [{ 'weekly-channel': REPORTS }, { weeklyChannel: REPORTS }, 'posted in **\\#reports**'],
    [{ 'weekly-day': '5' }, { weeklyDay: 5 }, 'every Friday at 9:00'],
    [{ 'weekly-hour': 0 }, { weeklyHour: 0 }, 'every Monday at 0:00'],
    [{ 'weekly-late-days': 1 }, { weeklyLateDays: 1 }, 'every Monday at 9:00'],
    [{ 'help-channel': REPORTS }, { helpChannel: REPORTS }, 'is sent to **\\#reports**.'],
    [{ 'help-channel': 'General' }, { helpChannel: GENERAL }, 'is sent to **\\#general**.'],
    [{ 'time-zone': 'wien' }, { timeZone: 'Europe/Vienna' }, 'those of Europe/Vienna, where it is 13:00 now'],
    [{ language: 'de' }, { language: 'de' }, 'written in German'],
    [{ exclude: GENERAL }, { excludedChannels: [GENERAL] }, '**\\#general** is excluded'],
    [{ exclude: '#General' }, { excludedChannels: [GENERAL] }, '**\\#general** is excluded'],
    [{ exclude: `<#${THREAD}>` }, { excludedChannels: [THREAD] }, '**↳ Plans for autumn** is excluded'],
    [{ exclude: 'archive' }, { excludedChannels: [ARCHIVE] }, '**Archive** is excluded'],
    [{ 'count-bots': true }, { countBots: true }, 'Bots and webhooks count.'],
    [
      { command: 'stats', role: HELPERS },
      { commandRoles: { stats: [HELPERS] } },
      '/stats: **Helpers**, and who',
    ],
    [
      { command: 'weekly', allow: 'managers' },
      { commandRoles: { weekly: [] } },
      '/weekly: only who may Manage',
    ],
  ];
  it.for(CASES)('%o changes %o, and is said first', async ([options, change, said]) => {
    const before = await read();
    expect(await changed(options)).toMatch(/^\*\*Changed\*\*\n- [^\n]+$/);
    const weeklySinceMs = expect.toBeOneOf([null, NOW]);
    expect(await read()).toEqual({ ...before, ...change, weeklySinceMs });
    expect(await told()).toContain(said.replace(/ is excluded$/, ''));
    expect(await told(options)).toMatch(/^Nothing had to change: it was so before\.\n---\n## Settings/);
  });

  it.for(CASES)('%o is told in its own words', async ([options, , said]) => {
    expect(await changed(options)).toContain(said);
  });

  it('beside others changes all of them, each said', async () => {
    const lines = await changed({
      'weekly-channel': NEWS,
      'weekly-hour': 18,
      'time-zone': 'Europe/Vienna',
      language: 'de',
      exclude: GENERAL,
      'count-bots': true,
      command: 'stats',
      allow: 'managers',
      role: MODS,
    });
    expect(lines!.split('\n')).toHaveLength(1 + 6);
    expect(await read()).toMatchObject({
      weeklyChannel: NEWS,
      weeklyHour: 18,
      timeZone: 'Europe/Vienna',
      language: 'de',
      excludedChannels: [GENERAL],
      countBots: true,
      commandRoles: { stats: [MODS] },
    });
  });

  it('weekly-day: off ends the report, and keeps its day', async () => {
    await save({ weeklyChannel: REPORTS, weeklyDay: 3 });
    expect(await changed({ 'weekly-day': 'off' })).toContain('is posted nowhere');
    expect(await read()).toMatchObject({ weeklyChannel: null, weeklyDay: 3 });
  });

  it('help-channel: off, in any language, sends nobody to a channel', async () => {
    for (const [off, language] of [
      ['off', 'en'],
      ['OFF', 'de'],
      ['aus', 'de'],
    ] as const) {
      await save({ helpChannel: REPORTS });
      const said = textOf(await use({ options: { 'help-channel': off }, language }));
      expect(said).toContain(wordsIn(language).settings.helpedNowhere);
      expect(await read()).toMatchObject({ helpChannel: null });
    }
  });

  it('time-zone has the sums of the server made anew, where it is another', async () => {
    await use({ options: { language: 'de' } });
    await use({ options: { 'time-zone': 'UTC' } });
    expect(zones).toEqual([]);
    await use({ options: { 'time-zone': 'Tokio' } });
    expect(zones).toEqual([GUILD]);
  });

  it('include takes back what is excluded, by its name, id or mention, also what is not there any more', async () => {
    const excluded = [GENERAL, STAFF, OLD_TALK, GONE, HIDDEN, THREAD];
    await save({ excludedChannels: excluded });
    const taken: [typed: string, id: string, said: string][] = [
      ['general', GENERAL, '**\\#general** is recorded and counted again'],
      [STAFF, STAFF, `<#${STAFF}> is recorded`],
      [`<#${OLD_TALK}>`, OLD_TALK, '**\\#old-talk** is recorded'],
      [GONE, GONE, `a deleted channel (${GONE}) is recorded`],
      [HIDDEN, HIDDEN, `<#${HIDDEN}> is recorded`],
      ['plans for autumn', THREAD, '**↳ Plans for autumn** is recorded'],
    ];
    for (const [typed, id, said] of taken) {
      expect(await changed({ include: typed })).toContain(said);
      expect((await read()).excludedChannels).not.toContain(id);
    }
    expect((await read()).excludedChannels).toEqual([]);
  });

  it('include and exclude change one list in one go', async () => {
    await save({ excludedChannels: [GENERAL] });
    await use({ options: { include: 'general', exclude: 'reports' } });
    expect((await read()).excludedChannels).toEqual([REPORTS]);
  });

  it('role adds to a rule, allow replaces it, everyone takes it away', async () => {
    const steps: [options: Options, roles: string[] | undefined][] = [
      [{ role: HELPERS }, [HELPERS]],
      [{ role: MODS }, [HELPERS, MODS]],
      [{ role: MODS }, [HELPERS, MODS]],
      [{ allow: 'managers', role: MODS }, [MODS]],
      [{ allow: 'managers' }, []],
      [{ role: HELPERS }, [HELPERS]],
      [{ allow: 'everyone' }, undefined],
      [{ role: HELPERS }, [HELPERS]],
      // The role that everyone has.
      [{ role: GUILD }, undefined],
    ];
    await save({ commandRoles: { weekly: [BOTS] } });
    for (const [options, roles] of steps) {
      await use({ options: { command: 'stats', ...options } });
      expect((await read()).commandRoles).toEqual({ weekly: [BOTS], ...(roles && { stats: roles }) });
    }
  });

  it('server and open open a linked server to all, or close it again', async () => {
    await link();
    expect(await told()).toContain('**Old Lighthouse**: only who may Manage Server, in private');
    const open = { server: IMPORTED, open: true };
    expect(await changed(open)).toContain('- **Old Lighthouse**: everyone may ask about it');
    expect(await links()).toMatchObject([{ id: IMPORTED, isOpen: true }]);
    expect(await changed(open)).toBe('Nothing had to change: it was so before.');
    expect(await changed({ ...open, open: false })).toContain('only who may Manage Server, in private');
    expect(await links()).toMatchObject([{ id: IMPORTED, isOpen: false }]);
  });

  it('server knows no server that the bot has joined since it was linked', async () => {
    await link();
    await use({ options: { server: IMPORTED, open: true } });
    await write({
      guildMoments: [{ guildId: IMPORTED, kind: 'available', at: BORN }],
      roles: [
        { source: 'gateway', observedAt: BORN, guildId: IMPORTED, roleId: IMPORTED, permissions: '1024' },
      ],
    });
    expect(await told()).not.toContain('Old Lighthouse');
    await expect(use({ options: { server: IMPORTED, open: true } })).rejects.toThrow('No server');
    expect(await complete('server', '')).toEqual([]);
  });
});

describe('what is refused', () => {
  const REFUSED: [options: Options, said: RegExp][] = [
    [{ 'weekly-channel': REPORTS, 'weekly-day': 'off' }, /weekly-day: off and weekly-channel contradict/],
    [{ 'weekly-day': '8' }, /no value for weekly-day/],
    [{ 'weekly-day': 'monday' }, /no value for weekly-day/],
    [{ 'weekly-hour': 24 }, /no value for weekly-hour/],
    [{ 'weekly-hour': 1.5 }, /no value for weekly-hour/],
    [{ 'weekly-late-days': 8 }, /no value for weekly-late-days/],
    [{ 'weekly-late-days': -1 }, /no value for weekly-late-days/],
    [{ 'time-zone': 'Viena' }, /no time zone “Viena”\. Perhaps .*Europe\/Vienna.* Pick one/],
    [{ 'time-zone': '@everyone' }, /no time zone “@\u2060everyone”/],
    [{ language: 'tlh' }, /no value for language/],
    [{ exclude: 'nowhere' }, /no channel or category “nowhere” that you can see/],
    [{ exclude: GONE }, /no channel or category/],
    // There, and not theirs to see.
    [{ exclude: 'staff' }, /no channel or category “staff” that you can see/],
    [{ exclude: STAFF }, /no channel or category/],
    [{ exclude: 'secret plans' }, /no channel or category/],
    [{ include: 'general' }, /No channel is excluded/],
    [{ 'help-channel': 'nowhere' }, /There is no channel “nowhere” that you can see/],
    [{ 'help-channel': STAFF }, /There is no channel/],
    [{ 'help-channel': GONE }, /There is no channel/],
    // Nobody can be reached in a category.
    [{ 'help-channel': 'Archive' }, /There is no channel “Archive”/],
    [{ command: 'stats' }, /Say who may use it, too/],
    [{ allow: 'managers' }, /Say which command, too/],
    [{ role: HELPERS }, /Say which command, too/],
    [{ command: 'settings', allow: 'everyone' }, /There is no rule for “settings”/],
    [{ command: 'stats', allow: 'everyone', role: HELPERS }, /a role adds nothing/],
    [{ command: 'stats', allow: 'managers', role: GUILD }, /a role adds nothing/],
    [{ command: 'stats', allow: 'some' }, /no value for allow/],
    [{ server: IMPORTED }, /Say whether everyone may ask/],
    [{ open: true }, /Say which server, too/],
    [{ server: IMPORTED, open: true }, /No server “\d+” is linked/],
  ];
  it.for(REFUSED)('%o: with a sentence in each language, and nothing is changed', async ([options, said]) => {
    const before = await read();
    // What is right beside it is not changed either.
    const all = { 'count-bots': true, ...options };
    await expect(use({ options: all })).rejects.toThrow(said);
    for (const language of LANGUAGES)
      await expect(use({ options: all, language })).rejects.toThrow(UserError);
    expect(await read()).toEqual(before);
    expect(zones).toEqual([]);
  });

  it('is to include what is not excluded, or to do both with one', async () => {
    await save({ excludedChannels: [GENERAL, STAFF] });
    for (const include of ['reports', REPORTS, 'nowhere', 'staff'])
      await expect(use({ options: { include } })).rejects.toThrow(`“${include}” is not excluded`);
    for (const include of ['general', 'reports'])
      await expect(use({ options: { include, exclude: include } })).rejects.toThrow('the same channel');
    expect((await read()).excludedChannels).toEqual([GENERAL, STAFF]);
  });
});
