import type { Snowflake } from '../model.ts';

/** When an id was made, ms since 1970. */
export function timeOf(id: Snowflake): number {
  return Number(BigInt(id) >> 22n) + 1_420_070_400_000;
}

/** A time as Discord writes it: with six digits and an offset. */
export function apiTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000+00:00');
}
