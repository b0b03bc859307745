/** How what is written is shared among those who write. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { channelSums } from './channel-sums.ts';
import { memberName, unranked } from './counted.ts';
import { named } from './listed.ts';
import type { Asked, Question } from './question.ts';
import { isThread, share } from './columns.ts';
import type { Scope } from './scope.ts';
import { tallies } from './tallies.ts';

export interface LoadShareRow {
  people: number;
  messages: number;
  /** Messages of a person; null where nobody wrote. */
  median: number | null;
  /** What the one, five, ten who wrote most wrote of all; null where nobody wrote. */
  top1Share: number | null;
  top5Share: number | null;
  top10Share: number | null;
  /** Gini coefficient over those who wrote: 0 where all wrote equally much, or there is one; null for none. */
  gini: number | null;
}

export interface OnePersonChannelRow {
  channelId: string;
  /** Null where it isn't known or not kept. */
  channel: string | null;
  messages: number;
  people: number;
  /** Who wrote most there; null, like the name, where they are not to be named. */
  topId: string | null;
  topName: string | null;
  /** What they wrote of the channel's messages. */
  share: number;
}

export interface WriterSizeRow {
  /** Messages of a person, in words. */
  size: string;
  people: number;
  /** Of all who wrote; null where nobody did. */
  share: number | null;
  messages: number;
}

/** The common tables of `tallies`, and `writers`: each one's `messages`, and `place` from 1. */
async function writers(db: Db, scope: Scope): Promise<RawBuilder<unknown>> {
  return sql`${await tallies(db, scope, ['messages'])},
  writers as (
    select author_id, sum(messages) as messages, row_number() over (order by sum(messages) desc, author_id) as place
    from tallied group by author_id having sum(messages) > 0
  )`;
}

/**
 * How unevenly the messages of a window are shared among the people who wrote them.
 *
 * Shape   one row
 * Units   gini: (n + 1 - 2 * sum(place * messages) / sum(messages)) / n, places from the most messages on
 * Source  README.md, "load-share"; Gini, "Variabilità e mutabilità", 1912
 */
export async function loadShare(db: Db, scope: Scope): Promise<LoadShareRow[]> {
  const topShare = (first: number) =>
    share(sql`sum(messages) filter (where place <= ${sql.lit(first)})`, sql`sum(messages)`);
  const gini = sql`(count(*) + 1 - 2 * sum(place * messages) / nullif(sum(messages), 0)) / nullif(count(*), 0)`;
  const { rows } = await sql<LoadShareRow>`
    with recursive ${await writers(db, scope)}
    select count(*)::int as people, coalesce(sum(messages), 0)::int as messages,
      percentile_cont(0.5) within group (order by messages) as median,
      ${topShare(1)} as "top1Share", ${topShare(5)} as "top5Share", ${topShare(10)} as "top10Share",
      round(${gini}, 4)::float8 as gini
    from writers`.execute(db);
  return rows;
}

/** Fewer messages tell nothing of who keeps a channel alive. */
const TELLING = 20;

/**
 * Channels that one person keeps alive: 20 messages or more in the window, 80 % or more of them by one.
 *
 * Shape   at most `limit` rows, most messages first, ties by id; threads are left out
 * Source  README.md, "one-person-channels"
 */
export async function onePersonChannels(db: Db, asked: Asked): Promise<OnePersonChannelRow[]> {
  const { guildId } = asked;
  const { rows } = await sql<OnePersonChannelRow>`
    with recursive ${await channelSums(db, asked)}, ${unranked(guildId)},
    kept_alive as (
      select channel_id, sum(messages)::int as messages, count(*)::int as people, max(messages) as most
      from written group by channel_id
      having sum(messages) >= ${sql.lit(TELLING)} and max(messages) * 5 >= sum(messages) * 4
    )
    select k.channel_id::text as "channelId", c.name as channel, k.messages, k.people,
      ${named('t.author_id', sql`t.author_id::text`)} as "topId",
      ${named('t.author_id', memberName('p', 't.author_id'))} as "topName",
      ${share(sql`k.most`, sql`k.messages`)} as share
    -- Nobody else can have written as much.
    from kept_alive k join written t on t.channel_id = k.channel_id and t.messages = k.most
    left join channels c on c.guild_id = ${guildId} and c.channel_id = k.channel_id
    left join members p on p.guild_id = ${guildId} and p.user_id = t.author_id
    where not ${isThread('c')}
    order by k.messages desc, k.channel_id
    limit ${asked.limit}`.execute(db);
  return rows;
}

/**
 * How many people write little, some, much.
 *
 * Shape   three rows, the little first
 * Source  README.md, "writer-sizes"
 */
export async function writerSizes(db: Db, scope: Scope): Promise<WriterSizeRow[]> {
  const { rows } = await sql<WriterSizeRow>`
    with recursive ${await writers(db, scope)},
    sizes (size, least, most) as (values ('fewer than 5', 1, 4), ('5 to 20', 5, 20), ('more than 20', 21, null))
    select z.size, count(w.author_id)::int as people,
      ${share(sql`count(w.author_id)`, sql`(select count(*) from writers)`)} as share,
      coalesce(sum(w.messages), 0)::int as messages
    from sizes z left join writers w on w.messages >= z.least and (z.most is null or w.messages <= z.most)
    group by z.size, z.least order by z.least`.execute(db);
  return rows;
}

export default [
  { name: 'load-share', about: 'how unevenly messages are shared among those who write', ask: loadShare },
  { name: 'one-person-channels', about: 'channels that one person keeps alive', ask: onePersonChannels },
  { name: 'writer-sizes', about: 'how many people write little, some, much', ask: writerSizes },
] satisfies Question[];
