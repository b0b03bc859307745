/** Killed anywhere, the same command goes on and ends where an undisturbed one does. */
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FileCard, ReportCard } from '../../../ingest/dce/card.ts';
import { importExports } from '../../../ingest/dce/import.ts';
import { makeCommunity } from '../../support/community.ts';
import { withDataFolder } from '../../support/data-folder.ts';
import { useDatabase } from '../../support/database.ts';
import { exportText, said } from '../../support/exports.ts';
import { useFolder } from '../../support/folder.ts';
import { hashOf, imported, NOW_MS } from '../../support/imports.ts';
import { almanacJson, startAlmanac } from '../../support/program.ts';
import { seededRandom } from '../../support/random.ts';

const KILLS = Number(process.env.ALMANAC_TEST_KILLS ?? 2);
const SEED = Number(process.env.ALMANAC_TEST_SEED ?? 17);

const folder = useFolder();
const database = useDatabase();

/** What a card says of a file, whether it was taken at once, in several goes or before. */
function lasting({ file, era, text, from, to, offsets, damage, oddities, replaced, messages }: FileCard) {
  const { inFile, rejected } = messages;
  return { file, era, text, from, to, offsets, damage, oddities, replaced, inFile, rejected };
}

describe('an import killed at random moments', { timeout: 120_000 + KILLS * 30_000 }, () => {
  let exportsFolder: string;
  let written: number;
  let undisturbed: { hash: string; card: ReportCard };
  /** From the start of the program to its end, with the making of a database. */
  let wholeMs: number;
  beforeAll(async () => {
    exportsFolder = `${folder.path}/exports`;
    // With few channels one file takes several batches.
    const { truth } = await makeCommunity(exportsFolder, { messages: 6000, channels: 3 });
    written = truth.messages + truth.systemMessages;
    const card = await imported(database, [exportsFolder]);
    undisturbed = { hash: await hashOf(database), card };
    const begunAt = performance.now();
    await almanacJson(['import', exportsFolder], { ALMANAC_DATA: `${folder.path}/undisturbed` });
    wholeMs = performance.now() - begunAt;
  });

  it(`goes on and ends in the same database (${KILLS} kills, seed ${SEED})`, async () => {
    const random = seededRandom(SEED);
    let kills = 0;
    for (let story = 0; kills < KILLS; story++) {
      const data = `${folder.path}/story-${story}`;
      while (kills < KILLS && (await isKilled(data, wholeMs * (0.1 + random()), random() < 0.3))) kills++;
      await endsWhole(data);
    }
  });

  /** Starts the import and kills it after a while, the database's server too; false where it had ended before. */
  async function isKilled(data: string, afterMs: number, withServer: boolean): Promise<boolean> {
    const { process: program, ended } = startAlmanac(['import', exportsFolder], { ALMANAC_DATA: data });
    await Promise.race([ended, setTimeout(afterMs)]);
    const wasRunning = program.exitCode === null && program.kill('SIGKILL');
    const { code, stderr } = await ended;
    if (!wasRunning) expect({ code, stderr }).toMatchObject({ code: 0 });
    const postmaster = withServer && (await postmasterOf(data));
    if (postmaster) process.kill(postmaster, 'SIGKILL');
    return wasRunning;
  }

  /** One more run of the same command: what it tells and leaves is what an undisturbed one does. */
  async function endsWhole(data: string) {
    const card = await almanacJson<ReportCard>(['import', exportsFolder], { ALMANAC_DATA: data });
    const { files } = undisturbed.card;
    expect(card.files.map(lasting)).toEqual(files.map(lasting));
    for (const { file, messages } of card.files) {
      const { inFile, new: fresh, changed, unchanged, rejected } = messages;
      expect([file, fresh + changed + unchanged + rejected]).toEqual([file, inFile]);
    }
    await withDataFolder(data, async (store) => {
      expect(await hashOf(store)).toBe(undisturbed.hash);
      const { rows } = await store.pool.query(
        `select state, count(*)::int as files, sum((card->'card'->'messages'->>'new')::int)::int as new from imports group by state`,
      );
      // Each message was new once, in whichever run.
      expect(rows).toEqual([{ state: 'taken', files: files.length, new: written }]);
    });
  }
});

/** The process of a data folder's server; undefined where none runs, or no /proc tells. */
async function postmasterOf(data: string): Promise<number | undefined> {
  const pid = Number.parseInt(
    await readFile(`${data}/postgres/cluster/postmaster.pid`, 'utf8').catch(() => ''),
    10,
  );
  // The file outlives a server that was killed, and its number may be another's by now.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.includes(data) ? pid : undefined;
}

describe('an import broken off within a file', () => {
  it('tells in the end what it would have told at once, of what it read before the break too', async () => {
    // Several batches; what is wrong stands before the first one's end.
    const messages = Array.from({ length: 13_000 }, (_, i) => said(i, i === 3 ? 'a\u0000b' : `message ${i}`));
    const text = exportText({ messages })
      .replace('"content": "message 5"', '"content": oops')
      .replace('"id": "', '"id": "');
    const path = await folder.file('large.json', text);
    await database.clear();
    const whole = await imported(database, [path]);
    const hash = await hashOf(database);
    expect(whole.files).toMatchObject([
      { status: 'damaged', damage: [{ afterMessage: 5 }], replaced: { nul: 1 } },
    ]);

    await database.clear();
    const options = {
      pool: database.pool,
      content: 'full' as const,
      nowMs: NOW_MS,
      includeDirectMessages: false,
      isDryRun: false,
      lanes: 1,
    };
    for await (const { messages: done } of importExports([path], options)) if (done > 0) break;
    const { rows } = await database.pool.query(
      'select state, resume_index < 12999 as is_within from imports',
    );
    expect(rows).toEqual([{ state: 'running', is_within: true }]);
    expect(await imported(database, [path])).toEqual(whole);
    expect(await hashOf(database)).toBe(hash);
  });
});
