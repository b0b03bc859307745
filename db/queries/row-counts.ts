import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { bots, channelInScope, hidden, inWindow, USER_WRITTEN } from './counted.ts';
import type { Scope } from './scope.ts';

/** The rows of `messages` in a window, each in the first of these places that it fits. */
export interface RowCounts {
  /** The sum of the others. */
  rows: number;
  /** Known to be deleted. */
  deleted: number;
  /** Known by a reaction only, or by nobody's name any more. */
  bare: number;
  /** In channels that are excluded or deleted; 0 where the scope names channels. */
  hidden: number;
  system: number;
  bots: number;
  people: number;
}

/**
 * What the figures of a window are counted from: the rows of people, and what was left out and why.
 *
 * Shape   rows outside of the scope's channels are none, so that nothing is told of them
 */
export async function rowCounts(db: Db, scope: Scope): Promise<RowCounts> {
  const inChannels = scope.channels ? channelInScope(scope, 'm.channel_id') : sql`true`;
  const { rows } = await sql<RowCounts>`
    with recursive ${hidden(scope.guildId)}, ${bots(scope.guildId)},
    placed as (
      select case
        when m.gone_at is not null or m.absent_at is not null then 'deleted'
        when m.author_id is null or m.channel_id is null or m.type is null then 'bare'
        when m.channel_id in (select channel_id from hidden) then 'hidden'
        when m.type not in ${USER_WRITTEN} then 'system'
        when m.author_id in (select user_id from bots) then 'bots'
        else 'people' end as place
      from messages m where m.guild_id = ${scope.guildId} and ${inWindow(scope, 'm')} and ${inChannels}
    )
    select count(*)::int as rows,
      ${sql.join(
        ['deleted', 'bare', 'hidden', 'system', 'bots', 'people'].map(
          (place) => sql`(count(*) filter (where place = ${sql.lit(place)}))::int as ${sql.ref(place)}`,
        ),
      )}
    from placed`.execute(db);
  return rows[0]!;
}
