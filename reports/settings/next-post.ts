/** When the weekly report is due. */
import type { GuildSettings } from '../../db/settings.ts';

/** The first time after an instant that it is the day and hour of the weekly report in the zone, ms since 1970. */
export function nextPostMs(
  { weeklyDay, weeklyHour, timeZone }: Pick<GuildSettings, 'weeklyDay' | 'weeklyHour' | 'timeZone'>,
  nowMs: number,
): number {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).toPlainDate();
  const first = today.add({ days: (weeklyDay - today.dayOfWeek + 7) % 7 });
  // An hour that the clock leaves out is the one behind it, as Temporal has it.
  const [soon, later] = [first, first.add({ weeks: 1 })].map(
    (date) => date.toZonedDateTime({ timeZone, plainTime: { hour: weeklyHour } }).epochMilliseconds,
  );
  return soon! > nowMs ? soon! : later!;
}
