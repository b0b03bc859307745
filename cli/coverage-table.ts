/** What is covered of a server's channels, as text: where most is missing comes first. */
import type { ChannelCoverageRow } from '../db/queries/channel-coverage.ts';
import type { CoverageLine } from '../db/queries/coverage-line.ts';
import type { LeftOutRow } from '../db/queries/left-out.ts';
import type { Scope } from '../db/queries/scope.ts';
import { dateIn } from '../db/window.ts';
import { en } from '../reports/words/en.ts';
import { adviceOf, leftOutOf, WHY } from './coverage-advice.ts';
import { channelName, lineText } from './coverage-line.ts';
import { n, some, table } from './format.ts';

export interface Covered {
  scope: Scope;
  line: CoverageLine;
  channels: ChannelCoverageRow[];
  leftOut: LeftOutRow[];
  /** Where the record ends; undefined: there is none. */
  endsMs: number | undefined;
}

/** More would push the line of all out of sight. */
const ROWS_MAX = 40;

/** The line; a table of what is not verified in full; what is left out, and what can be done. */
export function coverageTable(covered: Covered, isEach: boolean): string {
  const { scope, line, channels, leftOut, endsMs } = covered;
  const places = placesOf(channels, isEach);
  const open = places.filter((place) => isEach || !isVerified(place));
  const rest = places.filter((place) => !open.includes(place)).flatMap(({ rows }) => rows);
  const listed = isEach ? open : open.slice(0, ROWS_MAX);
  const unlisted = open.slice(listed.length).flatMap(({ rows }) => rows);
  const heads = ['channel', 'verified', 'imported', 'since', 'longest time missing', 'why'];
  return [
    lineText(line, scope.window),
    listed.length > 0
      ? table(
          heads,
          listed.map((place) => cellsOf(place, scope.window.timeZone)),
        )
      : '',
    unlisted.length > 0
      ? `And ${countOf(unlisted)} more, of which less is missing; --format csv lists all.`
      : '',
    rest.length > 0
      ? `${listed.length > 0 ? 'All else is' : 'All of it is'} verified in full: ${countOf(rest)}.`
      : '',
    leftOutOf(leftOut),
    endsMs === undefined ? '' : `The record ends on ${dateIn(endsMs, scope.window.timeZone)}.`,
    adviceOf(covered),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** A line of the table: a channel or thread, or the threads of a channel together. */
interface Place {
  name: string;
  rows: ChannelCoverageRow[];
}

const isVerified = ({ rows }: Place): boolean => rows.every(({ verifiedShare }) => verifiedShare === 1);
const sum = (rows: ChannelCoverageRow[], of: (row: ChannelCoverageRow) => number): number =>
  rows.reduce((total, row) => total + of(row), 0);
const missing = (rows: ChannelCoverageRow[]): number =>
  sum(rows, (row) => row.weight * (1 - row.verifiedShare - row.claimedShare));
const unverified = (rows: ChannelCoverageRow[]): number =>
  sum(rows, (row) => row.weight * (1 - row.verifiedShare));

/** Channels, each followed by its threads in one; those first of which most is missing, then of which least is verified. */
function placesOf(channels: ChannelCoverageRow[], isEach: boolean): Place[] {
  const families = Map.groupBy(channels, (row) => (row.isThread && row.parentId) || row.channelId);
  return [...families.values()]
    .toSorted((a, b) => missing(b) - missing(a) || unverified(b) - unverified(a))
    .flatMap((rows) => {
      const [threads, own] = [rows.filter((row) => row.isThread), rows.filter((row) => !row.isThread)];
      const together =
        threads.length > 0
          ? [{ name: `${parentName(threads[0]!)} › ${some(threads.length, 'thread')}`, rows: threads }]
          : [];
      return [...own.map(alone), ...(isEach ? threads.map(alone) : together)];
    });
}

const NAME_LENGTH_MAX = 30;

const alone = (row: ChannelCoverageRow): Place => {
  const name = channelName({ id: row.channelId, name: row.channel }, NAME_LENGTH_MAX);
  return {
    name: row.isThread ? `${row.parent === null ? '' : `${parentName(row)} `}› ${name}` : name,
    rows: [row],
  };
};
const parentName = ({ parentId, parent }: ChannelCoverageRow): string =>
  channelName({ id: parentId ?? '?', name: parent }, NAME_LENGTH_MAX / 2);

function cellsOf({ name, rows }: Place, timeZone: string): string[] {
  const whole = sum(rows, ({ weight }) => weight);
  // However little is missing, it is not all.
  const shareOf = (of: (row: ChannelCoverageRow) => number) =>
    rows.every((row) => of(row) === 1)
      ? 1
      : Math.min(0.999_999, sum(rows, (row) => row.weight * of(row)) / whole);
  const percent = (share: number) => (share === 0 ? '' : en.coverage.percent(share));
  const since = rows.flatMap(({ sinceAt }) => sinceAt ?? []).toSorted()[0];
  return [
    name,
    percent(shareOf((row) => row.verifiedShare)),
    percent(shareOf((row) => row.claimedShare)),
    since === undefined ? '' : date(since, timeZone),
    holesOf(rows, timeZone),
    whyOf(rows),
  ];
}

const date = (iso: string, timeZone: string): string => String(dateIn(Date.parse(iso), timeZone));

/** "88 d from 2022-01-03, and 2 more" */
function holesOf(rows: ChannelCoverageRow[], timeZone: string): string {
  const lengthMs = ({ holeFromAt, holeToAt }: ChannelCoverageRow) =>
    Date.parse(holeToAt!) - Date.parse(holeFromAt!);
  const [longest] = rows.filter(({ holes }) => holes > 0).toSorted((a, b) => lengthMs(b) - lengthMs(a));
  if (!longest) return '';
  const more = sum(rows, ({ holes }) => holes) - 1;
  return `${lengthOf(lengthMs(longest))} from ${date(longest.holeFromAt!, timeZone)}${more > 0 ? `, and ${n(more)} more` : ''}`;
}

/** In its largest unit: `88 d`, `3 h`. */
function lengthOf(ms: number): string {
  if (ms >= 2 * 86_400_000) return `${n(Math.floor(ms / 86_400_000))} d`;
  if (ms >= 2 * 3_600_000) return `${Math.floor(ms / 3_600_000)} h`;
  return ms >= 60_000 ? `${Math.floor(ms / 60_000)} min` : 'under 1 min';
}

/** Of one its reason, of several how many have which. */
function whyOf(rows: ChannelCoverageRow[]): string {
  const open = rows.filter(({ verifiedShare }) => verifiedShare < 1);
  const reasons = [...Map.groupBy(open, ({ access }) => WHY[access ?? ''] ?? access ?? '')];
  if (rows.length === 1) return reasons[0]?.[0] ?? '';
  return reasons.map(([why, those]) => `${n(those.length)} ${why}`).join(', ');
}

function countOf(rows: ChannelCoverageRow[]): string {
  const threads = rows.filter(({ isThread }) => isThread).length;
  const channels = rows.length - threads;
  return [channels > 0 ? some(channels, 'channel') : '', threads > 0 ? some(threads, 'thread') : '']
    .filter(Boolean)
    .join(' and ');
}
