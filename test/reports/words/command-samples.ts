/** What every sentence of the commands is tried with. */
import type { Words } from '../../../reports/words.ts';
import type { Hindrance, Recounted } from '../../../reports/words/en/posting.ts';
import { backfill } from './backfill-samples.ts';
import { guide } from './guide-samples.ts';
import {
  BARS,
  COUNTS,
  DATES,
  DAYS,
  each,
  HOURS,
  NAMES,
  PLACE,
  reportSamples,
  type Samples,
  SOME,
  ZONE,
} from './samples.ts';

const UNITS = ['day', 'week', 'month', 'quarter', 'year', 'days'] as const;
const BEFORE = ['X1'];
const NAME = ['Ada'];

const stats: Samples<Words['stats']> = {
  clock: each(ZONE),
  number: each(COUNTS),
  lead: {
    written: each(SOME, SOME),
    compared: each([0, 1, 5, 15, 1204], [0, 1, 5, 15, 1204], BEFORE),
    busiest: each(BEFORE, PLACE, SOME),
    allIn: each(BEFORE, PLACE),
    alone: each(BEFORE),
  },
  figures: {
    messages: each(['9'], COUNTS, ['X1', undefined]),
    people: each(['9'], COUNTS, ['X1', undefined]),
    newcomers: each(['9'], COUNTS, ['X1', undefined]),
    replies: each(['9'], COUNTS, ['X1', undefined]),
    reactions: each(['9'], COUNTS, ['X1', undefined]),
  },
  delta: each(COUNTS, [0, 1, 15, 1204]),
  places: each(SOME, [0, 1, 2]),
  place: each(PLACE, SOME),
  notes: {
    open: each(['T1'], ['T2', undefined]),
    beginsWithin: each(DATES, [true, false]),
    beginsBefore: each(DATES, BEFORE),
  },
  empty: {
    tooEarly: each(DATES, [0, 1, 2]),
    afterRecord: each(DATES),
    nothing: each([true, false]),
    before: each(BEFORE, COUNTS),
    backfill: {
      queued: each(['12', undefined]),
      running: each(['12', undefined]),
      paused: each(['12', undefined]),
    },
  },
};

const inAll = each(SOME, SOME, [1, 10], [0.12]);
const leading: [string[], number, number, number][] = [
  [['Ada'], 1, 0.12, 1],
  [['Ada'], 1204, 1, 1],
  [['Ada', 'Ben'], 1, 0.12, 2],
  [['Ada', 'Ben'], 3, 0.12, 2],
  [[], 3, 0.12, 4],
];

const contributors: Samples<Words['contributors']> = {
  about: each(['S'], ['P'], ['#plaza', undefined]),
  lead: {
    messages: inAll,
    activeDays: [
      [1, 0, 7],
      [1, 1, 7],
      [5, 5, 1],
      [5, 0, 7],
      [5, 2, 7],
      [5, 5, 7],
    ],
    reactions: inAll,
    replied: inAll,
    answers: inAll,
  },
  line: {
    messages: each(SOME, [undefined, 1, 2]),
    activeDays: each(SOME, SOME),
    reactions: each(SOME, SOME),
    replied: each(SOME, SOME),
    answers: each(SOME, [0.5, 1, 200, 5000]),
  },
  own: {
    messages: each([23], [1204], SOME),
    activeDays: each([23], [1204], SOME),
    reactions: each([23], [1204], SOME),
    replied: each([23], [1204], SOME),
    answers: each([23], [1204], SOME),
  },
  beforeRecord: each(['T1']),
  nobodyNamed: each(SOME),
  chart: {
    messages: { title: leading, alt: each(BARS) },
    activeDays: {
      title: [
        [['Ada'], 1, 1, 1],
        [['Ada'], 3, 7, 1],
        [['Ada', 'Ben'], 7, 7, 2],
        [[], 3, 7, 4],
      ],
      alt: each(BARS),
    },
    reactions: { title: leading, alt: each(BARS) },
    replied: { title: leading, alt: each(BARS) },
    answers: { title: leading, alt: each(BARS) },
  },
};

const weeklyMessage: Samples<Words['weeklyMessage']> = {
  figures: {
    messages: each(COUNTS),
    people: each(COUNTS),
    replies: each(COUNTS),
    reactions: each(COUNTS),
  },
  figure: each(['9'], ['F'], ['', 'X1']),
  more: each(SOME),
  person: each(NAME, SOME),
  names: each(NAMES, COUNTS),
  thread: each(['T'], SOME, SOME),
  noWeek: each(['x']),
};

const periods: Samples<Words['periods']> = {
  title: {
    day: each(DATES),
    week: [
      [46, 2026, '2026-11-09', '2026-11-15'],
      [1, 2026, '2025-12-29', '2026-01-04'],
    ],
    month: each(DATES),
    quarter: [[4, '2026-10-01', '2026-12-31']],
    year: each(DATES),
    days: [['2026-11-09', '2026-11-12']],
  },
  soFar: each(['X1']),
  meaning: each(['X1'], ['X2']),
  before: each(UNITS, [3]),
  beforeSoFar: each(UNITS, [3]),
};

const answering: Samples<Words['answering']> = {
  recorded: each(['x']),
  asOf: each(DATES),
  refusals: {
    noChannel: each(['x']),
    channelNotPublic: each(PLACE),
    noPeriod: each(['x']),
    noServer: each(['x']),
    unexpected: each(['a1b2']),
  },
  listed: each(NAMES),
};

const settings: Samples<Words['settings']> = {
  title: each(['S']),
  more: each(SOME),
  listed: each(NAMES),
  posted: each(PLACE, DAYS, HOURS, [0, 1, 7]),
  next: [['2026-11-16T09:00']],
  postedNowhere: each(DAYS, HOURS),
  cannotPost: { lacks: each([['X1'], ['X1', 'X2']]) },
  helped: each(PLACE),
  zone: each(ZONE, ['19:02']),
  language: each(['X1']),
  allExcluded: each(NAMES),
  excluded: each(PLACE),
  included: each(PLACE),
  deletedChannel: each(['5']),
  roles: each(NAMES),
  rule: each(NAMES, ['x']),
  linkedOpen: each(['S']),
  linkedClosed: each(['S']),
  firstMessage: each(DATES),
  refusals: {
    noZone: each(['x'], NAMES),
    noChannel: each(['x']),
    noHelpChannel: each(['x']),
    notExcluded: each(['x']),
    noRule: each(['x']),
    noSuchValue: each(['x']),
  },
};

const LABELS = ['2026-W46', '2027-W05'];
const MOMENTS = ['2026-11-16T09:00'];
const HINDRANCES: Hindrance[] = [
  ...(['gone', 'unknown', 'left', 'rules-unknown', 'catching-up', 'unanswered', 'down'] as const).map(
    (is) => ({ is }),
  ),
  { is: 'lacks', permissions: ['X1'] },
  { is: 'lacks', permissions: ['X1', 'X2'] },
  { is: 'unsure', channel: '**#plaza**' },
  { is: 'refused', code: 50_013 },
];

const posting: Samples<Words['posting']> = {
  late: each(MOMENTS),
  updated: each<[Recounted, Recounted]>(
    [
      [1, 1204],
      [1204, 1],
    ],
    [
      [1, 2],
      [2, 1],
    ],
  ),
  skippedBefore: each(LABELS),
  posted: each(LABELS, MOMENTS),
  edited: each(MOMENTS),
  waits: each(LABELS, HINDRANCES),
  waitsForThat: each(LABELS),
  until: each(MOMENTS),
  begun: each(LABELS),
  notBegun: each(LABELS),
  tooLate: each(LABELS, HINDRANCES),
  turnedOff: each(LABELS),
};

const care: Samples<Words['care']> = { help: each([undefined, '**#mods**']) };

export const samples: Samples<Words> = {
  ...reportSamples,
  stats,
  contributors,
  weeklyMessage,
  periods,
  answering,
  settings,
  posting,
  backfill,
  care,
  guide,
};
