import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { inScope, inWindow, scoped, unranked } from './counted.ts';
import { listed, type ListedMessage, withPlaceAndAuthor } from './listed.ts';
import type { Asked, Question } from './question.ts';

export interface ReactedMessage extends ListedMessage {
  /** The sum over its emoji. */
  reactions: number;
  /** How many different emoji. */
  emoji: number;
}

export interface ReactedAttachment extends ReactedMessage {
  attachments: number;
  /** The kinds of its files: `image, video`. */
  kinds: string;
}

/**
 * The messages of a window that got most reactions, whoever gave them and whenever.
 *
 * Shape   at most `limit` rows, most reactions first, ties by id; none without any
 * Source  README.md, "most-reacted"
 */
export async function mostReacted(db: Db, asked: Asked): Promise<ReactedMessage[]> {
  const { rows } = await sql<ReactedMessage>`
    with recursive ${ranked(asked, sql`true`)}
    select ${listed()}, r.reactions, r.emoji ${fromRanked(asked)}`.execute(db);
  return rows;
}

/** The same, of messages with attachments. */
export async function mostReactedAttachments(db: Db, asked: Asked): Promise<ReactedAttachment[]> {
  const files = sql`attachments f where f.guild_id = m.guild_id and f.message_id = m.message_id`;
  const { rows } = await sql<ReactedAttachment>`
    with recursive ${ranked(asked, sql`exists (select 1 from ${files})`)}
    select ${listed()}, r.reactions, r.emoji, (select count(*)::int from ${files}) as attachments,
      (select string_agg(distinct coalesce(f.kind, 'other'), ', ') from ${files}) as kinds
    ${fromRanked(asked)}`.execute(db);
  return rows;
}

/**
 * The common tables of `scoped`, `unranked`, and `ranked` of message ids. Some of the most reacted are looked up first:
 * they tell how many reactions are enough, and so spare the sums the sorting and nearly all messages the looking up.
 */
function ranked(asked: Asked, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  const { guildId, limit } = asked;
  const there = (sums: RawBuilder<unknown>) => sql`select s.* from (${sums}) s cross join lateral (
    select from messages m where m.message_id = s.message_id and ${inScope(asked, 'm')} and ${condition} limit 1
  ) m`;
  return sql`${scoped(asked)}, ${unranked(guildId)},
  sums as materialized (
    select r.message_id, sum(r.total)::int as reactions, (count(*) filter (where r.total > 0))::int as emoji
    from reactions r where r.guild_id = ${guildId} and ${inWindow(asked, 'r')}
    group by r.message_id having sum(r.total) > 0
  ),
  likely as (${there(sql`select * from sums order by reactions desc, message_id limit ${limit * 20}`)}),
  enough as (select reactions from likely order by reactions desc offset ${limit - 1} limit 1),
  ranked as (
    ${there(sql`select * from sums where reactions >= coalesce((select reactions from enough), 1)`)}
    order by s.reactions desc, s.message_id limit ${limit}
  )`;
}

const fromRanked = ({ guildId }: Asked) => sql`
  from ranked r join messages m on m.guild_id = ${guildId} and m.message_id = r.message_id
  ${withPlaceAndAuthor()}
  order by r.reactions desc, r.message_id`;

export default [
  { name: 'most-reacted', about: 'the messages that got most reactions', ask: mostReacted },
  {
    name: 'most-reacted-attachments',
    about: 'the messages with attachments that got most reactions',
    ask: mostReactedAttachments,
  },
] satisfies Question[];
