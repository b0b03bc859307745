/** A small guild in which people talk, for a person to watch and for tests that want traffic. */
import { type BusyGuild, settle } from './busy/guild.ts';
import { somebodyDoes } from './busy/deeds.ts';
import { doneBetween, momentsBetween } from './busy/rhythm.ts';
import type { GuildTruth } from './model.ts';
import { makeWorld, type World, type WorldOptions } from './world.ts';

export type { BusyGuild } from './busy/guild.ts';

/** How the guild began. */
export interface BusyOptions extends WorldOptions {
  random: () => number;
  /** How long it has a past; 3 if absent. */
  days?: number;
  /** How much went on in it, as much at night as by day; 1,050 if absent, of which some 500 are messages. */
  deeds?: number;
  /** In its place: how much goes on in a week, by hours and days as people have them. */
  perWeek?: number;
}

/** How people go on. */
export type Pace = {
  /** Told where somebody tried what this world doesn't allow: a fault of ours. Absent: it is thrown. */
  onError?: (error: unknown) => void;
} & (
  | {
      /** One deed in so many real ms on average; may be below 1. */
      everyMs: number;
    }
  | {
      /** So many deeds in a week of the world's clock, by hours and days as people have them. */
      perWeek: number;
    }
);

const DAY_MS = 86_400_000;
/** Timers are not finer. */
const TICK_MS = 10;
/** After a pause of the process, it doesn't make up for more than this. */
const DEEDS_PER_TICK_MAX = 1000;

/** A world with one guild that has a past of some days and goes on from now. */
export function makeBusyWorld({
  random,
  days = 3,
  deeds = 1050,
  perWeek,
  now = Date.now,
  ...options
}: BusyOptions): BusyGuild {
  const end = now();
  const start = end - days * DAY_MS;
  // Set before there is a world: ids never go back.
  let past: number | undefined = start;
  const world: World = makeWorld({ ...options, now: () => past ?? now() });
  const busy = settle(world, random);
  for (past of perWeek === undefined ? evenly(start, end, deeds) : momentsBetween(start, end, perWeek))
    somebodyDoes(busy);
  past = undefined;
  return busy;
}

function* evenly(start: number, end: number, deeds: number): Generator<number> {
  for (let deed = 1; deed <= deeds; deed++) yield start + Math.floor(((end - start) * deed) / (deeds + 1));
}

/** Goes on until the returned function is called. */
export function keepBusy(busy: BusyGuild, pace: Pace): () => void {
  const now = 'perWeek' in pace ? busy.world.now : () => performance.now();
  const dueIn = (from: number, to: number): number =>
    'perWeek' in pace ? doneBetween(from, to, pace.perWeek) : (to - from) / pace.everyMs;
  let last = now();
  let owed = 0;
  const timer = setInterval(
    () => {
      const at = now();
      owed += dueIn(last, at);
      last = at;
      if (owed > DEEDS_PER_TICK_MAX) owed = DEEDS_PER_TICK_MAX;
      for (; owed >= 1; owed--) {
        try {
          somebodyDoes(busy);
        } catch (error) {
          if (!pace.onError) throw error;
          pace.onError(error);
        }
      }
    },
    'perWeek' in pace ? TICK_MS : Math.max(TICK_MS, Math.min(pace.everyMs, 1000)),
  );
  return () => clearInterval(timer);
}

/** How many messages a guild has. */
export function countMessages(guild: GuildTruth): number {
  return [...guild.channels.values()].reduce((sum, { messages }) => sum + messages.size, 0);
}
