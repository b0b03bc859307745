/** Messages that contain a text, as it was typed: in all, and by month. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { isoTime } from './columns.ts';
import { bucketAt, inScope, inWindow, scoped } from './counted.ts';
import { isTextKept } from './listed.ts';
import type { Asked, Question } from './question.ts';
import { over } from './scope.ts';
import { newest } from './series.ts';

export interface TextRow {
  /** Messages that contain it. */
  messages: number;
  people: number;
  /** ISO; null where none does. */
  firstAt: string | null;
  lastAt: string | null;
  /** Messages whose text is kept, and was looked through. */
  searched: number;
}

export interface TextMonthRow {
  /** The month's first day. */
  start: string;
  messages: number;
  searched: number;
}

/**
 * How many messages contain a text, in capitals or not.
 *
 * Shape   one row
 * Source  README.md, "messages-with-text"
 */
export async function messagesWithText(db: Db, asked: Asked & { text: string }): Promise<TextRow[]> {
  const { rows } = await sql<TextRow>`
    with recursive ${searched(asked, sql`0`)}
    select coalesce(sum(found), 0)::int as messages, (count(distinct author_id) filter (where found > 0))::int as people,
      ${isoTime(sql`min(first_id)`)} as "firstAt", ${isoTime(sql`max(last_id)`)} as "lastAt",
      coalesce(sum(messages), 0)::int as searched
    from searched`.execute(db);
  return rows;
}

/**
 * How many messages contain a text, month by month.
 *
 * Shape   a row for each month that the window reaches into, oldest first; the newest `limit`
 * Source  README.md, "messages-with-text"
 */
export async function textByMonth(db: Db, asked: Asked & { text: string }): Promise<TextMonthRow[]> {
  const { buckets, window } = newest(asked.window, 'month', asked.limit);
  if (buckets.length === 0) return [];
  const { rows } = await sql<{ bucket: number; messages: number; searched: number }>`
    with recursive ${searched(over(asked, window), bucketAt('m.message_id', buckets))}
    select bucket, sum(found)::int as messages, sum(messages)::int as searched from searched group by bucket`.execute(
    db,
  );
  const counted = new Map(rows.map((row) => [row.bucket, row]));
  return buckets.map(({ start }, i) => {
    const month = counted.get(i + 1);
    return { start, messages: month?.messages ?? 0, searched: month?.searched ?? 0 };
  });
}

/** The common tables of `scoped`, and `searched` by bucket and author: `messages`, and of them those `found`. */
function searched(asked: Asked & { text: string }, bucket: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`${scoped(asked)},
  looked as (
    select ${bucket} as bucket, m.author_id, m.message_id, ${contains('m.content', asked.text)} as is_found
    from messages m where ${inScope(asked, 'm')} and ${inWindow(asked, 'm')} and ${isTextKept('m')}
    -- A fence: without it each text is looked through once for every sum.
    offset 0
  ),
  searched as (
    select bucket, author_id, count(*) as messages, count(*) filter (where is_found) as found,
      min(message_id) filter (where is_found) as first_id, max(message_id) filter (where is_found) as last_id
    from looked group by bucket, author_id
  )`;
}

/** Whether a text is contained in another, in capitals or not. Never a pattern. */
function contains(column: string, text: string): RawBuilder<boolean> {
  // As it would be stored: what Postgres can't hold was replaced there too.
  const sought = text.replaceAll('\0', '\ufffd').toWellFormed();
  const content = sql.ref(column);
  const isCaseless = sought.toLowerCase() === sought.toUpperCase();
  if (isCaseless) return sql<boolean>`position(${sought} in ${content}) > 0`;
  // The texts are of collation C, which knows the capitals of ASCII alone, and is ten times as fast.
  const isAscii = !/[^\p{ASCII}]/u.test(sought);
  const lower = (of: RawBuilder<unknown>) =>
    isAscii ? sql`lower(${of})` : sql`lower(${of} collate "und-x-icu")`;
  return sql<boolean>`position(${lower(sql`${sought}::text`)} in ${lower(content)}) > 0`;
}

/** Asks with the text; the doors see to it that there is one. */
const withText =
  <Row>(ask: (db: Db, asked: Asked & { text: string }) => Promise<Row[]>) =>
  (db: Db, asked: Asked): Promise<Row[]> =>
    ask(db, { ...asked, text: asked.text ?? '' });

export default [
  {
    name: 'messages-with-text',
    about: 'how many messages contain a text, and who wrote them',
    needs: 'text',
    ask: withText(messagesWithText),
  },
  {
    name: 'text-by-month',
    about: 'how many messages contain a text, by month',
    needs: 'text',
    ask: withText(textByMonth),
  },
] satisfies Question[];
