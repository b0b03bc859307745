/** Where and when to ask, and what a channel is about: by hand. */
import { beforeEach, describe, expect, it } from 'vitest';
import { refreshWords } from '../../../../db/full-text/refresh.ts';
import { asking } from '../../../../db/queries/guide/asking.ts';
import { usedWords } from '../../../../db/queries/guide/channel-vocabulary.ts';
import { channelWords } from '../../../../db/queries/guide/channel-words.ts';
import { tellingWords } from '../../../../db/queries/guide/own-words.ts';
import type { Scope } from '../../../../db/queries/scope.ts';
import type { MessageRecord, RecordBatch } from '../../../../db/records.ts';
import { useDatabase } from '../../../support/database.ts';
import { AUTHOR, CHANNEL, GUILD } from '../../../support/records.ts';
import { post, write } from '../../../support/written.ts';

const BELA = '200000000000000001';
const CARA = '200000000000000002';
const BOT = '200000000000000003';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.UTC(2026, 5, 1);

const database = useDatabase();
beforeEach(async () => {
  await database.clear();
  for (const table of ['message_words', 'vocabulary', 'stale_words'])
    await database.pool.query(`delete from ${table}`);
});

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
const text = (content: string) => ({ body: { content, fidelity: 3 as const } });
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

describe('asking', () => {
  const question = (ms: number, more: Partial<MessageRecord> = {}) =>
    ago(ms, AUTHOR, { ...text('why?'), ...more });
  /** As many questions of a channel, an hour apart, the first of which are answered. */
  const questions = (channelId: string, count: number, answered: number, waitMs = 60_000) =>
    Array.from({ length: count }, (_, i) => question((i + 30) * HOUR_MS, { channelId })).flatMap((asked, i) =>
      i < answered ? [asked, replyTo(asked, waitMs, BELA)] : [asked],
    );

  it('counts a question once its day is over, and as answered what came within it', async () => {
    const [young, intime, late] = [question(DAY_MS - 1), question(DAY_MS), question(9 * DAY_MS)];
    await write(database, [young, intime, late, question(91 * DAY_MS)]);
    await write(database, [
      replyTo(young, 5, BELA),
      replyTo(intime, DAY_MS - 1, BELA),
      replyTo(late, DAY_MS + 1, BELA),
    ]);
    expect(await asking(database.db, scope)).toMatchObject({ asked: 1, answered: 0 });
    await write(database, [ago(-DAY_MS, CARA)]);
    const later = { ...scope, window: { ...scope.window, toMs: NOW_MS + 1 } };
    expect(await asking(database.db, later)).toMatchObject({
      asked: 2,
      answered: 1,
      medianMinutes: 1440,
      hours: null,
    });
  });

  it('is best where the share that was answered can be counted on, and not where few asked', async () => {
    const [few, some, many] = ['100000000000000021', '100000000000000022', '100000000000000023'] as const;
    await write(database, [...questions(few, 4, 4), ...questions(some, 5, 5), ...questions(many, 40, 36)]);
    const { places } = await asking(database.db, scope);
    expect(places.map(({ id, asked, answered }) => [id, asked, answered])).toEqual([
      [many, 40, 36],
      [some, 5, 5],
    ]);
  });

  it('is told of the channel with most questions where none has five, and of none where nobody was answered', async () => {
    const [one, two] = ['100000000000000021', '100000000000000022'] as const;
    await write(database, [...questions(one, 2, 1), ...questions(two, 3, 1)]);
    expect((await asking(database.db, scope)).places.map(({ id }) => id)).toEqual([two]);
    await database.clear();
    await write(database, questions(one, 9, 0));
    expect(await asking(database.db, scope)).toEqual({
      isKnown: false,
      asked: 9,
      answered: 0,
      medianMinutes: null,
      places: [],
      hours: null,
    });
  });

  /** Some days with a question at every hour, which waits as long as its hour and day say. */
  const aroundTheClock = (waitOf: (hour: number, day: number) => number | undefined, days: number) =>
    Array.from({ length: days * 24 }, (_, i) => question(2 * DAY_MS + i * HOUR_MS)).flatMap((asked, i) => {
      const waitMs = waitOf(new Date(msOf(asked)).getUTCHours(), Math.floor(i / 24));
      return waitMs === undefined ? [asked] : [asked, replyTo(asked, waitMs * 60_000, BELA)];
    });

  it('waits least in the hours in which the answers come clearly sooner', async () => {
    await write(
      database,
      aroundTheClock((hour, day) => (hour >= 22 || hour < 2 ? 5 : 60 + ((hour * 7 + day * 5) % 24)), 20),
    );
    expect(await asking(database.db, scope)).toMatchObject({ hours: { from: 22, to: 2, medianMinutes: 5 } });
  });

  it('has no best hours where waits are all alike, or only the few answered ones were soon', async () => {
    await write(
      database,
      aroundTheClock((hour, day) => 30 + ((day * 7 + hour * 5) % 13), 20),
    );
    expect(await asking(database.db, scope)).toMatchObject({ hours: null });
    await database.clear();
    await write(
      database,
      aroundTheClock((hour, day) => (hour < 4 ? (day < 6 ? 5 : undefined) : 60), 20),
    );
    expect(await asking(database.db, scope)).toMatchObject({ hours: null });
  });
});

describe('what a channel is about', () => {
  const PEOPLE = Array.from({ length: 8 }, (_, i) => `30000000000000000${i}`);
  const names = ['anna', 'Boris Kettle', 'cleo', 'dora', 'emil', 'finn', 'gina', 'hugo'];
  const members = PEOPLE.map((userId, i) => ({ ...told, userId, name: names[i]! }));
  const LAMPS = '100000000000000031';
  const BOATS = '100000000000000032';

  const talk = (channelId: string, line: (person: number, day: number) => string) =>
    PEOPLE.flatMap((authorId, i) =>
      [1, 2, 3, 4, 5].map((day) =>
        ago(day * DAY_MS + i * HOUR_MS, authorId, { channelId, ...text(line(i, day)) }),
      ),
    );
  const wordsTold = async () => {
    for await (const _ of refreshWords(database, GUILD));
    const rows = await channelWords(database.db, scope, 8);
    return new Map(rows.map(({ id, words }) => [id, words]));
  };

  it('is words that many of its people use and others do not: no names, no pet words, numbers or filler', async () => {
    await write(
      database,
      [
        ...talk(
          LAMPS,
          (i, day) => `the lantern needs 5000 wicks ${day} boris anna ok ${i === 0 ? 'zebra zebra' : ''}`,
        ),
        ...talk(BOATS, (_, day) => `the harbour needs sails and hulls today ${day} tomorrow`),
      ],
      { members },
    );
    const words = await wordsTold();
    expect(words.get(LAMPS)!.toSorted()).toEqual(['lantern', 'wicks']);
    expect(words.get(BOATS)!.toSorted()).toEqual(['harbour', 'hulls', 'sails', 'today', 'tomorrow']);
  });

  it('counts three messages of a person for a word, however many there are', async () => {
    await write(
      database,
      [...talk(LAMPS, () => 'the lantern is bright'), ...talk(BOATS, () => 'the harbour')],
      { members },
    );
    await wordsTold();
    const { words } = await usedWords(database.db, scope, [LAMPS, BOATS]);
    expect(words.find(({ word }) => word === 'lantern')).toMatchObject({
      people: 8,
      uses: 24,
      channelPeople: 8,
    });
  });

  it('is no word of two people where many write, and may be one where few do', () => {
    const used = {
      channelId: LAMPS,
      word: 'zebra',
      people: 2,
      uses: 6,
      usesInAll: 6,
      channelUses: 20,
      allUses: 200,
    };
    expect(tellingWords([{ ...used, channelPeople: 9 }])).toEqual(new Map([[LAMPS, ['zebra']]]));
    expect(tellingWords([{ ...used, channelPeople: 10 }])).toEqual(new Map());
    expect(tellingWords([{ ...used, channelPeople: 10, people: 3 }])).toEqual(new Map([[LAMPS, ['zebra']]]));
  });

  it('says a stem once', async () => {
    await write(
      database,
      [
        ...talk(LAMPS, (i) =>
          i % 2 ? 'the lantern is bright and it is here' : 'we have lanterns and they are bright',
        ),
        ...talk(BOATS, () => 'the harbour is where they have been'),
      ],
      { members },
    );
    const lamps = (await wordsTold()).get(LAMPS)!;
    expect(lamps.filter((word) => word.startsWith('lantern'))).toHaveLength(1);
    expect(lamps).toContain('bright');
  });

  it('is nothing where there is no other channel to set it apart from', async () => {
    await write(
      database,
      talk(LAMPS, () => 'the lantern is bright'),
      { members },
    );
    expect(await wordsTold()).toEqual(new Map([[LAMPS, []]]));
  });

  it('counts what is written in its threads, and nothing of a bot', async () => {
    const start = ago(20 * DAY_MS, PEOPLE[0]!, { channelId: LAMPS, ...text('so') });
    const inThread = talk(start.messageId, () => 'the lantern is bright');
    const noise = [1, 2, 3].map((day) =>
      ago(day * DAY_MS, BOT, { channelId: LAMPS, ...text('the level is up') }),
    );
    await write(
      database,
      [start, ...inThread, ...noise, ...talk(BOATS, () => 'the harbour is where they have been')],
      {
        members: [...members, ...bots.members!],
        ...thread(start.messageId, LAMPS),
      },
    );
    expect((await wordsTold()).get(LAMPS)!.toSorted()).toEqual(['bright', 'lantern']);
  });
});
