/** What an answer rests on, in a line: it stands beside every report and answer. */
import type { CoverageLine } from '../db/queries/coverage-line.ts';
import { dateIn, type Window } from '../db/window.ts';
import type { Words } from './words/en.ts';

/** Of a time so long ago the day says nothing any more. */
const DAYS_MAX = 60;
const DAY_MS = 86_400_000;

/**
 * The line of coverage: "71 % verified, 22 % imported, since 2021-03; 2 threads pending; #mods not readable". Since when is
 * left out where that is where the window begins, which is told beside it.
 */
export function coverageText(
  line: CoverageLine,
  { fromMs, toMs, timeZone }: Window,
  { coverage }: Pick<Words, 'coverage'>,
  nameOf: (channel: { id: string; name: string | null }) => string,
): string {
  const { verifiedShare, claimedShare, sinceMs, pending, notReadable, backfill } = line;
  const { named, channels, threads } = notReadable;
  const isSaid = sinceMs !== null && sinceMs > fromMs;
  const since =
    isSaid && String(dateIn(sinceMs, timeZone)).slice(0, toMs - sinceMs > DAYS_MAX * DAY_MS ? 7 : 10);
  return coverage.line({
    ...(verifiedShare === null || claimedShare === null
      ? { verified: 0, claimed: 0 }
      : { verified: verifiedShare, claimed: claimedShare }),
    ...(since && { since }),
    pending,
    notReadable: { names: named.map(nameOf), channels: channels - named.length, threads },
    ...(backfill && {
      backfill: { state: backfill.state, ...(backfill.share !== null && { share: backfill.share }) },
    }),
  });
}
