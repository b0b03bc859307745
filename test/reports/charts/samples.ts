/** Charts of a made-up server, each as it is in a usual week; and of servers that nothing happens in. */
import { type ActivityUnit, activityChart } from '../../../reports/charts/activity.ts';
import { channelsChart } from '../../../reports/charts/channels.ts';
import type { Chart } from '../../../reports/charts/chart.ts';
import { contributorsChart } from '../../../reports/charts/contributors.ts';
import { firstReplyChart } from '../../../reports/charts/first-reply.ts';
import { heatMapChart } from '../../../reports/charts/heat-map.ts';
import { newcomersChart } from '../../../reports/charts/newcomers.ts';
import { voicesChart } from '../../../reports/charts/voices.ts';
import { charts as words } from '../../../reports/words/en/charts.ts';

export const span = '9 to 15 November 2026, Europe/Vienna';

/** Rows of activity from a date on, their messages given. */
export function activityRows(from: string, unit: ActivityUnit, messages: readonly number[]) {
  const start = Temporal.PlainDateTime.from(from);
  return messages.map((count, i) => ({
    start: start
      .add({ [`${unit}s`]: i })
      .toString()
      .slice(0, unit === 'hour' ? 16 : 10),
    messages: count,
    people: Math.ceil(count / 7),
  }));
}

/** Members by name, each with fewer messages than the one before. */
export const members = (names: readonly string[]) =>
  names.map((name, i) => ({ id: `10000000000000000${i}`, name, messages: 400 - 30 * i }));

export const contributorsOf = (names: readonly string[]): Chart =>
  contributorsChart({ rows: members(names), messages: 2800, span }, words)!;

/** One chart of each kind. */
export const usual: Record<string, Chart | undefined> = {
  activity: activityChart(
    {
      unit: 'week',
      span,
      rows: activityRows('2026-09-21', 'week', [820, 760, 990, 1204, 880, 410, 0, 1130]),
    },
    words,
  ),
  'heat-map': heatMapChart(
    {
      span,
      rows: [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) =>
        Array.from({ length: 24 }, (_, hour) => ({
          weekday,
          hour,
          messages: Math.max(0, 90 - 9 * Math.abs(hour - 19) - 11 * Math.abs(weekday - 2)),
        })),
      ),
    },
    words,
  ),
  contributors: contributorsOf([
    'Mira',
    'Владислав',
    'Άννα',
    '陈伟',
    '美咲',
    '지민',
    'ليلى',
    'שלום',
    'สมชาย',
    'आरव 🎈',
  ]),
  channels: channelsChart(
    {
      messages: 1000,
      span,
      rows: [
        { id: '1', name: 'general', isThread: false, messages: 430, people: 31 },
        { id: '2', name: 'deploys fail', isThread: true, messages: 120, people: 9 },
        { id: '3', name: null, isThread: false, messages: 1, people: 1 },
      ],
    },
    words,
  ),
  newcomers: newcomersChart(
    {
      span,
      rows: [
        { week: '2026-W45', newcomers: 0, returning: 40 },
        { week: '2026-W46', newcomers: 12, returning: 43 },
      ],
    },
    words,
  ),
  'first-reply': firstReplyChart(
    {
      span,
      unanswered: 4,
      rows: [
        { upToMinutes: 15, questions: 9 },
        { upToMinutes: 60, questions: 6 },
        { upToMinutes: 1440, questions: 3 },
        { upToMinutes: null, questions: 1 },
      ],
    },
    words,
  ),
  voices: voicesChart({ people: 93, top1: 0.14, top5: 0.42, top10: 0.58, span }, words),
};

/** Where there is nothing to show. */
export const nothing: Record<string, Chart | undefined> = {
  activity: activityChart({ unit: 'day', span, rows: activityRows('2026-11-09', 'day', [0, 0]) }, words),
  'activity of no time': activityChart({ unit: 'day', span, rows: [] }, words),
  'heat-map': heatMapChart({ span, rows: [{ weekday: 1, hour: 3, messages: 0 }] }, words),
  contributors: contributorsChart({ rows: [], messages: 0, span }, words),
  channels: channelsChart({ rows: [], messages: 0, span }, words),
  newcomers: newcomersChart({ rows: [{ week: '2026-W46', newcomers: 0, returning: 0 }], span }, words),
  'first-reply': firstReplyChart({ rows: [{ upToMinutes: 5, questions: 0 }], unanswered: 0, span }, words),
  voices: voicesChart({ people: 0, top1: 0, top5: 0, top10: 0, span }, words),
};
