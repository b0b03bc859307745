/** Exports of a changing channel, made by chance: one database, and every difference explained. */
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetPerson } from '../../../db/choices.ts';
import { useDatabase } from '../../support/database.ts';
import { BELA, type ExportParts, exportText } from '../../support/exports.ts';
import { useFolder } from '../../support/folder.ts';
import { shuffled } from '../../support/history.ts';
import { factsOf, hashOf, imported, NOW_MS, verified } from '../../support/imports.ts';
import { seededRandom } from '../../support/random.ts';
import { GUILD } from '../../support/records.ts';
import { DAY, exportWorld, makeWorld } from '../../support/world.ts';

const database = useDatabase();
const folder = useFolder();
beforeEach(() => database.clear());

async function written(seed: number, exports: ExportParts[]): Promise<string[]> {
  return Promise.all(exports.map((parts, i) => folder.file(`${seed}-${i}.json`, exportText(parts))));
}

async function importEach(paths: string[]): Promise<string> {
  for (const path of paths) await imported(database, [path]);
  return hashOf(database);
}

const WORLDS = Number(process.env.ALMANAC_TEST_WORLDS ?? 3);

describe('exports of a changing channel, made by chance', () => {
  it.for(Array.from({ length: WORLDS }, (_, i) => 31 + i))(
    'give one database in any order, and verify explains every difference (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      const world = makeWorld(random);
      const exports = Array.from({ length: 5 }, (_, i) => exportWorld(world, DAY * (1 + i), random));
      const paths = await written(seed, exports);
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

describe('with somebody forgotten before, between or after them', () => {
  it.for(Array.from({ length: Math.ceil(WORLDS / 2) }, (_, i) => 1031 + i))(
    'they give one database, and verify explains every difference (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      const world = makeWorld(random);
      const exports = Array.from({ length: 4 }, (_, i) => exportWorld(world, DAY * (1 + i), random));
      const paths = await written(seed, exports);
      const outcomes: string[][] = [];
      for (let place = 0; place <= paths.length; place++) {
        await database.clear();
        const order = shuffled(paths, random);
        await importEach(order.slice(0, place));
        await forgetPerson(database.pool, GUILD, BELA.id as string, new Date(NOW_MS));
        await importEach(order.slice(place));
        outcomes.push(await factsOf(database));
        expect((await verified(database, paths)).findings.filter((f) => !f.explanation)).toEqual([]);
      }
      for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
    },
  );
});
