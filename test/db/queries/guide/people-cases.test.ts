/** Whom a guide names, when they are around, and who welcomes: by hand. */
import { beforeEach, describe, expect, it } from 'vitest';
import { chooseUnranked } from '../../../../db/choices.ts';
import { nameable } from '../../../../db/queries/guide/named.ts';
import { firstPlaces } from '../../../../db/queries/guide/newcomer-places.ts';
import { presenceOf } from '../../../../db/queries/guide/presence.ts';
import { welcomers } from '../../../../db/queries/guide/welcomers.ts';
import type { Scope } from '../../../../db/queries/scope.ts';
import type { MessageRecord, RecordBatch } from '../../../../db/records.ts';
import { useDatabase } from '../../../support/database.ts';
import { AUTHOR, CHANNEL, GUILD } from '../../../support/records.ts';
import { post, write } from '../../../support/written.ts';

const BELA = '200000000000000001';
const CARA = '200000000000000002';
const DORA = '200000000000000004';
const BOT = '200000000000000003';
const OTHER_CHANNEL = '100000000000000009';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.UTC(2026, 5, 1);

const database = useDatabase();
beforeEach(() => database.clear());

const scope: Scope = {
  guildId: GUILD,
  window: { fromMs: Date.UTC(2025, 0, 1), toMs: NOW_MS, timeZone: 'UTC' },
};
const told = { source: 'rest' as const, observedAt: 0, guildId: GUILD };
const bots: Partial<RecordBatch> = { members: [{ ...told, userId: BOT, isBot: true, name: 'beep' }] };

let low = 0;
/** A message of so long before now. */
const ago = (ms: number, authorId: string, more: Partial<MessageRecord> = {}): MessageRecord =>
  post(new Date(NOW_MS - ms).toISOString(), { authorId, ...more }, ++low % 1000);
const replyTo = (to: MessageRecord, ms: number, authorId: string): MessageRecord =>
  ago(NOW_MS - msOf(to) - ms, authorId, {
    type: 19,
    channelId: to.channelId,
    reference: { type: 0, messageId: to.messageId, channelId: to.channelId },
  });
const msOf = ({ messageId }: MessageRecord) => Number(BigInt(messageId) >> 22n) + 1_420_070_400_000;
const thread = (of: string, parentId = CHANNEL): Partial<RecordBatch> => ({
  channels: [{ ...told, channelId: of, type: 11, name: 'thread', parentId }],
});

describe('who may be named', () => {
  const named = async (over: Partial<Scope> = {}) => [
    ...(await nameable(database.db, { ...scope, ...over }, [AUTHOR, BELA, BOT])).keys(),
  ];

  it('is a person who wrote here within 90 days, no bot, and nobody who only wrote before or elsewhere', async () => {
    const messages = [ago(90 * DAY_MS, AUTHOR), ago(90 * DAY_MS + 1, BELA), ago(5, BOT)];
    await write(database, messages, bots);
    expect(await named({ bots: true })).toEqual([AUTHOR]);
    expect(await named({ channels: [OTHER_CHANNEL] })).toEqual([]);
  });

  it('is nobody who only wrote after the now of the question', async () => {
    await write(database, [ago(-1, AUTHOR), ago(DAY_MS, BELA)]);
    expect(await named()).toEqual([BELA]);
  });

  it('is nobody who opted out, until they take it back', async () => {
    await write(database, [ago(5, AUTHOR), ago(4, BELA)]);
    await chooseUnranked(database.db, GUILD, BELA, true, new Date(0));
    expect(await named()).toEqual([AUTHOR]);
    await chooseUnranked(database.db, GUILD, BELA, false, new Date(0));
    expect(await named()).toEqual([AUTHOR, BELA]);
  });

  it('is nobody who left, unless they came back', async () => {
    const left = (at: number, kind: 'left' | 'joined') => ({
      guildId: GUILD,
      source: 'rest' as const,
      userId: BELA,
      kind,
      at,
    });
    await write(database, [ago(DAY_MS, AUTHOR), ago(DAY_MS, BELA)], {
      members: [{ ...told, userId: BELA, name: 'bela' }],
      moments: [left(NOW_MS - HOUR_MS, 'left')],
    });
    expect(await named()).toEqual([AUTHOR]);
    await write(database, [], { moments: [left(NOW_MS - 5, 'joined')] });
    expect(await named()).toEqual([AUTHOR, BELA]);
  });
});

describe('when somebody is around', () => {
  const hoursOf = async (hours: readonly number[], timeZone = 'UTC', months = [4]) => {
    const messages = months.flatMap((month) =>
      hours.map((hour, i) =>
        post(new Date(Date.UTC(2026, month, 10 + (i % 10), hour, 30)).toISOString(), {}, ++low % 1000),
      ),
    );
    await write(database, messages);
    const presence = await presenceOf(database.db, { ...scope, window: { ...scope.window, timeZone } }, [
      AUTHOR,
      BELA,
    ]);
    expect([...presence.keys()]).toEqual([AUTHOR]);
    return presence.get(AUTHOR)!.hours;
  };
  const times = (count: number, hour: number) => Array.from({ length: count }, () => hour);

  it('is the shortest stretch that holds 60 %, past midnight too', async () => {
    expect(await hoursOf([...times(3, 23), ...times(3, 0), 5, 9, 13, 17])).toEqual({ from: 23, to: 1 });
  });

  it('is not told of nine messages', async () => {
    expect(await hoursOf(times(9, 12))).toBeNull();
  });

  it('is told where ten hours are needed, and not where eleven are', async () => {
    expect(await hoursOf([...times(3, 0), ...times(3, 9), 13, 14, 19, 20])).toEqual({ from: 0, to: 10 });
    await database.clear();
    expect(await hoursOf([...times(3, 0), ...times(3, 10), 13, 14, 20, 21])).toBeNull();
  });

  it('goes by the clock on the wall: an evening stays one when summer time begins', async () => {
    // 18:30 in Vienna is 17:30 UTC in March's beginning, and 16:30 from its last Sunday on.
    const winter = Array.from({ length: 6 }, (_, i) => post(`2026-03-1${i}T17:30Z`));
    const summer = Array.from({ length: 6 }, (_, i) => post(`2026-04-1${i}T16:30Z`));
    await write(database, [...winter, ...summer]);
    const vienna = { ...scope, window: { ...scope.window, timeZone: 'Europe/Vienna' } };
    expect((await presenceOf(database.db, vienna, [AUTHOR])).get(AUTHOR)).toEqual({
      hours: { from: 18, to: 19 },
      lastAt: '2026-04-15T16:30:00.000Z',
    });
  });
});

describe('newcomers', () => {
  it('wrote first in a channel, or in a thread of it; a thread whose channel may not be told of is itself', async () => {
    const start = ago(300 * DAY_MS, CARA);
    const inThread = ago(DAY_MS, BELA, { channelId: start.messageId });
    await write(database, [start, inThread, ago(DAY_MS, AUTHOR)], thread(start.messageId));
    expect(await firstPlaces(database.db, scope)).toEqual({
      people: 2,
      places: [{ id: CHANNEL, name: 'general', isThread: false, newcomers: 2 }],
    });
    expect(await firstPlaces(database.db, { ...scope, channels: [start.messageId] })).toMatchObject({
      people: 1,
      places: [{ id: start.messageId, isThread: true }],
    });
  });
});

describe('who welcomes', () => {
  it('answered what newcomers wrote in their first week, each newcomer once, and most of them first', async () => {
    const [first, second] = [ago(20 * DAY_MS, AUTHOR), ago(14 * DAY_MS + 1, AUTHOR)];
    const late = ago(13 * DAY_MS, AUTHOR);
    const other = ago(5 * DAY_MS, DORA);
    const answers = [
      replyTo(first, 6 * 60_000, BELA),
      replyTo(second, 60_000, BELA),
      replyTo(late, 60_000, CARA),
      replyTo(first, 5, AUTHOR),
      replyTo(other, 10 * 60_000, BELA),
    ];
    // Who has been here for long is no newcomer.
    const old = ago(200 * DAY_MS, BELA);
    await write(database, [old, first, second, late, other, ...answers, replyTo(old, 150 * DAY_MS, CARA)]);
    expect(await welcomers(database.db, scope, 3)).toMatchObject([
      {
        id: BELA,
        newcomers: 2,
        medianMinutes: 8,
        place: { id: CHANNEL, name: 'general', isThread: false },
        evidence: [{ messageId: answers[4]!.messageId }, { messageId: answers[0]!.messageId }],
      },
    ]);
  });

  it('may have answered in the thread of a message, where that may count', async () => {
    const first = ago(2 * DAY_MS, AUTHOR);
    const answer = ago(DAY_MS, BELA, { channelId: first.messageId });
    const old = ago(200 * DAY_MS, BELA);
    await write(database, [old, first, answer, ago(HOUR_MS, BELA)], thread(first.messageId));
    expect(await welcomers(database.db, scope, 3)).toMatchObject([
      {
        id: BELA,
        place: { id: CHANNEL },
        evidence: [{ messageId: answer.messageId, channelId: first.messageId }],
      },
    ]);
    expect(await welcomers(database.db, { ...scope, channels: [CHANNEL] }, 3)).toEqual([]);
  });

  it('is no bot, nobody who is not to be named, and nobody who answers after the now of the question', async () => {
    const first = ago(DAY_MS, AUTHOR);
    await write(
      database,
      [
        first,
        ago(HOUR_MS, CARA),
        replyTo(first, 5, BOT),
        replyTo(first, 9, BELA),
        replyTo(first, 2 * DAY_MS, CARA),
      ],
      bots,
    );
    expect((await welcomers(database.db, { ...scope, bots: true }, 3)).map(({ id }) => id)).toEqual([BELA]);
    await chooseUnranked(database.db, GUILD, BELA, true, new Date(0));
    expect(await welcomers(database.db, scope, 3)).toEqual([]);
  });
});
