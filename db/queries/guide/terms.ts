/** What a topic is looked for by: its words, and the words of the server that stand for them. */
import { sql } from 'kysely';
import type { Db } from '../../connect.ts';
import { isStopWord, languageOfTokens } from '../../full-text/languages.ts';
import { tokensOf } from '../../full-text/tokens.ts';
import { isMisspelling } from './misspelling.ts';

/** A word to look for. */
export interface Candidate {
  word: string;
  /** Place of its term among those of the topic. */
  term: number;
  /** The term itself or a word of its stem; else one that is spelled nearly so. */
  isOwn: boolean;
  /** In the whole server: to bound what is read, and for nothing else. */
  messages: number;
}

export interface Candidates {
  /** Those typed that are frequent in the server, so that no misspellings of them were looked for. */
  sure: string[];
  /** The topic's words, in small letters, without those that every text has. */
  typed: string[];
  words: Candidate[];
}

/** A question of 4,000 characters holds hundreds of words; what is rare says what it is about. */
const TERMS_MAX = 24;
/** Rarer words may be misspelled, by who asks or by who wrote. */
export const SURE_FROM = 200;
const ALIKE_MAX = 12;
/** Shorter words are near to too many others. */
const ALIKE_LENGTH_MIN = 4;
const WORDS_A_TERM_MAX = 24;

/** Of so few words the language can't be told: AI, CI and OS are names, and words without matter elsewhere. */
const NAME_WORDS_MAX = 2;

/** The words of a topic; none where it has only such as every text has. */
export function wordsOfTopic(topic: string): string[] {
  const said = tokensOf(topic);
  const tokens = [...new Set(said)].filter((token) => !isLetter(token));
  const without = (language: string) => tokens.filter((token) => !isStopWord(token, language));
  const words = without(languageOfTokens(said));
  return words.length === 0 && tokens.length <= NAME_WORDS_MAX ? without('english') : words;
}

/** One letter of an alphabet; one sign of a script that has thousands is a word. */
const isLetter = (token: string): boolean =>
  /^[\p{L}\p{N}]$/u.test(token) && !/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u.test(token);

/**
 * What stands for a topic's words in a server: the vocabulary only proposes, what counts is seen in scope. `doubtful`: of the
 * topic's words those that are frequent in the server, and not in scope.
 */
export async function candidatesOf(
  db: Db,
  guildId: string,
  topic: string,
  doubtful: readonly string[] = [],
): Promise<Candidates> {
  const words = wordsOfTopic(topic);
  if (words.length === 0) return { typed: [], words: [], sure: [] };
  const { rows: own } = await sql<{ typed: string; word: string; messages: number }>`
    with typed as (select word from unnest(${words}::text[]) word),
    stems as (
      select t.word as typed, replace(d.dictname, '_stem', '') as language,
        (ts_lexize(d.oid::regdictionary, t.word))[1] as stem
      from typed t, pg_ts_dict d where d.dictname like '%\\_stem'
      union all select word, 'simple', word from typed
    )
    select typed, word, max(messages)::int as messages from (
      select s.typed, v.word, v.messages from stems s
      join vocabulary v on v.guild_id = ${guildId} and v.stem = s.stem and v.language = s.language
      union all
      select t.word, v.word, v.messages from typed t
      join vocabulary v on v.guild_id = ${guildId} and v.word = t.word
    ) found
    group by typed, word order by typed, messages desc, word`.execute(db);
  const ofTyped = Map.groupBy(own, ({ typed }) => typed);
  const count = (typed: string) =>
    (ofTyped.get(typed) ?? []).reduce((sum, { messages }) => sum + messages, 0);
  const sure = words.filter((word) => count(word) >= SURE_FROM && !doubtful.includes(word));
  const unsure = words.filter((word) => word.length >= ALIKE_LENGTH_MIN && !sure.includes(word));
  const spelled = await spelledAlike(db, guildId, unsure.slice(0, ALIKE_MAX));
  const alike = [...spelled, ...(await otherForms(db, guildId, spelled))];
  const near = Map.groupBy(alike, ({ typed }) => typed);
  const known = words
    .map((typed) => ({
      typed,
      own: ofTyped.get(typed) ?? [],
      near: near.get(typed) ?? [],
      count: count(typed),
    }))
    .toSorted((a, b) => Number(a.count === 0) - Number(b.count === 0) || a.count - b.count)
    .slice(0, TERMS_MAX);
  const typed = words.filter((word) => known.some((term) => term.typed === word));
  return {
    typed,
    sure,
    words: known.flatMap((term) => {
      const at = typed.indexOf(term.typed);
      const own = term.own.map(({ word, messages }) => ({ word, term: at, isOwn: true, messages }));
      const near = term.near.map(({ word, messages }) => ({ word, term: at, isOwn: false, messages }));
      // Each word once: a form may be both.
      const each = new Map([...own, ...near].toReversed().map((one) => [one.word, one]));
      return [...each.values()].toReversed().slice(0, WORDS_A_TERM_MAX);
    }),
  };
}

/** Words of the server that are spelled nearly as those typed. */
export async function spelledAlike(
  db: Db,
  guildId: string,
  typed: readonly string[],
): Promise<{ typed: string; word: string; messages: number }[]> {
  if (typed.length === 0) return [];
  const { rows } = await sql<{ typed: string; word: string; messages: number }>`
    select t.word as typed, v.word, v.messages from unnest(${[...typed]}::text[]) t(word)
    cross join lateral (
      select word, sum(messages)::int as messages from (
        select word, messages from vocabulary
        where guild_id = ${guildId} and word % t.word and length(word) between length(t.word) - 2 and length(t.word) + 2
        union all
        -- Two letters that changed places leave a short word few of its trigrams.
        select word, messages from vocabulary
        where guild_id = ${guildId} and word = any(array(
          select overlay(t.word placing reverse(substr(t.word, i, 2)) from i for 2)
          from generate_series(1, length(t.word) - 1) i))
      ) near
      where word <> t.word group by word
      order by similarity(word, t.word) desc, word limit 40
    ) v`.execute(db);
  return rows.filter(({ typed: one, word }) => isMisspelling(one, word));
}

/** The other forms of words that may be meant: who means "kiln" means "kilns". */
async function otherForms(
  db: Db,
  guildId: string,
  near: readonly { typed: string; word: string }[],
): Promise<{ typed: string; word: string; messages: number }[]> {
  if (near.length === 0) return [];
  const { rows } = await sql<{ typed: string; word: string; messages: number }>`
    select n.typed, f.word, sum(f.messages)::int as messages
    from (
      select distinct n.typed, v.language, v.stem
      from unnest(${near.map(({ typed }) => typed)}::text[], ${near.map(({ word }) => word)}::text[]) n(typed, word)
      join vocabulary v on v.guild_id = ${guildId} and v.word = n.word
    ) n
    join vocabulary f on f.guild_id = ${guildId} and f.stem = n.stem and f.language = n.language
    group by n.typed, f.word order by n.typed, messages desc, f.word`.execute(db);
  const known = new Set(near.map(({ typed, word }) => `${typed} ${word}`));
  return rows.filter(({ typed, word }) => word !== typed && !known.has(`${typed} ${word}`));
}
