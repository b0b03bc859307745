/** What an answer rests on, in German. Names come escaped. */
import type { CoverageWords, coverage as english } from '../en/coverage.ts';
import { counted, listed, longDate, number } from './numbers.ts';

/** Rounded down, so that two of them never make all; but by a millisecond none is a hundredth less. */
const hundredths = (share: number): number => Math.floor(share * 100 + 1e-4);

const UNDER = 'unter 1\u00a0%';
const OVER = 'über 99\u00a0%';

/** A share of 0 to 1, never more than it is: "71 %", "über 99 %", "unter 1 %". */
function percent(share: number): string {
  if (share > 0 && share < 0.01) return UNDER;
  if (share > 0.99 && share < 1) return OVER;
  return `${hundredths(share)}\u00a0%`;
}

/** The other part, where both make all. */
const rest = (share: number): string =>
  share < 0.01 ? OVER : share > 0.99 ? UNDER : `${100 - hundredths(share)}\u00a0%`;

const MONTH = new Intl.DateTimeFormat('de', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Of 2021-03: "seit März 2021"; of 2021-03-14: "seit dem 14. März 2021". */
const from = (since: string): string =>
  since.length === 7 ? `seit ${MONTH.format(Date.parse(since))}` : `seit dem ${longDate(since)}`;

function known({ verified, claimed, since }: CoverageWords): string {
  const begun = since === undefined ? '' : ` ${from(since)}`;
  if (verified + claimed === 0) return 'nichts ist abgedeckt';
  if (verified === 1) return `vollständig bestätigt${begun}`;
  if (claimed === 1) return `vollständig importiert${begun}`;
  const isWhole = verified + claimed === 1;
  const parts = [
    ...(verified > 0 ? [`${percent(verified)} bestätigt`] : []),
    ...(claimed > 0 ? [`${isWhole ? rest(verified) : percent(claimed)} importiert`] : []),
  ];
  return `${parts.join(', ')}${since === undefined ? '' : `,${begun}`}`;
}

const threadsIn = (n: number): string => counted(n, 'Thread', 'Threads');

function waiting({ channels, threads }: CoverageWords['pending']): string[] {
  const places = [
    ...(channels > 0 ? [counted(channels, 'Kanal', 'Kanäle')] : []),
    ...(threads > 0 ? [threadsIn(threads)] : []),
  ];
  if (places.length === 0) return [];
  return [`${listed(places)} ${channels + threads === 1 ? 'steht' : 'stehen'} noch aus`];
}

function closed({ names, channels, threads }: CoverageWords['notReadable']): string[] {
  const places = [
    ...names,
    ...(channels > 0 ? [`${number(channels)} ${channels === 1 ? 'weiterer' : 'weitere'}`] : []),
    ...(threads > 0 ? [threadsIn(threads)] : []),
  ];
  return places.length === 0 ? [] : [`${listed(places)} nicht lesbar`];
}

function fetched({ state, share }: NonNullable<CoverageWords['backfill']>): string {
  const told = {
    queued: 'der Verlauf wird bald eingelesen',
    running: 'der Verlauf wird eingelesen',
    paused: 'das Einlesen des Verlaufs ist angehalten',
  };
  return share === undefined ? told[state] : `${told[state]}, ${percent(share)} erledigt`;
}

/** The sentences about coverage. */
export const coverage: typeof english = {
  /** "71 % bestätigt, 22 % importiert, seit März 2021; 2 Threads stehen noch aus; #mods nicht lesbar" */
  line: (words) =>
    [
      known(words),
      ...waiting(words.pending),
      ...(words.backfill ? [fetched(words.backfill)] : []),
      ...closed(words.notReadable),
    ].join('; '),
  percent,
};
