/** `--dry-run`: the card of the import that is not made. */
import { expect, it } from 'vitest';
import type { ReportCard } from '../../../ingest/dce/card.ts';
import { makeCommunity } from '../../support/community.ts';
import { dump, useDatabase } from '../../support/database.ts';
import { exportText, said } from '../../support/exports.ts';
import { useFolder } from '../../support/folder.ts';
import { imported } from '../../support/imports.ts';

const database = useDatabase();
const folder = useFolder();

async function everything() {
  const { rows: ledger } = await database.pool.query('select * from imports order by sha256');
  return { ...(await dump(database)), ledger };
}

/** The card of a dry run and of the import that follows; the first leaves all as it was. */
async function bothCards(paths: string[], lanes = 1): Promise<[ReportCard, ReportCard]> {
  const before = await everything();
  const dry = await imported(database, paths, { isDryRun: true });
  expect(await everything()).toEqual(before);
  return [dry, await imported(database, paths, { lanes })];
}

it('a dry run writes nothing and tells, for each file, what the import after it tells', async () => {
  const { truth, files } = await makeCommunity(`${folder.path}/community`, { messages: 600 });
  const [dry, real] = await bothCards(files, 2);
  expect(dry).toEqual({ ...real, isDryRun: true });
  expect(real.messages.new).toBe(truth.messages + truth.systemMessages);

  const [dryAgain, again] = await bothCards(files, 2);
  expect(dryAgain).toEqual({ ...again, isDryRun: true });
  expect(new Set(again.files.map(({ status }) => status))).toEqual(new Set(['skipped']));
});

it('so it does with files that overlap each other and what is stored, and with broken ones', async () => {
  await database.clear();
  // The larger is taken first.
  const write = (name: string, texts: string[], at: number, bytes: number) => {
    const messages = texts.map((text, i) =>
      said(i + 1, text, { timestampEdited: at > 5 ? said(at, '').timestamp : null }),
    );
    const exportedAt = said(at * 1000, '').timestamp as string;
    return folder.file(
      `overlapping/${name}.json`,
      exportText({ messages, exportedAt, more: { filler: '.'.repeat(bytes) } }),
    );
  };
  await imported(database, [await write('0', ['one', 'two'], 1, 0)]);
  await write('1', ['one', 'two', 'three'], 2, 9000);
  await write('2', ['one', 'changed', 'three', 'four'], 9, 6000);
  await write('3', ['one', 'two', 'three'], 3, 3000);
  await folder.file(
    'overlapping/4.json',
    exportText({ messages: [said(5, 'five'), said(6, 'six')] }).slice(0, -300),
  );
  await folder.file('overlapping/5.json', '<html>');
  const [dry, real] = await bothCards([`${folder.path}/overlapping`]);
  expect(dry).toEqual({ ...real, isDryRun: true });
  expect(real.files.map(({ status, messages }) => [status, messages.new, messages.changed])).toEqual([
    ['skipped', 0, 0],
    ['taken', 1, 0],
    ['taken', 1, 3],
    ['taken', 0, 0],
    ['damaged', 1, 0],
    ['rejected', 0, 0],
  ]);
});
