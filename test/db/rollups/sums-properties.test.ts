/** Kept sums never show: whatever happens, in whatever order, every question answers as it does from the messages. */
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetPerson, unforgetPerson } from '../../../db/choices.ts';
import { questions } from '../../../db/queries/index.ts';
import type { Asked } from '../../../db/queries/question.ts';
import { coverOf } from '../../../db/rollups/cover.ts';
import type { RecordBatch } from '../../../db/records.ts';
import { TALLIES_BY_AUTHOR } from '../../../db/rollups/days.ts';
import { keepSums, refreshSums } from '../../../db/rollups/refresh.ts';
import { verifySums } from '../../../db/rollups/verify.ts';
import { saveSettings } from '../../../db/settings.ts';
import { idRange } from '../../../db/window.ts';
import { openWriter } from '../../../db/write-batch.ts';
import { atLength } from '../../support/at-length.ts';
import { useDatabase } from '../../support/database.ts';
import { CHANNELS, eventsOf, FROM_MS, PEOPLE, TO_MS } from '../../support/guild-events.ts';
import { pick, seededRandom } from '../../support/random.ts';
import { batchOf, GUILD, idAt, rest } from '../../support/records.ts';

const RUNS = Number(process.env.ALMANAC_TEST_SUMS ?? 1);
const STEPS = atLength(12, 24);
const ZONES = ['Europe/Vienna', 'UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Kiritimati'];

describe('kept sums', () => {
  const database = useDatabase();
  beforeEach(() => database.clear());

  async function write(random: () => number, times: number) {
    const writer = await openWriter(database.pool, { content: 'full' });
    for (let i = 0; i < times; i++) for (const batch of eventsOf(random)) await writer.write(batch);
    await writer.close();
  }

  async function writeBatch(lists: Partial<RecordBatch>) {
    const writer = await openWriter(database.pool, { content: 'full' });
    await writer.write(batchOf(lists)).finally(() => writer.close());
  }

  /** Answers of every question, with sums and without. */
  async function bothAnswers(asked: Asked) {
    const ask = (db: typeof database.db) =>
      Promise.all(
        questions.map(async (one) => [one.name, await one.ask(db, structuredClone(asked))] as const),
      );
    const kept = await ask(database.db);
    const raw: typeof kept = [];
    await database.db
      .transaction()
      .execute(async (tx) => {
        await tx.deleteFrom('rollups').execute();
        raw.push(...(await ask(tx as never)));
        throw new Error('undone');
      })
      .catch((error: Error) => expect(error.message).toBe('undone'));
    return { kept: Object.fromEntries(kept), raw: Object.fromEntries(raw) };
  }

  function someScope(random: () => number, timeZone: string): Asked {
    const quarter = (ms: number) => Math.floor(ms / 900_000) * 900_000;
    const span = TO_MS - FROM_MS;
    const isWhole = random() < 0.4;
    const fromMs = isWhole ? FROM_MS - 86_400_000 : quarter(FROM_MS + random() * span * 0.5);
    const toMs = isWhole ? TO_MS + 86_400_000 : quarter(fromMs + 900_000 + random() * span);
    return {
      guildId: GUILD,
      window: { fromMs, toMs, timeZone },
      limit: pick([1, 3, 100], random),
      text: 'plain',
      ...(random() < 0.3 && { channels: CHANNELS.filter(() => random() < 0.6) }),
      ...(random() < 0.3 && { bots: true }),
      members: random() < 0.2 ? [pick(PEOPLE, random)] : undefined,
    } as Asked;
  }

  it.for(Array.from({ length: RUNS }, (_, i) => 100 + i))('are never noticed (seed %i)', async (seed) => {
    const random = seededRandom(seed);
    const writer = await openWriter(database.pool, { content: 'full' });
    let zone = pick(ZONES, random);
    const refresh = async (stepsMax = Infinity) => {
      let steps = 0;
      for await (const _ of refreshSums(database, GUILD)) if (++steps >= stepsMax) break;
    };
    try {
      for (let step = 0; step < STEPS; step++) {
        const roll = random();
        if (step === 1) await keepSums(database.db, GUILD, zone, 1);
        else if (roll < 0.5) for (const batch of eventsOf(random)) await writer.write(batch);
        else if (roll < 0.53) await forgetPerson(database.pool, GUILD, pick(PEOPLE, random), new Date());
        else if (roll < 0.56) await unforgetPerson(database.db, GUILD, pick(PEOPLE, random));
        else if (roll < 0.6) await keepSums(database.db, GUILD, (zone = pick(ZONES, random)), 1);
        else if (roll < 0.64)
          await saveSettings(
            database.db,
            GUILD,
            { excludedChannels: random() < 0.5 ? [] : [CHANNELS[1]!] },
            new Date(),
          );
        else if (roll < 0.7) await refresh(1);
        else await refresh();
        const { kept, raw } = await bothAnswers(
          someScope(random, random() < 0.8 ? zone : pick(ZONES, random)),
        );
        expect(kept, `step ${step}`).toEqual(raw);
      }
      await refresh();
      expect(await Array.fromAsync(verifySums(database, GUILD))).toEqual([]);
    } finally {
      await writer.close();
    }
  });

  it('are what answers where they are kept: no message is read for whole clean days', async () => {
    await write(seededRandom(1), 10);
    // The record reaches beyond the window at both ends: there years would do.
    for (const month of [0, 11])
      await database.pool.query(
        'insert into messages (guild_id, message_id, channel_id, author_id, type) values ($1, $2, 1, 2, 0)',
        [GUILD, idAt(Date.UTC(2025, month, 15))],
      );
    await keepSums(database.db, GUILD, 'Europe/Vienna', 1);
    const window = {
      fromMs: Date.UTC(2025, 1, 25, 23),
      toMs: Date.UTC(2025, 3, 2, 12),
      timeZone: 'Europe/Vienna',
    };
    const cover = () => coverOf(database.db, { guildId: GUILD, window }, 'year');
    expect((await cover()).rolled).not.toContainEqual(expect.objectContaining({ span: 'month' }));
    for await (const _ of refreshSums(database, GUILD));
    expect(await cover()).toEqual({
      raw: [idRange({ fromMs: Date.UTC(2025, 3, 1, 22), toMs: window.toMs })],
      rolled: [
        { span: 'day', from: '2025-02-26', to: '2025-03-01' },
        { span: 'month', from: '2025-03-01', to: '2025-04-01' },
        { span: 'day', from: '2025-04-01', to: '2025-04-02' },
      ],
    });
    await write(seededRandom(3), 3);
    // The last days of March have changed: with the part of a day behind them they are one range.
    const { raw, rolled } = await cover();
    expect(raw).toHaveLength(1);
    expect(rolled).toHaveLength(1);
    expect(rolled[0]).toMatchObject({ span: 'day', from: '2025-02-26' });
  });

  it('count a reply on the day of what it answers, and a person who turns out to be a bot nowhere', async () => {
    const day = (n: number) => Date.UTC(2025, 0, n, 12);
    const post = (n: number, authorId: string, more = {}) =>
      rest(0, idAt(day(n)), { authorId, channelId: CHANNELS[0]!, ...more });
    const refresh = async () => {
      for await (const _ of refreshSums(database, GUILD));
    };
    const same = async () => {
      const window = { fromMs: day(1), toMs: day(31), timeZone: 'UTC' };
      const { kept, raw } = await bothAnswers({ guildId: GUILD, window, limit: 100, text: 'hello' });
      expect(kept).toEqual(raw);
      return kept;
    };
    await writeBatch({ messages: [post(2, PEOPLE[0]!), post(9, PEOPLE[1]!)] });
    await keepSums(database.db, GUILD, 'UTC', 1);
    await refresh();
    const reply = { type: 19, reference: { type: 0, messageId: idAt(day(2)), channelId: CHANNELS[0]! } };
    await writeBatch({ messages: [post(5, PEOPLE[1]!, reply)] });
    expect((await same())['top-by-replies']).toMatchObject([{ id: PEOPLE[0], replied: 1 }]);
    await refresh();
    expect((await same())['top-by-replies']).toMatchObject([{ id: PEOPLE[0], replied: 1 }]);
    const bot = {
      source: 'rest' as const,
      observedAt: day(20),
      guildId: GUILD,
      userId: PEOPLE[1]!,
      isBot: true,
    };
    await writeBatch({ members: [bot] });
    expect((await same())['top-by-replies']).toEqual([]);
    await refresh();
    expect((await same())['top-by-replies']).toEqual([]);
  });

  it('name nobody who is forgotten', async () => {
    await write(seededRandom(4), 10);
    await keepSums(database.db, GUILD, 'UTC', 1);
    for await (const _ of refreshSums(database, GUILD));
    const rowsOf = async (table: string) =>
      (await database.pool.query(`select from ${table} where author_id = $1`, [PEOPLE[0]])).rowCount;
    expect(await Promise.all(TALLIES_BY_AUTHOR.map(rowsOf))).not.toContain(0);
    await forgetPerson(database.pool, GUILD, PEOPLE[0]!, new Date());
    expect(await Promise.all(TALLIES_BY_AUTHOR.map(rowsOf))).toEqual([0, 0, 0]);
  });

  it('that are wrong are found, put right, and told', async () => {
    await write(seededRandom(2), 10);
    await keepSums(database.db, GUILD, 'UTC', 1);
    for await (const _ of refreshSums(database, GUILD));
    expect(await Array.fromAsync(verifySums(database, GUILD))).toEqual([]);
    await database.pool.query(
      `update day_tallies set messages = messages + 1 where starts = (select min(starts) from day_tallies)`,
    );
    await database.pool.query(
      `delete from hour_tallies where starts = (select max(starts) from hour_tallies)`,
    );
    await database.pool.query(`update year_tallies set words = 0 where words > 0`);
    const found = await Array.fromAsync(verifySums(database, GUILD));
    expect(found.map(({ table }) => table).toSorted()).toEqual([
      'day_tallies',
      'hour_tallies',
      'year_tallies',
    ]);
    expect(await Array.fromAsync(verifySums(database, GUILD))).toEqual([]);
  });
});
