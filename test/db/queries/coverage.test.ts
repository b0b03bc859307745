import { beforeAll, describe, expect, it } from 'vitest';
import { coverage } from '../../../db/queries/coverage.ts';
import { coverageGaps } from '../../../db/queries/coverage-gaps.ts';
import { coverageSummary } from '../../../db/queries/coverage-summary.ts';
import type { Asked } from '../../../db/queries/question.ts';
import { snowflakeAt, snowflakeMs } from '../../../db/snowflake.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { byId, everIn, groupBy, naiveGuild } from '../../support/naive.ts';
import { cut, less, type Span, touching } from '../../support/naive-spans.ts';
import { recordEndOf } from '../../support/naive-questions.ts';
import { channelName } from '../../support/naive-rows.ts';
import { makePatchy } from '../../support/patchy-coverage.ts';

const DAY_MS = 86_400_000;
const DAY = BigInt(DAY_MS) << 22n;

const database = useDatabase();
const folder = useFolder();
let guild: AskedGuild;
let stored: { channelId: string; grade: string; source: string; ids: Span }[];
/** What became of each channel's file. */
let fileState: Map<string, string>;
let hidden: Set<string>;
/** The first and the last row of each channel, whatever it is. */
let ends: Map<string, { first: bigint; firstType: number | null; last: bigint }>;

beforeAll(async () => {
  guild = await askedGuild(database, `${folder.path}/asked`);
  await makePatchy(database);
  guild.naive = await naiveGuild(database.db, guild.guildId);
  const { rows: messages } = await database.pool.query(
    'select message_id::text as id, channel_id::text as channel, type from messages where channel_id is not null order by message_id',
  );
  ends = new Map(
    [...groupBy(messages, (m) => m.channel)].map(([channel, list]) => [
      channel,
      { first: BigInt(list[0].id), firstType: list[0].type, last: BigInt(list.at(-1).id) },
    ]),
  );
  const { rows: files } = await database.pool.query(
    `select channel_id::text as id, state from imports where state <> 'running'`,
  );
  fileState = new Map(
    files.map(({ id, state }) => [id, state === 'damaged' ? 'damaged export' : 'empty export']),
  );
  const { rows: excluded } = await database.pool.query(
    'select channel_id::text as id from excluded_channels',
  );
  hidden = new Set(excluded.map(({ id }) => id));
  for (const [id, { parent_id: parent }] of guild.naive.channels)
    if (hidden.has(String(parent))) hidden.add(id);
  const { rows } = await database.pool.query('select * from coverage');
  stored = rows.map((row) => {
    const channelId = String(row.channel_id);
    let to = BigInt(row.to_id);
    const written = BigInt(snowflakeAt(Number(row.at)));
    if (row.grade === 'claimed' && to >= ends.get(channelId)!.last && written > to) to = written;
    return {
      channelId,
      grade: row.grade,
      source: row.source,
      ids: { from: BigInt(row.from_id), to: to + 1n },
    };
  });
});

const iso = (id: bigint) => new Date(snowflakeMs(String(id))).toISOString();
const windowOf = ({ window }: Asked): Span => ({
  from: BigInt(snowflakeAt(window.fromMs)),
  to: BigInt(snowflakeAt(window.toMs)),
});
const messagesIn = (scope: Asked, channelId: string, { from, to }: Span) =>
  everIn(guild.naive, scope).filter(
    (m) => m.channelId === channelId && BigInt(m.id) >= from && BigInt(m.id) < to,
  ).length;

/** Channels in scope that can have messages, with the part of the window in which there is something to record. */
function livesOf(scope: Asked): Map<string, Span> {
  const lives = new Map<string, Span>();
  const endMs = recordEndOf(guild.naive, scope);
  if (endMs === undefined) return lives;
  for (const [id, row] of guild.naive.channels) {
    if (hidden.has(id) || scope.channels?.includes(id) === false) continue;
    if (row.type === null || [4, 14, 15, 16].includes(row.type as number)) continue;
    const end = ends.get(id);
    let from = BigInt(id);
    if (end && (end.firstType === 21 || end.first - from < DAY + (1n << 22n))) from = end.first;
    const [life] = cut([{ from, to: BigInt(snowflakeAt(endMs + 1)) }], windowOf(scope));
    if (life) lives.set(id, life);
  }
  return lives;
}

async function inEveryScope(check: (scope: Asked, name: string) => Promise<void>): Promise<void> {
  for (const [name, scope] of Object.entries(guild.scopes)) await check(scope, name);
}

const spansOf = (channelId: string, grade?: string) =>
  touching(
    stored.filter((s) => s.channelId === channelId && (!grade || s.grade === grade)).map((s) => s.ids),
  );

describe('in every scope, are what a naive pass over the spans finds:', () => {
  it('coverage', () =>
    inEveryScope(async (scope, name) => {
      const shown = [...groupBy(stored, (s) => s.channelId).keys()].filter(
        (id) => !hidden.has(id) && scope.channels?.includes(id) !== false,
      );
      const rows = shown.flatMap((channelId) =>
        ['verified', 'claimed'].flatMap((grade) =>
          cut(spansOf(channelId, grade), windowOf(scope)).map((span) => {
            const own = stored.filter(
              (s) => s.channelId === channelId && s.grade === grade && cut([s.ids], span)[0],
            );
            return {
              channelId,
              channel: channelName(guild.naive, channelId),
              fromAt: iso(span.from),
              toAt: iso(span.to),
              source: [...new Set(own.map(({ source }) => source))].toSorted().join(', '),
              grade,
              messages: messagesIn(scope, channelId, span),
              from: span.from,
            };
          }),
        ),
      );
      const naive = rows
        .toSorted(
          (a, b) => b.messages - a.messages || byId(a.channelId, b.channelId) || Number(a.from - b.from),
        )
        .slice(0, scope.limit)
        .map(({ from: _, ...row }) => row);
      expect(await coverage(database.db, scope), name).toEqual(naive);
    }));

  it('coverage-gaps', async () => {
    const reasons = new Set<string>();
    await inEveryScope(async (scope, name) => {
      const rows = [...livesOf(scope)].flatMap(([channelId, life]) =>
        less(life, spansOf(channelId))
          .filter(({ from, to }) => from >> 22n < to >> 22n)
          .map((gap) => ({ channelId, gap, reason: reasonOf(channelId, gap) })),
      );
      for (const { reason } of rows) reasons.add(reason);
      const length = ({ gap }: (typeof rows)[number]) => gap.to - gap.from;
      const naive = rows
        .toSorted(
          (a, b) =>
            Number(length(b) - length(a)) ||
            byId(a.channelId, b.channelId) ||
            Number(a.gap.from - b.gap.from),
        )
        .slice(0, scope.limit)
        .map(({ channelId, gap, reason }) => ({
          channelId,
          channel: channelName(guild.naive, channelId),
          reason,
          fromAt: iso(gap.from),
          toAt: iso(gap.to),
          messages: messagesIn(scope, channelId, gap),
        }));
      expect(await coverageGaps(database.db, scope), name).toEqual(naive);
    });
    expect([...reasons].toSorted()).toEqual([
      'after',
      'before',
      'between',
      'damaged export',
      'empty export',
      'never',
    ]);
  });

  it('coverage-summary', () =>
    inEveryScope(async (scope, name) => {
      const naive = { channels: 0, verified: 0, claimed: 0, partly: 0, missing: 0 };
      for (const [channelId, life] of livesOf(scope)) {
        const isWhole = (spans: Span[]) => less(life, spans).length === 0;
        naive.channels++;
        if (isWhole(spansOf(channelId, 'verified'))) naive.verified++;
        else if (isWhole(spansOf(channelId))) naive.claimed++;
        else if (cut(spansOf(channelId), life).length > 0) naive.partly++;
        else naive.missing++;
      }
      expect(await coverageSummary(database.db, scope), name).toEqual(naive);
    }));
});

function reasonOf(channelId: string, gap: Span): string {
  const spans = spansOf(channelId);
  if (spans.length > 0)
    return gap.to <= spans[0]!.from ? 'before' : gap.from >= spans.at(-1)!.to ? 'after' : 'between';
  return fileState.get(channelId) ?? 'never';
}
