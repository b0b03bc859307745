/** What somebody wrote, as far as it may be shown. */
import { sql } from 'kysely';
import type { Db } from '../../connect.ts';
import { isoTime } from '../columns.ts';
import { inScope } from '../counted.ts';
import { textOf } from '../listed.ts';
import type { Scope } from '../scope.ts';
import type { QuotedMessage } from './rows.ts';

/** Discord's longest. More is read than is shown, so that no half of a name stays where a text is cut. */
const READ_MAX = 4_000;
const TEXT_MAX = 300;

export interface Quote extends Omit<QuotedMessage, 'author'> {
  authorId: string;
}

/**
 * Messages in scope by their ids, with the beginning of their texts. Exports have names where people are mentioned: all names
 * that are known of a mentioned person give way to the mention, so that a reader shows all alike. Who is called by name
 * without being mentioned can't be known and stays.
 *
 * Shape   texts of at most 300 characters (code points), null where they are not kept
 */
export async function quotesOf(db: Db, scope: Scope, ids: readonly string[]): Promise<Map<string, Quote>> {
  const { rows } = await sql<Quote & { called: Called[] }>`
    select m.message_id::text as "messageId", m.channel_id::text as "channelId", ${isoTime('m.message_id')} as at,
      ${textOf('m', READ_MAX)} as text, m.author_id::text as "authorId", called.called
    from unnest(${[...new Set(ids)]}::bigint[]) id
    cross join lateral (select * from messages m where m.message_id = id and ${inScope(scope, 'm')} limit 1) m
    cross join lateral (
      select coalesce(json_agg(json_build_object('userId', t.target_id::text, 'name', n.name)), '[]') as called
      from mentions t
      cross join lateral (
        select name from member_names where guild_id = t.guild_id and user_id = t.target_id
        union
        select unnest(array[name, display_name, nick]) from members
        where guild_id = t.guild_id and user_id = t.target_id
      ) n
      where t.guild_id = m.guild_id and t.message_id = m.message_id and t.kind = 'user' and n.name <> ''
    ) called`.execute(db);
  return new Map(
    rows.map(({ called, text, ...row }) => [
      row.messageId,
      { ...row, text: text === null ? null : beginning(withMentions(text, called)) },
    ]),
  );
}

interface Called {
  userId: string;
  name: string;
}

/** In one go, so that no name is looked for in a mention; the longest first, as one can be the start of another. */
function withMentions(text: string, called: readonly Called[]): string {
  if (called.length === 0) return text;
  const ids = new Map(called.map(({ userId, name }) => [`@${name}`, userId]));
  const marks = [...ids.keys()].toSorted((a, b) => b.length - a.length).map((mark) => RegExp.escape(mark));
  return text.replace(new RegExp(`<@[!&]?\\d+>|${marks.join('|')}`, 'g'), (mark) => {
    const id = ids.get(mark);
    return id === undefined ? mark : `<@${id}>`;
  });
}

function beginning(text: string): string {
  const signs = [...text];
  if (signs.length <= TEXT_MAX) return text;
  return signs
    .slice(0, TEXT_MAX)
    .join('')
    .replace(/<@[!&]?\d*$/, '');
}
