/** Exports of a changing channel, made by chance: one database, and every difference explained. */
import { beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../../support/database.ts';
import { exportText } from '../../support/exports.ts';
import { useFolder } from '../../support/folder.ts';
import { shuffled } from '../../support/history.ts';
import { hashOf, imported, verified } from '../../support/imports.ts';
import { seededRandom } from '../../support/random.ts';
import { DAY, exportWorld, makeWorld } from '../../support/world.ts';

const database = useDatabase();
const folder = useFolder();
beforeEach(() => database.clear());

async function importEach(paths: string[]): Promise<string> {
  for (const path of paths) await imported(database, [path]);
  return hashOf(database);
}

const WORLDS = Number(process.env.ALMANAC_TEST_WORLDS ?? 5);

describe('exports of a changing channel, made by chance', () => {
  it.for(Array.from({ length: WORLDS }, (_, i) => 31 + i))(
    'give one database in any order, and verify explains every difference (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      const world = makeWorld(random);
      const exports = Array.from({ length: 5 }, (_, i) => exportWorld(world, DAY * (1 + i), random));
      const paths = await Promise.all(
        exports.map((parts, i) => folder.file(`${seed}-${i}.json`, exportText(parts))),
      );
      const expected = await importEach(paths);
      expect((await verified(database, paths)).findings.filter((f) => !f.explanation)).toEqual([]);
      for (let round = 0; round < 4; round++) {
        await database.clear();
        const order = shuffled([...paths, ...paths.slice(0, round)], random);
        expect(await importEach(order)).toBe(expected);
      }
    },
  );
});
