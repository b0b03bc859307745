/** A period at a glance as a message: read in five seconds, on a phone. */
import { footingOf } from '../footing.ts';
import type { Block, Message } from '../message.ts';
import { markdown } from '../markdown.ts';
import type { Markup } from '../markup.ts';
import { periodTitle } from '../period.ts';
import { dateOf, placeIn } from '../weekly/names.ts';
import type { Words } from '../words.ts';
import type { StatsChart, StatsPictures } from './charts.ts';
import { figureLines, leadOf } from './figures.ts';
import { emptyOf, notesOf } from './notes.ts';
import type { Stats } from './report.ts';

/** A name in a line: of a longer one its beginning. */
const NAME_LENGTH_MAX = 40;
const CHARTS: StatsChart[] = ['activity', 'hours'];

const short: Markup = { ...markdown, text: (foreign) => markdown.text(foreign, NAME_LENGTH_MAX) };

/** The message; a picture is null where it could not be drawn. */
export function renderStats(stats: Stats, words: Words, pictures: StatsPictures): Message {
  const { counts, period } = stats;
  const isEmpty = !counts || counts.figures.messages.value === 0;
  const notes = notesOf(stats, words);
  const blocks = [
    headOf(stats, words),
    ...(isEmpty
      ? [text(emptyOf(stats, words))]
      : [
          text([leadOf(counts, period, short, words)]),
          text(figureLines(counts, short, words)),
          ...picturesOf(pictures, words),
          ...placesOf(stats, words),
        ]),
    ...(notes.length > 0 ? [text(notes.map((note) => `-# ${note}`))] : []),
    footingOf({ ...stats, window: period.window }, words),
  ];
  const files = CHARTS.flatMap((id) => {
    const picture = pictures[id];
    return picture ? [{ name: `${id}.png`, bytes: picture.png, alt: picture.alt }] : [];
  });
  return { blocks, ...(files.length > 0 && { files }) };
}

const text = (lines: readonly string[]): Block => ({ is: 'text', text: lines.join('\n') });

/** Of when, where, and by which clock. */
function headOf({ guildName, channel, period }: Stats, words: Words): Block {
  const { unit, window } = period;
  const { fromMs, toMs, timeZone } = window;
  const dates = words.weekly.dates(dateOf(fromMs, timeZone), dateOf(toMs - 1, timeZone));
  const about = [
    short.text(guildName),
    ...(channel ? [placeIn(short, channel, words.weekly)] : []),
    ...(unit === 'all' ? [dates] : []),
    words.stats.clock(markdown.text(timeZone)),
  ];
  return text([
    `## ${unbroken(periodTitle(period, words))}`,
    `-# ${about.filter((part) => part !== '').join(' · ')}`,
  ]);
}

/** "(9 – 15 November)" stays on one line. */
const unbroken = (title: string): string =>
  title.replace(/\(.*\)/, (dates) => dates.replaceAll(' ', '\u00a0').replaceAll('–', '–\u2060'));

function picturesOf(pictures: StatsPictures, words: Words): Block[] {
  const drawn = CHARTS.flatMap((id): Block[] => {
    const picture = pictures[id];
    return picture ? [{ is: 'picture', file: `${id}.png`, alt: picture.alt }] : [];
  });
  const isMissing = CHARTS.some((id) => pictures[id] === null);
  return [...drawn, ...(isMissing ? [text([`-# ${words.stats.noPicture}`])] : [])];
}

/** Where most was written; of one place the lead tells it. */
function placesOf({ counts }: Stats, words: Words): Block[] {
  const { busiest, of } = counts!.places;
  if (busiest.length < 2) return [];
  const lines = busiest.map((row, i) => {
    const place = placeIn(short, row, words.weekly);
    return `${i + 1}. ${words.stats.place(place, row.messages)}`;
  });
  return [text([`### ${words.stats.places(of.channels, of.threads)}`, ...lines])];
}
