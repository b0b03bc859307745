/**
 * `npm run bench:report`: how long questions, a report and its charts take in a guild of 20,000, 1,000,000 and 10,000,000
 * messages. Each is asked first right after the server has started (cold), then again (warm).
 *
 * Prints figures and fails on none. Arguments: sizes, and `--data FOLDER` to use a store that has one guild already.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../../db/connect.ts';
import { guilds } from '../../db/queries/guilds.ts';
import { questions } from '../../db/queries/index.ts';
import type { Asked } from '../../db/queries/question.ts';
import { recordSpan } from '../../db/queries/record-span.ts';
import { topContributors } from '../../db/queries/top-contributors.ts';
import { lastDays, type Window } from '../../db/window.ts';
import { openDrawing } from '../../reports/draw.ts';
import { buildWeekly } from '../../reports/weekly/build.ts';
import { weeklyCharts } from '../../reports/weekly/charts.ts';
import { en } from '../../reports/words/en.ts';
import { makeCommunity, openData } from './community.ts';

const ZONE = 'UTC';
const RUNS = 5;
const WINDOWS = ['30 days', '90 days', 'all time'] as const;
const say = (line: string) => process.stdout.write(`${line}\n`);
const args = process.argv.slice(2);
const existing = args.includes('--data') ? args[args.indexOf('--data') + 1] : undefined;
const sizes = args.filter((arg) => /^[\d_,]+$/.test(arg)).map((arg) => Number(arg.replaceAll(/[_,]/g, '')));

/** Milliseconds: the first run, and the median and 95th percentile of those after it. */
interface Times {
  cold: number;
  p50: number;
  p95: number;
}

say(
  `${cpus()[0]!.model.trim()}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`,
);
const measured: Map<string, Times>[] = [];
if (existing) measured.push(await measure(existing));
else
  for (const size of sizes.length > 0 ? sizes : [20_000, 1_000_000, 10_000_000])
    measured.push(await make(size));
if (measured.length > 1) growth();

/** A guild in a store of its own, measured. */
async function make(messages: number): Promise<Map<string, Times>> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-bench-'));
  try {
    say(`\n${messages.toLocaleString('en')} messages`);
    const { data, importMs, sumMs } = await makeCommunity(messages, folder, ZONE);
    say(
      sumMs === undefined
        ? `imported in ${seconds(importMs)}; too small for sums to be kept`
        : `imported in ${seconds(importMs)}, summed in ${seconds(sumMs)}: with sums ${(importMs / (importMs + sumMs)).toFixed(2)} of the speed without`,
    );
    return await measure(data);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(data: string): Promise<Map<string, Times>> {
  let store = await openData(data);
  const [guild] = await guilds(store.db);
  const guildId = guild!.id;
  const span = (await recordSpan(store.db, { guildId }))!;
  const all = { ...lastDays(1, span.lastMs, ZONE), fromMs: lastDays(1, span.firstMs, ZONE).fromMs };
  const windows: Window[] = [lastDays(30, span.lastMs, ZONE), lastDays(90, span.lastMs, ZONE), all];
  const [top] = await topContributors(store.db, { guildId, window: windows[0]!, limit: 1 });
  await store.close();
  store = await openData(data);
  const times = new Map<string, Times>();
  say(`\n| ms | ${WINDOWS.map((name) => `${name}: cold | p50 | p95`).join(' | ')} |`);
  say(`| --- |${' ---: |'.repeat(9)}`);
  for (const { name, needs, ask } of questions) {
    const row: Times[] = [];
    for (const [i, window] of windows.entries()) {
      const asked: Asked = {
        guildId,
        window,
        limit: 10,
        text: 'balloon',
        ...(needs === 'member' && top && { members: [top.id] }),
      };
      const time = await timed(() => ask(store.db, asked));
      row.push(time);
      times.set(`${name}, ${WINDOWS[i]}`, time);
    }
    say(`| ${name} | ${row.map(({ cold, p50, p95 }) => [cold, p50, p95].map(ms).join(' | ')).join(' | ')} |`);
  }
  await measureReport(store, guildId, times);
  await store.close();
  summary(times);
  return times;
}

async function measureReport(store: Store, guildId: string, times: Map<string, Times>): Promise<void> {
  const request = { guildId, timeZone: ZONE, nowMs: Date.now() };
  const build = await timed(() => buildWeekly(store.db, request));
  const report = (await buildWeekly(store.db, request))!;
  const drawing = await openDrawing();
  const charts = Object.values(weeklyCharts(report, en));
  const draws: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    for (const chart of charts) {
      const startedAt = performance.now();
      await drawing.draw(chart);
      if (run > 0) draws.push(performance.now() - startedAt);
    }
  }
  await drawing.close();
  const chart = { cold: draws[0]!, ...spread(draws) };
  times.set('the report', build).set('a chart', chart);
  say(
    `the weekly report's numbers: cold ${ms(build.cold)} ms, warm ${ms(build.p50)} ms (p95 ${ms(build.p95)})`,
  );
  say(`a chart, of ${charts.length}: ${ms(chart.p50)} ms (p95 ${ms(chart.p95)})`);
}

/** How many are slower than they should be. */
function summary(times: Map<string, Times>): void {
  for (const [name, limit] of [
    ['90 days', 250],
    ['all time', 1000],
  ] as const) {
    const list = [...times].filter(([key]) => key.endsWith(name));
    const slow = list.filter(([, { p50 }]) => p50 > limit).map(([key]) => key.replace(`, ${name}`, ''));
    say(
      `over ${name}: ${list.length - slow.length} of ${list.length} within ${limit} ms; not: ${slow.join(', ') || 'none'}`,
    );
  }
}

/** How much longer each takes from the smallest guild to the largest. */
function growth(): void {
  const [least, most] = [measured[0]!, measured.at(-1)!];
  say('\ngrowth of the medians from the smallest to the largest, over 90 days:');
  for (const [key, { p50 }] of most) {
    const small = least.get(key)?.p50;
    if (small !== undefined && key.endsWith('90 days'))
      say(`${key.replace(', 90 days', '')}: ${(p50 / small).toFixed(1)} times`);
  }
}

async function timed(work: () => Promise<unknown>): Promise<Times> {
  const each: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const startedAt = performance.now();
    await work();
    each.push(performance.now() - startedAt);
    // What takes so long is not asked five times more.
    if (each[0]! > 20_000) break;
  }
  const [cold, ...warm] = each;
  return { cold: cold!, ...spread(warm.length > 0 ? warm : [cold!]) };
}

function spread(list: number[]): { p50: number; p95: number } {
  const sorted = list.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!;
  return { p50: at(0.5), p95: at(0.95) };
}

function ms(value: number): string {
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}

function seconds(value: number): string {
  return `${(value / 1000).toFixed(1)} s`;
}
