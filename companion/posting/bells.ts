/** Rings when a guild's report is due, by its own clock on the wall. What is due is not the bells' to say. */
import { schedule, type ScheduledTask } from 'node-cron';
import type { PostingGuild } from '../../db/posts.ts';

/** A process that was busy rings all the same. Later than that, what is due has been seen by a look. */
const LATE_MS = 60_000;

export interface Bells {
  /** Those of these guilds, and no others. */
  set(guilds: readonly PostingGuild[]): void;
  close(): void;
}

/** Bells by this machine's clock. */
export function makeBells(onRing: () => void): Bells {
  const hung = new Map<string, ScheduledTask>();
  return {
    set(guilds) {
      const wanted = new Map(
        guilds.filter(({ weeklyChannel }) => weeklyChannel !== null).map((guild) => [bellOf(guild), guild]),
      );
      for (const [bell, task] of hung)
        if (!wanted.has(bell)) {
          void task.destroy();
          hung.delete(bell);
        }
      for (const [bell, { weeklyHour, weeklyDay, timeZone }] of wanted)
        if (!hung.has(bell))
          hung.set(
            bell,
            schedule(`0 0 ${weeklyHour} * * ${weeklyDay % 7}`, onRing, {
              timezone: timeZone,
              suppressMissedWarning: true,
              missedExecutionTolerance: LATE_MS,
            }),
          );
    },
    close() {
      for (const task of hung.values()) void task.destroy();
      hung.clear();
    },
  };
}

/** Guilds of one time and zone have one. */
const bellOf = ({ weeklyDay, weeklyHour, timeZone }: PostingGuild): string =>
  `${weeklyDay} ${weeklyHour} ${timeZone}`;
