/** Which parts of a window are read from kept sums, and which are counted from the messages. */
import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { dateIn, idRange, startMs, type Window } from '../window.ts';
import { localDates, utcDay } from './days.ts';

export type Span = 'day' | 'month' | 'year';

/** Disjoint parts which together are the window. */
export interface Cover {
  /** Ranges of message ids, from <= id < to, in order. */
  raw: { fromId: string; toId: string }[];
  /** Local days, months or years that begin at from <= date < to. */
  rolled: { span: Span; from: string; to: string }[];
}

/** More ranges than this make a slower statement than counting everything would be. */
const RAW_MAX = 64;

/** What is counted from the messages alone. */
export const rawCover = (window: Window): Cover => ({ raw: [idRange(window)], rolled: [] });

/**
 * Covers a window by as few kept sums as can be, none larger than a day where `grain` is `day`. Days that are stale,
 * and days that the window cuts, are counted from the messages: so an answer is the same whatever is kept.
 */
export async function coverOf(
  db: Db,
  { guildId, window }: { guildId: string; window: Window },
  grain: 'any' | 'day',
): Promise<Cover> {
  const kept = await keptOf(db, guildId, window);
  if (!kept) return rawCover(window);
  const cover = coverWith(window, kept, grain);
  return cover.raw.length > RAW_MAX ? rawCover(window) : cover;
}

/** The days of UTC that are stale; undefined where nothing is kept in this zone, or by another idea of who is a bot. */
async function keptOf(db: Db, guildId: string, window: Window): Promise<number[] | undefined> {
  const { rows } = await sql<{ stale: number[] }>`
    select array(
      select distinct day from stale_days
      where guild_id = ${guildId} and day between ${utcDay(window.fromMs) - 1} and ${utcDay(window.toMs) + 1} order by day
    ) as stale
    from rollups r
    where r.guild_id = ${guildId} and r.time_zone = ${window.timeZone} and not exists (
      select from members m
      where m.guild_id = ${guildId} and (m.is_bot or m.is_webhook) and m.user_id <> all(r.bots)
        and exists (select from year_tallies t where t.guild_id = ${guildId} and t.author_id = m.user_id)
    )`.execute(db);
  return rows[0]?.stale;
}

function coverWith(window: Window, stale: number[], grain: 'any' | 'day'): Cover {
  const { timeZone, fromMs, toMs } = window;
  const first = dateIn(fromMs, timeZone);
  const from = startMs(first, timeZone) < fromMs ? first.add({ days: 1 }) : first;
  const to = dateIn(toMs, timeZone);
  if (Temporal.PlainDate.compare(from, to) >= 0) return rawCover(window);
  const unfit = [...new Set(stale.flatMap((day) => localDates(day, timeZone)))]
    .toSorted()
    .map((date) => Temporal.PlainDate.from(date))
    .filter(
      (date) => Temporal.PlainDate.compare(date, from) >= 0 && Temporal.PlainDate.compare(date, to) < 0,
    );

  const cover: Cover = { raw: [], rolled: [] };
  let at = from;
  let rawFromMs = fromMs;
  for (const date of [...unfit, to]) {
    if (Temporal.PlainDate.compare(at, date) < 0) {
      addRaw(rawFromMs, startMs(at, timeZone));
      cover.rolled.push(...(grain === 'day' ? [days(at, date)] : spansOf(at, date)));
      rawFromMs = startMs(date, timeZone);
    }
    at = date.add({ days: 1 });
  }
  addRaw(rawFromMs, toMs);
  return cover;

  function addRaw(a: number, b: number): void {
    if (a < b) cover.raw.push(idRange({ fromMs: a, toMs: b }));
  }
}

const days = (from: Temporal.PlainDate, to: Temporal.PlainDate): Cover['rolled'][number] => ({
  span: 'day',
  from: from.toString(),
  to: to.toString(),
});

/** Whole days as whole years, whole months around them, and the days that are left. */
function spansOf(from: Temporal.PlainDate, to: Temporal.PlainDate): Cover['rolled'] {
  return within('year', from, to);

  function within(span: Span, a: Temporal.PlainDate, b: Temporal.PlainDate): Cover['rolled'] {
    if (Temporal.PlainDate.compare(a, b) >= 0) return [];
    if (span === 'day') return [days(a, b)];
    const smaller = span === 'year' ? 'month' : 'day';
    const begin =
      span === 'year'
        ? yearOf(a.subtract({ days: 1 }).add({ years: 1 }))
        : monthOf(a.subtract({ days: 1 }).add({ months: 1 }));
    const end = span === 'year' ? yearOf(b) : monthOf(b);
    if (Temporal.PlainDate.compare(begin, end) >= 0) return within(smaller, a, b);
    return [
      ...within(smaller, a, begin),
      { span, from: begin.toString(), to: end.toString() },
      ...within(smaller, end, b),
    ];
  }
}

const yearOf = (date: Temporal.PlainDate) => date.with({ month: 1, day: 1 });
const monthOf = (date: Temporal.PlainDate) => date.with({ day: 1 });
