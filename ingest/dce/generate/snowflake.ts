const DISCORD_EPOCH = 1_420_070_400_000;
const LOW_VALUES = 4_194_304;

/** Channels and threads that one community may have: each owns one of the 4,096 values of 12 low bits. */
export const PLACES_MAX = 4_000;

/**
 * The id that Discord would give at `ms`, with 22 low bits of our choice, as a decimal string.
 *
 * Built from two halves: a snowflake is larger than a JS number holds exactly, and BigInt is slow for each message.
 *
 * Source  https://discord.com/developers/docs/reference#snowflakes
 */
export function snowflake(ms: number, low: number): string {
  const age = ms - DISCORD_EPOCH;
  const upper = Math.floor(age / 100_000);
  const lower = (age % 100_000) * LOW_VALUES + low;
  const carried = Math.floor(lower / 100_000);
  return String(upper * LOW_VALUES + carried) + String(lower % 100_000).padStart(5, '0');
}

/**
 * The 22 low bits of an id in one channel or thread: 12 for the place, 6 for messages of one millisecond, 4 for what
 * a message carries (0 is the message, 1 to 15 its attachments and interaction). So no two places ever share an id.
 */
export function lowBits(place: number, turn: number, part = 0): number {
  // The odd factor spreads neighbouring places over all 4,096 values.
  return (((place * 2_731) & 0xfff) << 10) | ((turn & 0x3f) << 4) | part;
}
