/** One round of an upkeep that goes on and on. Times are ms. */
export interface Round {
  startedAtMs: number;
  endedAtMs: number;
  isFailed: boolean;
}
