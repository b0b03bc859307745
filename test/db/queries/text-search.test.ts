/** Questions about texts and authors, and the busiest days. */
import { beforeAll, describe, expect, it } from 'vitest';
import { authors } from '../../../db/queries/authors.ts';
import { busiestDays } from '../../../db/queries/busiest-days.ts';
import type { Asked } from '../../../db/queries/question.ts';
import { messagesWithText, textByMonth } from '../../../db/queries/text-search.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { exportText, said } from '../../support/exports.ts';
import { useFolder } from '../../support/folder.ts';
import { imported } from '../../support/imports.ts';
import { groupBy, localDate, nameOf, type NaiveMessage, writtenIn } from '../../support/naive.ts';
import { firstBy, peopleOf } from '../../support/naive-rows.ts';
import { at, GUILD } from '../../support/records.ts';

const database = useDatabase();
const folder = useFolder();
let guild: AskedGuild;
beforeAll(async () => {
  guild = await askedGuild(database, `${folder.path}/asked`);
});

const inEveryScope = async (check: (scope: Asked, name: string) => Promise<void>) => {
  for (const [name, scope] of Object.entries(guild.scopes)) await check(scope, name);
};
const iso = (m: NaiveMessage | undefined) => (m ? new Date(m.ms).toISOString() : null);

describe('in every scope, by a naive pass', () => {
  it.for(['balloon', 'THE', '🎈', 'ä', 'Привет', '%', '_', "it's"])(
    'messages-with-text and text-by-month: %s',
    (text) =>
      inEveryScope(async (scope, name) => {
        const all = writtenIn(guild.naive, scope).filter((m) => m.hasText);
        const found = all.filter((m) => m.content.toLowerCase().includes(text.toLowerCase()));
        expect(await messagesWithText(database.db, { ...scope, text }), name).toEqual([
          {
            messages: found.length,
            people: peopleOf(found),
            firstAt: iso(found[0]),
            lastAt: iso(found.at(-1)),
            searched: all.length,
          },
        ]);
        const monthOf = (m: NaiveMessage) => `${localDate(m.ms, scope.window.timeZone).slice(0, 7)}-01`;
        const months = await textByMonth(database.db, { ...scope, text });
        const byMonth = groupBy(found, monthOf);
        const searched = groupBy(all, monthOf);
        expect(months, name).toEqual(
          months.map(({ start }) => ({
            start,
            messages: byMonth.get(start)?.length ?? 0,
            searched: searched.get(start)?.length ?? 0,
          })),
        );
        const newest = new Set(months.map(({ start }) => start));
        const all12 = [...searched.keys()].filter((month) => !newest.has(month));
        expect(all12.every((month) => months.length === scope.limit && month < months[0]!.start)).toBe(true);
      }),
  );

  it('busiest-days', () =>
    inEveryScope(async (scope, name) => {
      const days = groupBy(writtenIn(guild.naive, scope), (m) => localDate(m.ms, scope.window.timeZone));
      const naive = [...days].map(([start, list]) => ({
        start,
        messages: list.length,
        people: peopleOf(list),
      }));
      const first = firstBy(
        naive,
        scope.limit,
        (row) => row.messages,
        (row) => row.start,
      );
      expect(await busiestDays(database.db, scope), name).toEqual(first);
    }));

  it('authors', () =>
    inEveryScope(async (scope, name) => {
      const named = writtenIn(guild.naive, scope).filter((m) => !guild.naive.unranked.has(m.authorId));
      const naive = [...groupBy(named, (m) => m.authorId)].map(([id, list]) => ({
        id,
        name: nameOf(guild.naive, id),
        isBot: guild.naive.bots.has(id),
        messages: list.length,
        firstAt: iso(list[0]),
        lastAt: iso(list.at(-1)),
      }));
      const first = firstBy(
        naive,
        scope.limit,
        (row) => row.messages,
        (row) => row.id,
      );
      expect(await authors(database.db, scope), name).toEqual(first);
    }));
});

describe('a text that is looked for', () => {
  const TEXTS = [
    "it's 100% a_b",
    'back\\slash',
    'a\u0000nul',
    'percent',
    'half \ud83d pair',
    'ÄRGER im Haus',
  ];
  const asked: Asked = {
    guildId: GUILD,
    window: { fromMs: at(0), toMs: at(1000), timeZone: 'UTC' },
    limit: 10,
  };
  const found = async (text: string) => (await messagesWithText(database.db, { ...asked, text }))[0]!;
  const take = async (content: 'full' | 'none') => {
    const messages = TEXTS.map((text, i) => said(i + 1, text));
    const file = await folder.file('texts.json', exportText({ messages }));
    await imported(database, [file], { content, isAgain: true });
  };

  it('is no pattern and no statement', async () => {
    await take('full');
    const counts = [
      "'",
      '%',
      '_',
      '\\',
      "' or 1=1 --",
      '\\\\',
      'a\u0000nul',
      '\ud83d pair',
      'ärger',
      'NUL',
      '%%',
    ];
    expect(await Promise.all(counts.map(async (text) => [text, (await found(text)).messages]))).toEqual([
      ["'", 1],
      ['%', 1],
      ['_', 1],
      ['\\', 1],
      ["' or 1=1 --", 0],
      ['\\\\', 0],
      ['a\u0000nul', 1],
      ['\ud83d pair', 1],
      ['ärger', 1],
      ['NUL', 1],
      ['%%', 0],
    ]);
  });

  it('is not found where texts are not kept, and the answer says that none was looked through', async () => {
    await database.pool.query('delete from messages where guild_id = $1', [GUILD]);
    await take('none');
    expect(await found('percent')).toEqual({
      messages: 0,
      people: 0,
      firstAt: null,
      lastAt: null,
      searched: 0,
    });
  });
});
