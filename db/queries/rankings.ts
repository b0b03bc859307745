/** People ranked by what is in their messages, and by how they write. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { authorInScope, inScope, inWindow, scoped } from './counted.ts';
import type { Asked, Question } from './question.ts';
import { type RankedPerson, ranking } from './ranking.ts';
import { average, isoTime, share } from './columns.ts';
import { type Measure, tallies } from './tallies.ts';

/** Fewer messages tell nothing of a person's shares and averages. */
export const TELLING = 20;

const sum = (measure: Measure) => sql`sum(${sql.ref(measure)})`;
const count = (of: RawBuilder<unknown>) => sql`${of}::int`;
const isTelling = sql`sum(messages) >= ${sql.lit(TELLING)}`;

export type AttachmentsRow = RankedPerson & { attachments: number; messages: number };

/** Who sends the most attachments. */
export async function topByAttachments(db: Db, asked: Asked): Promise<AttachmentsRow[]> {
  return ranking(db, asked, {
    tables: await tallies(db, asked, ['attachments', 'messages']),
    from: sql`tallied`,
    figures: { attachments: count(sum('attachments')), messages: count(sum('messages')) },
    by: sum('attachments'),
    having: sql`sum(attachments) > 0`,
  });
}

export type QuestionsRow = RankedPerson & { questions: number; messages: number };

/** Who asks most: messages with a question in them. */
export async function topByQuestions(db: Db, asked: Asked): Promise<QuestionsRow[]> {
  return ranking(db, asked, {
    tables: await tallies(db, asked, ['asks', 'messages']),
    from: sql`tallied`,
    figures: { questions: count(sum('asks')), messages: count(sum('messages')) },
    by: sum('asks'),
    having: sql`sum(asks) > 0`,
  });
}

export type EditShareRow = RankedPerson & { messages: number; edited: number; share: number };

/** Who edits the largest share of their messages, of those with 20 or more. */
export async function topByEditShare(db: Db, asked: Asked): Promise<EditShareRow[]> {
  return ranking(db, asked, {
    tables: await tallies(db, asked, ['edited', 'messages']),
    from: sql`tallied`,
    figures: {
      messages: count(sum('messages')),
      edited: count(sum('edited')),
      share: share(sum('edited'), sum('messages')),
    },
    by: sql`sum(edited)::numeric / sum(messages)`,
    having: sql`${isTelling} and sum(edited) > 0`,
  });
}

export type LengthRow = RankedPerson & { messages: number; averageLength: number; averageWords: number };

/** Whose messages are longest on average, of those with 20 or more. Units  averageLength: code points */
export async function topByLength(db: Db, asked: Asked): Promise<LengthRow[]> {
  return ranking(db, asked, {
    tables: await tallies(db, asked, ['length', 'words', 'messages']),
    from: sql`tallied`,
    figures: {
      messages: count(sum('messages')),
      averageLength: average(sum('length'), sum('messages')),
      averageWords: average(sum('words'), sum('messages')),
    },
    by: sql`sum(length) / sum(messages)`,
    having: isTelling,
  });
}

export type LifespanRow = RankedPerson & { lifespanMinutes: number; firstAt: string; lastAt: string };

/** Between whose first and last message the most time lies; times ISO. */
export async function topByLifespan(db: Db, asked: Asked): Promise<LifespanRow[]> {
  const lifespanMs = sql`((max(last_id) >> 22) - (min(first_id) >> 22))`;
  return ranking(db, asked, {
    tables: await tallies(db, asked, ['first_id', 'last_id']),
    from: sql`tallied`,
    figures: {
      lifespanMinutes: sql`(${lifespanMs} / 60000)::int`,
      firstAt: isoTime(sql`min(first_id)`),
      lastAt: isoTime(sql`max(last_id)`),
    },
    by: lifespanMs,
    having: sql`${lifespanMs} > 0`,
  });
}

export type BurstRow = RankedPerson & { day: string; messages: number };

/** Who wrote most on a single day of the window's zone: each one's biggest, the earliest of equals. */
export async function topByBurst(db: Db, asked: Asked): Promise<BurstRow[]> {
  const days = async (scope: Asked) => sql`${await tallies(db, scope, ['messages'], 'day')},
    days as (select author_id, day, sum(messages) as messages from tallied group by author_id, day)`;
  const ranked = await ranking<{ messages: number }>(db, asked, {
    tables: await days(asked),
    from: sql`days`,
    figures: { messages: count(sql`max(messages)`) },
    by: sql`max(messages)`,
    having: sql`max(messages) > 0`,
  });
  // Which day it was takes a sort of all of a person's days.
  const { rows } = await sql<{ id: string; day: string }>`
    with recursive ${await days({ ...asked, members: ranked.map(({ id }) => id) })}
    select author_id::text as id, (array_agg(day order by messages desc, day))[1]::text as day
    from days group by author_id`.execute(db);
  const dayOf = new Map(rows.map(({ id, day }) => [id, day]));
  return ranked.map(({ id, name, messages }) => ({ id, name, day: dayOf.get(id)!, messages }));
}

export type MentionsRow = RankedPerson & { mentions: number; people: number };

/** Who is mentioned most by others. Units  mentions: messages; people: who wrote these */
export async function topByMentions(db: Db, asked: Asked): Promise<MentionsRow[]> {
  const { members: _, ...anyone } = asked;
  const mentioned = authorInScope(anyone, 'c.target_id');
  return ranking(db, asked, {
    tables: scoped(asked),
    from: sql`(
      select c.target_id as author_id, m.author_id as by
      from mentions c join messages m on m.message_id = c.message_id and ${inScope(asked, 'm')}
      where c.guild_id = ${asked.guildId} and c.kind = 'user' and c.target_id <> m.author_id and ${mentioned}
        and ${inWindow(asked, 'c')} and ${inWindow(asked, 'm')}
    ) mentioned`,
    figures: { mentions: sql`count(*)::int`, people: sql`count(distinct by)::int` },
    by: sql`count(*)`,
    having: sql`true`,
  });
}

export type ReactionKindsRow = RankedPerson & { kinds: number; reactions: number };

/** Whose messages get the most different reactions. Units  kinds: emoji, each once a person */
export async function topByReactionKinds(db: Db, asked: Asked): Promise<ReactionKindsRow[]> {
  return ranking(db, asked, {
    tables: scoped(asked),
    from: sql`(
      select m.author_id, c.emoji_key, sum(c.total) as total
      from reactions c join messages m on m.message_id = c.message_id and ${inScope(asked, 'm')}
      where c.guild_id = ${asked.guildId} and c.total > 0 and ${inWindow(asked, 'c')} and ${inWindow(asked, 'm')}
      group by m.author_id, c.emoji_key
    ) kinds`,
    figures: { kinds: sql`count(*)::int`, reactions: sql`sum(total)::int` },
    by: sql`count(*)`,
    having: sql`true`,
  });
}

export default [
  { name: 'top-by-attachments', about: 'who sends the most attachments', ask: topByAttachments },
  { name: 'top-by-questions', about: 'who asks most', ask: topByQuestions },
  { name: 'top-by-mentions', about: 'who is mentioned most by others', ask: topByMentions },
  {
    name: 'top-by-edit-share',
    about: 'who edits the largest share of 20 messages or more',
    ask: topByEditShare,
  },
  { name: 'top-by-length', about: 'whose messages are longest on average, of 20 or more', ask: topByLength },
  {
    name: 'top-by-reaction-kinds',
    about: 'whose messages get the most different reactions',
    ask: topByReactionKinds,
  },
  { name: 'top-by-burst', about: 'who wrote most on a single day', ask: topByBurst },
  {
    name: 'top-by-lifespan',
    about: 'between whose first and last message the most time lies',
    ask: topByLifespan,
  },
] satisfies Question[];
