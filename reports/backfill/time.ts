/** Moments on the clock of a zone. */

const local = (ms: number, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(ms)).toZonedDateTimeISO(timeZone);

/** As 2026-11-15. */
export const dateText = (ms: number, timeZone: string): string => String(local(ms, timeZone).toPlainDate());

/** As 19:02. */
export const clockText = (ms: number, timeZone: string): string =>
  local(ms, timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
