import { beforeAll, describe, expect, it } from 'vitest';
import { channelCoverage } from '../../../db/queries/channel-coverage.ts';
import { channelType } from '../../../db/queries/channel-types.ts';
import { coverage } from '../../../db/queries/coverage.ts';
import { coverageGaps } from '../../../db/queries/coverage-gaps.ts';
import { coverageLine } from '../../../db/queries/coverage-line.ts';
import { coverageSummary } from '../../../db/queries/coverage-summary.ts';
import type { Asked } from '../../../db/queries/question.ts';
import { snowflakeAt, snowflakeMs } from '../../../db/snowflake.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { byId, everIn, groupBy, naiveGuild } from '../../support/naive.ts';
import { lengthMs, type NaiveCoverage, naiveCoverage, type NaiveLife } from '../../support/naive-coverage.ts';
import { cut, less, type Span, touching } from '../../support/naive-spans.ts';
import { channelName } from '../../support/naive-rows.ts';
import { makePatchy } from '../../support/patchy-coverage.ts';
import { makeLive, recordedUntil } from '../../support/patchy-live.ts';

const DAY_MS = 86_400_000;

const database = useDatabase();
const folder = useFolder();
let guild: AskedGuild;
let naive: NaiveCoverage;
/** What became of each channel's file. */
let fileState: Map<string, string>;
let span: { firstMs: number; lastMs: number };

beforeAll(async () => {
  guild = await askedGuild(database, `${folder.path}/asked`);
  await makePatchy(database);
  const { rows: files } = await database.pool.query(
    `select channel_id::text as id, state from imports where state <> 'running'`,
  );
  fileState = new Map(
    files.map(({ id, state }) => [id, state === 'damaged' ? 'damaged export' : 'empty export']),
  );
  span = { firstMs: guild.naive.messages[0]!.ms, lastMs: guild.naive.messages.at(-1)!.ms };
  await look();
});

/** Reads everything once more. */
async function look(): Promise<void> {
  guild.naive = await naiveGuild(database.db, guild.guildId);
  naive = await naiveCoverage(database, guild.naive);
}

const iso = (id: bigint) => new Date(snowflakeMs(String(id))).toISOString();
const windowOf = ({ window }: Asked): Span => ({
  from: BigInt(snowflakeAt(window.fromMs)),
  to: BigInt(snowflakeAt(window.toMs)),
});
const messagesIn = (scope: Asked, channelId: string, { from, to }: Span) =>
  everIn(guild.naive, scope).filter(
    (m) => m.channelId === channelId && BigInt(m.id) >= from && BigInt(m.id) < to,
  ).length;

async function inEveryScope(check: (scope: Asked, name: string) => Promise<void>): Promise<void> {
  const [all] = Object.values(guild.scopes);
  const longer = { ...all!, window: { ...all!.window, toMs: span.lastMs + 400 * DAY_MS }, limit: 10_000 };
  const few = Object.fromEntries(
    [0.43, 0.5, 0.69, 0.95].map((part) => {
      const fromMs = Math.floor(span.firstMs + part * (span.lastMs - span.firstMs));
      return [
        `ten days from ${part}`,
        { ...longer, window: { ...longer.window, fromMs, toMs: fromMs + 10 * DAY_MS } },
      ];
    }),
  );
  for (const [name, scope] of Object.entries({ ...guild.scopes, 'and what comes after': longer, ...few }))
    await check(scope, name);
}

const spansOf = (channelId: string, grade?: string) =>
  touching(
    naive.spans.filter((s) => s.channelId === channelId && (!grade || s.grade === grade)).map((s) => s.ids),
  );
const holesIn = ({ life, covered }: NaiveLife) =>
  less(life, covered).filter(({ from, to }) => from >> 22n < to >> 22n);

const SOURCES: [name: string, make: () => Promise<void>][] = [
  ['exports and answers', async () => {}],
  [
    'a bot that recorded, and stopped before the end',
    async () => {
      await makeLive(database, { guildId: guild.guildId, ...span });
      await recordedUntil(database, Math.floor(span.firstMs + 0.97 * (span.lastMs - span.firstMs)));
    },
  ],
  ['a bot that records on', () => recordedUntil(database, span.lastMs + 3 * DAY_MS)],
  [
    'a bot that was removed',
    async () => {
      await database.pool.query(`insert into guild_moments values ($1, 'left', $2)`, [
        guild.guildId,
        new Date(span.lastMs - DAY_MS),
      ]);
    },
  ],
];

describe.each(SOURCES)(
  'of %s, in every scope, are what a naive pass over the rows finds:',
  (source, make) => {
    beforeAll(async () => {
      await make();
      await look();
    });

    it('coverage', () =>
      inEveryScope(async (scope, name) => {
        const shown = [...groupBy(naive.spans, (s) => s.channelId).keys()].filter(
          (id) => !naive.hidden.has(id) && scope.channels?.includes(id) !== false,
        );
        const rows = shown.flatMap((channelId) =>
          ['verified', 'claimed'].flatMap((grade) =>
            cut(spansOf(channelId, grade), windowOf(scope)).map((ids) => {
              const own = naive.spans.filter(
                (s) => s.channelId === channelId && s.grade === grade && cut([s.ids], ids)[0],
              );
              return {
                channelId,
                channel: channelName(guild.naive, channelId),
                fromAt: iso(ids.from),
                toAt: iso(ids.to),
                source: [...new Set(own.map((one) => one.source))].toSorted().join(', '),
                grade,
                messages: messagesIn(scope, channelId, ids),
                from: ids.from,
              };
            }),
          ),
        );
        const expected = rows
          .toSorted(
            (a, b) => b.messages - a.messages || byId(a.channelId, b.channelId) || Number(a.from - b.from),
          )
          .slice(0, scope.limit)
          .map(({ from: _, ...row }) => row);
        expect(await coverage(database.db, scope), name).toEqual(expected);
      }));

    it('coverage-gaps', async () => {
      const reasons = new Set<string>();
      await inEveryScope(async (scope, name) => {
        const rows = naive
          .lives(scope)
          .flatMap((life) =>
            holesIn(life).map((gap) => ({ ...life, gap, reason: reasonOf(life.channelId, gap) })),
          );
        for (const { reason } of rows) reasons.add(reason);
        const length = ({ gap }: (typeof rows)[number]) => gap.to - gap.from;
        const expected = rows
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
        expect(await coverageGaps(database.db, scope), name).toEqual(expected);
      });
      const known = ['after', 'before', 'between', 'damaged export', 'empty export', 'never'];
      expect(known).toEqual(expect.arrayContaining([...reasons]));
      if (source === SOURCES[0]![0]) expect([...reasons].toSorted()).toEqual(known);
    });

    it('coverage-summary', () =>
      inEveryScope(async (scope, name) => {
        const expected = { channels: 0, verified: 0, claimed: 0, partly: 0, missing: 0 };
        for (const { life, verified, covered } of naive.lives(scope)) {
          expected.channels++;
          if (less(life, verified).length === 0) expected.verified++;
          else if (less(life, covered).length === 0) expected.claimed++;
          else if (covered.length > 0) expected.partly++;
          else expected.missing++;
        }
        expect(await coverageSummary(database.db, scope), name).toEqual(expected);
      }));

    it('how much is covered of each channel', () =>
      inEveryScope(async (scope, name) => {
        const expected = naive.lives(scope).map((one) => {
          const { channelId, isThread, life, weight, access } = one;
          const row = guild.naive.channels.get(channelId)!;
          const parentId = row.parent_id as string | null;
          const isParentShown =
            parentId !== null && !naive.hidden.has(parentId) && scope.channels?.includes(parentId) !== false;
          const { verified, claimed } = sharesOf(one);
          const holes = holesIn(one);
          const [longest] = holes.toSorted(
            (a, b) => Number(b.to - b.from - (a.to - a.from)) || Number(a.from - b.from),
          );
          return {
            channelId,
            channel: channelName(guild.naive, channelId),
            type: channelType(row.type as number),
            isThread,
            parentId,
            parent: isParentShown ? channelName(guild.naive, parentId) : null,
            fromAt: iso(life.from),
            toAt: iso(life.to),
            weight,
            verifiedShare: expect.closeTo(verified, 9),
            claimedShare: expect.closeTo(claimed, 9),
            sinceAt: one.covered[0] ? iso(one.covered[0].from) : null,
            access,
            isPending: access === 'readable' && verified < 1,
            holes: holes.length,
            holeFromAt: longest ? iso(longest.from) : null,
            holeToAt: longest ? iso(longest.to) : null,
          };
        });
        const rows = await channelCoverage(database.db, scope);
        expect(rows, name).toEqual(expected.toSorted((a, b) => byId(a.channelId, b.channelId)));
      }));

    it('the line', () =>
      inEveryScope(async (scope, name) => {
        const lives = naive.lives(scope);
        const whole = lives.reduce((sum, { weight }) => sum + weight, 0);
        const share = (of: (life: NaiveLife) => number) =>
          lives.length === 0
            ? null
            : expect.closeTo(lives.reduce((sum, one) => sum + one.weight * of(one), 0) / whole, 5);
        const starts = lives
          .flatMap(({ covered }) => covered[0]?.from ?? [])
          .toSorted((a, b) => (a < b ? -1 : 1));
        const pending = lives.filter((one) => one.access === 'readable' && sharesOf(one).verified < 1);
        const line = await coverageLine(database.db, scope);
        expect(line, name).toMatchObject({
          verifiedShare: share((one) => sharesOf(one).verified),
          claimedShare: share((one) => sharesOf(one).claimed),
          sinceMs: starts[0] === undefined ? null : snowflakeMs(String(starts[0])),
          pending: {
            channels: pending.filter(({ isThread }) => !isThread).length,
            threads: pending.filter(({ isThread }) => isThread).length,
          },
          backfill: null,
        });
        expect(line.verifiedShare === 1, name).toBe(
          lives.length > 0 && lives.every((one) => less(one.life, one.verified).length === 0),
        );
      }));
  },
);

/** What is missing by less than a millisecond is missing all the same. */
function sharesOf({ life, verified, covered }: NaiveLife): { verified: number; claimed: number } {
  const shareOf = (spans: Span[]) =>
    less(life, spans).length === 0
      ? 1
      : Math.min(0.999_999, spans.reduce((sum, one) => sum + lengthMs(one), 0) / lengthMs(life));
  return { verified: shareOf(verified), claimed: shareOf(covered) - shareOf(verified) };
}

function reasonOf(channelId: string, gap: Span): string {
  const spans = spansOf(channelId);
  if (spans.length > 0)
    return gap.to <= spans[0]!.from ? 'before' : gap.from >= spans.at(-1)!.to ? 'after' : 'between';
  return fileState.get(channelId) ?? 'never';
}
