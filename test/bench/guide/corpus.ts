/** A guild's messages in memory, for the baselines and for what is held out. */
import { sql } from 'kysely';
import type { Store } from '../../../db/connect.ts';
import { inScope } from '../../../db/queries/counted.ts';
import { gone } from '../../../db/queries/gone.ts';
import { snowflakeMs } from '../../../db/snowflake.ts';

export interface CorpusMessage {
  id: string;
  atMs: number;
  channelId: string;
  authorId: string;
  text: string;
  /** The message that it replies to. */
  replyTo: string | null;
  asks: boolean;
  /** Of all times: when each was given is not known. */
  reactions: number;
}

export interface Corpus {
  guildId: string;
  /** What people wrote, oldest first. */
  messages: CorpusMessage[];
  /** Left, deleted, or asked not to be named. */
  unnamed: Set<string>;
  /** The messages that have a word, by their places in the list. */
  having: Map<string, number[]>;
}

export async function readCorpus({ db }: Store, guildId: string): Promise<Corpus> {
  const scope = { guildId, window: { fromMs: 0, toMs: Date.UTC(2080, 0), timeZone: 'UTC' } };
  const { rows } = await sql<Omit<CorpusMessage, 'atMs'>>`
    select m.message_id::text as id, m.channel_id::text as "channelId", m.author_id::text as "authorId",
      coalesce(m.content, '') as text, (m.asks is true or m.message_id = m.channel_id) as asks,
      case when m.type = 19 then m.reference_message_id::text end as "replyTo",
      coalesce((select sum(r.total) from reactions r
        where r.guild_id = m.guild_id and r.message_id = m.message_id), 0)::int as reactions
    from messages m where ${inScope(scope, 'm')} order by m.message_id`.execute(db);
  const { rows: unnamed } = await sql<{ id: string }>`
    with ${gone(guildId)}
    select user_id::text as id from gone
    union select user_id::text from choices where guild_id = ${guildId}`.execute(db);
  const having = new Map<string, number[]>();
  for (const [i, { text }] of rows.entries()) {
    for (const word of new Set(wordsIn(text))) {
      const list = having.get(word);
      if (list) list.push(i);
      else having.set(word, [i]);
    }
  }
  return {
    guildId,
    messages: rows.map((row) => ({ ...row, atMs: snowflakeMs(row.id) })),
    unnamed: new Set(unnamed.map(({ id }) => id)),
    having,
  };
}

/** The words of a text, as a naive search takes them. */
export function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}
