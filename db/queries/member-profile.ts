import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { memberName, unranked } from './counted.ts';
import type { Asked, Question } from './question.ts';
import { average, isoTime, share } from './columns.ts';
import type { Scope } from './scope.ts';
import { tallies } from './tallies.ts';

/** One member's own figures in a window. */
export interface MemberProfile {
  /** Null where they are not to be named. */
  name: string | null;
  messages: number;
  /** Their place among those who may be named, by messages, 1 the most; null without messages, and if unranked. */
  rank: number | null;
  /** Their messages of all; null where there are none. */
  share: number | null;
  /** As in `top-contributors`. */
  activeDays: number;
  blocks: number;
  reactions: number;
  replied: number;
  /** Replies that they wrote. */
  replies: number;
  questions: number;
  attachments: number;
  links: number;
  edited: number;
  /** Code points of a message, to a tenth. */
  averageLength: number | null;
  /** How many channels and threads they wrote in. */
  channels: number;
  /** ISO; null without messages. */
  firstAt: string | null;
  lastAt: string | null;
  /** The day on which they wrote most, the earliest of equals; null without messages. */
  busiestDay: string | null;
  busiestDayMessages: number;
}

export interface ProfileRow {
  figure: keyof MemberProfile;
  value: string | number | null;
}

export interface MemberChannelRow {
  channelId: string;
  /** Null where it isn't known or not kept. */
  channel: string | null;
  messages: number;
  /** Of the member's messages. */
  share: number;
  /** ISO; when they last wrote there. */
  lastAt: string;
}

/** What a member did in a window. Source  README.md, "member-profile" */
export async function memberProfile(db: Db, scope: Scope, memberId: string): Promise<MemberProfile> {
  const [own, standing] = await Promise.all([
    ownFigures(db, scope, memberId),
    standingOf(db, scope, memberId),
  ]);
  const { name, messages, ...figures } = own;
  return { name, messages, ...standing, ...figures };
}

type Standing = Pick<MemberProfile, 'rank' | 'share'>;

async function ownFigures(db: Db, scope: Scope, id: string): Promise<Omit<MemberProfile, keyof Standing>> {
  const tallied = await tallies(
    db,
    { ...scope, members: [id] },
    [
      'messages',
      'replies',
      'edited',
      'asks',
      'length',
      'first_id',
      'last_id',
      'blocks',
      'reactions',
      'attachments',
      'links',
      'replied',
    ],
    'day',
  );
  const { rows } = await sql<Omit<MemberProfile, keyof Standing>>`
    with recursive ${tallied}, ${unranked(scope.guildId)},
    days as (
      select day, sum(messages) as messages, bit_count(bit_or(blocks)) as blocks from tallied group by day
    ),
    busiest as (select day, messages from days where messages > 0 order by messages desc, day limit 1),
    places as (select channel_id from tallied group by channel_id having sum(messages) > 0),
    ends as (select min(first_id) as first_id, max(last_id) as last_id from tallied)
    select
      (select ${memberName('p', 'p.user_id')} from members p where p.guild_id = ${scope.guildId}
        and p.user_id = ${id} and p.user_id not in (select user_id from unranked)) as name,
      coalesce(sum(messages), 0)::int as messages,
      (select (count(*) filter (where messages > 0))::int from days) as "activeDays",
      (select coalesce(sum(blocks), 0)::int from days) as blocks,
      coalesce(sum(reactions), 0)::int as reactions, coalesce(sum(replied), 0)::int as replied,
      coalesce(sum(replies), 0)::int as replies, coalesce(sum(asks), 0)::int as questions,
      coalesce(sum(attachments), 0)::int as attachments, coalesce(sum(links), 0)::int as links,
      coalesce(sum(edited), 0)::int as edited,
      ${average(sql`sum(length)`, sql`sum(messages)`)} as "averageLength",
      (select count(*)::int from places) as channels,
      (select ${isoTime('first_id')} from ends) as "firstAt", (select ${isoTime('last_id')} from ends) as "lastAt",
      (select day::text from busiest) as "busiestDay",
      coalesce((select messages from busiest), 0)::int as "busiestDayMessages"
    from tallied`.execute(db);
  return rows[0]!;
}

/** Where a member stands among all of the scope. */
async function standingOf(db: Db, scope: Scope, id: string): Promise<Standing> {
  const { members: _, ...everybody } = scope;
  const { rows } = await sql<Standing>`
    with recursive ${await tallies(db, everybody, ['messages'])}, ${unranked(scope.guildId)},
    writers as (select author_id, sum(messages) as messages from tallied group by author_id having sum(messages) > 0),
    ranks as (
      select author_id, row_number() over (order by messages desc, author_id) as rank from writers
      where author_id not in (select user_id from unranked)
    )
    select (select rank::int from ranks where author_id = ${id}) as rank,
      ${share(sql`coalesce(sum(messages) filter (where author_id = ${id}), 0)`, sql`sum(messages)`)} as share
    from writers`.execute(db);
  return rows[0]!;
}

/**
 * Where a member writes.
 *
 * Shape   at most `limit` rows, most messages first, ties by id; a thread is a channel of its own
 * Source  README.md, "member-channels"
 */
export async function memberChannels(db: Db, asked: Asked): Promise<MemberChannelRow[]> {
  const { rows } = await sql<MemberChannelRow>`
    with recursive ${await tallies(db, asked, ['messages', 'last_id'])},
    places as (
      select channel_id, sum(messages) as messages, max(last_id) as last_id
      from tallied group by channel_id having sum(messages) > 0
    )
    select s.channel_id::text as "channelId", c.name as channel, s.messages::int as messages,
      ${share(sql`s.messages`, sql`(select sum(messages) from places)`)} as share, ${isoTime('s.last_id')} as "lastAt"
    from places s left join channels c on c.guild_id = ${asked.guildId} and c.channel_id = s.channel_id
    order by s.messages desc, s.channel_id
    limit ${asked.limit}`.execute(db);
  return rows;
}

export default [
  {
    name: 'member-profile',
    about: "one member's own figures",
    needs: 'member',
    async ask(db, asked): Promise<ProfileRow[]> {
      const [memberId] = asked.members ?? [];
      if (memberId === undefined) return [];
      const profile = await memberProfile(db, asked, memberId);
      const figures = Object.keys(profile) as (keyof MemberProfile)[];
      return figures.map((figure) => ({ figure, value: profile[figure] }));
    },
  },
  { name: 'member-channels', about: 'where one member writes', needs: 'member', ask: memberChannels },
] satisfies Question[];
