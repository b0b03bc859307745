/** Forgetting a person, whatever was taken in before and is taken in after. */
import { beforeEach, describe, expect, it } from 'vitest';
import { chooseUnranked, forgetPerson, unforgetPerson } from '../../../db/choices.ts';
import type { ContentChoice } from '../../../db/keep.ts';
import { guildTotals } from '../../../db/queries/guild-totals.ts';
import { openWriter } from '../../../db/write-batch.ts';
import { buildWeekly } from '../../../reports/weekly.ts';
import { useDatabase } from '../../support/database.ts';
import { ANNA, exportText } from '../../support/exports.ts';
import { useFolder } from '../../support/folder.ts';
import { CANARY } from '../../support/canary.ts';
import { EXPORTS, HEARD, PERSON } from '../../support/forgotten.ts';
import { emptyLedger, factsOf, imported, NOW_MS, verified } from '../../support/imports.ts';
import { GUILD } from '../../support/records.ts';

const database = useDatabase();
const folder = useFolder();
beforeEach(() => database.clear());

const forget = () => forgetPerson(database.pool, GUILD, PERSON, new Date(NOW_MS));

async function paths(): Promise<string[]> {
  const names = Object.entries(EXPORTS);
  return Promise.all(names.map(([name, parts]) => folder.file(`${name}.json`, exportText(parts))));
}

async function hear(content: ContentChoice) {
  const writer = await openWriter(database.pool, { content });
  await writer.write(structuredClone(HEARD));
  await writer.close();
}

type Step = (content: ContentChoice) => Promise<unknown>;

/** All that is stored, but for when it was seen. */
async function storedAfter(steps: Step[], content: ContentChoice): Promise<string[]> {
  await database.clear();
  for (const step of steps) await step(content);
  return factsOf(database);
}

describe('forgetting a person', () => {
  it.for<ContentChoice>(['full', 'none'])(
    'before, between and after all sources leaves the same (content %s)',
    async (content) => {
      const [early, later, raw] = (await paths()).map(
        (path): Step =>
          (choice) =>
            imported(database, [path], { content: choice }),
      ) as [Step, Step, Step];
      const orders: Step[][] = [
        [early, later, raw, hear],
        [hear, raw, later, early],
        [later, hear, early, raw],
      ];
      const first = await storedAfter([forget, ...orders[0]!], content);
      expect(first.join('\n')).not.toMatch(new RegExp(`${CANARY}|${PERSON}`, 'i'));
      for (const order of orders)
        for (let place = 0; place <= order.length; place++)
          expect(await storedAfter(order.toSpliced(place, 0, forget), content)).toEqual(first);
    },
  );

  it('leaves nothing of them when the same exports come again, read anew', async () => {
    const files = await paths();
    await imported(database, files);
    await forget();
    const before = await factsOf(database);
    expect((await imported(database, files)).files.map(({ status }) => status)).toEqual([
      'skipped',
      'skipped',
      'skipped',
    ]);
    await emptyLedger(database);
    expect((await imported(database, files)).messages).toMatchObject({ new: 0, changed: 0, forgotten: 7 });
    expect(await factsOf(database)).toEqual(before);
    expect(before.join('\n')).not.toMatch(new RegExp(`${CANARY}|${PERSON}`, 'i'));
  });

  it('gives a receipt of what was erased, and of nothing the second time', async () => {
    await imported(database, await paths());
    await hear('full');
    const nothing = { messages: 0, reactions: 0, mentions: 0, names: 0, moments: 0, commands: 0 };
    expect(await forget()).toMatchObject({
      guildId: GUILD,
      userId: PERSON,
      messages: 3,
      // 👍 and 🎈 of the exports, 🎉 heard.
      reactions: 3,
      mentions: 3,
      // Of the account, and two that others saw.
      names: 3,
      moments: 1,
      commands: 1,
    });
    expect(await forget()).toMatchObject(nothing);
  });

  it('is what verify explains', async () => {
    const files = await paths();
    await imported(database, files);
    await hear('full');
    await forget();
    const { unexplained, explained } = await verified(database, files);
    expect(unexplained).toBe(0);
    expect(explained).toMatchObject({ 'its author is forgotten': 7 });
    for (const file of files) {
      await database.clear();
      await imported(database, [file]);
      await forget();
      expect(await verified(database, [file])).toMatchObject({ unexplained: 0 });
    }
  });

  it('takes their messages out of every count, and leaves the others', async () => {
    await imported(database, await paths());
    const before = await guildTotals(database.db, GUILD, 'UTC');
    await forget();
    const after = await guildTotals(database.db, GUILD, 'UTC');
    expect([before.messages, after.messages]).toEqual([10, 8]);
    expect([before.systemMessages, after.systemMessages]).toEqual([1, 0]);
    expect(after.topAuthors.map(({ id }) => id)).not.toContain(PERSON);
    expect(after).toMatchObject({ replies: 1, attachments: 0, stickers: 0, botMessages: 1 });
  });

  it('taken back: nothing returns by itself, and an import brings all of it', async () => {
    const files = await paths();
    await imported(database, files);
    const whole = await factsOf(database);
    await forget();
    await unforgetPerson(database.db, GUILD, PERSON);
    expect((await factsOf(database)).join('\n')).not.toMatch(new RegExp(CANARY, 'i'));
    await imported(database, files);
    expect(await factsOf(database)).toEqual(whole);
    expect(await verified(database, files)).toMatchObject({ unexplained: 0 });
  });
});

describe('a person who is not ranked', () => {
  it('counts in totals and is named nowhere, until they say otherwise', async () => {
    await imported(database, await paths());
    const id = ANNA.id as string;
    const look = async () => {
      const totals = await guildTotals(database.db, GUILD, 'UTC');
      const weekly = await buildWeekly(database.db, {
        guildId: GUILD,
        timeZone: 'UTC',
        week: '2026-W01',
        nowMs: NOW_MS,
      });
      const named = [totals.topAuthors, weekly!.contributors].map((list) =>
        list.some((row) => row.id === id),
      );
      return {
        named,
        counted: [totals.messages, totals.authors, weekly!.totals.messages, weekly!.totals.people],
      };
    };
    const before = await look();
    expect(before.named).toEqual([true, true]);
    await chooseUnranked(database.db, GUILD, id, true, new Date(NOW_MS));
    expect(await look()).toEqual({ ...before, named: [false, false] });
    await chooseUnranked(database.db, GUILD, id, false, new Date(NOW_MS));
    expect(await look()).toEqual(before);
  });
});
