/** What is covered of a guild's channels, by a naive pass over every row. */
import type { Scope } from '../../db/queries/scope.ts';
import { snowflakeAt, snowflakeMs } from '../../db/snowflake.ts';
import type { TestDatabase } from './database.ts';
import { groupBy, type NaiveGuild } from './naive.ts';
import { recordEndOf } from './naive-questions.ts';
import { cut, less, type Span, touching } from './naive-spans.ts';

const DAY_MS = 86_400_000;
const DAY = BigInt(DAY_MS) << 22n;
const THREADS = [10, 11, 12];

export interface NaiveSpan {
  channelId: string;
  grade: 'verified' | 'claimed';
  source: string;
  ids: Span;
}

/** A channel's life in a window, and what is covered of it. */
export interface NaiveLife {
  channelId: string;
  isThread: boolean;
  life: Span;
  weight: number;
  verified: Span[];
  covered: Span[];
  access: string | null;
}

type Row = Record<string, unknown>;

export interface NaiveCoverage {
  hidden: Set<string>;
  spans: NaiveSpan[];
  lives(scope: Scope): NaiveLife[];
}

const idOf = (ms: number): bigint => BigInt(snowflakeAt(ms));
const timeOf = (at: unknown): number => (at as Date).getTime();
/** Those of a time's whole millisecond, too. */
const behind = (id: bigint): bigint => (id | 4_194_303n) + 1n;

/** Reads everything that says what is covered. */
export async function naiveCoverage(
  { pool }: Pick<TestDatabase, 'pool'>,
  guild: NaiveGuild,
): Promise<NaiveCoverage> {
  const read = async (table: string): Promise<Row[]> => (await pool.query(`select * from ${table}`)).rows;
  const [coverage, moments, gaps, access, past, excluded, shards] = await Promise.all(
    [
      'coverage',
      'guild_moments',
      'gaps',
      'channel_access',
      'past_exclusions',
      'excluded_channels',
      'shards',
    ].map(read),
  );
  const { rows: messages } = await pool.query(
    'select message_id::text as id, channel_id::text as channel, type from messages where channel_id is not null order by message_id',
  );
  const ends = new Map(
    [...groupBy(messages, (m) => m.channel)].map(([channel, list]) => [
      channel,
      { first: BigInt(list[0].id), firstType: list[0].type as number | null, last: BigInt(list.at(-1).id) },
    ]),
  );
  const channel = (id: string) => guild.channels.get(id);
  const parentOf = (id: string): string | undefined => (channel(id)?.parent_id as string | null) ?? undefined;
  const lineage = (id: string): string[] =>
    [id, parentOf(id), parentOf(parentOf(id) ?? '')].filter((one) => one !== undefined);
  const hidden = new Set(
    [...guild.channels.keys()].filter((id) =>
      lineage(id).some((one) => excluded!.some((row) => row.channel_id === one)),
    ),
  );

  const aliveMs = Math.max(
    ...shards!
      .filter(
        (row) =>
          (BigInt(guild.guildId) >> 22n) % BigInt(row.shard_count as number) ===
          BigInt(row.shard_id as number),
      )
      .flatMap((row) => [row.alive_at, row.last_event_at])
      .flatMap((at) => (at ? [timeOf(at)] : [])),
  );
  const states = moments!
    .filter(({ kind }) => kind !== 'joined' && kind !== 'voice_listed')
    .toSorted((a, b) => timeOf(a.at) - timeOf(b.at));
  const endOfLive = states.length > 0 && states.at(-1)!.kind !== 'left' && aliveMs > 0 ? aliveMs : undefined;

  /** Whether an event of a channel would have been recorded at a time. */
  function isGuildLive(ms: number): boolean {
    const state = states.findLast(({ at }) => timeOf(at) <= ms);
    return (
      state?.kind === 'available' &&
      ms <= aliveMs &&
      !gaps!.some(({ from_at: from, to_at: to }) => timeOf(from) <= ms && ms < timeOf(to))
    );
  }
  const tellsOfItself = (id: string) => access!.some((row) => row.channel_id === id);
  /** Whose rows say what the bot may do in a channel. */
  const toldBy = (id: string): string =>
    [10, 11].includes(channel(id)?.type as number) && !tellsOfItself(id) ? (parentOf(id) ?? id) : id;
  const accessAt = (id: string, ms: number): string | undefined =>
    access!
      .filter((row) => row.channel_id === toldBy(id) && timeOf(row.at) <= ms)
      .toSorted((a, b) => timeOf(a.at) - timeOf(b.at))
      .at(-1)?.access as string | undefined;
  const isExcluded = (id: string, ms: number): boolean =>
    lineage(id).some(
      (one) =>
        past!.some((row) => row.channel_id === one && timeOf(row.from_at) <= ms && ms < timeOf(row.to_at)) ||
        excluded!.some((row) => row.channel_id === one && timeOf(row.since) <= ms),
    );
  const isLive = (id: string, ms: number): boolean =>
    isGuildLive(ms) && ['readable', 'no history'].includes(accessAt(id, ms) ?? '') && !isExcluded(id, ms);

  // Nothing changes between two of these.
  const turns = [
    ...[...moments!, ...access!].map(({ at }) => timeOf(at)),
    ...[...gaps!, ...past!].flatMap((row) => [timeOf(row.from_at), timeOf(row.to_at)]),
    ...excluded!.map(({ since }) => timeOf(since)),
    ...(aliveMs > 0 ? [aliveMs + 1] : []),
  ].toSorted((a, b) => a - b);
  function liveSpans(id: string): Span[] {
    const stretches = turns.flatMap((ms, i): Span[] =>
      i + 1 < turns.length && isLive(id, ms) ? [{ from: idOf(ms), to: idOf(turns[i + 1]!) }] : [],
    );
    const [first] = stretches;
    const made = snowflakeMs(id);
    if (
      first &&
      isGuildLive(made) &&
      first.from >= BigInt(id) &&
      first.from - BigInt(id) <= idOf(0) + (10_000n << 22n)
    )
      stretches.unshift({ from: BigInt(id), to: first.from });
    return cut(touching(stretches), { from: BigInt(id), to: 2n ** 63n });
  }

  const answered = (id: string): Span[] =>
    touching(
      coverage!
        .filter((row) => row.channel_id === id && row.grade !== 'claimed')
        .map((row) => ({ from: BigInt(row.from_id as string), to: BigInt(row.to_id as string) + 1n })),
    );
  const holds = (spans: Span[], span: Span) => less(span, spans).length === 0;
  /** Behind where an export reaches that ends with its channel's newest message. */
  const reachOf = (row: Row): bigint => {
    const [to, written] = [behind(BigInt(row.to_id as string)), idOf(timeOf(row.at)) + 1n];
    return written > to ? written : to;
  };
  /** Whether an export says something that Discord has not answered. */
  const isOpen = (row: Row): boolean =>
    !holds(answered(row.channel_id as string), { from: BigInt(row.from_id as string), to: reachOf(row) });
  const openExports = new Set(
    coverage!.filter((row) => row.grade === 'claimed' && isOpen(row)).map((row) => String(row.channel_id)),
  );
  const spans: NaiveSpan[] = coverage!.map((row) => {
    const channelId = String(row.channel_id);
    let to = BigInt(row.to_id as string) + 1n;
    const isClaimed = row.grade === 'claimed';
    const last = ends.get(channelId)?.last;
    if (isClaimed && last !== undefined && to > last && openExports.has(channelId)) to = reachOf(row);
    return {
      channelId,
      grade: isClaimed ? 'claimed' : 'verified',
      source: String(row.source),
      ids: { from: BigInt(row.from_id as string), to },
    };
  });
  for (const [channelId, { type }] of guild.channels)
    if (![4, 14, 15, 16].includes(type as number))
      for (const ids of liveSpans(channelId))
        spans.push({ channelId, grade: 'verified', source: 'gateway', ids });

  function lives(scope: Scope): NaiveLife[] {
    const { window, channels } = scope;
    const lastMs = Math.max(recordEndOf(guild, scope) ?? -1, endOfLive ?? -1);
    if (lastMs < 0) return [];
    return [...guild.channels].flatMap(([channelId, row]): NaiveLife[] => {
      const type = row.type as number | null;
      if (hidden.has(channelId) || channels?.includes(channelId) === false) return [];
      if (type === null || [4, 14, 15, 16].includes(type)) return [];
      const id = BigInt(channelId);
      const isThread = THREADS.includes(type);
      const end = ends.get(channelId);
      let from = id;
      if (end && !holds(answered(channelId), { from: id, to: id + 1n }))
        if (end.firstType === 21 || end.first - id < DAY + (1n << 22n)) from = end.first;
      let to = idOf(lastMs + 1);
      const isKnownToEnd = openExports.has(channelId);
      if (isThread && row.archived === true) {
        let archived = idOf(timeOf(row.archived_at));
        if (isKnownToEnd && end && behind(end.last) > archived) archived = behind(end.last);
        if (archived < to) to = archived;
      }
      const [life] =
        from < to ? cut([{ from, to }], { from: idOf(window.fromMs), to: idOf(window.toMs) }) : [];
      if (!life) return [];
      const of = (grade?: string) =>
        touching(
          cut(
            spans.filter((s) => s.channelId === channelId && (!grade || s.grade === grade)).map((s) => s.ids),
            life,
          ),
        );
      let weight = lengthMs(life);
      const knowsLast = end && (isKnownToEnd || (isThread && row.archived !== true));
      if (isThread && knowsLast) {
        const until = Math.min(Number(life.to >> 22n), Number(end.last >> 22n) + 7 * DAY_MS);
        weight = Math.max(1, until - Number(life.from >> 22n));
      }
      const words = access!
        .filter((one) => one.channel_id === toldBy(channelId))
        .toSorted((a, b) => timeOf(a.at) - timeOf(b.at));
      return [
        {
          channelId,
          isThread,
          life,
          weight,
          verified: of('verified'),
          covered: of(),
          access: (words.at(-1)?.access as string | undefined) ?? null,
        },
      ];
    });
  }
  return { hidden, spans, lives };
}

/** How long a span is, in whole milliseconds. */
export const lengthMs = ({ from, to }: Span): number => Number((to >> 22n) - (from >> 22n));
