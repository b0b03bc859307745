import { sql } from 'kysely';
import type { Db } from '../../connect.ts';
import { idRange } from '../../window.ts';
import { isThread } from '../columns.ts';
import { firstMessages } from '../newcomers.ts';
import type { Scope } from '../scope.ts';
import { placeOf } from './places.ts';
import { recent } from './recent.ts';
import type { FirstPlace } from './rows.ts';

const PLACES_MAX = 5;

/**
 * How many people wrote for the first time ever in the last 90 days, and where; a thread's with its parent, where it may count.
 *
 * Shape   at most 5 places, most newcomers first, ties by id
 * Source  README.md, "guide" and "newcomers"
 */
export async function firstPlaces(db: Db, scope: Scope): Promise<{ people: number; places: FirstPlace[] }> {
  const people = recent(scope);
  const { rows } = await sql<FirstPlace & { people: number }>`
    with firsts as materialized (
      select first_id from (${await firstMessages(db, people)}) f where first_id >= ${idRange(people.window).fromId}
    ),
    placed as (
      select ${placeOf(people, 'm.channel_id', 'c')} as channel_id
      from firsts f
      join messages m on m.guild_id = ${scope.guildId} and m.message_id = f.first_id
      left join channels c on c.guild_id = m.guild_id and c.channel_id = m.channel_id
    ),
    places as (select channel_id, count(*)::int as newcomers from placed group by channel_id)
    select p.channel_id::text as id, c.name, ${isThread('c')} as "isThread", p.newcomers,
      (sum(p.newcomers) over ())::int as people
    from places p left join channels c on c.guild_id = ${scope.guildId} and c.channel_id = p.channel_id
    order by p.newcomers desc, p.channel_id limit ${PLACES_MAX}`.execute(db);
  return { people: rows[0]?.people ?? 0, places: rows.map(({ people: _, ...place }) => place) };
}
