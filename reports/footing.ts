/** What stands below every answer: what it rests on, whose eyes it is for, and as of when. */
import type { CoverageLine } from '../db/queries/coverage-line.ts';
import { dateIn, type Window } from '../db/window.ts';
import { coverageText } from './coverage.ts';
import { markdown } from './markdown.ts';
import type { Block } from './message.ts';
import { placeIn } from './weekly/names.ts';
import type { Words } from './words.ts';

/** For whom an answer is counted; `open`: a linked server, of which everybody may be told everything. */
export type CountedFor = 'everyone' | 'asker' | 'open';

export interface Footing {
  coverage: CoverageLine;
  window: Window;
  countedFor: CountedFor;
  bots: boolean;
  /** The guild's now, ms, where that is another day than today. */
  asOfMs?: number;
}

/** Small print. */
export function footingOf(footing: Footing, words: Words): Block {
  const { coverage, window, countedFor, bots, asOfMs } = footing;
  const { answering } = words;
  const nameOf = (channel: { id: string; name: string | null }) => placeIn(markdown, channel, words.weekly);
  const line = coverageText(coverage, window, words, nameOf);
  const lines = [
    answering.recorded(line),
    [
      answering.countedFor[countedFor],
      ...(bots ? [answering.withBots] : []),
      ...(asOfMs === undefined ? [] : [answering.asOf(String(dateIn(asOfMs, window.timeZone)))]),
    ].join(' '),
  ];
  return { is: 'text', text: lines.map((text) => `-# ${text}`).join('\n') };
}
