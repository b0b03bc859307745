/** Which parts of a window are read from kept sums, and which are counted from the messages. */
import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { dateIn, idRange, startMs, type Window } from '../window.ts';
import { localDates } from './days.ts';

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
 * Covers a window by as few kept sums as can be, none larger than `largest`. Days that are stale, and days that the
 * window cuts, are counted from the messages: so an answer is the same whatever is kept. Where the sums' days have to be
 * those of the window's zone (`isDated`), sums of another zone are none.
 */
export async function coverOf(
  db: Db,
  { guildId, window }: { guildId: string; window: Window },
  largest: Span,
  isDated = false,
): Promise<Cover> {
  const kept = await keptOf(db, guildId);
  if (!kept || (isDated && kept.timeZone !== window.timeZone)) return rawCover(window);
  const cover = coverWith(widened({ ...window, timeZone: kept.timeZone }, kept), kept.stale, largest);
  return cover.raw.length > RAW_MAX ? rawCover(window) : cover;
}

/** How sums are kept. */
interface Kept {
  timeZone: string;
  /** Days of UTC. */
  stale: number[];
  /** Times of the first and the last message, ms; null without any. */
  firstMs: number | null;
  lastMs: number | null;
}

/** Undefined where none are kept, or by another idea of who is a bot. */
async function keptOf(db: Db, guildId: string): Promise<Kept | undefined> {
  const end = (order: 'asc' | 'desc') => sql`(
    select ((message_id >> 22) + 1420070400000)::float8 from messages where guild_id = ${guildId}
    order by message_id ${sql.raw(order)} limit 1)`;
  const { rows } = await sql<Kept>`
    select r.time_zone as "timeZone", ${end('asc')} as "firstMs", ${end('desc')} as "lastMs", array(
      select distinct day from stale_days where guild_id = ${guildId} order by day
    ) as stale
    from rollups r
    where r.guild_id = ${guildId} and not exists (
      select from members m
      where m.guild_id = ${guildId} and (m.is_bot or m.is_webhook) and m.user_id <> all(r.bots)
        and exists (select from year_tallies t where t.guild_id = ${guildId} and t.author_id = m.user_id)
    )`.execute(db);
  return rows[0];
}

/** The same messages in whole years, where a window reaches to the record's ends: fewer sums are read. */
function widened(window: Window, { firstMs, lastMs }: Kept): Window {
  const { fromMs, toMs, timeZone } = window;
  if (firstMs === null || lastMs === null) return window;
  const january = (ms: number, years: number) =>
    startMs(yearOf(dateIn(ms, timeZone).add({ years })), timeZone);
  return {
    timeZone,
    fromMs: fromMs <= firstMs ? january(firstMs, 0) : fromMs,
    toMs: toMs > lastMs ? Math.max(january(lastMs, 1), fromMs) : toMs,
  };
}

function coverWith(window: Window, stale: number[], largest: Span): Cover {
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
      cover.rolled.push(...spansOf(largest, at, date));
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

/** Whole days as the largest spans that fit, and smaller ones around them. */
function spansOf(span: Span, from: Temporal.PlainDate, to: Temporal.PlainDate): Cover['rolled'] {
  if (Temporal.PlainDate.compare(from, to) >= 0) return [];
  if (span === 'day') return [{ span, from: from.toString(), to: to.toString() }];
  const smaller = span === 'year' ? 'month' : 'day';
  const startOf = span === 'year' ? yearOf : monthOf;
  const begin = startOf(from.subtract({ days: 1 }).add({ [`${span}s`]: 1 }));
  const end = startOf(to);
  if (Temporal.PlainDate.compare(begin, end) >= 0) return spansOf(smaller, from, to);
  return [
    ...spansOf(smaller, from, begin),
    { span, from: begin.toString(), to: end.toString() },
    ...spansOf(smaller, end, to),
  ];
}

const yearOf = (date: Temporal.PlainDate) => date.with({ month: 1, day: 1 });
const monthOf = (date: Temporal.PlainDate) => date.with({ day: 1 });
