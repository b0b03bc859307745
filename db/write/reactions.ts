/** Counting reactions from what several sources know of them. */
import type { ClientBase } from 'pg';
import { keyJoin } from './merge-rule.ts';
import { reactions } from './tables.ts';

/** Before the merge: messages of which some emoji's row is new or would rise. */
export async function messagesWithRisingCounts(client: ClientBase, round: number): Promise<string[]> {
  const rises = reactions.groups.map((group) => group.rises('s')).join(' or ');
  const { rows } = await client.query<{ message_id: string }>(
    `select distinct s.message_id::text from staged_reactions s left join reactions m on ${keyJoin(reactions)}
     where s.round = $1 and (m.guild_id is null or ${rises})`,
    [round],
  );
  return rows.map((row) => row.message_id);
}

/** The total of an emoji's row `r`. */
const TOTAL = `(
  select greatest(0, case when b.base = 0 then e.on_since else b.base + e.added - e.removed end)::int
  from messages m
  cross join lateral (select coalesce(greatest(r.counted_at, m.reactions_at), '-infinity') as at) s
  cross join lateral (select case when r.counted_at >= s.at then r.count else 0 end as base) b
  cross join lateral (
    select count(*) filter (where added_since and (u.removed_at is null or u.added_at > u.removed_at)) as on_since,
      count(*) filter (where added_since and not removed_since) as added,
      count(*) filter (where removed_since and not added_since) as removed
    from reaction_users u
    cross join lateral (
      select coalesce(u.added_at > s.at, false) as added_since, coalesce(u.removed_at > s.at, false) as removed_since
    ) since
    where u.guild_id = r.guild_id and u.message_id = r.message_id and u.emoji_key = r.emoji_key
  ) e
  where m.guild_id = r.guild_id and m.message_id = r.message_id
)`;

/**
 * Derives each emoji's total: the latest count, and since then the people known to have added or removed it.
 *
 * A whole list that leaves an emoji out counts it as 0. Someone who did both since the count changes nothing.
 * Tells the messages of which a total changed. No join of the table with itself: before the first statistics of a
 * new guild the planner takes that for small.
 */
export async function recountReactions(
  client: ClientBase,
  guildId: string,
  messageIds: string[],
): Promise<string[]> {
  const { rows } = await client.query<{ message_id: string }>(
    `update reactions r set total = ${TOTAL}
     where r.guild_id = $1 and r.message_id = any($2::bigint[]) and r.total <> ${TOTAL}
     returning r.message_id::text`,
    [guildId, messageIds],
  );
  return rows.map((row) => row.message_id);
}
