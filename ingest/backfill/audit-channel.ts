/** One channel or thread held against Discord's count: as a whole, then by months, then by days. */
import { countStored } from '../../db/audit.ts';
import type { IdSpan } from '../../db/holes.ts';
import type { Snowflake } from '../../db/records.ts';
import { snowflakeMs } from '../../db/snowflake.ts';
import type { Reading } from '../history/reading.ts';
import type { Shown } from '../history/survey.ts';
import { type Counted, differing, hiddenIn, isSame, joined, type Piece, piecesOf } from './bisect.ts';
import type { CountChecks } from './counts.ts';
import { reread } from './reread.ts';
import type { Counts, Uncounted } from './search.ts';

/** Messages there in a piece of the calendar: as recorded, and by Discord's count. */
export interface Difference {
  /** Its first day, as `2026-03-01`. */
  start: string;
  ours: number;
  discord: number;
}

export interface DayDifference extends Difference {
  /** As recorded after it was read again; null: it was not. */
  oursNow: number | null;
  isRepaired: boolean;
}

export interface ChannelAudit {
  channelId: Snowflake;
  name: string | null;
  type: number;
  parentId: Snowflake | null;
  /**
   * `not read`: nothing of it is; `closed`: Discord does not let the bot search there; `not indexed`: Discord is still to
   * make its index.
   */
  state: 'same' | 'repaired' | 'differs' | 'not read' | Uncounted;
  /** Some of its history is not read yet, and was not compared. */
  hasUnread: boolean;
  /** Of what was compared, before anything was repaired; Discord's is null where it did not tell. */
  ours: number;
  discord: number | null;
  months: (Difference & { days: DayDifference[] })[];
  messagesFound: number;
  deletionsFound: number;
  requests: number;
}

export interface Auditing {
  reading: Reading;
  counts: Counts;
  checks: CountChecks;
  timeZone: string;
  isRepairing: boolean;
  /** Oldest first. */
  forgotten: bigint[];
  progress: { requests: number };
}

/** What of a channel is compared. */
export interface Compared {
  spans: (IdSpan & { ours: number })[];
  hasUnread: boolean;
}

/** A hole between two spans that is shorter is compared with them: a day in it that differs is read. */
const HOLE_MS = 7 * 86_400_000;

/** What is read of a channel: spans between its holes, and whether those may hold messages. */
export function spansOf(
  { id, last_message_id: lastId }: Shown,
  holes: IdSpan[],
  whole: IdSpan,
): { spans: IdSpan[]; hasUnread: boolean } {
  const isLong = ({ fromId, toId }: IdSpan) => snowflakeMs(toId) - snowflakeMs(fromId) > HOLE_MS;
  const isAtEnd = ({ fromId, toId }: IdSpan) => fromId === whole.fromId || toId === whole.toId;
  const cuts = holes.filter((hole) => isLong(hole) || isAtEnd(hole)).toReversed();
  const spans: IdSpan[] = [];
  let from = BigInt(whole.fromId);
  for (const { fromId, toId } of cuts) {
    if (from < BigInt(fromId)) spans.push({ fromId: String(from), toId: String(BigInt(fromId) - 1n) });
    from = BigInt(toId) + 1n;
  }
  if (from <= BigInt(whole.toId)) spans.push({ fromId: String(from), toId: whole.toId });
  const mayHold = ({ fromId, toId }: IdSpan) =>
    lastId !== null && BigInt(toId) >= BigInt(id) && BigInt(fromId) <= BigInt(lastId ?? toId);
  return { spans, hasUnread: cuts.some(mayHold) };
}

/** Compares it, and repairs what differs where that is asked for. `threads` are those below it. */
export async function auditChannel(
  auditing: Auditing,
  channel: Shown,
  threads: Shown[],
  { spans, hasUnread }: Compared,
): Promise<ChannelAudit> {
  const { progress } = auditing;
  const { id: channelId, name = null, type, parent_id: parentId = null } = channel;
  const before = progress.requests;
  const result: ChannelAudit = {
    channelId,
    name,
    type,
    parentId,
    state: 'same',
    hasUnread,
    ours: spans.reduce((sum, { ours }) => sum + ours, 0),
    discord: 0,
    months: [],
    messagesFound: 0,
    deletionsFound: 0,
    requests: 0,
  };
  if (hasUnread && spans.length === 0) result.state = 'not read';
  // Nothing was ever sent there, and nothing is recorded.
  const isEmpty = result.ours === 0 && channel.last_message_id === null;
  if (result.state === 'same' && !isEmpty) {
    const failed = await compare(auditing, channel, threads, spans, result);
    if (failed) Object.assign(result, { state: failed, discord: null });
  }
  result.requests = progress.requests - before;
  return result;
}

async function compare(
  auditing: Auditing,
  channel: Shown,
  threads: Shown[],
  spans: Compared['spans'],
  result: ChannelAudit,
): Promise<Uncounted | undefined> {
  const { counts, reading, timeZone, forgotten, isRepairing } = auditing;
  const place = {
    channelId: channel.id,
    threads: threads.map(({ id, last_message_id: last = null }) => ({ channelId: id, messageId: last })),
  };
  const count = (span: IdSpan) => counts.count(place, span);
  const weigh = async (pieces: Piece[]) => {
    const within = pieces.map((piece) => ({ ...piece, channelId: channel.id }));
    const ours = await countStored(reading.pool, reading.guildId, within);
    return pieces.map((piece, i) => ({ ...piece, ours: ours[i]!, hidden: hiddenIn(forgotten, piece) }));
  };
  const bornMs = snowflakeMs(channel.id);
  const days: Counted[] = [];
  for (const span of spans) {
    const discord = await count(span);
    if (typeof discord === 'string') return discord;
    result.discord! += discord;
    if (isSame({ ours: span.ours, hidden: hiddenIn(forgotten, span), discord })) continue;
    const months = await differing(await weigh(piecesOf(span, 'month', timeZone, bornMs)), discord, count);
    if (typeof months === 'string') return months;
    for (const month of months) {
      const found = await differing(
        await weigh(piecesOf(month, 'day', timeZone, bornMs)),
        month.discord,
        count,
      );
      if (typeof found === 'string') return found;
      days.push(...found);
      const told = found.map(toDay);
      result.months.push({ ...toDifference(month), days: told });
    }
  }
  if (days.length === 0) return undefined;
  if (isRepairing) await repair(auditing, channel, days, count, result);
  const isWhole = result.months.every((month) => month.days.every(({ isRepaired }) => isRepaired));
  result.state = isWhole ? 'repaired' : 'differs';
  return undefined;
}

const toDifference = ({ start, ours, discord }: Counted): Difference => ({ start, ours, discord });
const toDay = (day: Counted): DayDifference => ({ ...toDifference(day), oursNow: null, isRepaired: false });

/** Reads the days again, and compares them once more: by Discord's count as it was told, then as it is now. */
async function repair(
  { reading, checks }: Auditing,
  channel: Shown,
  days: Counted[],
  count: (span: IdSpan) => Promise<number | Uncounted>,
  result: ChannelAudit,
): Promise<void> {
  for (const span of joined(days)) {
    const { messagesFound, deletionsFound, counted } = await reread(reading, channel, span);
    result.messagesFound += messagesFound;
    result.deletionsFound += deletionsFound;
    for (const one of counted) checks.add(one);
  }
  const within = days.map((day) => ({ ...day, channelId: channel.id }));
  const now = await countStored(reading.pool, reading.guildId, within);
  const told = result.months.flatMap((month) => month.days);
  for (const [i, day] of days.entries()) {
    const [ours, row] = [now[i]!, told[i]!];
    row.oursNow = ours;
    row.isRepaired = isSame({ ...day, ours });
    if (row.isRepaired) continue;
    const again = await count(day);
    if (typeof again === 'string') continue;
    row.discord = again;
    row.isRepaired = isSame({ ...day, ours, discord: again });
  }
}
