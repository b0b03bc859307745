import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { inScope, inWindow, scoped } from './counted.ts';
import type { Asked, Question } from './question.ts';

export interface EmojiRow {
  /** A custom emoji's id, else the emoji itself. */
  key: string;
  /** A name that a custom emoji had; null where it isn't known or not kept. */
  name: string | null;
  /** Uses in texts. */
  inTexts: number;
  /** Reactions with it, whoever gave them. */
  asReactions: number;
  total: number;
}

type Use = 'total' | 'inTexts' | 'asReactions';

/**
 * The emoji that are used most, in what was written in a window and in the reactions to it.
 *
 * Shape   at most `limit` rows, the most of `by` first, ties by key; none without any of it
 * Source  README.md, "top-emoji"
 */
export async function topEmoji(db: Db, asked: Asked, by: Use = 'total'): Promise<EmojiRow[]> {
  const { rows } = await sql<EmojiRow>`
    with recursive ${scoped(asked)},
    used as (
      ${uses(asked, 'emoji_uses', sql`sum(e.uses) as in_texts, 0 as as_reactions`)}
      union all
      ${uses(asked, 'reactions', sql`0 as in_texts, sum(e.total) as as_reactions`)}
    ),
    sums as (
      select emoji_key as key, max(name) as name, sum(in_texts)::int as "inTexts",
        sum(as_reactions)::int as "asReactions", sum(in_texts + as_reactions)::int as total
      from used group by emoji_key
    )
    select * from sums where ${sql.ref(by)} > 0 order by ${sql.ref(by)} desc, key
    limit ${asked.limit}`.execute(db);
  return rows;
}

const uses = (asked: Asked, table: 'emoji_uses' | 'reactions', sums: RawBuilder<unknown>) => sql`
  select e.emoji_key, max(e.emoji_name) as name, ${sums}
  from ${sql.table(table)} e join messages m on m.guild_id = e.guild_id and m.message_id = e.message_id
  where e.guild_id = ${asked.guildId} and ${inWindow(asked, 'e')} and ${inScope(asked, 'm')} and ${inWindow(asked, 'm')}
  group by e.emoji_key`;

const by = (use: Use, name: string, about: string): Question => ({
  name,
  about,
  ask: (db, asked) => topEmoji(db, asked, use),
});

export default [
  by('total', 'top-emoji', 'the emoji that are used most, in texts and as reactions'),
  by('inTexts', 'emoji-in-texts', 'the emoji that are used most in texts'),
  by('asReactions', 'emoji-in-reactions', 'the emoji that are used most as reactions'),
] satisfies Question[];
