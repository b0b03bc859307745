/** How many messages have a word, kept exactly: whoever keeps or deletes the words of messages counts here. */
import type { ClientBase } from 'pg';

/** What one message says: its words, each once, in a language. */
export interface Wording {
  language: string;
  words: readonly string[];
}

/** Changes of counts; a word of two languages is two. */
export class Counts {
  readonly #changes = new Map<string, Map<string, number>>();

  /** Counts a message's words in, or out: `by` is 1 or -1. */
  add({ language, words }: Wording, by: 1 | -1): void {
    const changes = this.#changes.get(language) ?? new Map<string, number>();
    this.#changes.set(language, changes);
    for (const word of words) changes.set(word, (changes.get(word) ?? 0) + by);
  }

  /** Writes them within the caller's transaction; a word that no message has any more is gone. */
  async write(client: ClientBase, guildId: string): Promise<void> {
    const rows = [...this.#changes].flatMap(([language, changes]) =>
      [...changes].filter(([, by]) => by !== 0).map(([word, by]) => ({ word, language, by })),
    );
    if (rows.length > 0) await client.query(CHANGE, [guildId, ...columnsOf(rows)]);
    const fewer = rows.filter(({ by }) => by < 0);
    if (fewer.length > 0) await client.query(TAKE_AWAY, [guildId, ...columnsOf(fewer).slice(0, 2)]);
  }
}

const columnsOf = (rows: { word: string; language: string; by: number }[]) => [
  rows.map(({ word }) => word),
  rows.map(({ language }) => language),
  rows.map(({ by }) => by),
];

/** Rows are locked in one order everywhere, so that no two wait for each other. A stemmer has nothing for its stop words. */
const CHANGE = `
  insert into vocabulary as v (guild_id, word, language, stem, messages)
  select $1, word, language, case language when 'simple' then word
    else coalesce((ts_lexize((language || '_stem')::regdictionary, word))[1], word) end, by
  from unnest($2::text[], $3::text[], $4::int[]) as changed (word, language, by)
  order by word collate "C", language collate "C"
  on conflict (guild_id, word, language) do update set messages = v.messages + excluded.messages`;

const TAKE_AWAY = `
  delete from vocabulary where guild_id = $1 and messages <= 0
    and (word, language) in (select * from unnest($2::text[], $3::text[]))`;
