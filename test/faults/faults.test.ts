import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDatabase, type TestDatabase } from '../support/database.ts';
import { findDescription } from '../support/discord/openapi.ts';
import { runFaults } from './run-faults.ts';

const FAULTS = Number(process.env.FAULTS ?? 6);
const SEED = Number(process.env.SEED ?? 1);
/** Each takes some seconds with its recovery; a minute of patience for what is slow, and more for a long run. */
const FAULT_MAX_MS = 30_000;

describe(`${FAULTS} random faults under steady traffic (FAULTS=${FAULTS} SEED=${SEED})`, () => {
  let database: TestDatabase;
  let drop = async () => {};
  beforeAll(async () => {
    ({ database, drop } = await makeDatabase());
  });
  afterAll(() => drop());

  it(
    'end in a database that is the truth: nothing lost, nothing twice, each inferred deletion marked',
    { timeout: FAULTS * FAULT_MAX_MS + 180_000 },
    async () => {
      const story: string[] = [];
      const { differences, lastWords, oracleFaults, steps, messages } = await runFaults({
        seed: SEED,
        faults: FAULTS,
        databaseAwayMaxMs: FAULTS > 100 ? 60_000 : 3_000,
        databaseUrl: database.url,
        description: findDescription(),
        tell: (line) => void story.push(line),
      });
      if (differences.length > 0)
        expect.fail([...story, ...lastWords, ...differences.slice(0, 40)].join('\n'));
      expect(oracleFaults).toEqual([]);
      expect(steps).toBeGreaterThan(FAULTS);
      expect(messages).toBeGreaterThan(FAULTS);
    },
  );
});
