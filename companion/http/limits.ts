/** What may be asked, and for how long: everything that comes from outside has an end. */
export const LIMITS = {
  /** Our longest address, with 25 channels and a text, has a quarter of it. Units: bytes */
  headBytes: 16_384,
  /** Of one part of a path: ids and names of questions are shorter. */
  partLength: 100,
  connections: 256,
  requestsPerConnection: 1_000,
  /** Until the head of a request is there, then all of it. */
  headMs: 5_000,
  requestMs: 10_000,
  idleMs: 5_000,
  /** How often what is too slow is looked for. */
  sweepMs: 1_000,
  /** An answer of the API takes no longer, or is none. */
  answerMs: 10_000,
  answersAtOnce: 2,
  answersWaiting: 16,
  /** In a minute. */
  requestsOfToken: 60,
  refusalsOfAddress: 20,
  /** The database tells in time that it is there, or is not. */
  checkMs: 2_000,
  /** Events older than that should be in the database. */
  lagMs: 60_000,
  rows: 1_000,
  channels: 25,
  textLength: 200,
  topicLength: 1_000,
} as const;

export const MINUTE_MS = 60_000;
