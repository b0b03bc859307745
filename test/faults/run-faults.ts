/** Faults at random, one after the other, under steady traffic; in the end the database must be the truth. */
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../support/random.ts';
import type { Comparison } from './compare.ts';
import { allFaults, type FaultLimits } from './faults.ts';
import { type FaultWorld, openFaultWorld } from './world.ts';

export interface FaultRun extends FaultLimits {
  seed: number;
  faults: number;
  /** Only these, by name; absent: all. */
  only?: string[];
  databaseUrl: string;
  /** The file of Discord's description of its API; absent: nothing is checked against it. */
  description: string | undefined;
  /** What happens, as it happens. */
  tell(line: string): void;
}

export interface FaultOutcome extends Comparison {
  /** How often each fault was. */
  counts: Record<string, number>;
  /** Things that people did. */
  steps: number;
  gaps: number;
  setAside: number;
  lastWords: string[];
  /** Requests and answers that Discord's description does not know. */
  oracleFaults: string[];
}

const STEPS_PER_SECOND = 60;
/** What is left to repair in the end grows with all that happened. */
const settleMaxMs = (faults: number) => 120_000 + 5_000 * faults;

/** Runs it. The same seed brings the same faults in the same order, and people who do the same. */
export async function runFaults(run: FaultRun): Promise<FaultOutcome> {
  const random = seededRandom(run.seed);
  const world = await openFaultWorld(run, seededRandom(run.seed ^ 0x5bd1e995));
  let traffic: NodeJS.Timeout | undefined;
  try {
    world.start();
    // What happened before it was there for the first time is history, and not a gap.
    while (world.discord.gateway.sessions.length === 0) await sleep(50);
    traffic = keepGoing(world);
    await sleep(1_000);
    const counts = await bring(world, run, random);
    run.tell(`faults are over; ${world.traffic.steps()} things happened`);
    await sleep(1_000);
    clearInterval(traffic);
    if (!world.isRunning()) world.start();
    const outcome = await world.settle(settleMaxMs(run.faults));
    const { rows } = await world.store.pool.query<{ gaps: number; setAside: number }>(
      `select (select count(*)::int from gaps) as gaps, (select count(*)::int from set_aside) as "setAside"`,
    );
    const { rows: aside } = await world.store.pool.query<{ what: string }>(
      `select dispatch || ': ' || reason || ', ' || count(*) as what from set_aside group by dispatch, reason`,
    );
    for (const { what } of aside) run.tell(`set aside: ${what}`);
    const { rows: gaps } = await world.store.pool.query<{ what: string }>(
      `select reason || ' ' || state || ' ' || from_at || ' ' || to_at || ' ' || card as what from gaps order by from_at`,
    );
    if (outcome.differences.length > 0) for (const { what } of gaps) run.tell(`gap: ${what}`);
    return {
      ...outcome,
      ...rows[0]!,
      counts,
      steps: world.traffic.steps(),
      lastWords: world.lastWords(),
      oracleFaults: world.discord.oracleFaults,
    };
  } finally {
    clearInterval(traffic);
    await world.close();
  }
}

function keepGoing({ traffic }: FaultWorld): NodeJS.Timeout {
  return setInterval(() => traffic.step(), 1_000 / STEPS_PER_SECOND);
}

const LIVE_MAX_MS = 8_000;

async function untilLive({ discord, isRunning }: FaultWorld): Promise<void> {
  for (let ms = 0; ms < LIVE_MAX_MS && isRunning(); ms += 100) {
    if (discord.gateway.sessions.some(({ isConnected }) => isConnected)) return;
    await sleep(100);
  }
}

async function bring(
  world: FaultWorld,
  run: FaultRun,
  random: () => number,
): Promise<Record<string, number>> {
  const faults = Object.entries(allFaults(run)).filter(([name]) => run.only?.includes(name) ?? true);
  const counts: Record<string, number> = {};
  for (let i = 1; i <= run.faults; i++) {
    const [name, bringOne] = faults[Math.floor(random() * faults.length)]!;
    run.tell(`${i}. ${name}`);
    counts[name] = (counts[name] ?? 0) + 1;
    await bringOne(world, random);
    // Sometimes the next one comes before the program has found its feet.
    if (random() < 0.7) await untilLive(world);
    await sleep(100 + random() * 900);
    // A supervisor starts it again; but it must have said why it ended.
    if (!world.isRunning()) {
      run.tell(['the program has ended by itself:', ...world.lastWords().slice(-4)].join('\n'));
      world.start();
    }
  }
  return counts;
}
