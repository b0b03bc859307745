/** What every sentence of a report is tried with: none, one, two and many of all that it counts. */
import type { Words } from '../../../reports/words.ts';

type Texts = string | readonly (string | readonly string[])[] | { [key: string]: Texts };

/** For each function of the words, lists of its arguments. Constant texts need none. */
export type Samples<W> = W extends (...args: infer Args) => unknown
  ? Args[]
  : { [K in keyof W as W[K] extends Texts ? never : K]: Samples<W[K]> };

/** Every combination of one from each list. */
export function each<Args extends unknown[]>(...lists: { [I in keyof Args]: readonly Args[I][] }): Args[] {
  return lists.reduce<unknown[][]>(
    (made, list) => made.flatMap((args) => (list as readonly unknown[]).map((one) => [...args, one])),
    [[]],
  ) as Args[];
}

export const COUNTS = [0, 1, 2, 1204];
export const SOME = [1, 2, 1204];
const SHARES = [0, 0.004, 0.12, 0.996, 1];
const MINUTES = [0.5, 1, 15, 60, 600, 1440, 14_400];
const STEPS = [1, 15, 60, 240, 1440, 10_080];
const STARTS = ['2026-11-09', '2026-03-02'];
const UNITS = ['hour', 'day', 'week', 'month'] as const;
const PERIODS = [
  { isWeek: true, days: 7 },
  { isWeek: false, days: 1 },
  { isWeek: false, days: 30 },
];
export const NAMES = [['Ada'], ['Ada', 'Ben'], ['Ada', 'Ben', 'Cleo']];
const AUTHORS = ['Ada', undefined];
export const DATES = ['2026-11-15', '2026-03-01'];
export const DAYS = [1, 7];
export const HOURS = [0, 9, 23];
export const PLACE = ['#plaza'];
const WHEN = ['T1'];
export const ZONE = ['Europe/Vienna'];
export const BARS = [
  [{ name: 'Ada', value: '12' }],
  [
    { name: 'Ada', value: '12' },
    { name: 'Ben', value: '3' },
  ],
];
/** Either some have a place, or none. */
const PLACES = [0, 1, 1204].flatMap((channels) => [0, 1, 2].map((threads) => ({ channels, threads })));

type Told = Pick<Words, 'charts' | 'coverage' | 'weekly' | 'explanations'>;

const charts: Samples<Words['charts']> = {
  number: each(COUNTS),
  shortWeekday: each(DAYS),
  hour: each(HOURS),
  unknownChannel: [['5']],
  activity: {
    title: UNITS.flatMap((unit) => each([unit], unit === 'hour' ? ['2026-11-09T09:00'] : STARTS, COUNTS)),
    titleOfTie: each(UNITS, SOME),
    titleOfOne: each(SOME, SOME),
    caption: each(UNITS),
    label: {
      hour: [['2026-11-09T09:00']],
      weekday: each(STARTS),
      day: each([...STARTS, '2026-11-09T09:00']),
      month: each(STARTS),
      year: each(STARTS),
    },
    alt: UNITS.flatMap((unit) =>
      each([unit], SOME, SOME, [{ start: unit === 'hour' ? '2026-11-09T09:00' : '2026-11-09', messages: 0 }]),
    ),
  },
  heatMap: {
    title: each(DAYS, HOURS),
    titleOfTie: each(SOME),
    upTo: each([0, 5, 1204, 40_000, 3_000_000]),
    alt: each(SOME, DAYS, COUNTS),
  },
  contributors: { title: each(NAMES, SOME, SHARES), alt: each(BARS) },
  channels: { title: each(NAMES, SOME, SHARES), value: each(SOME, SOME), alt: each(BARS) },
  newcomers: {
    title: each(COUNTS, SOME, ['2026-W05']),
    week: [['2026-W05']],
    alt: [[[{ week: '2026-W05', newcomers: 0, returning: 1204 }]]],
  },
  firstReply: {
    title: each(SOME, STEPS),
    titleLonger: each(SOME, STEPS),
    titleNone: each(SOME),
    upTo: each(STEPS),
    alt: [[[{ label: ['≤ 15'], questions: 1204 }]]],
  },
  voices: {
    title: each([1, 5, 10], [30]),
    titleFew: each([2, 8]),
    group: [
      [1, 1, 10],
      [2, 5, 27],
    ],
    rest: each(SOME, [40]),
    alt: [[['A']]],
  },
};

const coverage: Samples<Words['coverage']> = {
  line: each([
    { verified: 0, claimed: 0, pending: PLACES[0]!, notReadable: { names: [], ...PLACES[0]! } },
    ...(
      [
        [1, 0],
        [0, 1],
        [0.71, 0.22],
        [0.005, 0.995],
      ] as const
    ).flatMap(([verified, claimed]) =>
      [undefined, '2021-03', '2021-03-14'].flatMap((since) =>
        PLACES.map((pending, i) => ({
          verified,
          claimed,
          pending,
          ...(since !== undefined && { since }),
          notReadable: { names: NAMES[i % 3]!, ...pending },
          backfill: {
            state: (['queued', 'running', 'paused'] as const)[i % 3]!,
            ...(i % 2 === 0 && { share: 0.12 }),
          },
        })),
      ),
    ),
  ]),
  percent: each(SHARES),
};

const weekly: Samples<Words['weekly']> = {
  before: each(PERIODS),
  during: each(PERIODS),
  delta: each(COUNTS, COUNTS),
  moment: [['2026-11-15T19:02'], ['2026-09-02T00:00']],
  number: each(COUNTS),
  percent: each(SHARES),
  shortDate: each(DATES),
  weekday: each(DAYS),
  shortWeekday: each(DAYS),
  hour: each(HOURS),
  title: each(['Lofthaven'], ['2026-W46'], PERIODS, DATES),
  dates: [
    ['2026-11-09', '2026-11-15'],
    ['2026-10-26', '2026-11-01'],
    ['2025-12-29', '2026-01-04'],
    ['2026-11-09', '2026-11-09'],
  ],
  span: [
    ['2026-11-09', '2026-11-15', 'UTC'],
    ['2025-12-29', '2026-01-04', 'UTC'],
    ['2026-11-09', '2026-11-09', 'UTC'],
  ],
  recordsLast: each(DATES),
  recordEndsWithin: each(DATES, [1, 3], [7]),
  recordBeginsWithin: each(DATES, PERIODS),
  recordBeginsBefore: each(DATES, PERIODS),
  empty: each(PERIODS),
  emptyAfter: each(SOME, SOME, PERIODS),
  lead: {
    written: each(SOME, SOME),
    partly: each(SOME, SOME, [1, 3]),
    compared: each(SOME, SOME, [0, 1, 2, 3, 1204], PERIODS),
    allIn: each(PLACE),
    busiest: each(PLACE, SOME),
    most: each(['Ada'], SOME, SOME, [1, 7]),
    newcomers: [
      [1, ['Ada']],
      [2, ['Ada', 'Ben']],
      [3, ['Ada']],
      [1, []],
    ],
    answered: each([1, 2, 1204], MINUTES),
    unanswered: [
      [1, 1],
      [1, 3],
      [3, 3],
      [3, 17],
    ],
  },
  heads: { now: each(PERIODS), against: each(PERIODS) },
  newcomers: {
    none: each(PERIODS),
    some: [
      [1, ['Ada']],
      [2, ['Ada', 'Ben']],
      [1, []],
      [1204, []],
    ],
    more: each(SOME),
    again: PERIODS.flatMap((period) => [...each([0, 1], [1], [period]), ...each([0, 1, 15], [29], [period])]),
  },
  reacted: { line: each(SOME, AUTHORS, PLACE, WHEN) },
  questions: {
    summary: [
      [1, 1],
      [2, 2],
      [1, 0],
      [17, 7],
    ],
    noReplies: each(SOME, PERIODS),
    newest: each(SOME),
    line: each(AUTHORS, PLACE, WHEN, [0, 1, 5, 30, 200]),
    median: each(MINUTES, [null, ...MINUTES]),
    overdue: each(SOME),
    within: each([...STEPS, null]),
  },
  hours: { title: each(DAYS, HOURS), over: each(SOME, ZONE) },
  share: {
    top: each(SHARES, SHARES, [undefined, ...SHARES]),
    median: each(SOME, [6, 29]),
    gini: each([0, 0.344, 1]),
  },
  coverage: {
    line: [['x']],
    whole: each(SOME, PERIODS),
    one: each([true, false]),
    some: each([0, 1, 5], [9], [0, 1], [0, 1]),
    grades: [
      [0, 3],
      [3, 0],
      [2, 1],
    ],
    more: each(SOME),
  },
  place: { unknown: [['5']], within: [['T', '#plaza']] },
  audience: { place: each(PLACE) },
  postedIn: [['#plaza', '2026-11-15T19:02']],
  quote: { text: [['Q']] },
};

const ROWS = { rows: 0, people: 0, bots: 0, system: 0, deleted: 0, hidden: 0, bare: 0 };

const explanations: Samples<Words['explanations']> = {
  means: [['F', 'M']],
  window: each(['T1'], ['T2'], [168, 1345], ZONE),
  against: each(['T1'], ['T2'], [168]),
  counted: each([
    ROWS,
    ...SOME.map((n) => ({ rows: 7 * n, people: n, bots: n, system: n, deleted: n, hidden: n, bare: n })),
    { ...ROWS, rows: 1, people: 1 },
  ]),
  fromQuestions: each(COUNTS),
  everFirst: each(['T1']),
  reactions: each(COUNTS),
};

export const reportSamples: Samples<Told> = { charts, coverage, weekly, explanations };
