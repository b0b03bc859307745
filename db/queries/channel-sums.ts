import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import type { Scope } from './scope.ts';
import { tallies } from './tallies.ts';

/**
 * The common tables of `tallies`, `written` by channel and author, and `channel_sums` by channel: `messages`, `people`
 * and `last_id`, of channels in which somebody wrote. To stand behind `with recursive`.
 */
export async function channelSums(db: Db, scope: Scope): Promise<RawBuilder<unknown>> {
  return sql`${await tallies(db, scope, ['messages', 'last_id'])},
  written as (
    select channel_id, author_id, sum(messages)::int as messages, max(last_id) as last_id
    from tallied group by channel_id, author_id having sum(messages) > 0
  ),
  channel_sums as (
    select channel_id, sum(messages)::int as messages, count(*)::int as people, max(last_id) as last_id
    from written group by channel_id
  )`;
}
