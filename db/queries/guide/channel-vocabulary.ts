/** The words that are used in some channels, and what is known of them. */
import { sql } from 'kysely';
import type { Db } from '../../connect.ts';
import { tokensOf } from '../../full-text/tokens.ts';
import { THREADS } from '../channel-types.ts';
import { channelInScope, inScope, inWindow } from '../counted.ts';
import type { Scope } from '../scope.ts';
import type { UsedWord } from './own-words.ts';

/** The newest of each channel that are read. */
const MESSAGES_MAX = 600;
/** The newest of its threads. */
const THREADS_MAX = 50;
/** Of one person's that count for a word. */
const USES_MAX = 3;

/** Words of people in some channels and their threads, those that two people or more use in one of them. */
export async function usedWords(
  db: Db,
  scope: Scope,
  channelIds: readonly string[],
): Promise<{ words: UsedWord[]; authors: string[]; language: string }> {
  const { guildId } = scope;
  const anywhere: Scope = { guildId, window: scope.window, hidden: true };
  const { rows } = await sql<{ words: UsedWord[] | null; authors: string[] | null; language: string | null }>`
    with threads as (
      select parent_id as place, channel_id, row_number() over (partition by parent_id order by channel_id desc) as n
      from channels c where guild_id = ${guildId} and parent_id = any(${[...channelIds]}::bigint[]) and type in ${THREADS}
        and ${channelInScope(scope, 'c.channel_id')}
    ),
    parts as materialized (
      select id as place, id as channel_id from unnest(${[...channelIds]}::bigint[]) id
      where ${channelInScope(scope, 'id')}
      union all
      select place, channel_id from threads where n <= ${THREADS_MAX}
    ),
    newest as (
      select p.place, m.*, row_number() over (partition by p.place order by m.message_id desc) as n
      from parts p cross join lateral (
        select m.message_id, m.author_id from messages m
        where m.channel_id = p.channel_id and ${inScope(anywhere, 'm')} and ${inWindow(anywhere, 'm')}
        order by m.message_id desc limit ${MESSAGES_MAX}
      ) m
    ),
    read as materialized (
      -- Each by its key: a join of so many would read the words of all messages.
      select n.place, n.author_id, w.language, w.words from newest n
      cross join lateral (
        select w.language, w.words from message_words w
        where w.guild_id = ${guildId} and w.message_id = n.message_id limit 1
      ) w
      where n.n <= ${MESSAGES_MAX}
    ),
    by_person as (
      select r.place, u.word collate "C" as word, r.author_id, least(count(*), ${USES_MAX}) as uses
      from read r cross join lateral unnest(tsvector_to_array(r.words)) u (word) group by 1, 2, 3
    ),
    by_place as (select place, word, count(*) as people, sum(uses) as uses from by_person group by place, word),
    summed as (
      select *, sum(uses) over (partition by word) as in_all, sum(uses) over (partition by place) as place_uses,
        sum(uses) over () as all_uses
      from by_place
    )
    select
      (select json_agg(json_build_object('channelId', s.place::text, 'word', s.word, 'people', s.people, 'uses', s.uses,
          'usesInAll', s.in_all, 'channelUses', s.place_uses, 'allUses', s.all_uses, 'channelPeople', a.people))
        from summed s join (select place, count(distinct author_id) as people from read group by place) a using (place)
        where s.people >= 2 and s.place_uses < s.all_uses) as words,
      (select json_agg(distinct author_id::text) from read) as authors,
      (select mode() within group (order by language) from read where language <> 'simple') as language`.execute(
    db,
  );
  const { words, authors, language } = rows[0]!;
  return { words: words ?? [], authors: authors ?? [], language: language ?? 'simple' };
}

/** Of some words those that are names: a part of what one of some people is called, or all of what any member is. */
export async function namesAmong(
  db: Db,
  guildId: string,
  words: readonly string[],
  authors: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ names: string[] }>`
    select array_remove(array[name, display_name, nick], null) as names from members
    where guild_id = ${guildId} and (user_id = any(${[...authors]}::bigint[])
      or lower(name) = any(${[...words]}::text[]) or lower(display_name) = any(${[...words]}::text[])
      or lower(nick) = any(${[...words]}::text[]))`.execute(db);
  return new Set(rows.flatMap(({ names }) => names.flatMap(tokensOf)));
}

/** The stem of each of some words in a language. */
export async function stemsOf(
  db: Db,
  words: readonly string[],
  language: string,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ word: string; stem: string | null }>`
    select word, (tsvector_to_array(to_tsvector(${language}::regconfig, word)))[1] as stem
    from unnest(${[...words]}::text[]) word`.execute(db);
  return new Map(rows.map(({ word, stem }) => [word, stem ?? word]));
}
