/** What is posted by itself: a claim a period, so that it is posted once. */
import type { ClientBase, Pool } from 'pg';
import type { Snowflake } from './records.ts';

type Reader = ClientBase | Pool;

/** `due`: to be posted, now or when what hinders it is over. */
export type PostState = 'due' | 'posted' | 'skipped';

export interface PostKey {
  guildId: Snowflake;
  report: string;
  /** Of a weekly report its week, 2026-W46. */
  period: string;
}

/** Why it is not posted yet, or was skipped. */
export type PostReason =
  /** The channel is gone, or unknown to the bot. */
  | { is: 'gone' | 'unknown' }
  | { is: 'lacks'; permissions: string[] }
  /** The bot is not in the guild any more. */
  | { is: 'left' }
  /** Who may read what is not known, so nobody may be told anything. */
  | { is: 'rules-unknown' }
  /** What was missed is still being read; waited for since, ms. */
  | { is: 'catching-up'; sinceMs?: number }
  /** Discord was asked to post it, and what came of that can't be told: it is never sent again before that is known. */
  | { is: 'unsure' }
  /** Discord did not answer, or refused for a reason of its own: its code. */
  | { is: 'unanswered' }
  | { is: 'refused'; code: number }
  /** More days late than is made up for; `because`: what had hindered it, where anything had. */
  | { is: 'late'; because?: Exclude<PostReason, { is: 'late' }> }
  /** Posting was turned off before. */
  | { is: 'off' };

export interface Post extends PostKey {
  dueAtMs: number;
  state: PostState;
  reason: PostReason | null;
  tries: number;
  tryAtMs: number;
  unsureSinceMs: number | null;
  channelId: Snowflake | null;
  messageId: Snowflake | null;
  inputs: unknown;
  built: unknown;
  postedAtMs: number | null;
  checkedAtMs: number | null;
  checked: unknown;
  editedAtMs: number | null;
}

/** A lease under which something is written; see jobs.ts. */
export interface Fence {
  guildId: Snowflake;
  job: string;
  token: string;
}

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;
const POST = `guild_id::text as "guildId", report, period, ${ms('due_at')} as "dueAtMs", state, reason, tries,
  ${ms('try_at')} as "tryAtMs", ${ms('unsure_since')} as "unsureSinceMs", channel_id::text as "channelId",
  message_id::text as "messageId", inputs, built, ${ms('posted_at')} as "postedAtMs", ${ms('checked_at')} as "checkedAtMs",
  checked, ${ms('edited_at')} as "editedAtMs"`;

/** Claims a period, where nobody has; tells the claim that stands. */
export async function claimPost(pool: Reader, key: PostKey, dueAtMs: number): Promise<Post> {
  const { guildId, report, period } = key;
  await pool.query(
    `insert into posts (guild_id, report, period, due_at, state, try_at) values ($1, $2, $3, $4, 'due', $4)
     on conflict do nothing`,
    [guildId, report, period, new Date(dueAtMs)],
  );
  return (await readPost(pool, key))!;
}

export async function readPost(
  pool: Reader,
  { guildId, report, period }: PostKey,
): Promise<Post | undefined> {
  const { rows } = await pool.query<Post>(
    `select ${POST} from posts where guild_id = $1 and report = $2 and period = $3`,
    [guildId, report, period],
  );
  return rows[0];
}

/** Claims of a report, of one guild or of all, the newest due first. */
export async function listPosts(
  pool: Reader,
  {
    report,
    guildId,
    state,
    limit,
  }: { report: string; guildId?: Snowflake; state?: PostState; limit: number },
): Promise<Post[]> {
  const { rows } = await pool.query<Post>(
    `select ${POST} from posts
     where report = $1 and ($2::bigint is null or guild_id = $2) and ($3::text is null or state = $3)
     order by due_at desc, guild_id limit $4`,
    [report, guildId ?? null, state ?? null, limit],
  );
  return rows;
}

/** What may change of a claim. */
export type PostChange = Partial<Omit<Post, keyof PostKey | 'dueAtMs'>>;

const COLUMNS: Record<keyof PostChange, [column: string, kind: 'time' | 'json' | 'plain']> = {
  state: ['state', 'plain'],
  reason: ['reason', 'json'],
  tries: ['tries', 'plain'],
  tryAtMs: ['try_at', 'time'],
  unsureSinceMs: ['unsure_since', 'time'],
  channelId: ['channel_id', 'plain'],
  messageId: ['message_id', 'plain'],
  inputs: ['inputs', 'json'],
  built: ['built', 'json'],
  postedAtMs: ['posted_at', 'time'],
  checkedAtMs: ['checked_at', 'time'],
  checked: ['checked', 'json'],
  editedAtMs: ['edited_at', 'time'],
};

/** Changes a claim under a lease; false where the lease is another's by now, and nothing was changed. */
export async function changePost(
  pool: Reader,
  { guildId, report, period }: PostKey,
  change: PostChange,
  fence: Fence,
): Promise<boolean> {
  const values: unknown[] = [guildId, report, period, fence.guildId, fence.job, fence.token];
  const sets = Object.entries(change).map(([key, value]) => {
    const [column, kind] = COLUMNS[key as keyof PostChange];
    values.push(
      value === null
        ? null
        : kind === 'time'
          ? new Date(value as number)
          : kind === 'json'
            ? JSON.stringify(value)
            : value,
    );
    return `${column} = $${values.length}`;
  });
  const { rowCount } = await pool.query(
    `update posts set ${sets.join(', ')}
     where guild_id = $1 and report = $2 and period = $3
       and exists (select from jobs where guild_id = $4 and job = $5 and token = $6)`,
    values,
  );
  return rowCount === 1;
}

/** In SQL: whether a post's report has an id, as reports write them: a string of JSON of its own. */
const names = (id: string) => `position('"' || ${id}::text || '"' in built::text) > 0`;

/**
 * In SQL: takes away what is kept of a guild's ($1) posts in which a person ($2) is named. That they were posted stays. A
 * statement, since it belongs into the transactions of several.
 */
export const DROP_POSTS_WITH = `update posts set built = null where guild_id = $1 and ${names('$2')}`;

/**
 * The same of one post, for everybody who is not to be named. To be called behind what keeps a post: who chose that while it
 * was made had nothing to take away yet.
 */
export async function dropIfNaming(client: Reader, { guildId, report, period }: PostKey): Promise<boolean> {
  const { rowCount } = await client.query(
    `update posts set built = null where guild_id = $1 and report = $2 and period = $3
       and exists (select from choices c where c.guild_id = $1 and ${names('c.user_id')})`,
    [guildId, report, period],
  );
  return rowCount === 1;
}

/** A guild to which a report is posted by itself. */
export interface PostingGuild {
  guildId: Snowflake;
  timeZone: string;
  weeklyDay: number;
  weeklyHour: number;
  weeklyLateDays: number;
  weeklySinceMs: number | null;
  /** Null: posting is off, and only claims of before are open. */
  weeklyChannel: Snowflake | null;
  /** Of the newest claim; null: there is none. */
  lastPeriod: string | null;
  /** When that was due. */
  lastDueAtMs: number | null;
  /** When the first of its open claims is to be tried; null: there is none. */
  openTryAtMs: number | null;
}

/** Guilds with a channel for the weekly report, or an open claim; or one of them. */
export async function postingGuilds(pool: Reader, guildId?: Snowflake): Promise<PostingGuild[]> {
  const { rows } = await pool.query<PostingGuild>(
    `select s.guild_id::text as "guildId", s.time_zone as "timeZone", s.weekly_day as "weeklyDay",
       s.weekly_hour as "weeklyHour", s.weekly_late_days as "weeklyLateDays", ${ms('s.weekly_since')} as "weeklySinceMs",
       s.weekly_channel_id::text as "weeklyChannel", p.last_period as "lastPeriod",
       ${ms('p.last_due')} as "lastDueAtMs", ${ms('o.open_try')} as "openTryAtMs"
     from guild_settings s
     left join lateral (
       select period as last_period, due_at as last_due from posts
       where guild_id = s.guild_id and report = 'weekly' order by period desc limit 1
     ) p on true
     left join lateral (
       select min(try_at) as open_try from posts where guild_id = s.guild_id and report = 'weekly' and state = 'due'
     ) o on true
     where (s.weekly_channel_id is not null or o.open_try is not null) and ($1::bigint is null or s.guild_id = $1)
     order by s.guild_id`,
    [guildId ?? null],
  );
  return rows;
}

/** A post that may still be edited. */
export interface RecentPost {
  guildId: Snowflake;
  postedAtMs: number;
  /** When its figures were last held against it. */
  checkedAtMs: number;
}

/** What was posted since a time, ms, and is neither edited nor deleted since. */
export async function recentPosts(pool: Reader, report: string, sinceMs: number): Promise<RecentPost[]> {
  const { rows } = await pool.query<RecentPost>(
    `select s.guild_id::text as "guildId", p.* from guild_settings s cross join lateral (
       select ${ms('posted_at')} as "postedAtMs", ${ms('coalesce(checked_at, posted_at)')} as "checkedAtMs" from posts
       where guild_id = s.guild_id and posted_at > $2 and report = $1 and state = 'posted' and edited_at is null
         and checked is not null and not coalesce((checked ->> 'isDeleted')::boolean, false)
     ) p`,
    [report, new Date(sinceMs)],
  );
  return rows;
}
