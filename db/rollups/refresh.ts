/** Keeping sums: beginning to, and making stale ones anew. */
import { sql } from 'kysely';
import type { Db, Store } from '../connect.ts';
import { between, type Window } from '../window.ts';
import { DAY_OF, localDates } from './days.ts';
import { sumDays, sumSpan } from './sums.ts';

/**
 * From here on sums are kept. Smaller guilds are counted from their messages in less time than a person notices, and
 * need neither the space nor the upkeep: 200,000 messages take 0.3 s for the dearest question.
 */
const KEPT_FROM_MESSAGES = 200_000;

/** Beside the lock that forgetting a person and every write take. */
const REFRESH_LOCK_SALT = '6148914691236517205';

/** Days that are summed in one transaction, at most: a month of a guild with a million messages takes some seconds. */
const DAYS_MAX = 31;

export interface RefreshProgress {
  /** Days of UTC that are still stale. */
  staleDays: number;
}

/**
 * Keeps the sums of a guild in a zone from now on, if it is big enough; where they are kept in another zone they are
 * made anew. Nothing is summed yet: every day is stale. Tells whether they are kept.
 */
export async function keepSums(
  db: Db,
  guildId: string,
  timeZone: string,
  fromMessages = KEPT_FROM_MESSAGES,
): Promise<boolean> {
  return transaction(db, 'read committed', async (tx) => {
    const { rows: found } = await sql<{ time_zone: string | null; is_big: boolean }>`
      select (select time_zone from rollups where guild_id = ${guildId}) as time_zone,
        (select count(*) from (
          select from messages where guild_id = ${guildId} limit ${fromMessages}
        ) enough) >= ${fromMessages} as is_big`.execute(tx);
    const { time_zone: known, is_big: isBig } = found[0]!;
    if (known === timeZone) return true;
    if (known === null && !isBig) return false;
    // Writers hold this lock shared: those before are seen below, those after mark what they change.
    await sql`select pg_advisory_xact_lock(${guildId}::bigint)`.execute(tx);
    await sql`insert into rollups (guild_id, time_zone, bots) values (${guildId}, ${timeZone}, '{}')
      on conflict (guild_id) do update set time_zone = excluded.time_zone`.execute(tx);
    await markAll(tx, guildId);
    return true;
  });
}

/** Guilds whose sums are kept and have stale days; with `all` every guild, for one may have grown big. */
export async function guildsToSum(db: Db, { all }: { all: boolean }): Promise<string[]> {
  const rows = await db
    .selectFrom(all ? 'guilds' : 'stale_days')
    .select('guild_id')
    .distinct()
    .execute();
  return rows.map(({ guild_id }) => guild_id);
}

/** Every day from the first message to the last, and those that are summed already. */
async function markAll(db: Db, guildId: string): Promise<void> {
  const end = (order: 'asc' | 'desc') =>
    sql`(select message_id from messages where guild_id = ${guildId} order by message_id ${sql.raw(order)} limit 1)`;
  await sql`
    insert into stale_days (guild_id, day, marked_by)
    select ${guildId}::bigint, day, pg_current_xact_id()::text::bigint
    from (select ${end('asc')} as first_id, ${end('desc')} as last_id) ends,
      generate_series(${sql.raw(DAY_OF('first_id'))}, ${sql.raw(DAY_OF('last_id'))}) as day
    union
    select ${guildId}::bigint, day, pg_current_xact_id()::text::bigint
    from (select distinct starts - date '2015-01-01' as day from day_tallies where guild_id = ${guildId}) summed
    where day >= 0
    on conflict do nothing`.execute(db);
}

/**
 * Sums stale days of a guild anew, a month or less in a transaction, oldest first; stopping between them loses nothing.
 * Where another process does it, too, they take turns. Nothing for a guild whose sums are not kept.
 */
export async function* refreshSums(
  store: Pick<Store, 'db' | 'pool'>,
  guildId: string,
): AsyncGenerator<RefreshProgress> {
  for (;;) {
    const staleDays = await refreshLocked(store, guildId, () =>
      transaction(store.db, 'repeatable read', (tx) => sumSome(tx, guildId)),
    );
    if (staleDays === undefined) return;
    yield { staleDays };
  }
}

/** One step at a time in a guild, whoever takes it: the lock is taken before the step's snapshot is. */
export async function refreshLocked<T>(
  { pool }: Pick<Store, 'pool'>,
  guildId: string,
  step: () => Promise<T>,
): Promise<T> {
  const holder = await pool.connect();
  try {
    await holder.query(`select pg_advisory_lock($1::bigint # ${REFRESH_LOCK_SALT})`, [guildId]);
    return await step();
  } finally {
    await holder
      .query(`select pg_advisory_unlock($1::bigint # ${REFRESH_LOCK_SALT})`, [guildId])
      .catch(() => {});
    holder.release();
  }
}

/** One step; how many days are left, or undefined where none was stale. One snapshot: what is marked later stays. */
async function sumSome(db: Db, guildId: string): Promise<number | undefined> {
  const kept = await db
    .selectFrom('rollups')
    .select('time_zone')
    .where('guild_id', '=', guildId)
    .executeTakeFirst();
  if (!kept) return undefined;
  // A month of a busy guild is sorted in memory.
  await sql`set local work_mem = '64MB'`.execute(db);
  await knowBots(db, guildId);
  const { rows } = await sql<{ day: number }>`
    select distinct day from stale_days where guild_id = ${guildId} order by day`.execute(db);
  const stale = rows.map((row) => row.day);
  if (stale.length === 0) return undefined;
  const { days, dates } = firstOf(stale, kept.time_zone);
  await sql`delete from stale_days where guild_id = ${guildId} and day = any(${days}::int[])`.execute(db);
  await sumDays(db, guildId, windowOf(dates, kept.time_zone));
  const months = [...new Set(dates.map((date) => `${date.slice(0, 7)}-01`))];
  for (const month of months) await sumSpan(db, guildId, 'month', Temporal.PlainDate.from(month));
  // A year is summed when no other day of it is left to sum: one that has stale days is not read.
  const lastYear = (day: number | undefined) =>
    day !== undefined && localDates(day, kept.time_zone).at(0)!.slice(0, 4);
  const years = [...new Set(dates.map((date) => date.slice(0, 4)))];
  const next = lastYear(stale[days.length]);
  for (const year of years.filter((one) => one !== next))
    await sumSpan(db, guildId, 'year', Temporal.PlainDate.from(`${year}-01-01`));
  return stale.length - days.length;
}

/** The first stale days without a gap between them, and the local dates that they touch: these are summed whole. */
function firstOf(stale: number[], timeZone: string): { days: number[]; dates: string[] } {
  const days = stale.slice(0, DAYS_MAX).filter((day, i) => day - stale[0]! === i);
  return { days, dates: [...new Set(days.flatMap((day) => localDates(day, timeZone)))] };
}

function windowOf(dates: string[], timeZone: string): Window {
  const last = Temporal.PlainDate.from(dates.at(-1)!);
  return between(Temporal.PlainDate.from(dates[0]!), last.add({ days: 1 }), timeZone);
}

/** Sums tell bots from people: where an account that was counted as a person turns out to be a bot, all are stale. */
async function knowBots(db: Db, guildId: string): Promise<void> {
  const { rows } = await sql<{ is_counted: boolean }>`
    with unknown as (
      select m.user_id from members m join rollups r on r.guild_id = m.guild_id
      where m.guild_id = ${guildId} and (m.is_bot or m.is_webhook) and m.user_id <> all(r.bots)
    ), learned as (
      update rollups set bots = bots || array(select user_id from unknown)
      where guild_id = ${guildId} and exists (select from unknown)
    )
    select exists (
      select from unknown u join day_tallies t on t.guild_id = ${guildId} and t.author_id = u.user_id
    ) as is_counted`.execute(db);
  if (rows[0]!.is_counted) await markAll(db, guildId);
}

/** Runs it again where it met another transaction. */
export async function transaction<T>(
  db: Db,
  isolation: 'read committed' | 'repeatable read',
  work: (tx: Db) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().setIsolationLevel(isolation).execute(work);
    } catch (error) {
      if (attempt >= 5 || (error as { code?: string }).code !== '40001') throw error;
    }
  }
}
