import { sql } from 'kysely';
import type { Db } from '../../connect.ts';
import { askedQuestions, waitedMs } from '../asked-questions.ts';
import { isThread } from '../columns.ts';
import { inScope, inWindow } from '../counted.ts';
import { slotAt } from '../hours.ts';
import type { Scope } from '../scope.ts';
import { placeOf } from './places.ts';
import { stretch } from './presence.ts';
import { DAY_MS, recent } from './recent.ts';
import type { Asking, AskingPlace, GuidePlace } from './rows.ts';

const PLACES_MAX = 5;
/** Fewer questions tell little of a channel; where none has as many, those with most are told of. */
const ASKED_MIN = 5;
const HOURS_MIN = 3;
const HOURS_MAX = 6;
/** In the hours that are recommended. */
const ASKED_MIN_OF_HOURS = 20;
/** The wait in them, of what it is at all hours. */
const WAIT_MAX = 0.8;
/** Standard deviations of a share: 95 of 100 are within. */
const SURE = 1.96;
/** The best of nearly a hundred stretches is looked for: by chance one of them is ahead by 2. */
const SURE_OF_HOURS = 3;

/** Questions of a place that were asked in an hour of the clock. */
interface Piece extends GuidePlace {
  hour: number;
  asked: number;
  /** Of each that was answered within a day, how long it waited. */
  waitsMs: number[];
}

/**
 * How questions of the last 90 days fared within a day, as far as that day is over, and where and when they fare best.
 *
 * Shape   places: at most 5 in which somebody was answered, by what may be counted on (the lower end of the 95 % interval
 *         of the share that was), then the shortest median, then by id
 * Units   hours: of the clock in the window's zone
 * Source  README.md, "guide" and "questions"
 */
export async function asking(db: Db, scope: Scope): Promise<Asking> {
  const lately = recent(scope);
  const { fromMs, toMs, timeZone } = lately.window;
  const window = { fromMs: Math.min(fromMs, toMs - DAY_MS), toMs: toMs - DAY_MS, timeZone };
  const over: Scope = { ...lately, window };
  const { rows } = await sql<Piece>`
    with recursive ${await askedQuestions(db, over)},
    placed as (
      select ${placeOf(over, 'q.channel_id', 'c')} as channel_id, ${slotAt('q.message_id', window)} % 24 as hour,
        ${waitedMs('q')} as waited
      from questions q left join channels c on c.guild_id = ${scope.guildId} and c.channel_id = q.channel_id
    ),
    pieces as (
      select channel_id, hour, count(*)::int as asked,
        coalesce(json_agg(waited) filter (where waited <= ${sql.lit(DAY_MS)}), '[]') as "waitsMs"
      from placed group by channel_id, hour
    )
    select p.channel_id::text as id, c.name, ${isThread('c')} as "isThread", p.hour, p.asked, p."waitsMs"
    from pieces p left join channels c on c.guild_id = ${scope.guildId} and c.channel_id = p.channel_id
    order by p.channel_id, p.hour`.execute(db);
  const all = fared(rows);
  const isKnown = all.answered > 0 || (await hasReplies(db, scope));
  return { ...all, isKnown, places: placesOf(rows), hours: hoursOf(rows) };
}

/** Whether any reply is known: exports of early versions name none. */
async function hasReplies(db: Db, { members: _, bots: __, ...scope }: Scope): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select exists (select from messages m where m.type = 19 and ${inScope(scope, 'm')} and ${inWindow(scope, 'm')}) as is`.execute(
    db,
  );
  return rows[0]!.is;
}

function fared(pieces: readonly Piece[]): Pick<Asking, 'asked' | 'answered' | 'medianMinutes'> {
  const waits = pieces.flatMap(({ waitsMs }) => waitsMs);
  const median = medianOf(waits);
  return {
    asked: pieces.reduce((sum, { asked }) => sum + asked, 0),
    answered: waits.length,
    medianMinutes: median === null ? null : minutes(median),
  };
}

function placesOf(pieces: readonly Piece[]): AskingPlace[] {
  const places = [...Map.groupBy(pieces, ({ id }) => id).values()].map((own): AskingPlace => {
    const { id, name, isThread: is } = own[0]!;
    return { id, name, isThread: is, ...fared(own) };
  });
  const askedMin = Math.min(ASKED_MIN, Math.max(...places.map(({ asked }) => asked)));
  return places
    .filter(({ asked, answered }) => asked >= askedMin && answered > 0)
    .toSorted(
      (a, b) =>
        countedOn(b) - countedOn(a) ||
        (a.medianMinutes ?? Infinity) - (b.medianMinutes ?? Infinity) ||
        (BigInt(a.id) < BigInt(b.id) ? -1 : 1),
    )
    .slice(0, PLACES_MAX);
}

/** The lower end of Wilson's interval: https://doi.org/10.1080/01621459.1927.10502953 */
function countedOn({ asked, answered }: AskingPlace): number {
  const share = answered / asked;
  const square = SURE ** 2 / asked;
  return (share + square / 2 - SURE * Math.sqrt((share * (1 - share) + square / 4) / asked)) / (1 + square);
}

/**
 * The stretch of the clock in which one is surest to be answered sooner: clearly more of all that was asked in it was answered by
 * when half of all answers came than at any time of the day. Only where the median is much less, too.
 */
function hoursOf(pieces: readonly Piece[]): Asking['hours'] {
  const waits = pieces.flatMap(({ waitsMs }) => waitsMs);
  const usualMs = medianOf(waits);
  if (usualMs === null) return null;
  const soonIn = (list: readonly number[]) => list.filter((wait) => wait <= usualMs).length;
  const soonShare = soonIn(waits) / fared(pieces).asked;
  const byHour = Map.groupBy(pieces, ({ hour }) => hour);
  let sure = SURE_OF_HOURS;
  let best: Asking['hours'] = null;
  for (let length = HOURS_MIN; length <= HOURS_MAX; length++) {
    for (let from = 0; from < 24; from++) {
      const own = stretch(from, length).flatMap((hour) => byHour.get(hour) ?? []);
      const asked = own.reduce((sum, piece) => sum + piece.asked, 0);
      const ownWaits = own.flatMap(({ waitsMs }) => waitsMs);
      const ahead = (soonIn(ownWaits) - asked * soonShare) / Math.sqrt(asked * soonShare * (1 - soonShare));
      if (asked < ASKED_MIN_OF_HOURS || !(ahead > sure)) continue;
      const ms = medianOf(ownWaits)!;
      if (ms > WAIT_MAX * usualMs) continue;
      sure = ahead;
      best = { from, to: (from + length) % 24, medianMinutes: minutes(ms) };
    }
  }
  return best;
}

function medianOf(list: readonly number[]): number | null {
  if (list.length === 0) return null;
  const sorted = list.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const minutes = (ms: number): number => Math.round(ms / 600) / 100;
