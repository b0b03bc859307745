import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { coveredLives } from './covered-spans.ts';
import { hidden } from './counted.ts';
import type { Question } from './question.ts';
import type { Scope } from './scope.ts';

/** Channels that were there in the window; each is one of the four that follow. */
export interface CoverageSummary {
  channels: number;
  /** Throughout the window, by Discord's answers or a bot that was live. */
  verified: number;
  /** Throughout, some of it by exports alone. */
  claimed: number;
  partly: number;
  missing: number;
}

/**
 * How much of the channels' lives within a window is recorded.
 *
 * Source  README.md, "coverage"
 */
export async function coverageSummary(db: Db, scope: Scope): Promise<CoverageSummary> {
  const { rows } = await sql<CoverageSummary>`
    with recursive ${hidden(scope.guildId)}, ${coveredLives(scope)},
    judged as (
      select ids <@ verified as is_verified, ids <@ covered as is_whole, not isempty(covered) as is_met
      from lives
    )
    select count(*)::int as channels, (count(*) filter (where is_verified))::int as verified,
      (count(*) filter (where is_whole and not is_verified))::int as claimed,
      (count(*) filter (where is_met and not is_whole))::int as partly,
      (count(*) filter (where not is_met))::int as missing
    from judged`.execute(db);
  return rows[0]!;
}

export default {
  name: 'coverage-summary',
  about: 'how many channels are recorded throughout, in part, or not at all',
  ask: async (db, asked) => [await coverageSummary(db, asked)],
} satisfies Question;
