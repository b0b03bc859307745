import { beforeEach, describe, expect, it } from 'vitest';
import { recall, remember } from '../../db/remembered.ts';
import { useDatabase } from '../support/database.ts';
import { GUILD } from '../support/records.ts';

const database = useDatabase();
const OTHER = '100000000000000009';
const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 10, 20);

beforeEach(async () => {
  await database.pool.query('delete from remembered_questions');
});

const keep = (options: Record<string, string | boolean>, day = 0, guildId = GUILD) =>
  remember(database.db, guildId, options, new Date(NOW_MS + day * DAY_MS));
const back = (key: string, guildId = GUILD) => recall(database.db, guildId, key);
const count = async (): Promise<number> =>
  (await database.pool.query('select from remembered_questions')).rowCount!;

describe('what a button has no room for', () => {
  const TEXTS = [
    'How do I fire a raku kiln without cracking everything in it?',
    `'); drop table remembered_questions; --`,
    '{"topic": "x"}\n\t\\u0000 %s $1 ${a} \u202e',
    '釉薬の温度 🏺 ñandú',
    'x'.repeat(1000),
  ];

  it.each(TEXTS)('is given back by the letter: %#', async (topic) => {
    const key = await keep({ topic });
    expect(key).toMatch(/^[\w-]{22}$/);
    expect(await back(key)).toEqual({ topic });
  });

  it('is kept once, whoever asks it and in whatever order it was said', async () => {
    const one = await keep({ topic: 'kilns', private: true });
    expect(await keep({ private: true, topic: 'kilns' })).toBe(one);
    expect(await keep({ topic: 'kiln', private: true })).not.toBe(one);
    expect(await keep({ topic: 'kilns', private: false })).not.toBe(one);
    expect(await count()).toBe(3);
  });

  it('is of one guild, and of no other', async () => {
    const key = await keep({ topic: 'kilns' });
    expect(await back(key, OTHER)).toBeUndefined();
    expect(await back('x'.repeat(22))).toBeUndefined();
  });

  it('is forgotten when nobody has asked it for 90 days, with the next that is kept there', async () => {
    const [often, once] = [await keep({ topic: 'often' }), await keep({ topic: 'once' })];
    const elsewhere = await keep({ topic: 'once' }, 0, OTHER);
    await keep({ topic: 'often' }, 60);
    await keep({ topic: 'new' }, 90);
    expect(await back(once)).toEqual({ topic: 'once' });
    await keep({ topic: 'newer' }, 90.01);
    expect([await back(once), await back(often), await back(elsewhere, OTHER)]).toEqual([
      undefined,
      { topic: 'often' },
      { topic: 'once' },
    ]);
  });

  it('is forgotten a hundred at a time, the oldest first', async () => {
    const old = Array.from({ length: 150 }, (_, i) => [`k${i}`, new Date(NOW_MS + i * 1000)] as const);
    await database.pool.query(
      `insert into remembered_questions select $1, key, '{}', at from unnest($2::text[], $3::timestamptz[]) as old (key, at)`,
      [GUILD, old.map(([key]) => key), old.map(([, at]) => at)],
    );
    await keep({ topic: 'new' }, 200);
    expect(await count()).toBe(51);
    expect([await back('k99'), await back('k100')]).toEqual([undefined, {}]);
    await keep({ topic: 'new' }, 200);
    expect(await count()).toBe(1);
  });

  it('is kept by two at once', async () => {
    const keys = await Promise.all(Array.from({ length: 6 }, () => keep({ topic: 'kilns' })));
    expect(new Set(keys).size).toBe(1);
    expect(await count()).toBe(1);
  });
});
