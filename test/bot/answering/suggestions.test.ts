/** What is suggested while somebody types. */
import { beforeAll, describe, expect, it } from 'vitest';
import { linkGuild, openLinked } from '../../../db/linked-guilds.ts';
import { CANARY, useTown } from './town.ts';

const town = useTown();
const names = async (...asked: Parameters<typeof town.suggested>) =>
  (await town.suggested(...asked)).map(({ name }) => name);
const owner = () => ({ by: town.whole.guild.ownerId });

describe('suggestions', () => {
  it('for periods say which they are', async () => {
    const choices = await town.suggested('stats', { period: '' });
    expect(choices.length).toBeGreaterThan(4);
    expect(choices.length).toBeLessThanOrEqual(25);
    expect(choices).toContainEqual({ name: expect.stringMatching(/[Ww]eek/) as string, value: 'week' });
    const [first] = await town.suggested('top-contributors', { period: '2026-11' });
    expect(first?.value).toBe('2026-11');
  });

  it('for weeks are weeks of the record', async () => {
    const choices = await town.suggested('weekly', { week: '' });
    expect(choices.map(({ value }) => value)).toEqual(expect.arrayContaining(['2026-W46', '2026-W45']));
    expect(choices.every(({ value }) => /^2026-W4[567]$/.test(String(value)))).toBe(true);
  });

  it('for channels are those that who types can read, as they are called', async () => {
    expect(await names('stats', { channel: 'GEN' })).toEqual(['#general']);
    expect(await names('stats', { channel: '#' }, { by: town.ada })).toEqual([
      'Town',
      '#general',
      '#chat',
      '↳ open-thread',
    ]);
    expect(await names('stats', { channel: 'nowhere' })).toEqual([]);
  });

  it('come in the language of who types', async () => {
    const german = await names('stats', { period: '' }, { locale: 'de' });
    expect(german.join()).toMatch(/Woche/);
  });

  it('for time zones and channels to exclude come to who may Manage Server, and nobody else', async () => {
    expect(await town.suggested('settings', { 'time-zone': 'vien' }, owner())).toContainEqual(
      expect.objectContaining({ value: 'Europe/Vienna' }),
    );
    expect((await names('settings', { exclude: 'gen' }, owner())).join()).toContain('general');
    expect(
      (await names('backfill', { channel: 'gen' }, { ...owner(), subcommand: 'plan' })).join(),
    ).toContain('general');
    for (const [command, option, subcommand] of [
      ['settings', 'time-zone'],
      ['settings', 'exclude'],
      ['backfill', 'channel', 'plan'],
    ] as const) {
      const asked = { by: town.ada, isUnchecked: true, ...(subcommand && { subcommand }) };
      expect(await names(command, { [option]: 'e' }, asked)).toEqual([]);
    }
  });

  it('for what nothing can be suggested are none', async () => {
    expect(await names('never-heard-of', { any: '' }, { isUnchecked: true })).toEqual([]);
    expect(await names('stats', { other: '' }, { isUnchecked: true })).toEqual([]);
  });
});

describe('another server', () => {
  const LINKED = '999999999999999999';
  beforeAll(async () => {
    const { pool, db } = town.database;
    await pool.query(`insert into guilds (guild_id, name, name_at) values ($1, 'Imported', now())`, [LINKED]);
    await pool.query(
      `insert into channels (guild_id, channel_id, type, name, name_at) values ($1, $2, 0, '${CANARY}-old', now())`,
      [LINKED, '999999999999999998'],
    );
    await linkGuild(db, town.whole.guild.id, LINKED, new Date());
  });

  it('is suggested to who may ask about it, and so are its channels', async () => {
    const choice = { name: 'Imported', value: LINKED };
    const besides = { server: LINKED };
    expect(await town.suggested('stats', { server: 'imp' }, owner())).toEqual([choice]);
    expect(await names('stats', { channel: 'old' }, { ...owner(), besides })).toEqual([`#${CANARY}-old`]);
    expect(await names('stats', { server: '' }, { by: town.ada })).toEqual([]);
    expect(await names('stats', { channel: '' }, { by: town.ada, besides })).toEqual([]);
    await openLinked(town.database.db, town.whole.guild.id, LINKED, true);
    expect(await town.suggested('stats', { server: '' }, { by: town.ada })).toEqual([choice]);
    expect(await names('stats', { channel: '' }, { by: town.ada, besides })).toEqual([`#${CANARY}-old`]);
    // That of another server is none.
    const where = town.plain.general;
    expect(await names('stats', { server: '' }, { where })).toEqual([]);
  });
});
