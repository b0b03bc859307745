/** The words that are kept of a message, and taking them away. */
import type { ClientBase } from 'pg';
import { isStopWord, languageOfTokens } from './languages.ts';
import { tokensOf } from './tokens.ts';
import { Counts, type Wording } from './vocabulary.ts';

/** The tables that hold words of texts. */
export const WORD_TABLES = ['message_words', 'vocabulary'];

/** What is kept of a text: its words, each once, but those that say nothing by themselves. */
export function wordingOf(text: string): Wording {
  const tokens = tokensOf(text);
  const language = languageOfTokens(tokens);
  return { language, words: [...new Set(tokens)].filter((token) => !isStopWord(token, language)) };
}

/** In SQL: whether a message has words to keep: a person, or an answer to one, wrote it. */
export const HAS_WORDS = `(type in (0, 19, 20, 23) and author_id is not null and content <> '')`;

/** In SQL: tells one text from another. */
export const TEXT_HASH = 'hashtextextended(content, 0)';

/** Beside the lock that forgetting a person and every write take, and the one of sums. */
const WORDS_LOCK_SALT = '2305843009213693967';

/** One keeps words, or several delete some, until the transaction ends. Whoever comes later sees what they did. */
export async function lockWords(
  client: ClientBase,
  guildId: string,
  how: 'to keep' | 'to delete',
): Promise<void> {
  const lock = how === 'to keep' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
  await client.query(`select ${lock}($1::bigint # ${WORDS_LOCK_SALT})`, [guildId]);
}

/** Deletes the words of messages whose texts go, in the transaction in which they do. */
export async function deleteWords(
  client: ClientBase,
  guildId: string,
  messageIds: readonly string[],
): Promise<void> {
  await lockWords(client, guildId, 'to delete');
  const counts = new Counts();
  await takeWords(client, guildId, messageIds, counts);
  await counts.write(client, guildId);
}

/** Deletes the words of messages, and counts them out. */
export async function takeWords(
  client: ClientBase,
  guildId: string,
  messageIds: readonly string[],
  counts: Counts,
): Promise<void> {
  const { rows } = await client.query<Wording>(
    `with taken as (
       select message_id from message_words where guild_id = $1 and message_id = any($2::bigint[])
       order by message_id for update
     )
     delete from message_words w using taken where w.guild_id = $1 and w.message_id = taken.message_id
     returning w.language, tsvector_to_array(w.words) as words`,
    [guildId, messageIds],
  );
  for (const wording of rows) counts.add(wording, -1);
}
