/** The words that are kept are those of the texts that are stored, whatever happens in whatever order. */
import { beforeEach, describe, expect, it } from 'vitest';
import { chooseUnranked, forgetPerson, unforgetPerson } from '../../../db/choices.ts';
import { guildsWithStaleWords, refreshWords } from '../../../db/full-text/refresh.ts';
import { unreadMessages } from '../../../db/full-text/unread.ts';
import type { MessageRecord, RecordBatch } from '../../../db/records.ts';
import { openWriter, type Writer } from '../../../db/write-batch.ts';
import { eventually } from '../../bot/recording-bot.ts';
import { useDatabase } from '../../support/database.ts';
import { countedIn, keptWords, naiveWords } from '../../support/kept-words.ts';
import { pick, seededRandom } from '../../support/random.ts';
import { at, batchOf, dce, GUILD, idAt, rest, told } from '../../support/records.ts';

const RUNS = Number(process.env.ALMANAC_TEST_WORDS ?? 2);
const STEPS = 40;
const DAY = 86_400;
const PEOPLE = ['200000000000000001', '200000000000000002', '200000000000000003'];
const WORDS = [
  'lantern',
  'lanterns',
  'Leuchtturm',
  'node-cron',
  'useEffect',
  'маяк',
  '灯台',
  'c++',
  'größer',
];
const PHRASES = ['how do I use', 'wie geht das mit', 'как мне найти', '', '<@200000000000000001>', '@Anna'];
const HOSTILE = [
  '',
  ' ',
  '?!',
  '\uffff',
  '\ud800 lone',
  '😀'.repeat(50),
  'z\u0335\u0322\u031ba\u0358lgo',
  "'; drop",
];

const database = useDatabase();
beforeEach(() => database.clear());

const textOf = (random: () => number): string =>
  random() < 0.1
    ? pick(HOSTILE, random)
    : `${pick(PHRASES, random)} ${pick(WORDS, random)} ${pick(WORDS, random)}`;

const ids = Array.from({ length: 24 }, (_, i) => idAt(at((i % 5) * DAY + i * 60), i));
/** Whose a message is never changes. */
const authorOf = (id: string): string => PEOPLE[ids.indexOf(id) % PEOPLE.length]!;

/** What some source tells of a message. */
function something(random: () => number): MessageRecord {
  const id = pick(ids, random);
  const seconds = 6 * DAY + random() * DAY;
  if (random() < 0.12) return told(seconds, id, { goneAt: at(seconds) });
  const edited = random() < 0.3 ? { editedAt: at(5 * DAY + pick([1, 2, 3], random)) } : {};
  const type = ids.indexOf(id) % 7 === 3 ? 7 : pick([0, 0, 0], random);
  const more = { ...edited, type, authorId: authorOf(id) };
  const names = [{ kind: 'user' as const, targetId: PEOPLE[0]!, names: ['Anna'] }];
  return random() < 0.5
    ? rest(seconds, id, { ...more, body: { content: textOf(random), fidelity: 3 }, mentions: names })
    : dce(seconds, id, { ...more, body: { content: textOf(random), fidelity: 1 }, mentions: names });
}

const some = (random: () => number, most = 6): RecordBatch =>
  batchOf({ messages: Array.from({ length: 1 + Math.floor(random() * most) }, () => something(random)) });

const many = (seed: number): RecordBatch => {
  const random = seededRandom(seed);
  return batchOf({ messages: Array.from({ length: 60 }, () => something(random)) });
};

async function withWriter<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
  const writer = await openWriter(database.pool, { content: 'full' });
  return work(writer).finally(() => writer.close());
}

async function refresh(messagesMax?: number, stepsMax = Infinity): Promise<void> {
  let steps = 0;
  for await (const _ of refreshWords(database, GUILD, messagesMax)) if (++steps >= stepsMax) break;
}

async function expectExact(): Promise<void> {
  const kept = await keptWords(database);
  expect(kept).toEqual(await naiveWords(database));
  const { rows } = await database.pool.query('select from stale_words');
  expect(rows).toEqual([]);
}

/** No text that is gone has words, and counts are those of the rows, whether or not anything is stale. */
async function expectSound(): Promise<void> {
  const kept = await keptWords(database);
  expect(kept.vocabulary).toEqual(countedIn(kept));
  const { rows } = await database.pool.query(
    `select w.message_id from message_words w join messages m using (guild_id, message_id)
     where m.gone_at is not null or m.erased`,
  );
  expect(rows).toEqual([]);
}

describe('the words of texts', () => {
  it.for(Array.from({ length: RUNS }, (_, i) => 700 + i))(
    'are those of the messages after any writes, deletions and forgetting (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      await withWriter(async (writer) => {
        for (let step = 0; step < STEPS; step++) {
          const roll = random();
          if (roll < 0.6) await writer.write(some(random));
          else if (roll < 0.64) await forgetPerson(database.pool, GUILD, pick(PEOPLE, random), new Date(0));
          else if (roll < 0.68) await unforgetPerson(database.db, GUILD, pick(PEOPLE, random));
          else if (roll < 0.85) await refresh(2, 1 + Math.floor(random() * 3));
          else {
            await refresh(random() < 0.5 ? 2 : undefined);
            await expectExact();
          }
          await expectSound();
        }
        await refresh();
        await expectExact();
      });
    },
  );

  it('are exact after two refreshers and two writers at once', async () => {
    const write = (seed: number) =>
      withWriter(async (writer) => {
        const own = seededRandom(seed);
        for (let i = 0; i < 15; i++) await writer.write(some(own));
      });
    await withWriter((writer) => writer.write(many(5)));
    const keepOn = async () => {
      for (let i = 0; i < 10; i++) await refresh(3);
    };
    await Promise.all([write(6), write(7), keepOn(), keepOn()]);
    await expectSound();
    await refresh();
    await expectExact();
  });

  /** While a refresher has read texts, and cannot write what it has read. */
  async function midway(work: (refreshing: Promise<string>) => Promise<void>): Promise<void> {
    const holder = await database.pool.connect();
    await holder.query('begin; lock table vocabulary in exclusive mode');
    const refreshing = refresh(undefined, 1).then(
      () => 'alive',
      (error: Error) => error.message,
    );
    try {
      await eventually(async () => expect((await database.pool.query(WAITING)).rowCount).toBe(1));
      await work(refreshing);
    } finally {
      await holder.query('rollback');
      holder.release();
    }
    await refreshing;
  }
  const WAITING = `select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  const marks = async () => (await database.pool.query('select * from stale_words order by day')).rows;

  it('are read from where a refresher was killed: nothing is kept twice, nothing is lost', async () => {
    await withWriter((writer) => writer.write(many(8)));
    await refresh(3, 1);
    const [before, left] = [await keptWords(database), await marks()];
    await midway(async (dying) => {
      await database.pool.query(`select pg_terminate_backend(pid) from (${WAITING}) waiting`);
      expect(await dying).toMatch(/terminat/);
    });
    expect(await keptWords(database)).toEqual(before);
    expect(await marks()).toEqual(left);
    await refresh();
    await expectExact();
  });

  it('that change while their day is read are read the next time', async () => {
    await withWriter(async (writer) => {
      await writer.write(batchOf({ messages: [rest(0, ids[0]!)] }));
      await midway(async () => {
        const edit = { editedAt: at(DAY), body: { content: 'lanterns', fidelity: 3 as const } };
        await writer.write(batchOf({ messages: [rest(0, ids[0]!, edit)] }));
      });
    });
    expect((await keptWords(database)).vocabulary).toEqual({ 'simple: hello': 1 });
    expect(await marks()).toHaveLength(1);
    await refresh();
    await expectExact();
  });

  it('that only a forgotten person used are nowhere at once, and nothing brings them back', async () => {
    const [anna, ben] = PEOPLE as [string, string];
    const write = () =>
      withWriter((writer) =>
        writer.write(
          batchOf({
            messages: [
              rest(0, ids[0]!, { authorId: anna, body: { content: 'secretive lantern', fidelity: 3 } }),
              rest(0, ids[1]!, {
                authorId: ben,
                body: { content: 'hello @Annabella lantern', fidelity: 1 },
                mentions: [{ kind: 'user', targetId: anna, names: ['Annabella'] }],
              }),
            ],
            members: [{ source: 'rest', observedAt: at(0), guildId: GUILD, userId: anna, name: 'Annabella' }],
          }),
        ),
      );
    await write();
    await refresh();
    expect(Object.keys((await keptWords(database)).vocabulary)).toContain('simple: annabella');
    await chooseUnranked(database.db, GUILD, anna, true, new Date(0));
    await forgetPerson(database.pool, GUILD, anna, new Date(0));
    for (const again of [refresh, write, refresh]) {
      const kept = JSON.stringify(await keptWords(database));
      expect(kept).not.toMatch(/secretive|annabella/);
      await again();
    }
    const { vocabulary } = await keptWords(database);
    expect(vocabulary).toMatchObject({ 'simple: lantern': 1, 'simple: forgotten': 1 });
    await expectExact();
  });

  it('of a message are gone with it, once Discord tells that it was deleted', async () => {
    const messages = [rest(0, ids[0]!, { body: { content: 'secretive lantern', fidelity: 3 } })];
    await withWriter(async (writer) => {
      await writer.write(batchOf({ messages }));
      await refresh();
      await writer.write(batchOf({ messages: [told(9, ids[0]!, { goneAt: at(9) })] }));
      expect(await keptWords(database)).toEqual({ messages: {}, vocabulary: {} });
      await writer.write(batchOf({ messages }));
    });
    await refresh();
    await expectExact();
    expect(await keptWords(database)).toEqual({ messages: {}, vocabulary: {} });
  });

  it('are counted as unread until they are, in scope alone', async () => {
    const scope = {
      guildId: GUILD,
      window: { fromMs: at(0), toMs: at(9 * DAY), timeZone: 'UTC' },
      channels: ['100000000000000002'],
    };
    const one = (i: number, more = {}) => rest(0, ids[i]!, { authorId: PEOPLE[i]!, ...more });
    const unread = () => unreadMessages(database.db, scope);
    expect(await unread()).toBe(0);
    await withWriter(async (writer) => {
      await writer.write(batchOf({ messages: [one(0), one(1), one(2, { channelId: '77' })] }));
      expect(await unread()).toBe(2);
      expect(await guildsWithStaleWords(database.db)).toEqual([GUILD]);
      await refresh();
      expect(await unread()).toBe(0);
      expect(await guildsWithStaleWords(database.db)).toEqual([]);
      const edit = one(0, { editedAt: at(DAY), body: { content: 'lanterns', fidelity: 3 } });
      await writer.write(batchOf({ messages: [edit] }));
      expect(await unread()).toBe(1);
    });
  });

  it('are neither kept nor marked where texts are not kept', async () => {
    const writer = await openWriter(database.pool, { content: 'none' });
    await writer.write(some(seededRandom(3), 20)).finally(() => writer.close());
    expect(await guildsWithStaleWords(database.db)).toEqual([]);
    await refresh();
    expect(await keptWords(database)).toEqual({ messages: {}, vocabulary: {} });
  });

  it('have stems of their language', async () => {
    const texts = ['how do I fix the lanterns', 'wie geht das mit den Laternen', 'lanterns'];
    const messages = texts.map((content, i) => rest(0, ids[i]!, { body: { content, fidelity: 3 } }));
    await withWriter((writer) => writer.write(batchOf({ messages })));
    await refresh();
    const { rows } = await database.pool.query(
      `select word, language, stem, messages from vocabulary where word like 'la%' order by word, language`,
    );
    expect(rows).toEqual([
      { word: 'lanterns', language: 'english', stem: 'lantern', messages: 1 },
      { word: 'lanterns', language: 'simple', stem: 'lanterns', messages: 1 },
      { word: 'laternen', language: 'german', stem: 'latern', messages: 1 },
    ]);
  });
});
