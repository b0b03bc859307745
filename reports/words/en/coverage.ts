/** What an answer rests on, in English. Names come escaped. */
import { counted, listed, number } from './numbers.ts';

/** How much is covered, of all that there is to cover. Shares are 0 to 1. */
export interface CoverageWords {
  verified: number;
  claimed: number;
  /** `2021-03`, or `2021-03-14`; absent where it would say nothing. */
  since?: string;
  pending: { channels: number; threads: number };
  /** The first channels by name, and how many channels and threads beside them. */
  notReadable: { names: readonly string[]; channels: number; threads: number };
  /** 0 to 1, where it is known. */
  backfill?: { state: 'queued' | 'running' | 'paused'; share?: number };
}

/** Rounded down, so that two of them never make all; but by a millisecond none is a hundredth less. */
const hundredths = (share: number): number => Math.floor(share * 100 + 1e-4);

/** A share of 0 to 1, never more than it is: "71 %", "over 99 %", "under 1 %". */
function percent(share: number): string {
  if (share > 0 && share < 0.01) return 'under 1 %';
  if (share > 0.99 && share < 1) return 'over 99 %';
  return `${hundredths(share)} %`;
}

/** The other part, where both make all. */
const rest = (share: number): string =>
  share < 0.01 ? 'over 99 %' : share > 0.99 ? 'under 1 %' : `${100 - hundredths(share)} %`;

function known({ verified, claimed, since }: CoverageWords): string {
  const from = since === undefined ? '' : ` since ${since}`;
  if (verified + claimed === 0) return 'nothing is covered';
  if (verified === 1) return `verified in full${from}`;
  if (claimed === 1) return `imported in full${from}`;
  const isWhole = verified + claimed === 1;
  const parts = [
    ...(verified > 0 ? [`${percent(verified)} verified`] : []),
    ...(claimed > 0 ? [`${isWhole ? rest(verified) : percent(claimed)} imported`] : []),
  ];
  return `${parts.join(', ')}${since === undefined ? '' : `,${from}`}`;
}

const places = ({ channels, threads }: { channels: number; threads: number }): string[] => [
  ...(channels > 0 ? [counted(channels, 'channel')] : []),
  ...(threads > 0 ? [counted(threads, 'thread')] : []),
];

const more = ({ channels, threads }: { channels: number; threads: number }): string[] => [
  ...(channels > 0 ? [`${number(channels)} more`] : []),
  ...(threads > 0 ? [counted(threads, 'thread')] : []),
];

/** The sentences about coverage. */
export const coverage = {
  /** "71 % verified, 22 % imported, since 2021-03; 2 threads pending; #mods not readable" */
  line: (words: CoverageWords): string => {
    const { pending, notReadable, backfill } = words;
    const waiting = places(pending);
    const closed = [...notReadable.names, ...more(notReadable)];
    return [
      known(words),
      ...(waiting.length > 0 ? [`${listed(waiting)} pending`] : []),
      ...(backfill
        ? [
            backfill.share === undefined
              ? `backfill ${backfill.state}`
              : `backfill ${backfill.state}, ${percent(backfill.share)} done`,
          ]
        : []),
      ...(closed.length > 0 ? [`${listed(closed)} not readable`] : []),
    ].join('; ');
  },
  percent,
};
