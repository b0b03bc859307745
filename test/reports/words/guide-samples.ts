/** What every sentence of /guide is tried with. */
import type { Words } from '../../../reports/words.ts';
import { COUNTS, DATES, each, NAMES, PLACE, type Samples, SOME } from './samples.ts';

const WHEN = [{ date: '2026-11-15' }, { ago: 'T1' }];
const WORDS = [['a1'], ['a1', 'b2', 'c3']];
const PLACES = [
  [{ place: '#plaza', count: 1 }],
  [
    { place: '#plaza', count: 1204 },
    { place: '#bar', count: 1 },
  ],
];
const MINUTES = [null, 0.5, 1, 200, 5000];
const DEEDS = each(SOME, SOME, [1, 1204], MINUTES, [0, 1, 2]).map(
  ([times, askers, inPlace, medianMinutes, thanked]) => ({
    times,
    askers,
    place: '#plaza',
    inPlace,
    since: '2026-03',
    medianMinutes,
    thanked,
  }),
);

export const guide: Samples<Words['guide']> = {
  title: each(['S']),
  missing: each(WORDS),
  talkedAbout: each(SOME, PLACES, [0, 12], WHEN),
  nearest: each(WORDS),
  instead: each(['x'], WORDS),
  notWritten: each(WORDS),
  unread: each(SOME),
  nobody: each(PLACE),
  answered: each(NAMES[0]!, DEEDS),
  answeredNearby: each(NAMES[0]!, DEEDS),
  spokeNext: each(NAMES[0]!, DEEDS),
  welcomed: each(NAMES[0]!, SOME, PLACE, MINUTES),
  around: each(['9'], ['11'], WHEN),
  lastHere: each(WHEN),
  source: each(['Ada', undefined], PLACE, DATES, [true, false]),
  begin: each([1, 2, 1204], PLACES),
  writtenBy: each(SOME, SOME),
  asking: each(SOME, COUNTS, MINUTES).filter(([n, answered]) => answered <= n),
  askedIn: each(COUNTS, SOME, MINUTES),
  askedBetween: each(['9'], ['11'], [0.5, 1, 200]),
};
