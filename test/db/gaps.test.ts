import { beforeEach, describe, expect, it } from 'vitest';
import type { ClientBase } from 'pg';
import {
  finishGap,
  type Gap,
  type GapChannel,
  gapsToRepair,
  listGaps,
  openGaps,
  openOutageGap,
  saveCursor,
  saveGapChannels,
} from '../../db/gaps.ts';
import { emptyBatch, type RecordBatch } from '../../db/records.ts';
import { openWriter } from '../../db/write-batch.ts';
import { at, dce, GUILD, idAt } from '../support/records.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
beforeEach(() => database.clear());

const OTHER = '100000000000000009';

async function write(batch: Partial<RecordBatch>): Promise<void> {
  const writer = await openWriter(database.pool, { content: 'full' });
  await writer.write({ ...emptyBatch(), ...batch });
  await writer.close();
}
async function asClient<T>(work: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = await database.pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}
const known = () => write({ guilds: [{ source: 'gateway', observedAt: at(0), guildId: GUILD, name: 'g' }] });
const open = (more: { fromMs?: number; reason?: 'overflow' }, times: { lastEventAt?: number; at: number }) =>
  asClient((client) => openGaps(client, { reason: 'new session', guildIds: [GUILD], ...more }, times));
const gaps = () => gapsToRepair(database.pool, [GUILD, OTHER]);
/** What is written down, the oldest first. */
const written = async () => (await listGaps(database.pool, GUILD, 10)).toReversed();
const spans = async () => (await written()).map(({ fromMs, toMs, reason }) => [fromMs, toMs, reason]);
/** By what a repair is kept, and how far it reaches. */
const keyOf = (lastFrom: number, to: number, from = lastFrom) => ({
  guildId: GUILD,
  fromMs: at(from),
  lastFromMs: at(lastFrom),
  toMs: at(to),
});
const onlyGap = (from: number, to: number): Gap => ({ ...keyOf(from, to), card: {} });

describe('a gap is opened', () => {
  it('from the last event of the session before', async () => {
    await known();
    expect(await open({}, { lastEventAt: at(10), at: at(20) })).toBe(1);
    expect(await gaps()).toEqual([onlyGap(10, 20)]);
    expect(await spans()).toEqual([[at(10), at(20), 'new session']]);
  });

  it('from where the spool ran over', async () => {
    await known();
    await open({ fromMs: at(5), reason: 'overflow' }, { lastEventAt: at(10), at: at(20) });
    expect(await spans()).toEqual([[at(5), at(20), 'overflow']]);
  });

  it('from the newest message, where live recording begins on an older record', async () => {
    await write({ messages: [dce(1, idAt(at(1) + 7)), dce(0, idAt(at(0))), dce(99, idAt(at(99)))] });
    await open({}, { at: at(20) });
    expect(await spans()).toEqual([[at(1) + 7, at(20), 'first start']]);
  });

  it('only in guilds of which something is recorded', async () => {
    expect(await open({}, { lastEventAt: at(10), at: at(20) })).toBe(0);
    await known();
    expect(await open({}, { at: at(20) })).toBe(0);
    await asClient((client) =>
      openGaps(
        client,
        { reason: 'new session', guildIds: [OTHER, GUILD] },
        { lastEventAt: at(1), at: at(2) },
      ),
    );
    expect((await gaps()).map(({ guildId }) => guildId)).toEqual([GUILD]);
  });

  it('once, however often its event is told, and however far the session is by then', async () => {
    await known();
    await open({}, { lastEventAt: at(10), at: at(20) });
    expect(await open({}, { lastEventAt: at(10), at: at(20) })).toBe(0);
    expect(await open({}, { lastEventAt: at(20), at: at(20) })).toBe(0);
    expect(await open({}, { lastEventAt: at(25), at: at(20) })).toBe(0);
    expect(await spans()).toHaveLength(1);
  });

  it('once, after it was repaired, too', async () => {
    await known();
    await open({}, { lastEventAt: at(10), at: at(20) });
    await finishGap(database.pool, keyOf(10, 20), 'repaired', {}, at(30));
    expect(await open({}, { lastEventAt: at(10), at: at(20) })).toBe(0);
    expect(await gaps()).toEqual([]);
  });

  it('beside one that is open', async () => {
    await known();
    await open({}, { lastEventAt: at(10), at: at(20) });
    await open({}, { lastEventAt: at(15), at: at(40) });
    expect(await spans()).toEqual([
      [at(10), at(20), 'new session'],
      [at(15), at(40), 'new session'],
    ]);
  });

  it('anew where it is longer than it was told to be, and its repair begins anew', async () => {
    await known();
    await open({}, { lastEventAt: at(10), at: at(20) });
    const key = keyOf(10, 20);
    await saveGapChannels(database.pool, key, [channel('1')]);
    await finishGap(database.pool, key, 'partly', { requests: 3 }, at(30));
    expect(await open({}, { lastEventAt: at(10), at: at(50) })).toBe(1);
    expect(await gaps()).toEqual([onlyGap(10, 50)]);
    expect(await saveGapChannels(database.pool, key, [])).toEqual([]);
  });
});

describe('an outage', () => {
  const moments = (...list: [RecordBatch['guildMoments'][number]['kind'], number][]) =>
    write({ guildMoments: list.map(([kind, s]) => ({ guildId: GUILD, kind, at: at(s) })) });
  const back = (seconds: number) => asClient((client) => openOutageGap(client, GUILD, at(seconds)));

  it('is a gap from when it began to when the guild is back', async () => {
    await moments(['available', 1], ['unavailable', 10], ['unavailable', 12], ['available', 20]);
    expect(await back(20)).toBe(true);
    expect(await back(20)).toBe(false);
    expect(await spans()).toEqual([[at(10), at(20), 'outage']]);
  });

  it('is the time in which the bot was not in the guild, too', async () => {
    await moments(['available', 1], ['left', 10], ['joined', 19], ['available', 20]);
    await back(20);
    expect(await spans()).toEqual([[at(10), at(20), 'outage']]);
  });

  it('is none where the guild was there before, or was never seen', async () => {
    expect(await back(1)).toBe(false);
    await moments(['unavailable', 10], ['available', 20], ['available', 30]);
    expect(await back(30)).toBe(false);
  });
});

const channel = (channelId: string, state: GapChannel['state'] = 'open'): GapChannel => ({
  channelId,
  startId: '5',
  cursorId: '5',
  state,
});

describe('a repair', () => {
  const key = keyOf(10, 20);
  beforeEach(async () => {
    await known();
    await open({}, { lastEventAt: at(10), at: at(20) });
  });
  const rows = (of = key) => saveGapChannels(database.pool, of, []);
  const read = (of: typeof key, channelId: string, card: object) =>
    asClient((client) =>
      saveCursor(client, of, { ...channel(channelId), cursorId: '77', state: 'read' }, card),
    );

  it('goes on where each channel is, with the card as it was', async () => {
    await saveGapChannels(database.pool, key, [channel('1'), channel('2')]);
    await read(key, '1', { requests: 7 });
    expect(await saveGapChannels(database.pool, key, [channel('1'), channel('3')])).toEqual([
      { ...channel('1'), cursorId: '77', state: 'read' },
      channel('2'),
      channel('3'),
    ]);
    expect((await gaps())[0]!.card).toEqual({ requests: 7 });
  });

  it('is one of all open gaps of a guild, and closes them with one card', async () => {
    await open({}, { lastEventAt: at(40), at: at(50) });
    await open({}, { lastEventAt: at(45), at: at(60) });
    const [gap, ...others] = await gaps();
    expect(others).toEqual([]);
    expect(gap).toEqual({ ...keyOf(45, 60, 10), card: {} });
    await saveGapChannels(database.pool, gap!, [channel('1')]);
    await read(gap!, '1', { requests: 7 });
    expect(await gaps()).toEqual([{ ...gap, card: { requests: 7 } }]);
    await finishGap(database.pool, gap!, 'partly', { requests: 8 }, at(70));
    expect(await gaps()).toEqual([]);
    expect(await written()).toMatchObject(
      [10, 40, 45].map((s) => ({
        fromMs: at(s),
        state: 'partly',
        card: { requests: 8 },
        repairedMs: at(70),
      })),
    );
  });

  it('is one a guild', async () => {
    await write({ guilds: [{ source: 'gateway', observedAt: at(0), guildId: OTHER, name: 'o' }] });
    const noticed = { reason: 'new session' as const, guildIds: [OTHER, GUILD] };
    await asClient((client) => openGaps(client, noticed, { lastEventAt: at(5), at: at(7) }));
    const [first, second] = (await gaps()).toSorted((a, b) => a.toMs - b.toMs);
    expect(first).toEqual({ ...onlyGap(5, 7), guildId: OTHER });
    expect(second).toMatchObject({ guildId: GUILD, fromMs: at(5), toMs: at(20) });
    await finishGap(database.pool, second!, 'repaired', {}, at(30));
    expect(await gaps()).toEqual([first]);
  });

  it('leaves open what was opened while it was under way, and has read nothing for that', async () => {
    await saveGapChannels(database.pool, key, [channel('1'), channel('2')]);
    await read(key, '1', { requests: 7 });
    await open({}, { lastEventAt: at(15), at: at(40) });
    const [next] = await gaps();
    expect(next).toEqual({ ...keyOf(15, 40, 10), card: {} });
    expect(await rows(next)).toEqual([]);
    await finishGap(database.pool, key, 'repaired', { requests: 9 }, at(50));
    expect(await gaps()).toEqual([onlyGap(15, 40)]);
    expect(await rows(next)).toEqual([]);
    expect(await written()).toMatchObject([
      { fromMs: at(10), state: 'repaired', card: { requests: 9 } },
      { fromMs: at(15), state: 'open', card: {} },
    ]);
  });

  it.each([
    ['from before it to after it', 5, 40],
    ['wholly before it', 5, 8],
  ])('leaves open what was opened %s while it was under way, too', async (_, from, to) => {
    await saveGapChannels(database.pool, key, [channel('1')]);
    await read(key, '1', { requests: 7 });
    await open({ fromMs: at(from), reason: 'overflow' }, { at: at(to) });
    const [next] = await gaps();
    expect(await rows(next)).toEqual([]);
    await finishGap(database.pool, key, 'repaired', {}, at(50));
    expect(await gaps()).toEqual([onlyGap(from, to)]);
  });

  it('leaves open its own gap where that is longer by now', async () => {
    await saveGapChannels(database.pool, key, [channel('1')]);
    await open({}, { lastEventAt: at(10), at: at(40) });
    await read(key, '1', { requests: 7 });
    await finishGap(database.pool, key, 'repaired', { requests: 9 }, at(50));
    expect(await written()).toMatchObject([{ fromMs: at(10), toMs: at(40), state: 'open' }]);
    expect(await rows()).toEqual([]);
  });

  it('changes no gap that was closed before', async () => {
    await finishGap(database.pool, key, 'partly', { pages: 1 }, at(30));
    await open({}, { lastEventAt: at(40), at: at(50) });
    await finishGap(database.pool, keyOf(40, 50), 'repaired', {}, at(60));
    expect(await written()).toMatchObject([
      { state: 'partly', card: { pages: 1 }, repairedMs: at(30) },
      { state: 'repaired', card: {}, repairedMs: at(60) },
    ]);
  });

  it('that is finished is not to be repaired, and leaves what was closed until the next', async () => {
    await saveGapChannels(database.pool, key, [channel('1', 'read'), channel('2', 'closed')]);
    await finishGap(database.pool, key, 'partly', { pages: 1 }, at(30));
    expect(await gaps()).toEqual([]);
    expect(await rows()).toEqual([channel('2', 'closed')]);
    await open({}, { lastEventAt: at(40), at: at(50) });
    const next = keyOf(40, 50);
    await saveGapChannels(database.pool, next, [channel('3', 'closed')]);
    await open({}, { lastEventAt: at(45), at: at(55) });
    const other = keyOf(45, 55);
    await saveGapChannels(database.pool, other, [channel('4')]);
    await finishGap(database.pool, next, 'repaired', {}, at(60));
    expect(await rows()).toEqual([]);
    expect(await rows(next)).toEqual([channel('3', 'closed')]);
    expect(await rows(other)).toEqual([channel('4')]);
  });
});
