import { sql } from 'kysely';
import type { Db } from '../../connect.ts';
import { isThread } from '../columns.ts';
import type { Scope } from '../scope.ts';
import { tallies } from '../tallies.ts';
import { namesAmong, stemsOf, usedWords } from './channel-vocabulary.ts';
import { chosenWords, tellingWords } from './own-words.ts';
import { placeOf } from './places.ts';
import { recent } from './recent.ts';
import type { ChannelWords } from './rows.ts';

/** In which a lively channel is lively. */
const LIVELY_DAYS = 30;
const WORDS_MAX = 6;

/**
 * The channels in which people wrote most in the last 30 days, and what each is about: words that more of its people use, and
 * more often, than those of the others do. A thread's messages are its channel's, where that may count.
 *
 * Shape   at most `limit` rows, most messages first, ties by id; at most 6 words each, the most telling first
 * Source  README.md, "guide"
 */
export async function channelWords(db: Db, scope: Scope, limit: number): Promise<ChannelWords[]> {
  const lively = await livelyChannels(db, recent(scope, LIVELY_DAYS), limit);
  if (lively.length === 0) return [];
  const used = await usedWords(
    db,
    recent(scope),
    lively.map(({ id }) => id),
  );
  const telling = tellingWords(used.words);
  const words = [...new Set([...telling.values()].flat())];
  const [names, stems] = await Promise.all([
    namesAmong(db, scope.guildId, words, used.authors),
    stemsOf(db, words, used.language),
  ]);
  return lively.map((channel) => {
    const own = (telling.get(channel.id) ?? []).filter((word) => !names.has(word));
    return { ...channel, words: chosenWords(own, stems, WORDS_MAX) };
  });
}

async function livelyChannels(db: Db, lately: Scope, limit: number): Promise<Omit<ChannelWords, 'words'>[]> {
  const { rows } = await sql<Omit<ChannelWords, 'words'>>`
    with recursive ${await tallies(db, lately, ['messages'])},
    placed as (
      select ${placeOf(lately, 't.channel_id', 'c')} as channel_id, t.author_id, t.messages
      from tallied t left join channels c on c.guild_id = ${lately.guildId} and c.channel_id = t.channel_id
      where t.messages > 0
    ),
    sums as (
      select channel_id, sum(messages)::int as messages, count(distinct author_id)::int as people
      from placed group by channel_id order by messages desc, channel_id limit ${limit}
    )
    select s.channel_id::text as id, c.name, ${isThread('c')} as "isThread", s.messages, s.people
    from sums s left join channels c on c.guild_id = ${lately.guildId} and c.channel_id = s.channel_id
    order by s.messages desc, s.channel_id`.execute(db);
  return rows;
}
