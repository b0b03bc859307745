/**
 * `npm run bench:charts`: how long a chart takes, and whether memory stays flat over many.
 *
 * Prints figures and fails on none. Its argument is the number of charts (10,000).
 */
import { activityChart } from '../../reports/charts/activity.ts';
import type { Chart } from '../../reports/charts/chart.ts';
import { contributorsChart } from '../../reports/charts/contributors.ts';
import { heatMapChart } from '../../reports/charts/heat-map.ts';
import { voicesChart } from '../../reports/charts/voices.ts';
import { openDrawing } from '../../reports/draw.ts';
import { charts as words } from '../../reports/words/en/charts.ts';

const CHARTS = Number(process.argv[2] ?? 10_000);
const LOOKS = 20;
const span = '9 to 15 November 2026, Europe/Vienna';

const say = (line: string) => process.stdout.write(`${line}\n`);
const residentMiB = () => Math.round(process.memoryUsage.rss() / 1024 ** 2);

/** Names from all over the scripts, so that sooner or later every font is in use. */
function nameOf(n: number): string {
  const letters = Array.from({ length: 3 }, (_, i) => 0x4e00 + ((n * 7919 + i * 104_729) % 20_000));
  return `${String.fromCodePoint(...letters)} Mira Мира ليلى 지민 ${String.fromCodePoint(0x1f400 + (n % 64))}`;
}

const kinds: ((n: number) => Chart | undefined)[] = [
  (n) =>
    activityChart(
      {
        unit: 'day',
        span,
        rows: Array.from({ length: 30 }, (_, i) => ({
          start: `2026-11-${String(i + 1).padStart(2, '0')}`,
          messages: ((n + i) * 37) % 400,
          people: ((n + i) * 13) % 60,
        })),
      },
      words,
    ),
  (n) =>
    heatMapChart(
      {
        span,
        rows: Array.from({ length: 168 }, (_, i) => ({
          weekday: Math.floor(i / 24) + 1,
          hour: i % 24,
          messages: ((n + i) * 31) % 200,
        })),
      },
      words,
    ),
  (n) =>
    contributorsChart(
      {
        span,
        messages: 2000,
        rows: Array.from({ length: 10 }, (_, i) => ({
          id: String(i),
          name: nameOf(n + i),
          messages: 200 - i * 9,
        })),
      },
      words,
    ),
  () => voicesChart({ people: 80, top1: 0.14, top5: 0.42, top10: 0.6, span }, words),
];

const beforeMiB = residentMiB();
const startedAt = performance.now();
const drawing = await openDrawing();
const readyAt = performance.now();
const tookMs: number[] = [];
const memory: number[] = [];
for (let n = 0; n < CHARTS; n++) {
  const from = performance.now();
  await drawing.draw(kinds[n % kinds.length]!(n)!);
  tookMs.push(performance.now() - from);
  if ((n + 1) % Math.ceil(CHARTS / LOOKS) === 0) memory.push(residentMiB());
}
await drawing.close();

const warm = tookMs.slice(kinds.length).toSorted((a, b) => a - b);
const at = (share: number) => `${(warm[Math.floor(warm.length * share)] ?? 0).toFixed(0)} ms`;
say(`start, with fonts     ${(readyAt - startedAt).toFixed(0)} ms`);
say(`first chart           ${tookMs[0]?.toFixed(0)} ms`);
say(`each of ${CHARTS.toLocaleString('en')}, warm   p50 ${at(0.5)}, p95 ${at(0.95)}, worst ${at(1 - 1e-9)}`);
say(`memory, MiB           ${beforeMiB} before; ${memory.join(' ')}`);
