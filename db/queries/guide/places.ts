/** Where something was, in a guide: a channel that one can go to. */
import { type RawBuilder, sql } from 'kysely';
import { isThread } from '../columns.ts';
import { channelInScope } from '../counted.ts';
import type { Scope } from '../scope.ts';

/**
 * The channel that stands for a channel by its row `row`, which may be missing: a thread or forum post is as its parent
 * where that may count, since threads end and new ones begin there; all else is itself.
 */
export function placeOf(scope: Scope, id: string, row: string): RawBuilder<string> {
  const parent = sql.ref(`${row}.parent_id`);
  return sql<string>`case when ${isThread(row)} and ${parent} is not null and ${channelInScope(scope, `${row}.parent_id`)}
    then ${parent} else ${sql.ref(id)} end`;
}
