import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { authorInScope, channelInScope, memberName, unranked } from './counted.ts';
import { named } from './listed.ts';
import type { Asked, Question } from './question.ts';

export interface VoiceSessionRow {
  /** Null, like the name, where the person is not to be named. */
  userId: string | null;
  name: string | null;
  channelId: string;
  /** Null where the channel's name isn't known or not kept. */
  channel: string | null;
  /** ISO. */
  from: string;
  /** ISO; null: nothing tells that it has ended. */
  to: string | null;
  /** False: not later than `from`, when they were found there. */
  isFromExact: boolean;
  /** False: not later than `to`, when they were not found there; null where `to` is. */
  isToExact: boolean | null;
}

/**
 * Who was in which voice channel from when to when: sessions that reach into a window, with their true times.
 *
 * Shape   at most `limit` rows, the last begun first, ties by person; none where voice was never recorded
 * Source  README.md, "voice-sessions"
 */
export async function voiceSessions(db: Db, asked: Asked): Promise<VoiceSessionRow[]> {
  const { guildId, window } = asked;
  const { rows } = await sql<Session>`
    with ${unranked(guildId)},
    states as (
      select v.user_id, v.channel_id, v.at, v.listed, row_number() over story as place,
        lead(v.at) over story as next_at, lead(v.listed) over story as next_listed
      from voice_states v
      where v.guild_id = ${guildId} and ${authorInScope(asked, 'v.user_id')}
      window story as (partition by v.user_id order by v.at, v.channel_id, v.listed)
    ),
    -- A complete list before their next state does not name them.
    seen as (
      select s.*, case when l.at < coalesce(s.next_at, 'infinity') then l.at end as missed_at
      from states s
      cross join lateral (
        select min(g.at) as at from guild_moments g
        where g.guild_id = ${guildId} and g.kind = 'voice_listed' and g.at > s.at
      ) l
    ),
    begun as (
      select *, lag(channel_id) over story is distinct from channel_id
        or lag(missed_at) over story is not null as begins
      from seen window story as (partition by user_id order by place)
    ),
    numbered as (
      select *, count(*) filter (where begins) over (partition by user_id order by place) as session from begun
    ),
    sessions as (
      select user_id, channel_id, min(at) as from_at, max(coalesce(missed_at, next_at, 'infinity')) as to_at,
        (array_agg(not listed order by place))[1] as is_from_exact,
        (array_agg(missed_at is null and not next_listed order by place desc))[1] as is_to_exact
      from numbered where channel_id <> 0
      group by user_id, session, channel_id
    )
    select ${named('s.user_id', sql`s.user_id::text`)} as "userId",
      ${named('s.user_id', memberName('p', 's.user_id'))} as name,
      s.channel_id::text as "channelId", c.name as channel, s.from_at as from, nullif(s.to_at, 'infinity') as to,
      s.is_from_exact as "isFromExact", s.is_to_exact as "isToExact"
    from sessions s
    left join channels c on c.guild_id = ${guildId} and c.channel_id = s.channel_id
    left join members p on p.guild_id = ${guildId} and p.user_id = s.user_id
    where ${channelInScope(asked, 's.channel_id')}
      and s.from_at < ${new Date(window.toMs)} and s.to_at > ${new Date(window.fromMs)}
    order by s.from_at desc, s.user_id
    limit ${asked.limit}`.execute(db);
  return rows.map(({ from, to, isFromExact, isToExact, ...who }) => ({
    ...who,
    from: from.toISOString(),
    to: to?.toISOString() ?? null,
    isFromExact,
    isToExact,
  }));
}

interface Session extends Omit<VoiceSessionRow, 'from' | 'to'> {
  from: Date;
  to: Date | null;
}

export default {
  name: 'voice-sessions',
  about: 'who was in which voice channel from when to when, where that is recorded',
  ask: voiceSessions,
} satisfies Question;
