/** Checking kept sums against the messages, and putting right what differs. */
import { sql } from 'kysely';
import type { Db, Store } from '../connect.ts';
import { between } from '../window.ts';
import { localDates } from './days.ts';
import { refreshLocked, transaction } from './refresh.ts';
import { OF_DAYS, sumDays, sumSpan } from './sums.ts';

export interface SumsDifference {
  table: string;
  /** The local day, month or year, by its first date. */
  starts: string;
  /** Rows that were wrong, or missing, or too many. */
  rows: number;
}

/** The guilds whose sums are kept. */
export async function guildsWithSums(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('rollups').select('guild_id').orderBy('guild_id').execute();
  return rows.map((row) => row.guild_id);
}

const OF_SPANS = ['month', 'year'] as const;

/**
 * Sums all that is kept of a guild again, a month in a transaction, and keeps the new sums where they differ. Days that
 * are stale are no difference: nobody reads their sums.
 *
 * Shape   yields each difference; a guild whose sums are not kept has none
 */
export async function* verifySums(
  store: Pick<Store, 'db' | 'pool'>,
  guildId: string,
): AsyncGenerator<SumsDifference> {
  const { db } = store;
  const kept = await db
    .selectFrom('rollups')
    .select('time_zone')
    .where('guild_id', '=', guildId)
    .executeTakeFirst();
  if (!kept) return;
  for (const month of await monthsOf(db, guildId)) {
    const found = await refreshLocked(store, guildId, () =>
      transaction(db, 'repeatable read', (tx) => verifyMonth(tx, guildId, month, kept.time_zone)),
    );
    yield* found;
  }
  for (const year of await startsOf(db, guildId, 'year')) {
    yield* await refreshLocked(store, guildId, () =>
      transaction(db, 'repeatable read', (tx) => verifySpan(tx, guildId, 'year', year, kept.time_zone)),
    );
  }
}

/** The first dates of all months in which something is summed or was written. */
async function monthsOf(db: Db, guildId: string): Promise<Temporal.PlainDate[]> {
  const { rows } = await sql<{ first: string | null; last: string | null }>`
    select least(min(starts), (select min(starts) from month_tallies where guild_id = ${guildId}),
        (select (to_timestamp((min(message_id) >> 22) / 1000.0 + 1420070400) - interval '1 day')::date
         from messages where guild_id = ${guildId})) as first,
      greatest(max(starts), (select max(starts) from month_tallies where guild_id = ${guildId}),
        (select (to_timestamp((max(message_id) >> 22) / 1000.0 + 1420070400) + interval '1 day')::date
         from messages where guild_id = ${guildId})) as last
    from day_tallies where guild_id = ${guildId}`.execute(db);
  const { first, last } = rows[0]!;
  const months: Temporal.PlainDate[] = [];
  if (first === null || last === null) return months;
  const end = Temporal.PlainDate.from(last);
  let month = Temporal.PlainDate.from(first).with({ day: 1 });
  for (; Temporal.PlainDate.compare(month, end) <= 0; month = month.add({ months: 1 })) months.push(month);
  return months;
}

async function startsOf(db: Db, guildId: string, span: 'year'): Promise<Temporal.PlainDate[]> {
  const { rows } = await sql<{ starts: string }>`
    select distinct date_trunc(${span}, starts)::date as starts from month_tallies where guild_id = ${guildId}
    union select distinct starts from ${sql.table(`${span}_tallies`)} where guild_id = ${guildId} order by 1`.execute(
    db,
  );
  return rows.map(({ starts }) => Temporal.PlainDate.from(starts));
}

async function verifyMonth(
  db: Db,
  guildId: string,
  month: Temporal.PlainDate,
  timeZone: string,
): Promise<SumsDifference[]> {
  const next = month.add({ months: 1 });
  const inMonth = sql`guild_id = ${guildId} and starts >= ${String(month)}::date and starts < ${String(next)}::date`;
  const stale = await staleDates(db, guildId, timeZone);
  for (const table of OF_DAYS) {
    await sql`create temporary table ${sql.table(`were_${table}`)} on commit drop as
      select * from ${sql.table(table)} where ${inMonth}`.execute(db);
  }
  await sumDays(db, guildId, between(month, next, timeZone));
  const found: SumsDifference[] = [];
  for (const table of OF_DAYS) {
    const { rows } = await sql<{ starts: string; rows: number }>`
      select starts, count(*)::int as rows from (
        (select * from ${sql.table(table)} where ${inMonth} except select * from ${sql.table(`were_${table}`)})
        union all
        (select * from ${sql.table(`were_${table}`)} except select * from ${sql.table(table)} where ${inMonth})
      ) different where starts <> all(${stale}::date[]) group by starts order by starts`.execute(db);
    for (const row of rows) found.push({ table, ...row });
    await sql`drop table ${sql.table(`were_${table}`)}`.execute(db);
  }
  return [...found, ...(await verifySpan(db, guildId, 'month', month, timeZone))];
}

/** A month or year is read only where no day of it is stale. */
async function verifySpan(
  db: Db,
  guildId: string,
  span: (typeof OF_SPANS)[number],
  starts: Temporal.PlainDate,
  timeZone: string,
): Promise<SumsDifference[]> {
  const table = `${span}_tallies`;
  const ends = starts.add({ [`${span}s`]: 1 });
  const isRead = (await staleDates(db, guildId, timeZone)).every(
    (date) => date < String(starts) || date >= String(ends),
  );
  const here = sql`guild_id = ${guildId} and starts = ${String(starts)}::date`;
  await sql`create temporary table were on commit drop as select * from ${sql.table(table)} where ${here}`.execute(
    db,
  );
  await sumSpan(db, guildId, span, starts);
  const { rows } = await sql<{ rows: number }>`
    select count(*)::int as rows from (
      (select * from ${sql.table(table)} where ${here} except select * from were)
      union all (select * from were except select * from ${sql.table(table)} where ${here})
    ) different`.execute(db);
  await sql`drop table were`.execute(db);
  return isRead && rows[0]!.rows > 0 ? [{ table, starts: String(starts), rows: rows[0]!.rows }] : [];
}

async function staleDates(db: Db, guildId: string, timeZone: string): Promise<string[]> {
  const { rows } = await sql<{ day: number }>`
    select distinct day from stale_days where guild_id = ${guildId}`.execute(db);
  return [...new Set(rows.flatMap(({ day }) => localDates(day, timeZone)))];
}
