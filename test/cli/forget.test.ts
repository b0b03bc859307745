/** `almanac forget` on an embedded database: no byte of a person stays in the data folder, whatever is imported after. */
import { expect, it } from 'vitest';
import type { ForgetReceipt } from '../../db/choices.ts';
import { openWriter } from '../../db/write-batch.ts';
import type { ReportCard } from '../../ingest/dce/card.ts';
import type { VerifyResult } from '../../ingest/dce/verify.ts';
import { findBytes } from '../support/bytes.ts';
import { CANARY } from '../support/canary.ts';
import { withDataFolder } from '../support/data-folder.ts';
import { exportText } from '../support/exports.ts';
import { useFolder } from '../support/folder.ts';
import { EXPORTS, HEARD, PERSON } from '../support/forgotten.ts';
import { emptyLedger, factsOf } from '../support/imports.ts';
import { almanacJson } from '../support/program.ts';
import { GUILD } from '../support/records.ts';

const folder = useFolder();

it('forgotten, and imported again: no row and no byte', async () => {
  const data = `${folder.path}/data`;
  const exportsFolder = `${folder.path}/exports`;
  for (const [name, parts] of Object.entries(EXPORTS))
    await folder.file(`exports/${name}.json`, exportText(parts));
  const run = <T>(...words: string[]) => almanacJson<T>(words, { ALMANAC_DATA: data });
  const take = () => run<ReportCard>('import', exportsFolder);

  await withDataFolder(data, async ({ pool }) => {
    expect((await take()).messages).toMatchObject({ new: 11, forgotten: 0 });
    const writer = await openWriter(pool, { content: 'full' });
    await writer.write(structuredClone(HEARD));
    await writer.close();
    // What a query has looked at has samples in the planner's statistics.
    await pool.query('analyze');
  });
  expect((await findBytes(data, CANARY)).length).toBeGreaterThan(30);

  await withDataFolder(data, async (store) => {
    const receipt = await run<ForgetReceipt>('forget', '--guild', GUILD, '--member', PERSON);
    expect(receipt).toMatchObject({ messages: 3, reactions: 3, mentions: 3, names: 3, isRewritten: true });
    expect(receipt).toMatchObject({ votes: 1, voice: 2 });
    expect((await take()).messages).toMatchObject({ new: 0, changed: 0 });
    await emptyLedger(store);
    expect((await take()).messages).toMatchObject({ new: 0, changed: 0, forgotten: 7 });
    expect((await factsOf(store)).join('\n')).not.toMatch(new RegExp(`${CANARY}|${PERSON}`, 'i'));
    const verdict = await run<VerifyResult>('verify', exportsFolder);
    expect(verdict).toMatchObject({ unexplained: 0, explained: { 'its author is forgotten': 7 } });
  });
  expect(await findBytes(data, CANARY)).toEqual([]);
});
