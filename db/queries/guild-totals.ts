import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { createdAt } from '../snowflake.ts';
import { counts, hidden, isBot, memberName, unranked, USER_WRITTEN } from './counted.ts';

/** The whole recorded life of a guild. Every figure is defined in README.md beside this file. */
export interface GuildTotals {
  guildId: string;
  messages: number;
  humanMessages: number;
  botMessages: number;
  systemMessages: number;
  authors: number;
  botAuthors: number;
  replies: number;
  reactions: number;
  reactionEntries: number;
  attachments: number;
  mentions: number;
  links: number;
  edited: number;
  pinned: number;
  embeds: number;
  stickers: number;
  deleted: number;
  firstMessageAt: string | null;
  lastMessageAt: string | null;
  timeZone: string;
  weeks: Record<string, number>;
  topAuthors: { id: string; name: string; messages: number }[];
}

const TOP_AUTHORS = 10;

/**
 * Counts a guild's whole record.
 *
 * Shape   one object; `weeks` by ISO week in the zone, `topAuthors` at most 10 people, ties by id
 * Source  README.md, "guild-totals"
 */
export async function guildTotals(db: Db, guildId: string, timeZone: string): Promise<GuildTotals> {
  const [written, hanging, weeks, topAuthors] = await Promise.all([
    countWritten(db, guildId),
    countHanging(db, guildId),
    countWeeks(db, guildId, timeZone),
    rankAuthors(db, guildId),
  ]);
  const { first, last, ...figures } = written;
  return {
    guildId,
    ...figures,
    ...hanging,
    firstMessageAt: first?.toISOString() ?? null,
    lastMessageAt: last?.toISOString() ?? null,
    timeZone,
    weeks: Object.fromEntries(weeks.map(({ week, messages }) => [week, messages])),
    topAuthors,
  };
}

type Written = Pick<
  GuildTotals,
  | 'messages'
  | 'humanMessages'
  | 'botMessages'
  | 'systemMessages'
  | 'authors'
  | 'botAuthors'
  | 'replies'
  | 'edited'
  | 'pinned'
  | 'deleted'
> & { first: Date | null; last: Date | null };

async function countWritten(db: Db, guildId: string): Promise<Written> {
  const { rows } = await sql<Written>`
    with recursive ${hidden(guildId)},
    by_author as (
      select m.author_id,
        count(*) filter (where m.type in ${USER_WRITTEN}) as written,
        count(*) filter (where m.type not in ${USER_WRITTEN}) as system,
        count(*) filter (where m.type = 19) as replies,
        count(*) filter (where m.edited_at is not null) as edited,
        count(*) filter (where m.pinned) as pinned,
        min(m.message_id) filter (where m.type in ${USER_WRITTEN}) as first_id,
        max(m.message_id) filter (where m.type in ${USER_WRITTEN}) as last_id
      from messages m
      where m.guild_id = ${guildId} and ${counts('m')}
      group by m.author_id
    ),
    total as (
      select coalesce(sum(written), 0)::int as messages,
        coalesce(sum(written) filter (where not ${isBot('p')}), 0)::int as "humanMessages",
        coalesce(sum(written) filter (where ${isBot('p')}), 0)::int as "botMessages",
        coalesce(sum(system), 0)::int as "systemMessages",
        count(*) filter (where written > 0 and not ${isBot('p')})::int as authors,
        count(*) filter (where written > 0 and ${isBot('p')})::int as "botAuthors",
        coalesce(sum(replies), 0)::int as replies,
        coalesce(sum(edited), 0)::int as edited,
        coalesce(sum(pinned), 0)::int as pinned,
        min(first_id) as first_id, max(last_id) as last_id
      from by_author a left join members p on p.guild_id = ${guildId} and p.user_id = a.author_id
    )
    select messages, "humanMessages", "botMessages", "systemMessages", authors, "botAuthors", replies, edited, pinned,
      (select count(*)::int from messages m
       where m.guild_id = ${guildId} and (m.gone_at is not null or m.absent_at is not null)
         and m.channel_id not in (select channel_id from hidden)) as deleted,
      ${createdAt('first_id')} as first, ${createdAt('last_id')} as last
    from total`.execute(db);
  return rows[0]!;
}

type Hanging = Pick<
  GuildTotals,
  'reactions' | 'reactionEntries' | 'attachments' | 'mentions' | 'links' | 'embeds' | 'stickers'
>;

async function countHanging(db: Db, guildId: string): Promise<Hanging> {
  const each = (table: string, figures: string) =>
    sql`(select ${sql.raw(figures)} from ${sql.table(table)} c
      join messages m on m.guild_id = c.guild_id and m.message_id = c.message_id
      where c.guild_id = ${guildId} and ${counts('m')})`;
  const { rows } = await sql<{ reacted: [number, number] } & Omit<Hanging, 'reactions' | 'reactionEntries'>>`
    with recursive ${hidden(guildId)}
    select ${each('reactions', 'array[coalesce(sum(c.total), 0)::int, (count(*) filter (where c.total > 0))::int]')} as reacted,
      ${each('attachments', 'count(*)::int')} as attachments,
      ${each('mentions', `(count(*) filter (where c.kind = 'user'))::int`)} as mentions,
      ${each('links', 'count(*)::int')} as links,
      ${each('embeds', 'coalesce(sum(c.embed_count), 0)::int')} as embeds,
      ${each('stickers', 'count(*)::int')} as stickers`.execute(db);
  const { reacted, ...figures } = rows[0]!;
  return { reactions: reacted[0], reactionEntries: reacted[1], ...figures };
}

/** Days are a whole number of quarters of an hour in every zone, so that few instants need converting. */
async function countWeeks(
  db: Db,
  guildId: string,
  timeZone: string,
): Promise<{ week: string; messages: number }[]> {
  const { rows } = await sql<{ week: string; messages: number }>`
    with recursive ${hidden(guildId)},
    quarters as (
      select (m.message_id >> 22) / 900000 as quarter, count(*) as messages
      from messages m
      where m.guild_id = ${guildId} and ${counts('m')} and m.type in ${USER_WRITTEN}
      group by 1
    )
    select to_char(to_timestamp(quarter * 900 + 1420070400) at time zone ${timeZone}, 'IYYY-"W"IW') as week,
      sum(messages)::int as messages
    from quarters group by 1 order by 1`.execute(db);
  return rows;
}

async function rankAuthors(db: Db, guildId: string): Promise<GuildTotals['topAuthors']> {
  const { rows } = await sql<GuildTotals['topAuthors'][number]>`
    with recursive ${hidden(guildId)}, ${unranked(guildId)}
    select m.author_id::text as id, ${memberName('p', 'm.author_id')} as name, count(*)::int as messages
    from messages m
    left join members p on p.guild_id = m.guild_id and p.user_id = m.author_id
    where m.guild_id = ${guildId} and ${counts('m')} and m.type in ${USER_WRITTEN} and not ${isBot('p')}
      and m.author_id not in (select user_id from unranked)
    group by m.author_id, 2
    order by messages desc, m.author_id
    limit ${TOP_AUTHORS}`.execute(db);
  return rows;
}
