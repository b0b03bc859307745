import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { channelType } from './channel-types.ts';
import { isoTime } from './columns.ts';
import { hidden } from './counted.ts';
import { isShown, measuredLives } from './covered-spans.ts';
import type { Scope } from './scope.ts';

/** How much of a channel or thread is covered. */
export interface ChannelCoverageRow {
  channelId: string;
  channel: string | null;
  /** A word: text, voice, thread. */
  type: string;
  isThread: boolean;
  parentId: string | null;
  /** Of its category, or its channel or forum; null where there is none, or it may not count. */
  parent: string | null;
  /** The part of its life that lies in the window. */
  fromAt: string;
  toAt: string;
  /** What it weighs in the line of all, ms. */
  weight: number;
  /** Of that part, 0 to 1; what is claimed is not verified. */
  verifiedShare: number;
  claimedShare: number;
  /** Where what is covered of it begins; null of nothing. */
  sinceAt: string | null;
  /** What the bot could read of it last; null where it never looked. */
  access: string | null;
  /** The bot may read it, and has not verified all of it. */
  isPending: boolean;
  /** What nothing covers: how many pieces, and the longest of them. */
  holes: number;
  holeFromAt: string | null;
  holeToAt: string | null;
}

/**
 * How much is covered of every channel and thread that was there in the window.
 *
 * Shape   a row each, by id
 * Source  README.md, "coverage-line"
 */
export async function channelCoverage(db: Db, scope: Scope): Promise<ChannelCoverageRow[]> {
  const { rows } = await sql<Omit<ChannelCoverageRow, 'type'> & { type: number | null }>`
    with recursive ${hidden(scope.guildId)}, ${measuredLives(scope)}
    select m.channel_id::text as "channelId", m.name as channel, m.type, m.is_thread as "isThread",
      m.parent_id::text as "parentId", p.name as parent,
      ${isoTime(sql`lower(m.ids)`)} as "fromAt", ${isoTime(sql`upper(m.ids)`)} as "toAt", m.weight::float8 as weight,
      m.verified_share as "verifiedShare", m.covered_share - m.verified_share as "claimedShare",
      ${isoTime(sql`lower(m.covered)`)} as "sinceAt", m.access, m.is_pending as "isPending",
      h.holes, ${isoTime(sql`lower(h.longest)`)} as "holeFromAt", ${isoTime(sql`upper(h.longest)`)} as "holeToAt"
    from measured m
    left join channels p on p.guild_id = ${scope.guildId} and p.channel_id = m.parent_id and ${isShown(scope, 'p.channel_id')}
    cross join lateral (
      select count(*)::int as holes, (array_agg(hole order by upper(hole) - lower(hole) desc, lower(hole)))[1] as longest
      from unnest(int8multirange(m.ids) - m.covered) hole where lower(hole) >> 22 < upper(hole) >> 22
    ) h
    order by m.channel_id`.execute(db);
  return rows.map((row) => ({ ...row, type: channelType(row.type) }));
}
