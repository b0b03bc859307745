import { beforeAll, describe, expect, it } from 'vitest';
import { everyPlace, isMeant, placeLabel, placeMeant, shownPlaces, within } from '../../reports/places.ts';
import { useDatabase } from '../support/database.ts';
import { batchOf, GUILD } from '../support/records.ts';
import { openWriter } from '../../db/write-batch.ts';

const database = useDatabase();
/** By number, so that an id is easily told. */
const id = (n: number) => `10000000000000000${n}`;
const [CATEGORY, GENERAL, OTHER, FORUM, THREAD, POST, GONE] = [1, 2, 3, 4, 5, 6, 7].map(id);
const PLACES: [id: string, type: number, name: string, parentId: string | null, position?: number][] = [
  [GENERAL!, 0, 'general', CATEGORY!, 2],
  [OTHER!, 0, 'other', null, 1],
  [CATEGORY!, 4, 'Town', null, 0],
  [FORUM!, 15, 'ideas', null, 3],
  [THREAD!, 11, 'a thread', GENERAL!],
  [POST!, 11, '2026', FORUM!],
];

beforeAll(async () => {
  const told = { source: 'gateway' as const, observedAt: Date.UTC(2026, 0, 1), guildId: GUILD };
  const channels = PLACES.map(([channelId, type, name, parentId, position]) => ({
    ...told,
    channelId,
    type,
    name,
    parentId,
    ...(position !== undefined && { details: { topic: null, position } }),
  }));
  const gone = { ...told, channelId: GONE!, type: 0, name: 'gone', deletedAt: 1 };
  const writer = await openWriter(database.pool, { content: 'full' });
  await writer.write(batchOf({ channels: [...channels, gone] }));
  await writer.close();
});

describe('places', () => {
  it('are those whose readers may be told of them, with what holds them, in the order that Discord has', async () => {
    const shown = async (...ids: string[]) =>
      (await shownPlaces(database.db, GUILD, ids)).map((one) => one.id);
    expect(await shown(GENERAL!, OTHER!, FORUM!, THREAD!, POST!, GONE!)).toEqual([
      CATEGORY,
      OTHER,
      GENERAL,
      FORUM,
      POST,
      THREAD,
    ]);
    expect(await shown(GENERAL!)).toEqual([CATEGORY, GENERAL]);
    expect(await shown(POST!)).toEqual([FORUM, POST]);
    // What holds only what cannot be read is not shown, nor is a channel by its thread.
    expect(await shown(OTHER!, THREAD!)).toEqual([OTHER, THREAD]);
    expect(await shown()).toEqual([]);
  });

  it('that a place is or holds are cut out of those that may count', async () => {
    const cut = (place: string) => within(database.db, GUILD, [GENERAL!, OTHER!, POST!], place);
    expect(await cut(CATEGORY!)).toEqual([GENERAL]);
    expect(await cut(FORUM!)).toEqual([POST]);
    expect(await cut(OTHER!)).toEqual([OTHER]);
    expect(await cut(THREAD!)).toEqual([]);
  });

  it('of a server are all that are there', async () => {
    const all = [CATEGORY, GENERAL, OTHER, FORUM, THREAD, POST];
    expect(await everyPlace(database.db, GUILD)).toEqual(all);
    expect(await everyPlace(database.db, '1')).toEqual([]);
  });
});

describe('what somebody types', () => {
  const named = (name: string | null, type = 0) => ({ id: GENERAL!, name, type, parentId: null });
  const [general, year, thread] = [
    named('general'),
    { ...named('2026'), id: POST! },
    { ...named('A Thread', 11), id: THREAD! },
  ];
  const meant = (typed: string) => placeMeant([general!, year!, thread!], typed)?.id;

  it('is an id, a mention, or a name, however it is written', () => {
    for (const typed of [GENERAL!, ` ${GENERAL} `, `<#${GENERAL}>`, 'general', '#General', ' # general '])
      expect(meant(typed)).toBe(GENERAL);
    for (const typed of ['a thread', '↳ A THREAD', 'A\u200b thread']) expect(meant(typed)).toBe(THREAD);
    expect(meant('2026')).toBe(POST);
    for (const typed of ['gener', '', OTHER!, '<#1>', '<@2>']) expect(meant(typed)).toBe(undefined);
    expect(placeMeant([named(null)], '')).toBe(undefined);
  });

  it('may be a part of it', () => {
    for (const typed of ['', '#', 'ENE', '#gen']) expect(isMeant(general!, typed)).toBe(true);
    for (const typed of ['x', 'generally']) expect(isMeant(general!, typed)).toBe(false);
    const long = 'x'.repeat(100);
    for (const typed of [long, long.slice(1)]) expect(isMeant(named(long), typed)).toBe(true);
    expect(isMeant(named(null), '')).toBe(true);
  });
});

it('a place is called as Discord shows it, and by its id where nothing is to be seen', () => {
  const label = (name: string | null, type: number | null) => placeLabel({ id: '7', name, type });
  expect(label('general', 0)).toBe('#general');
  expect(label('Town', 4)).toBe('Town');
  expect(label('a thread', 12)).toBe('↳ a thread');
  expect(label('of an export', null)).toBe('#of an export');
  for (const nothing of [null, '', '\u200b\u2066']) expect(label(nothing, 0)).toBe('7');
});
