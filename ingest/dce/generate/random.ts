/**
 * Numbers that look random and are the same for the same seed, on every machine.
 *
 * Each channel has a stream of its own, so no channel's text depends on another's.
 *
 * Source  the generator is sfc32 (Chris Doty-Humphrey, PractRand, public domain)
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private turn = 1;

  constructor(seed: string) {
    this.a = hash(seed, 0x9e3779b9);
    this.b = hash(seed, 0x243f6a88);
    this.c = hash(seed, 0xb7e15162);
    // The first results still resemble the seed.
    for (let round = 0; round < 15; round++) this.bits();
  }

  /** 32 bits, as a number from 0 to 4,294,967,295. */
  bits(): number {
    const sum = (this.a + this.b + this.turn) | 0;
    this.turn = (this.turn + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A number from 0 up to, but not including, 1. */
  next(): number {
    return this.bits() / 4_294_967_296;
  }

  /** A whole number from 0 up to, but not including, `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True in `share` of all cases. */
  chance(share: number): boolean {
    return this.next() < share;
  }

  /** One of a list that isn't empty. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** A waiting time whose average is `mean`. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  /** A number around 0 with a standard deviation of 1. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** How many of `tries` succeed when each does so in `share` of all cases. */
  binomial(tries: number, share: number): number {
    if (tries <= 0 || share <= 0) return 0;
    if (share >= 1) return tries;
    if (share > 0.5) return tries - this.binomial(tries, 1 - share);
    const mean = tries * share;
    if (mean > 40) {
      const near = Math.round(mean + this.normal() * Math.sqrt(mean * (1 - share)));
      return Math.min(tries, Math.max(0, near));
    }
    const odds = share / (1 - share);
    let probability = Math.exp(tries * Math.log1p(-share));
    let rest = this.next();
    let successes = 0;
    while (rest > probability && successes < tries) {
      rest -= probability;
      successes++;
      probability *= (odds * (tries - successes + 1)) / successes;
    }
    return successes;
  }

  /** `digits` lower-case hexadecimal digits. */
  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += this.bits().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  }
}

/** Things of unequal likelihood, ready to be drawn from. */
export interface Mixture<T> {
  things: readonly T[];
  sums: readonly number[];
}

/** A mixture of things, each with its weight. */
export function mixture<T>(weighted: readonly (readonly [T, number])[]): Mixture<T> {
  let sum = 0;
  return { things: weighted.map(([thing]) => thing), sums: weighted.map(([, weight]) => (sum += weight)) };
}

/** One thing of a mixture. */
export function draw<T>(random: Random, { things, sums }: Mixture<T>): T {
  const point = random.next() * (sums[sums.length - 1] as number);
  let at = 0;
  while (at < sums.length - 1 && point >= (sums[at] as number)) at++;
  return things[at] as T;
}

/** The place of the first running sum above `point`, among the first `length`. */
export function firstAbove(sums: Float64Array, length: number, point: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sums[middle] as number) > point) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A number from 0 up to, but not including, 1 that two whole numbers always share. */
export function affinity(one: number, other: number): number {
  let mixed = Math.imul(one + 1, 0x9e3779b1) ^ Math.imul(other + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296;
}

function hash(text: string, salt: number): number {
  let mixed = salt | 0;
  for (let at = 0; at < text.length; at++) {
    mixed = Math.imul(mixed ^ text.charCodeAt(at), 0x01000193);
    mixed ^= mixed >>> 13;
  }
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  return mixed ^ (mixed >>> 15);
}
