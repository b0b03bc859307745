/** What an answer about contributors holds: plain data. */
import type { CoverageLine } from '../../db/queries/coverage-line.ts';
import type { Merit } from '../../db/queries/merits.ts';
import type { Scope } from '../../db/queries/scope.ts';
import type { Standings } from '../../db/queries/standings.ts';
import type { CountedFor } from '../footing.ts';
import type { AskedPeriod } from '../period.ts';

/** By what people are ranked. */
export type RankedBy = Exclude<Merit, 'blocks'>;

export const RANKED_BY = ['messages', 'activeDays', 'reactions', 'replied', 'answers'] as const;

export interface ContributorsRequest {
  scope: Scope;
  by: RankedBy;
}

/** One of the first ten. */
export interface Ranked {
  id: string;
  name: string;
  isBot: boolean;
  /** How much they have of what ranks. */
  merit: number;
  /** Where messages, or what hangs on them, rank. */
  messages?: number;
  activeDays?: number;
  /** To their answers, where answers rank. */
  medianMinutes?: number;
}

export interface ContributorsReport {
  by: RankedBy;
  /** The most first. */
  rows: Ranked[];
  standings: Standings;
  /** Calendar days that the window reaches into. */
  days: number;
  coverage: CoverageLine;
}

/** Of what an answer is, and for whom. */
export interface Circumstances {
  guildName: string;
  channel?: { id: string; name: string | null };
  period: AskedPeriod;
  /** Somebody has written in these channels. */
  isRecorded: boolean;
  /** Where that begins, ms. */
  firstMs: number;
  countedFor: CountedFor;
  bots: boolean;
  /** The guild's now, ms, where that is another day than today. */
  asOfMs?: number;
}
