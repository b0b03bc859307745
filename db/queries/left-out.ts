import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { channelType, CONTAINERS, THREADS } from './channel-types.ts';
import { hidden } from './counted.ts';
import { isShown } from './covered-spans.ts';
import type { Scope } from './scope.ts';

/** A channel, thread or category that is not recorded, or not all of it, and why. */
export interface LeftOutRow {
  channelId: string;
  channel: string | null;
  /** A word: text, forum, category. */
  type: string;
  /** `excluded` by the settings; else what the bot could do there last: `no view`, `no history`, `no connect`, `hidden`, `not joined`. */
  reason: string;
  /** Since when that is known. */
  sinceAt: string;
}

/**
 * What is not recorded because of settings or permissions.
 *
 * Shape   a row each, by reason, then id; of threads those alone that are told of themselves
 */
export async function leftOut(db: Db, scope: Omit<Scope, 'window'>): Promise<LeftOutRow[]> {
  const { guildId, channels } = scope;
  const isAsked = channels ? sql`and e.channel_id = any(${[...channels]}::bigint[])` : sql``;
  const { rows } = await sql<Omit<LeftOutRow, 'type' | 'sinceAt'> & { type: number | null; since: Date }>`
    with recursive ${hidden(guildId)},
    last as (
      select distinct on (channel_id) channel_id, access as reason, at as since from channel_access
      where guild_id = ${guildId} order by channel_id, at desc
    ),
    left_out as (
      select e.channel_id, 'excluded' as reason, e.since from excluded_channels e where e.guild_id = ${guildId} ${isAsked}
      union all
      select l.channel_id, l.reason, l.since from last l where l.reason not in ('readable', 'gone') and ${isShown(scope, 'l.channel_id')}
    )
    select o.channel_id::text as "channelId", c.name as channel, c.type, o.reason, o.since
    from left_out o left join channels c on c.guild_id = ${guildId} and c.channel_id = o.channel_id
    where o.reason = 'excluded' or c.type is null or c.type not in ${CONTAINERS}
    order by o.reason, coalesce(c.type in ${THREADS}, false), o.channel_id`.execute(db);
  return rows.map(({ type, since, ...row }) => ({
    ...row,
    type: channelType(type),
    sinceAt: since.toISOString(),
  }));
}
