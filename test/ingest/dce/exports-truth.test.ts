/** Real exports against what an independent program counted in them; `DCE_EXPORTS` names their folder. */
import { readdirSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { guildTotals } from '../../../db/queries/guild-totals.ts';
import { guilds } from '../../../db/queries/guilds.ts';
import type { Payload } from '../../../ingest/payload.ts';
import { useDatabase } from '../../support/database.ts';
import { emptyLedger, hashOf, imported, verified } from '../../support/imports.ts';
import { isWritten, messagesOf, type NaiveTotals, naiveTotals } from '../../support/naive-totals.ts';

const folder = process.env.DCE_EXPORTS ?? '';
const title = 'real exports';
const why = folder === '' ? ' (skipped: DCE_EXPORTS names no folder of them)' : '';
const folders =
  folder === '' ? [] : readdirSync(folder, { withFileTypes: true }).filter((e) => e.isDirectory());
/** Edited by hand, so that what its files say of themselves is wrong. */
const HAND_EDITED = 'frontend-samples';

async function readJson(path: string): Promise<Payload> {
  return JSON.parse(await readFile(path, 'utf8'));
}

/** The exports of a folder, and the truth about each; or one truth of all, where their messages overlap. */
async function readFolder(path: string) {
  const names = (await Array.fromAsync(glob('*.json', { cwd: path }))).toSorted();
  const exports = names.filter((name) => !name.endsWith('.truth.json'));
  const merged = names.filter((name) => name === 'MERGED.truth.json');
  const truths = merged.length > 0 ? merged : names.filter((name) => name.endsWith('.truth.json'));
  const read = (list: string[]) => Promise.all(list.map((name) => readJson(join(path, name))));
  return {
    paths: exports.map((name) => join(path, name)),
    exports: await read(exports),
    truths: await read(truths),
  };
}

/** The truth in our words; it counts system messages, too. Sums are of files that share no message. */
function toTotals(truths: Payload[]) {
  const sum = (key: string) => truths.reduce((n, truth) => n + (truth[key] as number), 0);
  const weeks: Record<string, number> = {};
  for (const truth of truths)
    for (const [week, n] of Object.entries(truth.iso_weeks as Record<string, number>))
      weeks[week] = (weeks[week] ?? 0) + n;
  return {
    messages: sum('messages'),
    humanMessages: sum('human_messages'),
    botMessages: sum('bot_messages'),
    replies: sum('replies'),
    reactions: sum('reactions_total'),
    reactionEntries: sum('reaction_entries'),
    attachments: sum('attachments'),
    mentions: sum('mentions_total'),
    links: sum('urls_in_content'),
    edited: sum('edited'),
    pinned: sum('pinned'),
    embeds: sum('embeds'),
    stickers: sum('stickers'),
    weeks,
    ...(truths.length === 1 && {
      authors: truths[0]!.distinct_human_authors,
      botAuthors: truths[0]!.distinct_bot_authors,
    }),
  };
}

describe.skipIf(folder === '')(`${title}${why}`, () => {
  const database = useDatabase();
  beforeEach(() => database.clear());

  describe.for(folders.map(({ name }) => name).filter((name) => name !== HAND_EDITED))('%s', (name) => {
    it('imports to its truth, verifies clean and imports again to nothing new', async () => {
      const { paths, exports, truths } = await readFolder(join(folder, name));
      const all = messagesOf(exports);
      expect(naiveTotals(all, () => true)).toMatchObject(toTotals(truths));

      const card = await imported(database, paths, { lanes: 2 });
      expect(card.files.map(({ status, oddities, damage }) => ({ status, oddities, damage }))).toEqual(
        paths.map(() => ({ status: 'taken', oddities: [], damage: [] })),
      );
      expect(card.messages).toMatchObject({ new: all.length, rejected: 0 });

      const [guild] = await guilds(database.db);
      const totals = await guildTotals(database.db, guild!.id, 'UTC');
      const { topAuthors, ...figures }: NaiveTotals = naiveTotals(all, isWritten);
      expect(totals).toMatchObject(figures);
      expect(totals.systemMessages).toBe(all.length - figures.messages);
      expect(totals.topAuthors.map(({ id, messages }) => ({ id, messages }))).toEqual(
        topAuthors.slice(0, 10),
      );
      await isSettled(paths);
    });
  });

  it.runIf(folders.some(({ name }) => name === HAND_EDITED))(
    `${HAND_EDITED}, edited by hand, is taken whole with each oddity named`,
    async () => {
      const { paths, exports, truths } = await readFolder(join(folder, HAND_EDITED));
      const options = { includeDirectMessages: true };
      const card = await imported(database, paths, options);
      const inFiles = exports.reduce((n, { messages }) => n + (messages as unknown[]).length, 0);
      expect(card.messages).toMatchObject({ inFile: inFiles, rejected: 0 });
      for (const [i, { file, status, oddities, warnings }] of card.files.entries()) {
        const at = paths.indexOf(file);
        const truth = truths[at]!;
        const off = oddities.find(({ kind }) => kind === 'timestamp-not-id');
        expect({ file, status, off: off?.count ?? 0 }).toEqual({
          file: card.files[i]!.file,
          status: 'taken',
          off: truth.snowflake_time_mismatch_gt_2s,
        });
        if (truth.first_id === '100') expect(off!.examples).toContain('100');
        const isCountWrong = truth.messageCount_field !== truth.messages;
        expect(warnings.filter((text) => text.includes('It says that it has'))).toHaveLength(
          isCountWrong ? 1 : 0,
        );
      }
      const general = card.files.find(({ file }) => file.includes('general [1012224565567721552]@a4a4ff9b'))!;
      expect(general.oddities).toMatchObject([{ kind: 'timestamp-not-id', count: 7 }]);
      await isSettled(paths, options);
    },
  );

  /** Nothing is unexplained, and nothing more comes of the same files. */
  async function isSettled(paths: string[], options: { includeDirectMessages?: boolean } = {}) {
    expect(await verified(database, paths, options)).toMatchObject({
      unexplained: 0,
      rejected: 0,
      passedOver: [],
    });
    const before = await hashOf(database);
    const again = await imported(database, paths, options);
    expect(new Set(again.files.map(({ status }) => status))).toEqual(new Set(['skipped']));
    await emptyLedger(database);
    // Known by their bytes, and then held against the store one by one.
    for (const isAgain of [false, true]) {
      const anew = await imported(database, paths, { ...options, isAgain });
      expect(anew.messages).toMatchObject({ new: 0, changed: 0 });
    }
    expect(await hashOf(database)).toBe(before);
  }
});
