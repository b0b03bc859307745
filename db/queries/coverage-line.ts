import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { FORUMS } from './channel-types.ts';
import { isThread } from './columns.ts';
import { hidden } from './counted.ts';
import { ALMOST, isShown, measuredLives } from './covered-spans.ts';
import type { Scope } from './scope.ts';

/** What an answer rests on, in a few numbers: they stand beside every report and answer. */
export interface CoverageLine {
  /** 0 to 1, of all that there is to cover; what is claimed is not verified. Null where there is nothing. */
  verifiedShare: number | null;
  claimedShare: number | null;
  /** From when on anything is covered, in the window; null where nothing is. */
  sinceMs: number | null;
  /** What the bot may read and has not read to its end. */
  pending: { channels: number; threads: number };
  /** What it may not read, and is not verified all the same: the first three channels of them by name, and how many there are. */
  notReadable: { named: { id: string; name: string | null }[]; channels: number; threads: number };
  /** A backfill that is not ended; `share` of it is done, null where that is not known yet. */
  backfill: { state: 'queued' | 'running' | 'paused'; share: number | null } | null;
}

/** Who reads the line wants to know which; more than a few are a list, which `almanac coverage` has. */
const NAMED = 3;

/**
 * How much of what there is to cover is covered.
 *
 * Shape   one; its shares are 1 only where nothing is missing, and 0 only where nothing is there
 * Source  README.md, "coverage-line"
 */
export async function coverageLine(db: Db, scope: Scope): Promise<CoverageLine> {
  const { guildId } = scope;
  const { rows } = await sql<CoverageLine>`
    with recursive ${hidden(guildId)}, ${measuredLives(scope)},
    shares as (
      -- Without lives no row: the least of null and a number is that number.
      select case when bool_and(is_verified) then 1
          else least(sum(weight * verified_share) / sum(weight), ${sql.lit(ALMOST)}) end as verified,
        case when bool_and(is_covered) then 1
          else least(sum(weight * covered_share) / sum(weight), ${sql.lit(ALMOST)}) end as covered,
        ((min(lower(covered)) >> 22) + 1420070400000)::float8 as since
      from measured having count(*) > 0
    ),
    run as (
      select asked_at, state, channel_ids is not null as is_part, (card ->> 'share')::float8 as share from backfill_runs
      where guild_id = ${guildId} and state in ('queued', 'running', 'paused') order by asked_at desc limit 1
    ),
    planned as (
      select w.channel_id, w.state, ${isThread('c')} as is_thread
      from run r join backfill_channels w on w.guild_id = ${guildId} and w.asked_at = r.asked_at
      left join channels c on c.guild_id = w.guild_id and c.channel_id = w.channel_id
      where ${isShown(scope, 'w.channel_id')}
    ),
    pending as (
      select is_thread from planned where state = 'waiting'
      union all
      select is_thread from measured where is_pending and (not exists (select from planned)
        or (select is_part from run) and channel_id not in (select channel_id from planned))
    ),
    closed as (
      select c.channel_id, c.name, ${isThread('c')} as is_thread,
        row_number() over (order by ${isThread('c')}, c.position, c.channel_id) as place
      from accesses a join channels c on c.guild_id = ${guildId} and c.channel_id = a.channel_id
      left join measured m on m.channel_id = c.channel_id
      where a.access not in ('readable', 'gone') and ${isShown(scope, 'c.channel_id')}
        and (not m.is_verified or c.type in ${FORUMS})
    )
    select verified as "verifiedShare", covered - verified as "claimedShare", since as "sinceMs",
      (select json_build_object('channels', count(*) filter (where not is_thread), 'threads', count(*) filter (where is_thread))
        from pending) as pending,
      (select json_build_object(
          'named', coalesce(json_agg(json_build_object('id', channel_id::text, 'name', name) order by place)
            filter (where place <= ${sql.lit(NAMED)} and not is_thread), '[]'),
          'channels', count(*) filter (where not is_thread), 'threads', count(*) filter (where is_thread))
        from closed) as "notReadable",
      (select json_build_object('state', state, 'share', share) from run) as backfill
    from (select 1) one left join shares on true`.execute(db);
  return rows[0]!;
}
