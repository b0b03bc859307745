import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../connect.ts';
import { idRange } from '../../window.ts';
import { isThread } from '../columns.ts';
import { channelInScope, inScope, inWindow } from '../counted.ts';
import { firstMessages } from '../newcomers.ts';
import type { Scope } from '../scope.ts';
import { inThreadOf, repliesTo } from './answers-to.ts';
import { nameable } from './named.ts';
import { placeOf } from './places.ts';
import { presenceOf } from './presence.ts';
import { DAY_MS, recent } from './recent.ts';
import type { Welcomer } from './rows.ts';

/** The newest; as many tell who welcomes. */
const NEWCOMERS_MAX = 300;
/** Afterwards they are not new any more. */
const NEW_FOR_DAYS = 7;
/** The first of each. */
const MESSAGES_MAX = 50;
/** The first replies to a message, and the first messages in its thread. */
const ANSWERS_MAX = 20;
/** Among whom are those that may be named. */
const CANDIDATES_MAX = 60;

type Candidate = Omit<Welcomer, 'name' | 'hours' | 'lastAt'>;

/**
 * People who answer newcomers: whoever replied to what one of the newest 300 newcomers of the last 90 days wrote in their
 * first week, or wrote in its own thread, counts once a newcomer, with their first answer. Only those who may be named.
 *
 * Shape   at most `limit`, most newcomers first, then the shortest median, then by id
 * Source  README.md, "guide"
 */
export async function welcomers(db: Db, scope: Scope, limit: number): Promise<Welcomer[]> {
  const candidates = await candidatesOf(db, recent(scope));
  const names = await nameable(
    db,
    scope,
    candidates.map(({ id }) => id),
  );
  const chosen = candidates.filter(({ id }) => names.has(id)).slice(0, limit);
  const presences = await presenceOf(
    db,
    scope,
    chosen.map(({ id }) => id),
  );
  return chosen.map((one) => ({ ...one, name: names.get(one.id)!, ...presences.get(one.id)! }));
}

async function candidatesOf(db: Db, people: Scope): Promise<Candidate[]> {
  const { guildId } = people;
  type Row = Omit<Candidate, 'place'> & { placeId: string; place: string | null; isThread: boolean };
  const { rows } = await sql<Row>`
    with firsts as materialized (${await firstAnswers(db, people)}),
    placed as (
      select f.*, ${placeOf(people, 'f.channel_id', 'c')} as place_id, (answer_id >> 22) - (message_id >> 22) as waited
      from firsts f left join channels c on c.guild_id = ${guildId} and c.channel_id = f.channel_id
    ),
    candidates as (
      select author_id, count(*)::int as newcomers, mode() within group (order by place_id) as place_id,
        round((percentile_cont(0.5) within group (order by waited) / 60000)::numeric, 2)::float8 as minutes,
        (array_agg(answer_id order by answer_id desc))[1:2] as ids,
        (array_agg(channel_id order by answer_id desc))[1:2] as channels
      from placed group by author_id order by newcomers desc, minutes, author_id limit ${CANDIDATES_MAX}
    )
    select a.author_id::text as id, a.newcomers, a.minutes as "medianMinutes", a.place_id::text as "placeId", c.name as place,
      ${isThread('c')} as "isThread", (
        select json_agg(json_build_object('messageId', e.id::text, 'channelId', e.channel_id::text) order by e.id desc)
        from unnest(a.ids, a.channels) e (id, channel_id)
      ) as evidence
    from candidates a left join channels c on c.guild_id = ${guildId} and c.channel_id = a.place_id
    order by a.newcomers desc, a.minutes, a.author_id`.execute(db);
  return rows.map(({ id, newcomers, medianMinutes, placeId, place, isThread: is, evidence }) => ({
    id,
    newcomers,
    medianMinutes,
    place: { id: placeId, name: place, isThread: is },
    evidence,
  }));
}

/** Each person's first answer to each newcomer: `author_id`, `answer_id`, its `channel_id`, and `message_id`, what it answers. */
async function firstAnswers(db: Db, people: Scope): Promise<RawBuilder<unknown>> {
  const week = String(BigInt(NEW_FOR_DAYS * DAY_MS) << 22n);
  return sql`
    with newest as materialized (
      select author_id, first_id from (${await firstMessages(db, people)}) f
      where first_id >= ${idRange(people.window).fromId} order by first_id desc limit ${NEWCOMERS_MAX}
    ),
    wrote as materialized (
      select n.author_id, m.message_id, m.channel_id from newest n cross join lateral (
        select m.message_id, m.channel_id from messages m
        where m.author_id = n.author_id and ${inScope(people, 'm')} and ${inWindow(people, 'm')}
          and m.message_id < n.first_id + ${week}::bigint
        order by m.message_id limit ${MESSAGES_MAX}
      ) m
    ),
    answers as (
      select w.author_id as newcomer_id, w.message_id, a.author_id, a.message_id as answer_id, a.channel_id
      from wrote w cross join lateral ${repliesTo(people, 'w', ANSWERS_MAX)} a
      union all
      select w.author_id, w.message_id, a.author_id, a.message_id, a.channel_id
      from wrote w cross join lateral ${inThreadOf(people, 'w', ANSWERS_MAX)} a
      where ${channelInScope(people, 'w.message_id')}
    )
    select distinct on (newcomer_id, author_id) author_id, answer_id, channel_id, message_id
    from answers order by newcomer_id, author_id, answer_id`;
}
