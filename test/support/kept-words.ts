/** The words that are kept of texts, and what must be kept, made from scratch. */
import { wordingOf } from '../../db/full-text/message-words.ts';
import type { TestDatabase } from './database.ts';

export interface KeptWords {
  /** Of each message, its language and words. */
  messages: Record<string, string>;
  /** Of each word of a language, how many messages have it. */
  vocabulary: Record<string, number>;
}

/** What is kept. */
export async function keptWords({ pool }: TestDatabase): Promise<KeptWords> {
  const { rows: messages } = await pool.query<{ id: string; language: string; words: string[] }>(
    'select message_id::text as id, language, tsvector_to_array(words) as words from message_words',
  );
  const { rows: words } = await pool.query<{ word: string; language: string; messages: number }>(
    'select word, language, messages from vocabulary',
  );
  return {
    messages: Object.fromEntries(
      messages.map(({ id, language, words: of }) => [id, `${language}: ${of.toSorted().join(' ')}`]),
    ),
    vocabulary: Object.fromEntries(words.map((one) => [`${one.language}: ${one.word}`, one.messages])),
  };
}

/** What must be kept, by a naive pass over the messages. */
export async function naiveWords({ pool }: TestDatabase): Promise<KeptWords> {
  const { rows } = await pool.query<{ id: string; content: string }>(
    `select message_id::text as id, content from messages
     where type in (0, 19, 20, 23) and author_id is not null and content <> ''`,
  );
  const kept: KeptWords = { messages: {}, vocabulary: {} };
  for (const { id, content } of rows) {
    const { language, words } = wordingOf(content);
    kept.messages[id] = `${language}: ${words.toSorted().join(' ')}`;
    for (const word of words) {
      const key = `${language}: ${word}`;
      kept.vocabulary[key] = (kept.vocabulary[key] ?? 0) + 1;
    }
  }
  return kept;
}

/** How often each word of the rows that are kept is there: what the vocabulary must say at every moment. */
export function countedIn({ messages }: KeptWords): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const line of Object.values(messages)) {
    const [language, list] = line.split(': ') as [string, string];
    for (const word of list.split(' ').filter(Boolean)) {
      const key = `${language}: ${word}`;
      counted[key] = (counted[key] ?? 0) + 1;
    }
  }
  return counted;
}
