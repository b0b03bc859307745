import { beforeEach, describe, expect, it } from 'vitest';
import {
  type Access,
  currentAccess,
  isClosedNow,
  isRecordedByBot,
  readingRules,
  saveAccess,
  storedPlaces,
} from '../../db/access.ts';
import { type ChannelRecord, emptyBatch, type RecordBatch } from '../../db/records.ts';
import { openWriter } from '../../db/write-batch.ts';
import { at, AUTHOR, GUILD } from '../support/records.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
beforeEach(() => database.clear());

const ROLE = '100000000000000005';
const [ONE, TWO] = ['200000000000000001', '200000000000000002'];

async function write(batch: Partial<RecordBatch>): Promise<void> {
  const writer = await openWriter(database.pool, { content: 'full' });
  await writer.write({ ...emptyBatch(), ...batch });
  await writer.close();
}
const told = (seconds: number) => ({ source: 'gateway' as const, observedAt: at(seconds), guildId: GUILD });
const overwrites = [{ id: GUILD, type: 0, allow: '0', deny: '1024' }];
const channel = (seconds: number, channelId: string, more: Partial<ChannelRecord> = {}): ChannelRecord => ({
  ...told(seconds),
  channelId,
  type: 0,
  name: 'one',
  details: { topic: null, overwrites },
  ...more,
});
const places = () => storedPlaces(database.pool, GUILD, AUTHOR);

describe('what decides what may be read', () => {
  it('is not known of a guild that nothing is known of', async () => {
    expect(await places()).toEqual({ ownerId: null, memberRoles: undefined, roles: [], channels: [] });
  });

  it('is the owner, our roles, what roles may do, and each channel with its rules', async () => {
    await write({
      guilds: [{ ...told(1), ownerId: ONE }],
      members: [{ ...told(1), userId: AUTHOR, roles: [ROLE] }],
      roles: [
        { ...told(1), roleId: GUILD, permissions: '1024' },
        { ...told(1), roleId: ROLE, permissions: String(1n << 50n) },
        { ...told(1), roleId: ONE, permissions: '8', deletedAt: at(2) },
        { ...told(1), roleId: TWO },
      ],
      channels: [
        channel(1, ONE),
        channel(1, TWO, { type: 12, parentId: ONE, details: undefined as never }),
        channel(1, ROLE, { type: 11, parentId: ONE }),
      ],
    });
    const { roles, channels, ...rest } = await places();
    expect(rest).toEqual({ ownerId: ONE, memberRoles: [ROLE] });
    expect(new Map(roles.map(({ id, permissions }) => [id, permissions]))).toEqual(
      new Map([
        [GUILD, '1024'],
        [ROLE, String(1n << 50n)],
      ]),
    );
    const there = { isHidden: false, isGone: false };
    expect(channels.toSorted((a, b) => (a.channelId < b.channelId ? -1 : 1))).toEqual([
      { channelId: ONE, type: 0, parentId: null, overwrites, ...there },
      { channelId: TWO, type: 12, parentId: ONE, overwrites: null, ...there },
    ]);
  });

  it('is whether it is hidden, until it is shown again, and whether it is gone', async () => {
    const state = async () => (await places()).channels.map(({ isHidden, isGone }) => [isHidden, isGone]);
    await write({ channels: [channel(1, ONE), { ...told(2), channelId: ONE, hiddenAt: at(2) }] });
    expect(await state()).toEqual([[true, false]]);
    await write({ channels: [channel(3, ONE)] });
    expect(await state()).toEqual([[false, false]]);
    await write({ channels: [channel(4, ONE, { deletedAt: at(4) })] });
    expect(await state()).toEqual([[false, true]]);
  });
});

describe('what decides who may read what', () => {
  const rules = () => readingRules(database.db, GUILD);
  const role = (roleId: string, more: object) => ({ ...told(1), roleId, ...more });

  it('is not known where nothing tells what everyone may do', async () => {
    await write({ roles: [role(ROLE, { permissions: '8' }), role(GUILD, {})], channels: [channel(1, ONE)] });
    expect(await rules()).toBeUndefined();
    expect(await isRecordedByBot(database.db, GUILD)).toBe(false);
  });

  it('is the owner, roles, channels with their rules, and threads by channel and kind, but for what is deleted', async () => {
    const thread = (
      low: number,
      type: number,
      parentId: string | null,
      more: Partial<ChannelRecord> = {},
    ) => ({
      ...told(1),
      channelId: `20000000000000010${low}`,
      type,
      name: 'thread',
      ...(parentId && { parentId }),
      ...more,
    });
    const category = { ...told(1), channelId: '200000000000000003', type: 4, name: 'c', parentId: null };
    await write({
      guilds: [{ ...told(1), ownerId: ONE }],
      roles: [
        role(GUILD, { permissions: '1024' }),
        role(ONE, { permissions: '8', deletedAt: at(2) }),
        role(TWO, {}),
      ],
      channels: [
        channel(1, TWO, { parentId: category.channelId }),
        category,
        channel(1, ONE),
        { ...told(2), channelId: ONE, hiddenAt: at(2) },
        channel(1, AUTHOR, { deletedAt: at(3) }),
        thread(1, 11, TWO),
        thread(2, 10, TWO),
        thread(3, 12, TWO),
        thread(4, 11, TWO, { hiddenAt: at(2) }),
        thread(5, 11, TWO, { deletedAt: at(2) }),
        thread(6, 11, AUTHOR),
        thread(7, 12, null),
      ],
    });
    const { threads, ...found } = (await rules())!;
    expect(found).toEqual({
      guildId: GUILD,
      ownerId: ONE,
      roles: [{ id: GUILD, permissions: '1024' }],
      deletedRoles: [ONE],
      channels: [
        { channelId: ONE, type: 0, parentId: null, overwrites: null },
        { channelId: TWO, type: 0, parentId: category.channelId, overwrites },
        { channelId: category.channelId, type: 4, parentId: null, overwrites: null },
      ],
      excluded: [],
    });
    const listed = threads.map(
      ({ parentId, isPrivate, ids }) =>
        `${parentId} ${isPrivate ? 'private' : 'public'} ${ids.map((id) => id.at(-1)).toSorted()}`,
    );
    expect(listed.toSorted()).toEqual([`${TWO} private 3,4`, `${TWO} public 1,2`, 'null private 7']);
  });
});

describe('what may be read', () => {
  const save = (seconds: number, access: Record<string, Access>) =>
    saveAccess(database.pool, GUILD, at(seconds), new Map(Object.entries(access)));
  const log = async () => {
    const { rows } = await database.pool.query<{ id: string; ms: number; access: string }>(
      `select channel_id::text as id, extract(epoch from at)::float8 * 1000 as ms, access
       from channel_access where guild_id = $1 order by channel_id, at`,
      [GUILD],
    );
    return rows.map(({ id, ms, access }) => [id, (ms - at(0)) / 1000, access]);
  };

  it('is a row a change', async () => {
    expect(await save(1, {})).toBe(0);
    expect(await save(1, { [ONE]: 'readable', [TWO]: 'no view' })).toBe(2);
    expect(await save(2, { [ONE]: 'readable', [TWO]: 'no view' })).toBe(0);
    expect(await save(3, { [ONE]: 'no history', [TWO]: 'no view' })).toBe(1);
    expect(await save(4, { [ONE]: 'readable' })).toBe(1);
    expect(await log()).toEqual([
      [ONE, 1, 'readable'],
      [ONE, 3, 'no history'],
      [ONE, 4, 'readable'],
      [TWO, 1, 'no view'],
    ]);
    expect(await currentAccess(database.pool, GUILD)).toEqual(
      new Map([
        [ONE, { access: 'readable', sinceMs: at(4) }],
        [TWO, { access: 'no view', sinceMs: at(1) }],
      ]),
    );
  });

  it('noted late, or twice in a moment, is what was noted last', async () => {
    await save(5, { [ONE]: 'readable' });
    expect(await save(2, { [ONE]: 'readable' })).toBe(0);
    expect(await save(2, { [ONE]: 'no view' })).toBe(1);
    expect(await log()).toEqual([[ONE, 5, 'no view']]);
    await save(5, { [ONE]: 'gone' });
    expect(await log()).toEqual([[ONE, 5, 'gone']]);
  });

  it('is closed where it is known to be, and for a thread without a row of its own as for its parent', async () => {
    const thread = (channelId: string, type: number) => channel(1, channelId, { type, parentId: ONE });
    await write({ channels: [channel(1, ONE), thread(TWO, 11), thread(ROLE, 12)] });
    const closed = async () =>
      Promise.all([ONE, TWO, ROLE].map((id) => isClosedNow(database.pool, GUILD, id)));
    expect(await closed()).toEqual([false, false, false]);
    await save(1, { [ONE]: 'readable' });
    expect(await closed()).toEqual([false, false, false]);
    await save(2, { [ONE]: 'no history', [ROLE]: 'readable' });
    expect(await closed()).toEqual([true, true, false]);
  });
});
