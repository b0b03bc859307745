/** Channels that Discord refused to show, though nothing said why: a refusal too many is held against us. */
import type { Pool } from 'pg';
import type { Snowflake } from './records.ts';

/** A refusal is remembered so long, ms. */
const REMEMBERED_MS = 86_400_000;

/** What a run's ledger says of a channel that it left out since an earlier reading was refused. */
export const REFUSED_BEFORE = 'refused before';

/**
 * Those whose last reading was refused less than a day ago; unless what the bot may read of them, or of the channel that a
 * thread is in, has changed since.
 */
export async function refusedChannels(
  pool: Pool,
  guildId: Snowflake,
  nowMs: number,
): Promise<Set<Snowflake>> {
  const { rows } = await pool.query<{ id: string }>(
    `select r.channel_id::text as id from (
       select distinct on (channel_id) channel_id, state, reason, noted_at from backfill_channels
       where guild_id = $1 and state <> 'waiting' and reason is distinct from $3 order by channel_id, noted_at desc
     ) r
     left join channels c on c.guild_id = $1 and c.channel_id = r.channel_id
     where r.state = 'closed' and r.reason = 'refused' and r.noted_at >= $2 and not exists (
       select from channel_access a
       where a.guild_id = $1 and a.channel_id in (r.channel_id, c.parent_id) and a.at > r.noted_at
     )`,
    [guildId, new Date(nowMs - REMEMBERED_MS), REFUSED_BEFORE],
  );
  return new Set(rows.map(({ id }) => id));
}
