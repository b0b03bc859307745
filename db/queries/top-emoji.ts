import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import type { Asked, Question } from './question.ts';
import { uses } from './uses.ts';

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
    with recursive ${await uses(db, asked, ['emoji', 'reaction'])},
    sums as (
      select key, max(name) as name, coalesce(sum(uses) filter (where kind = 'emoji'), 0)::int as "inTexts",
        coalesce(sum(uses) filter (where kind = 'reaction'), 0)::int as "asReactions", sum(uses)::int as total
      from used group by key
    )
    select * from sums where ${sql.ref(by)} > 0 order by ${sql.ref(by)} desc, key
    limit ${asked.limit}`.execute(db);
  return rows;
}

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
