/** Questions answered by a naive pass: every row of a guild in memory, filtered and counted in plain JavaScript. */
import type { Db } from '../../db/connect.ts';
import type { Scope } from '../../db/queries/scope.ts';
import { snowflakeMs } from '../../db/snowflake.ts';

/** A user-written message that is there, with what hangs on it. Ids are strings. */
export interface NaiveMessage {
  id: string;
  ms: number;
  channelId: string;
  authorId: string;
  type: number;
  isReply: boolean;
  replyTo: string | null;
  edited: boolean;
  asks: boolean;
  length: number;
  words: number;
  content: string;
  /** Whether its text is kept; the empty one too. */
  hasText: boolean;
  reactions: { key: string; name: string | null; total: number }[];
  emoji: { key: string; name: string | null; uses: number }[];
  attachments: { kind: string | null; extension: string | null; fileName: string | null }[];
  links: { domain: string; address: string | null }[];
  mentions: string[];
}

export interface NaiveGuild {
  guildId: string;
  /** User-written messages that are there, oldest first; of bots too, in every channel that is not hidden. */
  messages: NaiveMessage[];
  /** Messages that were deleted: by id, with their channel. */
  deleted: {
    id: string;
    ms: number;
    channelId: string | null;
    authorId: string | null;
    type: number | null;
  }[];
  bots: Set<string>;
  unranked: Set<string>;
  members: Map<string, Row>;
  channels: Map<string, Row>;
  moments: Row[];
}

type Row = Record<string, unknown>;

/** Reads all rows of a guild, and drops what no question may count. */
export async function naiveGuild(db: Db, guildId: string): Promise<NaiveGuild> {
  const read = async (table: string): Promise<Row[]> =>
    (await db
      .selectFrom(table as 'messages')
      .selectAll()
      .where('guild_id', '=', guildId)
      .execute()) as Row[];
  const channels = new Map((await read('channels')).map((row) => [String(row.channel_id), row]));
  const members = new Map((await read('members')).map((row) => [String(row.user_id), row]));
  const excluded = new Set((await read('excluded_channels')).map((row) => String(row.channel_id)));
  const isHidden = (id: string | null): boolean => {
    for (let at = id; at !== null && at !== undefined;) {
      const row = channels.get(at);
      if (excluded.has(at) || row?.deleted_at) return true;
      at = row?.parent_id ? String(row.parent_id) : null;
    }
    return false;
  };
  const hanging = async (table: string) => {
    const byMessage = new Map<string, Row[]>();
    for (const row of await read(table)) {
      const id = String(row.message_id);
      byMessage.set(id, [...(byMessage.get(id) ?? []), row]);
    }
    return (id: string) => byMessage.get(id) ?? [];
  };
  const [reactions, emoji, attachments, links, mentions] = await Promise.all(
    ['reactions', 'emoji_uses', 'attachments', 'links', 'mentions'].map(hanging),
  );
  const rows = (await read('messages')).filter((row) => !isHidden(row.channel_id as string | null));
  const isDeleted = (row: Row) => row.gone_at !== null || row.absent_at !== null;
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
  const messages = rows
    .filter(
      (row) => row.author_id !== null && !isDeleted(row) && [0, 19, 20, 23].includes(row.type as number),
    )
    .map((row): NaiveMessage => {
      const id = String(row.message_id);
      return {
        id,
        ms: snowflakeMs(id),
        channelId: String(row.channel_id),
        authorId: String(row.author_id),
        type: row.type as number,
        isReply: row.type === 19,
        replyTo: text(row.reference_message_id),
        edited: row.edited_at !== null,
        asks: row.asks === true,
        length: (row.content_length as number | null) ?? 0,
        words: (row.words as number | null) ?? 0,
        content: (row.content as string | null) ?? '',
        hasText: row.body_key !== null && BigInt(row.body_key as string) % 4n > 0n,
        reactions: reactions!(id).map((r) => ({
          key: String(r.emoji_key),
          name: text(r.emoji_name),
          total: r.total as number,
        })),
        emoji: emoji!(id).map((r) => ({
          key: String(r.emoji_key),
          name: text(r.emoji_name),
          uses: r.uses as number,
        })),
        attachments: attachments!(id).map((r) => ({
          kind: text(r.kind),
          extension: text(r.extension),
          fileName: text(r.file_name),
        })),
        links: links!(id).map((r) => ({ domain: String(r.domain), address: text(r.address) })),
        mentions: mentions!(id)
          .filter((r) => r.kind === 'user')
          .map((r) => String(r.target_id)),
      };
    })
    .toSorted((a, b) => byId(a.id, b.id));
  const choices = await read('choices');
  return {
    guildId,
    messages,
    deleted: rows.filter(isDeleted).map((row) => ({
      id: String(row.message_id),
      ms: snowflakeMs(String(row.message_id)),
      channelId: text(row.channel_id),
      authorId: text(row.author_id),
      type: row.type as number | null,
    })),
    bots: new Set(
      [...members.values()].filter((m) => m.is_bot || m.is_webhook).map((m) => String(m.user_id)),
    ),
    unranked: new Set(choices.filter((c) => c.choice === 'unranked').map((c) => String(c.user_id))),
    members,
    channels,
    moments: await read('member_moments'),
  };
}

/** The messages that count in a scope, whenever they were written. */
export function everIn(guild: NaiveGuild, scope: Scope): NaiveMessage[] {
  return guild.messages.filter(
    (m) =>
      (!scope.channels || scope.channels.includes(m.channelId)) &&
      (scope.bots === true || !guild.bots.has(m.authorId)) &&
      (!scope.members || scope.members.includes(m.authorId)),
  );
}

/** The messages that count in a scope and its window. */
export function writtenIn(guild: NaiveGuild, scope: Scope): NaiveMessage[] {
  const { fromMs, toMs } = scope.window;
  return everIn(guild, scope).filter(({ ms }) => ms >= fromMs && ms < toMs);
}

/** How a member is called. */
export function nameOf(guild: NaiveGuild, id: string): string {
  const row = guild.members.get(id);
  return String(row?.nick ?? row?.display_name ?? row?.name ?? id);
}

/** By number, as ids are ordered. */
export const byId = (a: string, b: string): number => (BigInt(a) < BigInt(b) ? -1 : a === b ? 0 : 1);

/** A list by a key. */
export function groupBy<T>(list: readonly T[], key: (of: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return groups;
}

/** The local date of an instant, by Intl and not by our own windows: `2026-11-16`. */
export function localDate(ms: number, timeZone: string): string {
  return localParts(ms, timeZone).date;
}

/** Date, hour and weekday (Monday 1) on a clock in a zone, by Intl. */
export function localParts(ms: number, timeZone: string): { date: string; hour: number; weekday: number } {
  const { year, month, day, hour, weekday } = Object.fromEntries(
    formatter(timeZone)
      .formatToParts(ms)
      .map((part) => [part.type, part.value]),
  ) as Record<string, string>;
  const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  return { date: `${year}-${month}-${day}`, hour: Number(hour), weekday: weekdays.indexOf(weekday!) + 1 };
}

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(timeZone: string): Intl.DateTimeFormat {
  let made = formatters.get(timeZone);
  if (!made) {
    made = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      hourCycle: 'h23',
      weekday: 'short',
    });
    formatters.set(timeZone, made);
  }
  return made;
}

/** Where the piece of the calendar begins that an instant is in, by Intl: an hour struck twice with its offset. */
export function pieceStart(ms: number, timeZone: string, unit: 'hour' | 'day' | 'week' | 'month'): string {
  const { date, hour, weekday } = localParts(ms, timeZone);
  if (unit === 'day') return date;
  if (unit === 'month') return `${date.slice(0, 8)}01`;
  if (unit === 'week') {
    return new Date(Date.parse(date) - (weekday - 1) * 86_400_000).toISOString().slice(0, 10);
  }
  const isStruckTwice = [-1, 1].some((turn) => localParts(ms + turn * 3_600_000, timeZone).hour === hour);
  const offset = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .format(ms)
    .split('GMT')[1];
  return `${date}T${String(hour).padStart(2, '0')}:00${isStruckTwice ? offset : ''}`;
}

/** The sum of a value over a list. */
export const sumOf = <T>(list: readonly T[], value: (of: T) => number): number =>
  list.reduce((sum, one) => sum + value(one), 0);

/** What each author of a list may be named for and gets of their messages: the most of `by` first, ties by id. */
export function naiveRanking<Figures extends object>(
  guild: NaiveGuild,
  list: readonly NaiveMessage[],
  figures: (own: NaiveMessage[]) => Figures,
  by: (figures: Figures) => number,
): ({ id: string; name: string } & Figures)[] {
  return [...groupBy(list, (m) => m.authorId)]
    .filter(([id]) => !guild.unranked.has(id))
    .map(([id, own]) => ({ id, name: nameOf(guild, id), ...figures(own) }))
    .toSorted((a, b) => by(b) - by(a) || byId(a.id, b.id));
}

/** A number to some decimals, as answers are rounded. */
export const rounded = (value: number, decimals: number): number => {
  const unit = 10 ** decimals;
  return Math.round(value * unit + 1e-9) / unit;
};
