import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { isBot, memberName, unranked } from './counted.ts';
import { type Merit as AnyMerit, merits } from './merits.ts';
import type { Asked, Question } from './question.ts';
import type { Scope } from './scope.ts';
import { tallies } from './tallies.ts';

export interface ContributorRow {
  id: string;
  name: string;
  /** Only where bots count. */
  isBot: boolean;
  messages: number;
  /** Calendar days in the window's zone on which they wrote. */
  activeDays: number;
  /** Ten-minute blocks of those days in which they wrote. */
  blocks: number;
  /** Reactions to what they wrote. */
  reactions: number;
  /** Replies by other people to what they wrote. */
  replied: number;
}

/** What contributors are ranked by. */
export type Merit = Exclude<AnyMerit, 'answers'>;

/**
 * Who contributed most in a window: people who may be named.
 *
 * Shape   at most `limit` rows, the most of `by` first, ties by id; nobody who has none of it
 * Source  README.md, "top-contributors"
 */
export async function topContributors(
  db: Db,
  asked: Asked,
  by: Merit = 'messages',
): Promise<ContributorRow[]> {
  return contributors(db, asked, await rank(db, asked, by));
}

/** What some people contributed, in the order of their ids; nothing of who wrote nothing. */
export async function contributors(db: Db, scope: Scope, ids: readonly string[]): Promise<ContributorRow[]> {
  if (ids.length === 0) return [];
  const tallied = await tallies(
    db,
    { ...scope, members: ids },
    ['messages', 'blocks', 'reactions', 'replied'],
    'day',
  );
  const { rows } = await sql<ContributorRow>`
    with recursive ${tallied},
    days as (
      select author_id, day, sum(messages) as messages, bit_count(bit_or(blocks)) as blocks,
        sum(reactions) as reactions, sum(replied) as replied
      from tallied group by author_id, day
    )
    select d.author_id::text as id, ${memberName('p', 'd.author_id')} as name,
      ${isBot('p')} as "isBot", sum(d.messages)::int as messages,
      (count(*) filter (where d.messages > 0))::int as "activeDays", sum(d.blocks)::int as blocks,
      sum(d.reactions)::int as reactions, sum(d.replied)::int as replied
    from days d left join members p on p.guild_id = ${scope.guildId} and p.user_id = d.author_id
    group by d.author_id, 2, 3
    order by array_position(${[...ids]}::bigint[], d.author_id)`.execute(db);
  return rows;
}

/** Ids of the first by one merit. */
async function rank(db: Db, asked: Asked, by: Merit): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive ${await merits(db, asked, by)}, ${unranked(asked.guildId)}
    select author_id::text as id from merits
    where author_id not in (select user_id from unranked)
    group by author_id having sum(merit) > 0
    order by sum(merit) desc, author_id
    limit ${asked.limit}`.execute(db);
  return rows.map(({ id }) => id);
}

const by = (merit: Merit, name: string, about: string): Question => ({
  name,
  about,
  ask: (db, asked) => topContributors(db, asked, merit),
});

export default [
  by('messages', 'top-contributors', 'who writes most'),
  by('activeDays', 'top-by-active-days', 'who writes on the most days'),
  by('blocks', 'top-by-blocks', 'who writes in the most ten-minute blocks, which spam can hardly inflate'),
  by('reactions', 'top-by-reactions', 'whose messages get the most reactions'),
  by('replied', 'top-by-replies', 'whose messages get the most replies by other people'),
] satisfies Question[];
