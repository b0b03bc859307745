/** Messages on a topic, by how much of it they have. README.md, "guide". */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../connect.ts';
import { idRange } from '../../window.ts';
import { inScope, inWindow } from '../counted.ts';
import type { Scope } from '../scope.ts';
import type { Candidate, Candidates } from './terms.ts';

/** A word of the topic that somebody in scope used. */
export interface MatchedTerm {
  /** Place among those typed. */
  term: number;
  /** Of the words looked for those that count. */
  words: string[];
  messages: number;
  /** How much it tells; 0 for one that nobody used. */
  weight: number;
}

/** A message with words of the topic. */
export interface Match {
  id: string;
  /** Which terms it has, as bits. */
  mask: number;
  /** 0 to 1, against the message with most. */
  relevance: number;
}

export interface MatchedPlace {
  channelId: string;
  messages: number;
  people: number;
  lastId: string;
  /** Sum of squared relevance: what orders them. */
  mass: number;
}

export interface Matches {
  terms: MatchedTerm[];
  /** On the topic: with enough of what the message with most has. */
  messages: number;
  people: number;
  places: MatchedPlace[];
  /** The most relevant, newest first among equals. */
  best: Match[];
}

/**
 * So many messages with words of a topic are looked up, those with its rarest words. Words beyond that only tell which of
 * these have them too, and weigh as if so many had them. Of a single word that more have, the newest of the server are.
 */
const LOOKED_UP_MAX = 18_000;
const BEST_MAX = 1_500;
const PLACES_MAX = 8;
/**
 * From which share of what the best one has a message is on the topic: half of a question's words is much, half of "head
 * gasket" is something else.
 */
export const onTopicFrom = (terms: number): number => (terms <= 2 ? 0.999 : 0.5);
/** A word in place of one that nobody wrote: it may be another. */
const INSTEAD = 0.5;
/** A misspelling is rarer by this than what is meant; a short word that is near is another word. */
const MISSPELLED_RATIO = 10;
const MISSPELLED_LENGTH_MIN = 7;
/** So few messages may all have the slip of whoever asks; a short word that more have is a word. */
const SLIPS_MAX = 3;
/** Stands for the number of messages, so that a word's weight depends on nothing but what is in scope. */
const WEIGHT_OF_ONE = 1_000_000;

/** Of a word that nobody in scope used. */
export const UNKNOWN_WEIGHT = Math.log(1 + WEIGHT_OF_ONE);

export const NONE: Matches = { terms: [], messages: 0, people: 0, places: [], best: [] };

/** Shape   8 places and 1,500 messages at most */
export async function matchesOf(db: Db, scope: Scope, { words }: Candidates): Promise<Matches> {
  const sought = affordable(words);
  if (sought.rare.length === 0) return NONE;
  const { rows } = await sql<{ found: Found }>`
    with hits as materialized (${hits(scope, sought.rare)}),
    seen as materialized (${seen(scope)}),
    found as (
      select h.term, h.word, h.is_own, s.message_id, s.channel_id, s.author_id from hits h join seen s using (message_id)
      union all
      select w.term, w.word, w.is_own, s.message_id, s.channel_id, s.author_id
      from seen s join message_words t on t.guild_id = ${scope.guildId} and t.message_id = s.message_id
      join ${listOf(sought.common)} on t.words @@ w.lexeme::tsquery
    ),
    counted as (select term, word, is_own, count(*) as messages from found group by term, word, is_own),
    own as (select term, sum(messages) as messages from counted where is_own group by term),
    accepted as (
      select c.* from counted c left join own o using (term)
      where c.is_own or o.messages is null
        or (c.messages >= 2 * ${MISSPELLED_RATIO} * o.messages
          and (o.messages <= ${SLIPS_MAX} or length(c.word) >= ${MISSPELLED_LENGTH_MIN}))
        or (c.messages * ${MISSPELLED_RATIO} <= o.messages and length(c.word) >= ${MISSPELLED_LENGTH_MIN})
    ),
    had as materialized (
      select distinct f.message_id, f.channel_id, f.author_id, f.term from found f join accepted using (term, word)
    ),
    terms as (
      select term, count(*)::int as messages, ${exact(sql`
        ln(1 + ${WEIGHT_OF_ONE} / greatest(count(*), max(c.messages))::float8) * case when max(o.messages) > 0 then 1 else ${INSTEAD}::float8 end`)} as weight
      from had left join own o using (term) left join ${commonTerms(sought.common)} using (term) group by term
    ),
    weighed as (
      select message_id, channel_id, author_id, bit_or(1 << term) as mask, sum(weight) as weight
      from had join terms using (term) group by 1, 2, 3
    ),
    matches as materialized (
      select message_id, channel_id, author_id, mask, weight / max(weight) over () as relevance from weighed
    ),
    on_topic as (
      select * from matches where relevance >=
        (select case when count(*) <= 2 then ${onTopicFrom(2)}::float8 else ${onTopicFrom(3)} end from terms)
    )
    select json_build_object(
      'terms', (select json_agg(json_build_object('term', t.term, 'messages', t.messages, 'weight', t.weight,
        'words', (select json_agg(word order by is_own desc, messages desc, word) from accepted a where a.term = t.term))
        order by t.term) from terms t),
      'messages', (select count(*)::int from on_topic),
      'people', (select count(distinct author_id)::int from on_topic),
      'places', (select json_agg(p) from (
        select channel_id::text as "channelId", count(*)::int as messages, count(distinct author_id)::int as people,
          max(message_id)::text as "lastId", ${exact(sql`sum(relevance * relevance)`)} as mass
        from on_topic group by channel_id order by mass desc, channel_id limit ${PLACES_MAX}) p),
      'best', (select json_agg(json_build_array(message_id::text, mask, relevance)) from (
        select * from matches order by relevance desc, message_id desc limit ${BEST_MAX}) b)
    ) as found`.execute(db);
  const { terms, messages, people, places, best } = rows[0]!.found;
  return {
    terms: terms ?? [],
    messages,
    people,
    places: places ?? [],
    best: (best ?? []).map(([id, mask, relevance]) => ({ id, mask, relevance })),
  };
}

/** Rounded, to a fraction that adds up to the same in any order: so equals stay equal, and ids decide. */
const exact = (value: RawBuilder<unknown>): RawBuilder<number> =>
  sql<number>`round(${value} * 1048576) / 1048576`;

interface Found {
  terms: MatchedTerm[] | null;
  messages: number;
  people: number;
  places: MatchedPlace[] | null;
  best: [id: string, mask: number, relevance: number][] | null;
}

interface Sought {
  /** Messages with these are looked up. */
  rare: Candidate[];
  /** Of those messages it is seen which have these. */
  common: Candidate[];
}

/** The rarest terms, as many as may be looked up; of a topic that has only common ones the rarest. */
function affordable(words: readonly Candidate[]): Sought {
  const ofTerm = [...Map.groupBy(words, ({ term }) => term).values()]
    .map((all) => {
      const own = all.filter(({ isOwn }) => isOwn);
      const list = own.length > 0 ? own : all;
      return { list, near: all.filter((word) => !list.includes(word)), messages: messagesOf(list) };
    })
    .toSorted((a, b) => a.messages - b.messages);
  const sought: Sought = { rare: [], common: [] };
  const likely: Candidate[] = [];
  let looked = 0;
  for (const { list, near, messages } of ofTerm) {
    const isFirst = looked === 0;
    looked += messages;
    if (isFirst || looked <= LOOKED_UP_MAX) {
      sought.rare.push(...list);
      likely.push(...near);
    } else sought.common.push(...list);
  }
  // What only may be meant is read as far as there is room: the common one must not stand in the rare one's way.
  for (const word of likely.toSorted((a, b) => a.messages - b.messages)) {
    looked += word.messages;
    if (looked <= LOOKED_UP_MAX) sought.rare.push(word);
  }
  return sought;
}

const messagesOf = (words: readonly Candidate[]): number =>
  words.reduce((sum, { messages }) => sum + messages, 0);

/** Each use of a word in the server, the newest first, by the index of words. */
function hits({ guildId, window }: Scope, rare: Sought['rare']): RawBuilder<unknown> {
  return sql`
    select w.term, w.word, w.is_own, t.message_id from ${listOf(rare)}
    cross join lateral (
      select t.message_id from message_words t
      where t.guild_id = ${guildId} and t.words @@ w.lexeme::tsquery and t.message_id < ${idRange(window).toId}
      order by t.message_id desc limit ${LOOKED_UP_MAX}
    ) t`;
}

/** Those of the messages `hits` that count, each looked up by its key once. */
function seen(scope: Scope): RawBuilder<unknown> {
  return sql`
    select m.message_id, m.channel_id, m.author_id from (select distinct message_id from hits) h
    cross join lateral (
      select m.message_id, m.channel_id, m.author_id from messages m
      where m.message_id = h.message_id and ${inScope(scope, 'm')} and ${inWindow(scope, 'm')} limit 1
    ) m`;
}

/** The table `w` of some words: `word`, `lexeme`, `term` and `is_own`. */
const listOf = (words: readonly Candidate[]): RawBuilder<unknown> => sql`
  unnest(${words.map(({ word }) => word)}::text[], ${words.map(({ word }) => lexeme(word))}::text[],
    ${words.map(({ term }) => term)}::int[], ${words.map(({ isOwn }) => isOwn)}::boolean[]) w(word, lexeme, term, is_own)`;

/** The table `c` of common terms, each taken to be in so many messages: how many of those in scope are is not known. */
const commonTerms = (common: readonly Candidate[]): RawBuilder<unknown> => {
  const terms = [...new Set(common.map(({ term }) => term))];
  return sql`(select term, ${sql.lit(LOOKED_UP_MAX)}::int as messages from unnest(${terms}::int[]) term) c`;
};

/** A word as a query for it and nothing else, whatever signs it has. */
const lexeme = (word: string): string => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
