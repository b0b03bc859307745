/** An answer about contributors as a message, told to each who asks. */
import { dateOf, memberIn, placeIn } from '../weekly/names.ts';
import type { Chart } from '../charts/chart.ts';
import { rankedChart } from '../charts/contributors.ts';
import { footingOf } from '../footing.ts';
import type { Standings } from '../../db/queries/standings.ts';
import type { Markup } from '../markup.ts';
import { markdown } from '../markdown.ts';
import type { Block, Message } from '../message.ts';
import { periodTitle } from '../period.ts';
import type { Picture } from '../pictures.ts';
import type { Words } from '../words.ts';
import type { Circumstances, ContributorsReport, Ranked } from './report.ts';

/** Below this the list says it all. */
const BARS_MIN = 3;
/** A name in a list: of a longer one its beginning. */
const NAME_LENGTH_MAX = 40;
const FILE = 'contributors.png';

const short: Markup = { ...markdown, text: (foreign) => markdown.text(foreign, NAME_LENGTH_MAX) };

/** The bars, where they show more than the list says. */
export function contributorsPicture(
  report: ContributorsReport,
  circumstances: Circumstances,
  words: Words,
): Chart | undefined {
  const { by, rows, standings, days } = report;
  const first = rows[0]?.merit;
  // Bars of one length show nothing.
  if (rows.length < BARS_MIN || rows.at(-1)!.merit === first) return undefined;
  const said = words.contributors.chart[by];
  return rankedChart(
    {
      rows,
      even: evenWith(first!, standings),
      total: by === 'activeDays' ? days : standings.total,
      span: periodTitle(circumstances.period, words),
    },
    by === 'activeDays'
      ? {
          ...said,
          title: (names, merit, _, even) =>
            words.contributors.chart.activeDays.title(names, merit, days, even),
        }
      : said,
    words.charts,
  );
}

/** How many have exactly so much, named or not. */
const evenWith = (merit: number, { places, unnamed }: Standings): number =>
  places.filter(([, n]) => n === merit).length + unnamed.filter((n) => n === merit).length;

/** The message for each who asks; `picture` is null where it could not be drawn, undefined where there is none. */
export function renderContributors(
  report: ContributorsReport,
  circumstances: Circumstances,
  words: Words,
  picture?: Picture | null,
): (askerId: string) => Message {
  const { by, rows, standings } = report;
  const head = headOf(report, circumstances, words);
  const foot = footingOf(
    { ...circumstances, coverage: report.coverage, window: circumstances.period.window },
    words,
  );
  const list = rows.map((row, i) => `${i + 1}. ${lineOf(report, row, words)}`).join('\n');
  const shown: Block[] = [
    ...head,
    ...(picture ? [{ is: 'picture', file: FILE, alt: picture.alt } as const] : []),
    ...(picture === null ? [text(`-# ${words.contributors.noPicture}`)] : []),
    ...(rows.length > 0 ? [text(list)] : []),
  ];
  const places = new Map(standings.places.map(([id, merit], i) => [id, { place: i + 1, merit }]));
  return (askerId) => {
    const own = places.get(askerId);
    const isFurtherDown = own !== undefined && own.place > rows.length;
    return {
      blocks: [
        ...shown,
        ...(isFurtherDown ? [text(words.contributors.own[by](own.place, places.size, own.merit))] : []),
        foot,
      ],
      ...(picture && { files: [{ name: FILE, bytes: picture.png, alt: picture.alt }] }),
    };
  };
}

const text = (of: string): Block => ({ is: 'text', text: of });

/** Title, what it is about, and what was found. */
function headOf(report: ContributorsReport, circumstances: Circumstances, words: Words): Block[] {
  const { guildName, channel, period } = circumstances;
  const { contributors } = words;
  const about = contributors.about(
    periodTitle(period, words),
    short.text(guildName),
    channel && placeIn(short, channel, words.weekly),
  );
  return [
    text(`## ${contributors.titles[report.by]}\n-# ${about}`),
    text(findingOf(report, circumstances, words)),
  ];
}

function findingOf(report: ContributorsReport, circumstances: Circumstances, words: Words): string {
  const { by, rows, standings, days } = report;
  const { period, isRecorded, firstMs } = circumstances;
  const { contributors, weekly } = words;
  const { people, total } = standings;
  if (people === 0) {
    if (!isRecorded) return contributors.notYet;
    if (period.window.toMs > firstMs) return contributors.empty[by];
    return contributors.beforeRecord(weekly.dates(...sameDay(firstMs, period.window.timeZone)));
  }
  if (rows.length === 0) return contributors.nobodyNamed(people);
  if (by === 'activeDays') return contributors.lead.activeDays(people, evenWith(days, standings), days);
  const share = rows.reduce((sum, row) => sum + row.merit, 0) / total;
  return contributors.lead[by](total, people, rows.length, share);
}

const sameDay = (ms: number, timeZone: string): [string, string] => [
  dateOf(ms, timeZone),
  dateOf(ms, timeZone),
];

function lineOf({ by, days }: ContributorsReport, row: Ranked, { contributors }: Words): string {
  const name = short.strong(memberIn(short, row));
  const { merit, messages = 0, activeDays, medianMinutes = 0 } = row;
  const line = {
    messages: () => contributors.line.messages(merit, days > 1 ? activeDays : undefined),
    activeDays: () => contributors.line.activeDays(merit, messages),
    reactions: () => contributors.line.reactions(merit, messages),
    replied: () => contributors.line.replied(merit, messages),
    answers: () => contributors.line.answers(merit, medianMinutes),
  }[by]();
  return `${name}: ${line}`;
}
