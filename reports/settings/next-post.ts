/** When the weekly report is due. */
import type { GuildSettings } from '../../db/settings.ts';
import { isoWeekLabel, lastCompleteWeek } from '../../db/window.ts';

export type PostTimes = Pick<GuildSettings, 'weeklyDay' | 'weeklyHour' | 'timeZone'>;

/** The first time after an instant that it is the day and hour of the weekly report in the zone, ms since 1970. */
export function nextPostMs({ weeklyDay, weeklyHour, timeZone }: PostTimes, nowMs: number): number {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).toPlainDate();
  const first = today.add({ days: (weeklyDay - today.dayOfWeek + 7) % 7 });
  // An hour that the clock leaves out is the one behind it, as Temporal has it.
  const [soon, later] = [first, first.add({ weeks: 1 })].map(
    (date) => date.toZonedDateTime({ timeZone, plainTime: { hour: weeklyHour } }).epochMilliseconds,
  );
  return soon! > nowMs ? soon! : later!;
}

/** The week that a post is about which is due at an instant: the last complete one, whatever the day. */
export function periodAt(instantMs: number, timeZone: string): string {
  return isoWeekLabel(lastCompleteWeek(instantMs, timeZone).fromMs, timeZone);
}

/** The same as `nextPostMs`, of weeks behind the newest that is claimed: after a change of day one may have been posted. */
export function nextFreePostMs(times: PostTimes, nowMs: number, claimed: string | undefined): number {
  for (let atMs = nextPostMs(times, nowMs); ; atMs = nextPostMs(times, atMs))
    if (claimed === undefined || periodAt(atMs, times.timeZone) > claimed) return atMs;
}

const DAY_MS = 86_400_000;
/** What is in time, however late posts may be. */
const GRACE_MS = 3_600_000;

/** Until when a post that was missed is made up for, ms. */
export const lateUntilMs = (dueAtMs: number, lateDays: number): number =>
  dueAtMs + Math.max(GRACE_MS, lateDays * DAY_MS);
