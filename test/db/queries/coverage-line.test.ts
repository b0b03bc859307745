/** What an answer rests on, by hand: what live recording covers, what is pending, and what can't be read. */
import { beforeEach, describe, expect, it } from 'vitest';
import { channelCoverage } from '../../../db/queries/channel-coverage.ts';
import { coverageLine } from '../../../db/queries/coverage-line.ts';
import { guildSpan } from '../../../db/queries/guild-span.ts';
import { leftOut } from '../../../db/queries/left-out.ts';
import { recordSpan } from '../../../db/queries/record-span.ts';
import type { Scope } from '../../../db/queries/scope.ts';
import type { ChannelRecord } from '../../../db/records.ts';
import { saveSettings } from '../../../db/settings.ts';
import { useDatabase } from '../../support/database.ts';
import { at, GUILD, idAt } from '../../support/records.ts';
import { post, write } from '../../support/written.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const [GENERAL, HELP, IDEAS] = [idAt(at(0), 1), idAt(at(0), 2), idAt(at(0), 3)];
const thread = (seconds: number, low = 0) => idAt(at(seconds), 100 + low);
const iso = (seconds: number) => new Date(at(seconds)).toISOString();

const database = useDatabase();
beforeEach(() => database.clear());

const scope = (toSeconds = 100 * DAY, more: Partial<Scope> = {}): Scope => ({
  guildId: GUILD,
  window: { fromMs: at(0), toMs: at(toSeconds), timeZone: 'UTC' },
  ...more,
});
const line = (more?: Partial<Scope>) => coverageLine(database.db, scope(100 * DAY, more));
const channel = async (id: string) =>
  (await channelCoverage(database.db, scope())).find(({ channelId }) => channelId === id);

const known = (channelId: string, more: Partial<ChannelRecord> = {}): ChannelRecord => ({
  source: 'rest',
  observedAt: at(0),
  guildId: GUILD,
  channelId,
  type: 0,
  name: `c${channelId.slice(-2)}`,
  ...more,
});
/** Channels, and a message in #general an hour after it was made. */
const recorded = (channels: ChannelRecord[] = [], ...seconds: number[]) =>
  write(
    database,
    [HOUR, ...seconds].map((s) => post(iso(s), { channelId: GENERAL })),
    { channels: [known(GENERAL, { name: 'general', observedAt: at(1) }), ...channels] },
  );

const insert = (table: string, ...values: unknown[]) =>
  database.pool.query(
    `insert into ${table} values (${values.map((_, i) => `$${i + 1}`).join(', ')})`,
    values,
  );
const moment = (kind: string, seconds: number) => insert('guild_moments', GUILD, kind, new Date(at(seconds)));
const access = (id: string, word: string, seconds = 0) =>
  insert('channel_access', GUILD, id, new Date(at(seconds)), word);
const alive = async (seconds: number) => {
  await database.pool.query('delete from shards');
  await database.pool.query(
    'insert into shards (application_id, shard_id, shard_count, alive_at) values (1, 0, 1, $1)',
    [new Date(at(seconds))],
  );
};
const answered = (id: string, from: number, to: number, grade = 'verified') =>
  insert('coverage', GUILD, id, idAt(at(from)), idAt(at(to)), 'rest', grade, new Date(at(to)));
const claimed = (id: string, from: number, to: number) =>
  insert('coverage', GUILD, id, idAt(at(from)), idAt(at(to)), 'dce', 'claimed', new Date(at(to)));

describe('live recording', () => {
  it('covers from when the server was told in full, not from when the bot joined it', async () => {
    await recorded();
    await moment('joined', 0);
    await moment('available', 5 * DAY);
    await access(GENERAL, 'readable', 0);
    await alive(10 * DAY);
    expect(await channel(GENERAL)).toMatchObject({
      fromAt: iso(HOUR),
      toAt: iso(10 * DAY + 0.001),
      sinceAt: iso(5 * DAY),
      holes: 1,
      holeFromAt: iso(HOUR),
      holeToAt: iso(5 * DAY),
      isPending: true,
    });
    await answered(GENERAL, HOUR, 2 * DAY);
    await answered(GENERAL, 2 * DAY, 6 * DAY, 'read');
    expect(await line()).toMatchObject({ verifiedShare: 1, claimedShare: 0, pending: { channels: 0 } });
  });

  it('makes a server that was only imported no other', async () => {
    await recorded();
    await claimed(GENERAL, HOUR, 2 * DAY);
    await alive(10 * DAY);
    expect(await line()).toEqual({
      verifiedShare: 0,
      claimedShare: 1,
      sinceMs: at(HOUR),
      pending: { channels: 0, threads: 0 },
      notReadable: { named: [], channels: 0, threads: 0 },
      backfill: null,
    });
  });

  it('covers a channel that is made while it records from its very beginning, and a thread as its parent', async () => {
    const made = idAt(at(7 * DAY));
    await recorded([
      known(made),
      known(thread(7 * DAY), { type: 11, parentId: made }),
      known(thread(7 * DAY, 1), { type: 12, parentId: made }),
    ]);
    await moment('available', 0);
    await access(GENERAL, 'readable', 0);
    await access(made, 'readable', 7 * DAY + 0.4);
    await alive(10 * DAY);
    expect(await channel(made)).toMatchObject({ verifiedShare: 1, access: 'readable' });
    expect(await channel(thread(7 * DAY))).toMatchObject({ verifiedShare: 1, fromAt: iso(7 * DAY) });
    expect(await channel(thread(7 * DAY, 1))).toMatchObject({ verifiedShare: 0, access: null });
  });

  it('is as long as it lasts the now of a server, and no longer', async () => {
    await recorded([], 2 * DAY);
    const now = async () => [
      (await recordSpan(database.db, { guildId: GUILD }))?.lastMs,
      (await guildSpan(database.db, GUILD))?.lastMs,
    ];
    expect(await now()).toEqual([at(2 * DAY), at(2 * DAY)]);
    await moment('available', 0);
    expect(await now()).toEqual([at(2 * DAY), at(2 * DAY)]);
    await alive(DAY);
    expect(await now()).toEqual([at(2 * DAY), at(2 * DAY)]);
    await alive(5 * DAY);
    expect(await now()).toEqual([at(5 * DAY), at(5 * DAY)]);
    await database.pool.query('update shards set last_event_at = alive_at, alive_at = null');
    expect(await now()).toEqual([at(5 * DAY), at(5 * DAY)]);
    await moment('unavailable', 4 * DAY);
    expect(await now()).toEqual([at(5 * DAY), at(5 * DAY)]);
    await moment('left', 4.5 * DAY);
    expect(await now()).toEqual([at(2 * DAY), at(2 * DAY)]);
  });

  it('of a server in which nobody has written yet has a line all the same', async () => {
    await write(database, [], { channels: [known(GENERAL)] });
    expect(await line()).toMatchObject({ verifiedShare: null, claimedShare: null, sinceMs: null });
    await moment('available', DAY);
    await access(GENERAL, 'readable', DAY);
    await alive(2 * DAY);
    expect(await line()).toMatchObject({
      verifiedShare: expect.closeTo(0.5, 5),
      sinceMs: at(DAY),
      pending: { channels: 1 },
    });
    expect(await recordSpan(database.db, { guildId: GUILD })).toBeUndefined();
  });
});

describe('a channel that was excluded for a while', () => {
  it('is not covered then, nor what is below it', async () => {
    const [inThread, category] = [thread(0), idAt(at(0), 9)];
    await recorded([
      known(inThread, { type: 11, parentId: GENERAL }),
      known(HELP),
      known(category, { type: 4 }),
      known(GENERAL, { observedAt: at(2), parentId: category }),
    ]);
    await moment('available', 0);
    for (const id of [GENERAL, HELP]) await access(id, 'readable', 0);
    await alive(10 * DAY);
    const exclude = (ids: string[], seconds: number) =>
      saveSettings(database.db, GUILD, { excludedChannels: ids }, new Date(at(seconds)));
    await exclude([GENERAL], 2 * DAY);
    expect(await channel(GENERAL)).toBeUndefined();
    await exclude([GENERAL, HELP], 3 * DAY);
    expect(await leftOut(database.db, scope())).toMatchObject([
      { channelId: GENERAL, reason: 'excluded', sinceAt: iso(2 * DAY) },
      { channelId: HELP, reason: 'excluded', sinceAt: iso(3 * DAY) },
    ]);
    await exclude([], 4 * DAY);
    const hole = { holes: 1, holeFromAt: iso(2 * DAY), holeToAt: iso(4 * DAY) };
    expect(await channel(GENERAL)).toMatchObject(hole);
    expect(await channel(inThread)).toMatchObject(hole);
    expect(await channel(HELP)).toMatchObject({ ...hole, holeFromAt: iso(3 * DAY) });
    await exclude([GENERAL], 5 * DAY);
    await exclude([], 6 * DAY);
    expect(await channel(GENERAL)).toMatchObject({ holes: 2 });
    await exclude([category], 7 * DAY);
    await exclude([], 8 * DAY);
    for (const id of [GENERAL, inThread]) expect(await channel(id)).toMatchObject({ holes: 3 });
    expect(await channel(HELP)).toMatchObject({ holes: 1 });
  });
});

describe('what is pending', () => {
  const threads = [thread(HOUR), thread(HOUR, 1), thread(HOUR, 2)];
  beforeEach(async () => {
    await recorded([known(HELP), ...threads.map((id) => known(id, { type: 11, parentId: HELP }))], 10 * DAY);
    for (const id of [GENERAL, HELP]) await access(id, 'readable', 5 * DAY);
  });

  it('is what may be read and is not verified, threads as their parent', async () => {
    expect(await line()).toMatchObject({ pending: { channels: 2, threads: 3 } });
    await answered(GENERAL, 0, 11 * DAY);
    await answered(threads[0]!, 0, 11 * DAY);
    expect(await line()).toMatchObject({ pending: { channels: 1, threads: 2 } });
    expect(await line({ channels: [threads[1]!, GENERAL] })).toMatchObject({
      pending: { channels: 0, threads: 1 },
    });
    await access(HELP, 'no view', 6 * DAY);
    expect(await line()).toMatchObject({ pending: { channels: 0, threads: 0 } });
  });

  it('is what a backfill under way has yet to read', async () => {
    const run = (seconds: number, state: string, card: object) =>
      database.pool.query(
        `insert into backfill_runs (guild_id, asked_at, state, since_id, with_reactors, is_again, card, updated_at)
         values ($1, $2, $3, 0, false, false, $4, now())`,
        [GUILD, new Date(at(seconds)), state, JSON.stringify(card)],
      );
    const reads = (id: string, seconds: number, state: string) =>
      database.pool.query(
        `insert into backfill_channels (guild_id, asked_at, channel_id, state, archived_listed, pages, messages, noted_at)
         values ($1, $2, $3, $4, true, 0, 0, now())`,
        [GUILD, new Date(at(seconds)), id, state],
      );
    await run(DAY, 'done', { share: 1 });
    await reads(GENERAL, DAY, 'waiting');
    await run(2 * DAY, 'queued', {});
    expect(await line()).toMatchObject({
      pending: { channels: 2, threads: 3 },
      backfill: { state: 'queued', share: null },
    });
    await database.pool.query(
      `update backfill_runs set state = 'running', card = '{"share": 0.25}' where state = 'queued'`,
    );
    await reads(GENERAL, 2 * DAY, 'read');
    await reads(threads[0]!, 2 * DAY, 'waiting');
    await reads(threads[1]!, 2 * DAY, 'closed');
    expect(await line()).toMatchObject({
      pending: { channels: 0, threads: 1 },
      backfill: { state: 'running', share: 0.25 },
    });
    // One of some channels leaves the others pending.
    await database.pool.query(`update backfill_runs set channel_ids = '{1}' where state = 'running'`);
    expect(await line()).toMatchObject({ pending: { channels: 1, threads: 2 } });
  });
});

describe('what is not readable', () => {
  it('is named as far as it is three, with forums, and without what is verified all the same', async () => {
    const more = [4, 5, 6].map((low) => idAt(at(0), low));
    await recorded(
      [known(HELP), known(IDEAS, { type: 15, name: 'ideas' }), ...more.map((id) => known(id))],
      10 * DAY,
    );
    await access(GENERAL, 'readable');
    await access(HELP, 'no view');
    await access(IDEAS, 'no connect');
    expect(await line()).toMatchObject({
      notReadable: {
        named: [
          { id: HELP, name: known(HELP).name },
          { id: IDEAS, name: 'ideas' },
        ],
        channels: 2,
        threads: 0,
      },
    });
    for (const id of more) await access(id, 'hidden');
    const { notReadable } = await line();
    expect([notReadable.named.map(({ id }) => id), notReadable.channels]).toEqual([
      [HELP, IDEAS, more[0]],
      5,
    ]);
    await answered(HELP, 0, 11 * DAY);
    expect((await line()).notReadable.named.map(({ id }) => id)).toEqual([IDEAS, more[0], more[1]]);
    await access(more[0]!, 'gone', DAY);
    await access(IDEAS, 'readable', DAY);
    expect((await line()).notReadable).toMatchObject({
      channels: 2,
      named: [{ id: more[1] }, { id: more[2] }],
    });
    expect((await line({ channels: [GENERAL] })).notReadable.channels).toBe(0);
  });

  it('counts private threads that the bot is not in, and names none of them', async () => {
    await recorded([known(thread(HOUR), { type: 12, parentId: GENERAL, name: 'secret' })], 10 * DAY);
    await access(thread(HOUR), 'not joined');
    expect((await line()).notReadable).toEqual({ named: [], channels: 0, threads: 1 });
  });
});

describe('what a channel weighs', () => {
  it('is the time that it was there; an archived thread ends, and a silent one weighs a week more', async () => {
    const [archived, silent] = [thread(DAY), thread(DAY, 1)];
    await recorded(
      [
        known(archived, {
          type: 11,
          parentId: GENERAL,
          archiving: { archived: true, locked: false, archivedAt: at(4 * DAY) },
        }),
        known(silent, { type: 11, parentId: GENERAL }),
      ],
      50 * DAY,
    );
    await write(database, [
      post(iso(2 * DAY), { channelId: silent }),
      post(iso(DAY), { channelId: archived }, 9),
    ]);
    expect(await channel(GENERAL)).toMatchObject({ weight: (50 * DAY - HOUR) * 1000 + 1 });
    expect(await channel(archived)).toMatchObject({ toAt: iso(4 * DAY), weight: 3 * DAY * 1000 });
    expect(await channel(silent)).toMatchObject({ toAt: iso(50 * DAY + 0.001), weight: 7 * DAY * 1000 });
    await answered(GENERAL, 0, 60 * DAY);
    // Answered from when it was made, #general is there from then.
    expect((await line()).verifiedShare).toBeCloseTo(50 / (50 + 3 + 7), 6);
  });

  it('is not all verified where one id is missing', async () => {
    await recorded([], 10 * DAY);
    const [low, high] = [idAt(at(5 * DAY), 6), idAt(at(5 * DAY), 8)];
    await insert('coverage', GUILD, GENERAL, '0', low, 'rest', 'verified', new Date(at(11 * DAY)));
    await insert(
      'coverage',
      GUILD,
      GENERAL,
      high,
      idAt(at(11 * DAY)),
      'rest',
      'verified',
      new Date(at(11 * DAY)),
    );
    expect(await line()).toMatchObject({ verifiedShare: expect.closeTo(0.999999, 9), claimedShare: 0 });
    expect(await channel(GENERAL)).toMatchObject({ verifiedShare: 0.999999, isPending: false, holes: 0 });
    await answered(GENERAL, 4 * DAY, 6 * DAY, 'read');
    expect(await line()).toMatchObject({ verifiedShare: 1 });
  });

  it('is never so little that what is missing of it is not missing', async () => {
    const late = thread(DAY);
    await recorded([known(late, { type: 11, parentId: GENERAL })], 90 * DAY);
    await write(database, [post(iso(DAY), { channelId: late }, 9)]);
    await answered(GENERAL, 0, 95 * DAY);
    await answered(late, 0, 80 * DAY);
    const window = { fromMs: at(60 * DAY), toMs: at(95 * DAY), timeZone: 'UTC' };
    expect(await coverageLine(database.db, { guildId: GUILD, window })).toMatchObject({
      verifiedShare: 0.999999,
    });
  });
});
