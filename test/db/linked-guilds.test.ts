import { beforeEach, describe, expect, it } from 'vitest';
import {
  guildsWithLinks,
  isLinkOver,
  linkedGuilds,
  linkGuild,
  openLinked,
  unlinkGuild,
} from '../../db/linked-guilds.ts';
import { useDatabase } from '../support/database.ts';
import { at, GUILD } from '../support/records.ts';
import { write } from '../support/written.ts';

const database = useDatabase();
beforeEach(() => database.clear());

const [HOME, OTHER, NAMELESS] = ['200000000000000001', '200000000000000002', '200000000000000003'];
const now = new Date(at(0));
const link = (guildId: string, linkedId: string) => linkGuild(database.db, guildId, linkedId, now);
const linked = (guildId: string) => linkedGuilds(database.db, guildId);

describe('a linked server', () => {
  it('is closed at first, has its name where one is known, and is told of to the one that it is linked to', async () => {
    await write(database, []);
    expect(await linked(HOME)).toEqual([]);
    expect([await link(HOME, GUILD), await link(HOME, NAMELESS)]).toEqual([true, true]);
    expect(await linked(HOME)).toEqual([
      { id: GUILD, name: 'Lighthouse', isOpen: false, sinceMs: at(0) },
      { id: NAMELESS, name: null, isOpen: false, sinceMs: at(0) },
    ]);
    expect([await linked(OTHER), await linked(GUILD)]).toEqual([[], []]);
  });

  it('is opened and closed for one server alone; linked again it stays as it is', async () => {
    await link(HOME, GUILD);
    await link(OTHER, GUILD);
    expect(await openLinked(database.db, HOME, GUILD, true)).toBe(true);
    expect(await link(HOME, GUILD)).toBe(false);
    const isOpen = async (id: string) => (await linked(id)).map((one) => one.isOpen);
    expect([await isOpen(HOME), await isOpen(OTHER)]).toEqual([[true], [false]]);
    await openLinked(database.db, HOME, GUILD, false);
    expect(await isOpen(HOME)).toEqual([false]);
  });

  it('is linked no more once it is taken away; what is not linked is neither opened nor taken away', async () => {
    await link(HOME, GUILD);
    await link(OTHER, GUILD);
    expect(await unlinkGuild(database.db, HOME, GUILD)).toBe(true);
    expect(await linked(HOME)).toEqual([]);
    expect(await linked(OTHER)).toHaveLength(1);
    expect(await unlinkGuild(database.db, HOME, GUILD)).toBe(false);
    expect(await openLinked(database.db, HOME, GUILD, true)).toBe(false);
    expect(await linked(HOME)).toEqual([]);
  });

  it('is none any more once the bot was in it after it was linked', async () => {
    await link(HOME, GUILD);
    const isOver = async () => isLinkOver(database.db, (await linked(HOME))[0]!);
    const moment = (kind: string, seconds: number) =>
      database.pool.query('insert into guild_moments values ($1, $2, $3)', [
        GUILD,
        kind,
        new Date(at(seconds)),
      ]);
    await moment('left', -1);
    expect(await isOver()).toBe(false);
    await moment('available', 0);
    expect(await isOver()).toBe(true);
    await moment('left', 1);
    expect(await isOver()).toBe(true);
  });

  it('is found by the servers that have any', async () => {
    expect(await guildsWithLinks(database.db)).toEqual([]);
    await link(OTHER, GUILD);
    await link(HOME, GUILD);
    await link(HOME, NAMELESS);
    expect(await guildsWithLinks(database.db)).toEqual([HOME, OTHER]);
  });
});
