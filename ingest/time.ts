/** Times of every source, cut to whole milliseconds by this one function. */

const DISCORD_BEGINS_MS = 1_420_070_400_000;
const YEAR_2100_MS = 4_102_444_800_000;
const FINE_FRACTION = /(\.\d{3})\d+/;

/** An ISO 8601 time with its offset in ms since 1970; undefined where it is none, or none that Discord has lived. */
export function parseTime(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 40) return undefined;
  const ms = Date.parse(
    value.length > 29 || value.includes('.') ? value.replace(FINE_FRACTION, '$1') : value,
  );
  return ms >= DISCORD_BEGINS_MS && ms < YEAR_2100_MS ? ms : undefined;
}
