/** All questions at once: how they are named and asked, their statements, and that each answers on real exports. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { guilds } from '../../../db/queries/guilds.ts';
import { guildTotals } from '../../../db/queries/guild-totals.ts';
import { questions } from '../../../db/queries/index.ts';
import type { Asked } from '../../../db/queries/question.ts';
import { recordSpan } from '../../../db/queries/record-span.ts';
import type { Schema } from '../../../db/schema.ts';
import { refreshStatistics } from '../../../db/statistics.ts';
import { lastDays } from '../../../db/window.ts';
import { isLong } from '../../support/at-length.ts';
import { typed } from '../../support/command-line.ts';
import { useDatabase } from '../../support/database.ts';
import { imported } from '../../support/imports.ts';
import { GUILD } from '../../support/records.ts';
import { ROOT } from '../../support/sources.ts';

const README = readFileSync(join(ROOT, 'db/queries/README.md'), 'utf8');

describe('the list of questions', () => {
  it('has names of their own, in words joined by hyphens, and a line on each', () => {
    const names = questions.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, about } of questions) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(about).toMatch(/^[a-z'].{8,100}[^.]$/);
    }
  });

  it('is defined in the README, name by name', () => {
    const isDefined = (name: string) => new RegExp(`\`${name}\`|^## .*\\b${name}(,|$)`, 'm').test(README);
    expect(questions.map(({ name }) => name).filter((name) => !isDefined(name))).toEqual([]);
  });
});

describe('the statement of a question', () => {
  const database = useDatabase();
  const logged: string[] = [];
  let db: Kysely<Schema>;
  beforeAll(() => {
    db = new Kysely<Schema>({
      dialect: new PostgresDialect({ pool: database.pool }),
      log: ({ query }) => void logged.push(query.sql),
    });
  });
  beforeEach(() => void (logged.length = 0));

  const asked: Asked = {
    guildId: GUILD,
    window: { fromMs: Date.UTC(2026, 0, 5), toMs: Date.UTC(2026, 0, 19), timeZone: 'UTC' },
    limit: 10,
    channels: ['2', '3'],
    members: ['4'],
    text: "it's 100 % _me_",
  };

  it.for(questions)('$name is as in its golden file, and names the guild', async ({ name, ask }) => {
    await ask(db, asked);
    const statements = logged.map((text) =>
      text
        .split('\n')
        .map((line) => line.trimEnd())
        .filter(Boolean)
        .join('\n'),
    );
    // What is asked for is a parameter, never a part of the text.
    expect(statements.join()).not.toMatch(/it's|_me_|100000000000000001/);
    for (const statement of statements) expect(statement).toMatch(/guild_id" ?=|guild_id = /);
    // Some are sent side by side, in no order.
    const text = [...new Set(statements)].toSorted().join('\n;\n');
    await expect(`${text}\n`).toMatchFileSnapshot(`../../golden/queries/${name}.sql`);
  });
});

const folder = process.env.DCE_EXPORTS ?? '';
const why = folder === '' ? ' (skipped: DCE_EXPORTS names no folder of them)' : '';
/** Each takes seconds: `npm run test:long` takes them, too. */
const AT_LENGTH = ['numberball', 'vesuvius'];
const folders = (folder === '' ? [] : readdirSync(folder, { withFileTypes: true })).filter(
  (entry) => entry.isDirectory() && (isLong || !AT_LENGTH.includes(entry.name)),
);

describe.skipIf(folder === '')(`on real exports${why}`, () => {
  const database = useDatabase();
  beforeEach(() => database.clear());
  afterAll(() => database.clear());

  it.for(folders.map(({ name }) => name))(
    '%s: every question answers, and totals are those of the whole record',
    async (name) => {
      const { db } = database;
      await imported(database, [join(folder, name)], { lanes: 2 });
      // As the command does: else the plans are those of empty tables, and some take minutes.
      await refreshStatistics(database.pool);
      const recorded = await guilds(db);
      expect(recorded).not.toEqual([]);
      for (const { id: guildId } of recorded) {
        const span = await recordSpan(db, { guildId });
        if (!span) continue;
        const days = Math.ceil((span.lastMs - span.firstMs) / 86_400_000) + 1;
        const window = lastDays(days, span.lastMs, 'UTC');
        const whole = await guildTotals(db, guildId, 'UTC');
        const answers = new Map<string, Record<string, unknown>[]>();
        for (const { name: question, ask, needs } of questions) {
          const member = needs === 'member' && { members: [whole.topAuthors[0]?.id ?? '1'] };
          const rows = await ask(db, { guildId, window, limit: 10_000, text: 'e', bots: true, ...member });
          answers.set(question, rows as Record<string, unknown>[]);
        }
        const sum = (question: string, key: string) =>
          answers.get(question)!.reduce((n, row) => n + (row[key] as number), 0);
        const totals = Object.fromEntries(answers.get('totals')!.map((row) => [row.figure, row.value]));
        expect(totals).toMatchObject({
          messages: whole.messages,
          people: whole.authors + whole.botAuthors,
          replies: whole.replies,
        });
        for (const question of ['activity-by-month', 'weekday-hours', 'top-channels'])
          expect({ [question]: sum(question, 'messages') }).toEqual({ [question]: whole.messages });
        const weeks = answers.get('activity-by-week')!.filter((row) => row.messages !== 0);
        expect(weeks.map((row) => row.messages)).toEqual(Object.values(whole.weeks));
        const people = await questions
          .find((one) => one.name === 'top-contributors')!
          .ask(db, { guildId, window, limit: 10 });
        expect(people).toMatchObject(whole.topAuthors);
      }
    },
  );
});

describe('almanac query, with the server alone', () => {
  const database = useDatabase();

  it('answers by every name, of a server without a message too', async () => {
    await database.pool.query(`insert into guilds (guild_id, name) values ($1, 'Quiet')`, [GUILD]);
    for (const { name, needs } of questions) {
      const { code, stderr } = await typed(['query', name, '--guild', GUILD], { DATABASE_URL: database.url });
      expect({ name, code }).toEqual({ name, code: 0 });
      if (needs === 'text') expect(stderr).toContain('--text WORDS');
    }
  });
});
