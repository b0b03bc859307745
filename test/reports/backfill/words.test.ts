/** That what is read from runs and told of them has words: keys come from elsewhere. */
import { describe, expect, it } from 'vitest';
import { openBackfillCard } from '../../../ingest/backfill/card.ts';
import { type BackfillProgress, progressOf } from '../../../reports/backfill/progress.ts';
import { bar } from '../../../reports/backfill/render-progress.ts';
import { LANGUAGES, wordsIn } from '../../../reports/words.ts';

/** Of `Access`, and of what closes a channel on the way. */
const REASONS =
  'no view,no history,no connect,hidden,not joined,gone,excluded,refused,refused before,request refused,repeated page';
const BECAUSE = [
  'paused in Discord',
  'paused by almanac backfill pause',
  'stopped by Ctrl+C',
  'stopped by SIGTERM',
  'The server is closed to the bot: it is not in it any more, or Discord has an outage.',
  'an unexpected error (RangeError)',
];

it('a card says the same to a report as to the command line', () => {
  const card: BackfillProgress = openBackfillCard({ messages: 5, share: 0.5 });
  expect(card).toMatchObject(progressOf({ messages: 5, share: 0.5 }));
  expect(openBackfillCard({})).toMatchObject(progressOf(undefined));
});

it.each(LANGUAGES)('every reason has words of its own in %s', (language) => {
  const { backfill } = wordsIn(language);
  for (const reason of REASONS.split(',')) expect(backfill.notRead.because(reason)).not.toBe(reason);
  for (const reason of BECAUSE) expect(backfill.because(reason)).not.toBe(reason);
  expect(backfill.because('anything else')).toBe('anything else');
  expect(backfill.notRead.because(null)).not.toBe('');
});

describe('the bar', () => {
  it.each([
    [0, 0],
    [0.5, 5],
    [0.999, 9],
    [1, 10],
    [1.2, 10],
  ])('of %d has %d of 10 full', (share, full) => {
    expect(bar(share)).toBe('█'.repeat(full) + '░'.repeat(10 - full));
  });
});
