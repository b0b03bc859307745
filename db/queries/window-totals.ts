import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { idRange, type Window } from '../window.ts';
import { counts, hidden, isBot, USER_WRITTEN } from './counted.ts';

/** A window in figures: people only, but for reactions, which anyone may have given. */
export interface WindowTotals {
  messages: number;
  people: number;
  channels: number;
  replies: number;
  reactions: number;
  attachments: number;
  links: number;
}

/**
 * Counts what people wrote in a window, and what was given to it.
 *
 * Units   messages: user-written, by people; people: who wrote; channels: written in by people
 * Source  README.md, "window-totals"
 */
export async function windowTotals(db: Db, guildId: string, window: Window): Promise<WindowTotals> {
  const { fromId, toId } = idRange(window);
  const { rows } = await sql<WindowTotals>`
    with recursive ${hidden(guildId)},
    written as (
      select m.guild_id, m.message_id, m.channel_id, m.author_id, m.type
      from messages m left join members p on p.guild_id = m.guild_id and p.user_id = m.author_id
      where m.guild_id = ${guildId} and m.message_id >= ${fromId} and m.message_id < ${toId}
        and ${counts('m')} and m.type in ${USER_WRITTEN} and not ${isBot('p')}
    )
    select count(*)::int as messages, count(distinct author_id)::int as people,
      count(distinct channel_id)::int as channels, (count(*) filter (where type = 19))::int as replies,
      (select coalesce(sum(r.total), 0)::int from reactions r join written w using (guild_id, message_id)) as reactions,
      (select count(*)::int from attachments a join written w using (guild_id, message_id)) as attachments,
      (select count(*)::int from links l join written w using (guild_id, message_id)) as links
    from written`.execute(db);
  return rows[0]!;
}
