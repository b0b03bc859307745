/** Discord's time, as its answers show it: records are ordered by it, and this machine's clock may be wrong. */

export interface DiscordClock {
  /** Ms since 1970, by Discord's clock. */
  discordNow(): number;
  /** Learns from an answer: its Date header, and our clock when it was asked for and when it came. */
  learn(dateHeader: string | null, sentMs: number, receivedMs: number): void;
}

/** Few enough that a clock that is set right is believed soon, enough that one strange answer decides nothing. */
const SAMPLES_MAX = 9;
/** A Date header is cut to the second before. */
const HALF_SECOND_MS = 500;
/** What the header cannot tell apart from none. */
const SKEW_MIN_MS = 1000;
/** A slow answer may have been dated anywhere within it. */
const ANSWER_MAX_MS = 2000;

/** A clock of Discord's time over ours: the median skew of the last answers, where it is a second or more. */
export function makeDiscordClock(now: () => number): DiscordClock {
  const samples: number[] = [];
  let skewMs = 0;
  return {
    discordNow: () => now() + skewMs,
    learn(dateHeader, sentMs, receivedMs) {
      const dateMs = Date.parse(dateHeader ?? '');
      const tookMs = receivedMs - sentMs;
      if (Number.isNaN(dateMs) || tookMs < 0 || tookMs > ANSWER_MAX_MS) return;
      samples.push(dateMs + HALF_SECOND_MS - (sentMs + receivedMs) / 2);
      if (samples.length > SAMPLES_MAX) samples.shift();
      const median = samples.toSorted((a, b) => a - b)[samples.length >> 1]!;
      skewMs = Math.abs(median) < SKEW_MIN_MS ? 0 : Math.round(median);
    },
  };
}
