import { describe, expect, it } from 'vitest';
import { activityChart, type ActivityUnit } from '../../../reports/charts/activity.ts';
import { contributorsChart } from '../../../reports/charts/contributors.ts';
import { firstReplyChart } from '../../../reports/charts/first-reply.ts';
import { heatMapChart } from '../../../reports/charts/heat-map.ts';
import { newcomersChart } from '../../../reports/charts/newcomers.ts';
import { voicesChart } from '../../../reports/charts/voices.ts';
import { charts as words } from '../../../reports/words/en/charts.ts';
import { NAMES } from '../names.ts';
import { activityRows, contributorsOf, members, nothing, span, usual } from './samples.ts';

describe('every chart', () => {
  it.for(Object.entries(usual))('%s is configured as it always was', async ([name, chart]) => {
    await expect(`${JSON.stringify(chart, null, 1)}\n`).toMatchFileSnapshot(
      `../../golden/charts/${name}.json`,
    );
  });

  it.for(Object.entries(usual))('%s is plain JSON, without functions', ([, chart]) => {
    expect(JSON.parse(JSON.stringify(chart))).toStrictEqual(chart);
  });

  it.for(Object.entries(usual))('%s says what it found, to those too who cannot see it', ([, chart]) => {
    const { title, alt, config } = chart!;
    expect([config.options!.plugins!.title!.text].flat().join(' ')).toBe(title);
    expect(alt.startsWith(`${title}. `)).toBe(true);
    expect(alt).toMatch(/\d/);
    expect(alt).toMatch(/\.$/);
  });

  it.for(Object.entries(nothing))('%s is none where nothing happened', ([, chart]) => {
    expect(chart).toBeUndefined();
  });
});

describe('activity', () => {
  const chart = (unit: ActivityUnit, from: string, messages: number[]) =>
    activityChart({ unit, span, rows: activityRows(from, unit, messages) }, words)!;
  const labels = (unit: ActivityUnit, from: string, points: number) =>
    chart(unit, from, Array<number>(points).fill(3)).config.data.labels!;

  it('names the bucket that stands out', () => {
    expect(chart('hour', '2026-11-09T22:00', [1, 2, 5]).title).toBe(
      'Tuesday 10 November, 0:00, was busiest: 5 messages',
    );
    expect(chart('day', '2026-11-09', [1, 2000, 5]).title).toBe(
      'Tuesday 10 November was busiest: 2,000 messages',
    );
    expect(chart('week', '2026-11-02', [1, 2]).title).toBe('The week of 9 November was busiest: 2 messages');
    expect(chart('month', '2026-11-01', [1, 0]).title).toBe('November 2026 was busiest: 1 message');
  });

  it('names none where two are even, or there is but one', () => {
    expect(chart('day', '2026-11-09', [3, 3, 1]).title).toBe('A day had 3 messages at most');
    expect(chart('day', '2026-11-09', [8]).title).toBe('8 messages by 2 people');
  });

  it.for([
    ['hour', '2026-11-09T05:00', 60],
    ['hour', '2026-11-09T00:00', 400],
    ['day', '2026-11-12', 60],
    ['day', '2026-08-17', 366],
    ['week', '2026-01-05', 52],
    ['month', '2021-01-01', 60],
    ['day', '2026-11-09', 1],
  ] as const)('labels %ss from %s, %i of them, so that no label touches the next', ([unit, from, points]) => {
    const shown = labels(unit, from, points).filter((label) => label !== '');
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.length).toBeLessThanOrEqual(8);
  });

  it('labels days by Mondays, and hours of a day once with their date', () => {
    expect(labels('day', '2026-10-17', 30).filter(Boolean)).toEqual(['19 Oct', '26 Oct', '2 Nov', '9 Nov']);
    expect(labels('hour', '2026-11-09T00:00', 48).filter(Boolean).slice(0, 5)).toEqual([
      ['0:00', '9 Nov'],
      '6:00',
      '12:00',
      '18:00',
      ['0:00', '10 Nov'],
    ]);
  });

  it.for([1, 4, 5, 7, 999, 1001, 123_456, 98_765_432])('its axes hold %i in whole steps', (most) => {
    const { y, people } = chart('day', '2026-11-09', [most, 0]).config.options!.scales! as Record<
      string,
      { max: number; ticks: { stepSize: number } }
    >;
    expect(y!.max).toBeGreaterThanOrEqual(most);
    expect(y!.max).toBeLessThan(most * 2 + 4);
    for (const axis of [y!, people!]) {
      expect(Number.isInteger(axis.ticks.stepSize)).toBe(true);
      expect(axis.max / axis.ticks.stepSize).toBe(4);
    }
  });
});

describe('the heat map', () => {
  const chart = (...rows: [weekday: number, hour: number, messages: number][]) =>
    heatMapChart(
      { span, rows: rows.map(([weekday, hour, messages]) => ({ weekday, hour, messages })) },
      words,
    )!;

  it('has a square for each hour of the week, also for those without a row', () => {
    const { datasets } = chart([4, 13, 2], [7, 1, 1]).config.data;
    expect(datasets.map((set) => [set.label, set.data.length])).toEqual([
      ['0', 166],
      ['≤ 1', 1],
      ['≤ 2', 1],
    ]);
    expect(datasets[2]!.data).toEqual([{ x: '13:00', y: 'Thu' }]);
  });

  it('names the busiest hour unless others are as busy', () => {
    expect(chart([7, 23, 5], [1, 1, 4]).title).toBe('The server is most awake on Sundays, 23:00 to 0:00');
    expect(chart([7, 23, 5], [1, 1, 5]).title).toBe('No hour of the week has more than 5 messages');
  });

  it.for([1, 5, 6, 11, 265, 180_443])(
    'of %i messages at most, has every hour in one of six levels',
    (most) => {
      const { datasets } = chart([1, 1, most], [1, 2, 1], [1, 3, Math.ceil(most / 2)]).config.data;
      expect(datasets.flatMap((set) => set.data)).toHaveLength(168);
      expect(datasets.length).toBeLessThanOrEqual(6);
      expect(datasets.at(-1)!.data.length).toBeGreaterThan(0);
    },
  );
});

describe('the rankings', () => {
  const title = (messages: number[], total: number) =>
    contributorsChart(
      {
        span,
        messages: total,
        rows: members(['Mira', 'Tom', 'Ida'])
          .slice(0, messages.length)
          .map((row, i) => ({ ...row, messages: messages[i]! })),
      },
      words,
    )!.title;

  it('say the share of the first, or that several are even', () => {
    expect(title([14, 3], 100)).toBe('Mira wrote 14% of all messages');
    expect(title([14], 14)).toBe('Mira wrote all messages');
    expect(title([1], 1000)).toBe('Mira wrote less than 1% of all messages');
    expect(title([999, 1], 1000)).toBe('Mira wrote more than 99% of all messages');
    expect(title([3, 3, 1], 7)).toBe('Mira and Tom lead with 3 messages each');
    expect(title([1, 1, 1], 3)).toBe('3 share the lead with 1 message each');
  });

  it.for(Object.entries(NAMES))('cut and clean a name with %s', ([, name]) => {
    const { config, title: sentence } = contributorsOf([name]);
    const [label] = config.data.labels as string[];
    expect(label).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\p{M}{5}/u);
    expect(label).not.toMatch(/[\u0300-\u036f]/);
    expect([...new Intl.Segmenter().segment(label!)].length).toBeLessThanOrEqual(80);
    expect([...new Intl.Segmenter().segment(sentence)].length).toBeLessThanOrEqual(90);
  });

  it('cut a name of ten thousand letters, wide ones earlier', () => {
    const lengthOf = (letter: string) =>
      (contributorsOf([letter.repeat(10_000)]).config.data.labels as string[])[0]!.length;
    expect(lengthOf('i')).toBeLessThanOrEqual(80);
    expect(lengthOf('W')).toBeLessThan(lengthOf('x'));
    expect(lengthOf('美')).toBeLessThan(lengthOf('x'));
  });

  it('show an id for a name that shows nothing, and letters for a name dressed up', () => {
    const { labels } = contributorsOf(['\u200b\u2060', '𝓕𝓪𝓷𝓬𝔂']).config.data;
    expect(labels).toEqual(['100000000000000000', 'Fancy']);
  });

  it('set a right-to-left name apart within the title', () => {
    expect(contributorsOf(['שלום']).title).toBe('\u2068שלום\u2069 wrote 14% of all messages');
  });
});

describe('newcomers, first replies and voices', () => {
  it('say how many were new in the last week that had anyone', () => {
    const rows = [
      { week: '2026-W44', newcomers: 1, returning: 0 },
      { week: '2026-W45', newcomers: 0, returning: 3 },
      { week: '2026-W46', newcomers: 0, returning: 0 },
    ];
    expect(newcomersChart({ rows, span }, words)!.title).toBe('Nobody wrote for the first time in week 45');
    expect(newcomersChart({ rows: rows.slice(0, 1), span }, words)!.title).toBe(
      '1 of 1 person in week 44 wrote for the first time',
    );
  });

  it.for([
    [[5, 5, 0], 'Half of the answers came within 15 minutes'],
    [[4, 5, 1], 'Half of the answers came within 1 hour'],
    [[1, 0, 3], 'Half of the answers took longer than 1 hour'],
    [[0, 1, 0], 'The answer came within 1 hour'],
    [[0, 0, 0], 'None of 4 questions was answered'],
  ] as const)('of answers in %j, say: %s', ([questions, title]) => {
    const rows = [15, 60, null].map((upToMinutes, i) => ({ upToMinutes, questions: questions[i]! }));
    expect(firstReplyChart({ rows, unanswered: 4, span }, words)!.title).toBe(title);
  });

  it.for([
    [1, 1, 1, 1],
    [3, 0.5, 1, 1],
    [7, 0.31, 0.9, 1],
    [11, 0.145, 0.555, 0.995],
    [5000, 0.004, 0.012, 0.02],
  ])('of %i people, voices make a hundred squares', ([people, top1, top5, top10]) => {
    const chart = voicesChart({ people: people!, top1: top1!, top5: top5!, top10: top10!, span }, words)!;
    const places = chart.config.data.datasets.flatMap((set) => set.data);
    expect(new Set(places.map((place) => JSON.stringify(place))).size).toBe(100);
  });

  it('say what few write of all', () => {
    const title = (people: number, ...[top1, top5, top10]: [number, number, number]) =>
      voicesChart({ people, top1, top5, top10, span }, words)!.title;
    expect(title(90, 0.3, 0.6, 0.8)).toBe('One person writes 30 of every 100 messages');
    expect(title(90, 0.2, 0.6, 0.8)).toBe('5 people write 60 of every 100 messages');
    expect(title(90, 0.1, 0.3, 0.4)).toBe('10 people write 40 of every 100 messages');
    expect(title(8, 0.2, 0.4, 1)).toBe('All messages are by 8 people');
  });
});
