import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { channelLives, coveredSpans } from './covered-spans.ts';
import { hidden } from './counted.ts';
import type { Question } from './question.ts';
import { recordSpan } from './record-span.ts';
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
  const record = await recordSpan(db, scope);
  if (!record) return { channels: 0, verified: 0, claimed: 0, partly: 0, missing: 0 };
  const { rows } = await sql<CoverageSummary>`
    with recursive ${hidden(scope.guildId)}, ${coveredSpans(scope)}, ${channelLives(scope, record)},
    covered as (
      select channel_id, range_agg(ids) as ids, range_agg(ids) filter (where grade = 'verified') as verified
      from spans group by channel_id
    ),
    judged as (
      select coalesce(l.ids <@ c.verified, false) as is_verified, coalesce(l.ids <@ c.ids, false) as is_whole,
        coalesce(l.ids && c.ids, false) as is_met
      from lives l left join covered c using (channel_id)
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
