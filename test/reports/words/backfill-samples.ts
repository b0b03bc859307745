/** What every sentence of /backfill is tried with. */
import type { Words } from '../../../reports/words.ts';
import { COUNTS, DATES, each, NAMES, PLACE, type Samples, SOME } from './samples.ts';

const MS = [500, 60_000, 5_400_000, 200_000_000];

export const backfill: Samples<Words['backfill']> = {
  refusals: { channel: each(['x']), since: each(['x']) },
  asked: each([
    { names: [], more: 0, withReactors: false, isAgain: false },
    { names: ['#a', '#b'], more: 1, since: '2026-11-01', withReactors: true, isAgain: true },
  ]),
  plan: {
    all: each(COUNTS, SOME, MS),
    unknown: each(SOME),
    row: each(PLACE, [null, 0, 1, 1204], [0, 1, 2]),
    more: each(SOME),
    unseen: each(SOME),
    covered: each(SOME),
  },
  notRead: {
    because: each([
      null,
      'no view',
      'no history',
      'no connect',
      'hidden',
      'not joined',
      'gone',
      'excluded',
      'refused',
      'refused before',
      'request refused',
      'repeated page',
    ]),
    more: each(SOME),
    line: each(NAMES, ['x']),
  },
  because: each([
    'paused in Discord',
    'paused by almanac backfill pause',
    'stopped by Ctrl+C',
    'stopped by SIGTERM',
    'The server is closed to the bot: it is not in it any more, or Discord has an outage.',
    'an unexpected error (TypeError)',
  ]),
  paused: each(['x']),
  failed: each(['x']),
  percent: each([0, 12, 100]),
  left: each(MS),
  seen: each(COUNTS, [0, 1], [undefined, 1204]),
  pages: each(COUNTS, COUNTS, [undefined, 1204]),
  backTo: each(PLACE, DATES),
  found: each([0, 1, 1204].map((n) => ({ messages: n, messagesSeen: 2 * n, deletions: n, members: n }))),
  took: each(SOME, MS),
  channels: each([0, 1, 1204].map((n) => ({ channels: n, read: n, closed: n, failed: n, deleted: n }))),
  notKnown: each([
    'unsure-counts',
    'unlisted-reactors',
    'unchecked-deletions',
    'unchecked-channels',
    'refused-payloads',
  ]),
  until: each(DATES, ['19:02']),
  behind: each(SOME),
  othersPaused: each(SOME),
  silent: each(MS),
  recorded: each(['x']),
  pausing: each(SOME),
  resumed: each(SOME),
};
