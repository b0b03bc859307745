/** Addresses in texts, with who wrote them. */
import { type RawBuilder, sql } from 'kysely';
import { inScope, inWindow, scoped } from './counted.ts';
import type { Scope } from './scope.ts';

/**
 * The common tables of `scoped`, and `linked`: a row for each address in each message of the window, with its `uses`
 * there. Of texts that are not kept the domain alone is known, and `address` is null. Few messages hold one: each is
 * looked up by its key, where a join would read them all.
 */
export function linked(scope: Scope): RawBuilder<unknown> {
  return sql`${scoped(scope)},
  linked as (
    select l.message_id, m.channel_id, m.author_id, l.domain, l.address, l.uses
    from (
      select message_id, domain, address, count(*)::int as uses from links l
      where guild_id = ${scope.guildId} and ${inWindow(scope, 'l')} group by message_id, domain, address
    ) l
    cross join lateral (
      select m.channel_id, m.author_id from messages m where m.message_id = l.message_id and ${inScope(scope, 'm')} limit 1
    ) m
  )`;
}
