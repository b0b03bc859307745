/** A small guild in which people talk, for a person to watch and for tests that want traffic. */
import { type BusyGuild, settle } from './busy/guild.ts';
import { somebodyDoes } from './busy/deeds.ts';
import type { GuildTruth } from './model.ts';
import { makeWorld, type World, type WorldOptions } from './world.ts';

export type { BusyGuild } from './busy/guild.ts';

/** How the guild began. */
export interface BusyOptions extends WorldOptions {
  random: () => number;
  /** How long it has a past; 3 if absent. */
  days?: number;
  /** How much went on in it; 1,050 if absent, of which some 500 are messages. */
  deeds?: number;
}

/** How people go on. */
export interface Pace {
  /** One deed in so many ms on average; may be below 1. */
  everyMs: number;
  /** Told where somebody tried what this world doesn't allow: a fault of ours. Absent: it is thrown. */
  onError?: (error: unknown) => void;
}

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
  now = Date.now,
  ...options
}: BusyOptions): BusyGuild {
  const end = now();
  const start = end - days * DAY_MS;
  // Set before there is a world: ids never go back.
  let past: number | undefined = start;
  const world: World = makeWorld({ ...options, now: () => past ?? now() });
  const busy = settle(world, random);
  for (let deed = 1; deed <= deeds; deed++) {
    past = start + Math.floor(((end - start) * deed) / (deeds + 1));
    somebodyDoes(busy);
  }
  past = undefined;
  return busy;
}

/** Goes on until the returned function is called. */
export function keepBusy(busy: BusyGuild, { everyMs, onError }: Pace): () => void {
  let last = performance.now();
  const timer = setInterval(
    () => {
      const now = performance.now();
      const due = Math.min(Math.floor((now - last) / everyMs), DEEDS_PER_TICK_MAX);
      last = due === DEEDS_PER_TICK_MAX ? now : last + due * everyMs;
      for (let deed = 0; deed < due; deed++) {
        try {
          somebodyDoes(busy);
        } catch (error) {
          if (!onError) throw error;
          onError(error);
        }
      }
    },
    Math.max(TICK_MS, Math.min(everyMs, 1000)),
  );
  return () => clearInterval(timer);
}

/** How many messages a guild has. */
export function countMessages(guild: GuildTruth): number {
  return [...guild.channels.values()].reduce((sum, { messages }) => sum + messages.size, 0);
}
