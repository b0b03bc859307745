/** The weekly report as a message: what somebody should know who reads it on a phone, most important first. */
import { type CountedFor, footingOf } from '../footing.ts';
import { markdown } from '../markdown.ts';
import type { Markup } from '../markup.ts';
import type { Block, Message, MessageFile } from '../message.ts';
import type { Words } from '../words.ts';
import type { Recounted } from '../words/en/posting.ts';
import type { Chart } from '../charts/chart.ts';
import { weeklyCharts, type WeeklyPictures } from './charts.ts';
import { isComparable, isRepliedTo } from './lead.ts';
import { postButtons } from './mark.ts';
import { localTime, memberIn } from './names.ts';
import type { WeeklyReport } from './report.ts';
import type { ChartId, Section, SectionId } from './section.ts';
import { footerOf, headOf, sectionsOf } from './sections.ts';

/** On a phone, four screens. */
const TEXT_MAX = 3000;
const QUESTIONS = 3;
const PEOPLE = 5;
const THREADS = 3;
const FIGURES = ['messages', 'people', 'replies', 'reactions'] as const;
const NAME_LENGTH_MAX = 40;
const QUOTE_LENGTH_MAX = 100;

/** Names and quotations shorter than on a page. */
const short: Markup = {
  ...markdown,
  text: (foreign, lengthMax) =>
    markdown.text(foreign, lengthMax === undefined ? NAME_LENGTH_MAX : Math.min(lengthMax, QUOTE_LENGTH_MAX)),
};

/** What a post that Almanac makes by itself says beside the report. */
export interface AboutPost {
  /** It was due earlier. Units: ms */
  late?: { dueMs: number };
  /** It was counted again since: figures as they were posted, and as they are. */
  updated?: { messages: Recounted; people: Recounted };
  /** The week before it of which no report was posted, as 2026-W45. */
  skippedBefore?: string;
}

interface Telling {
  report: WeeklyReport;
  words: Words;
  post?: AboutPost;
  /** Whether the whole report comes along as a page. */
  isAttached: boolean;
  section(id: SectionId): Section | undefined;
}

/** The charts of the message. The page beside it has the others' tables: seven pictures would take longer than people wait. */
export function messageCharts(report: WeeklyReport, words: Words): Partial<Record<ChartId, Chart>> {
  const { activity, hours } = weeklyCharts(report, words);
  return { ...(activity && { activity }), ...(hours && { hours }) };
}

/**
 * The report as a message, for a reply and a post alike. `html`: the whole of it as a page, which is attached. `post`: it
 * is posted by itself, with the buttons by which it is known again.
 *
 * Units  under 3,000 characters of text
 */
export function renderWeeklyMessage(
  report: WeeklyReport,
  words: Words,
  pictures: WeeklyPictures,
  html?: string,
  countedFor: CountedFor = 'everyone',
  post?: AboutPost,
): Message {
  const sections = new Map(
    sectionsOf({ report, markup: short, words }).map((section) => [section.id, section]),
  );
  const isAttached = html !== undefined;
  const section = (id: SectionId) => sections.get(id);
  const telling: Telling = { report, words, isAttached, section, ...(post && { post }) };
  const page = `weekly-${report.period.label}.html`;
  const blocks: (Block | undefined)[] = [
    headIn(telling),
    figuresIn(telling),
    questionsIn(telling),
    pictureIn('activity', pictures, words),
    peopleIn(telling),
    newcomersIn(telling),
    threadsIn(telling),
    pictureIn('hours', pictures, words),
    { is: 'rule' },
    footIn(telling, countedFor),
    html === undefined ? undefined : { is: 'file', file: page },
  ];
  return {
    blocks: fitting(blocks.filter((block) => block !== undefined)),
    ...(post && { buttons: postButtons(report.period.label, words) }),
    files: [...filesOf(pictures), ...(html === undefined ? [] : [{ name: page, bytes: Buffer.from(html) }])],
  };
}

const text = (lines: readonly string[]): Block => ({ is: 'text', text: lines.join('\n') });
const heading = (of: string): string => `### ${of}`;
const fine = (line: string): string => `-# ${line}`;

function headIn({ report, words, post = {} }: Telling): Block {
  const { title, notes, lead } = headOf({ report, markup: short, words });
  const [when, ...others] = notes;
  const isEmpty = report.record === null;
  return text([
    `## ${title}`,
    fine(when!),
    [...lead, ...(isEmpty ? [words.weeklyMessage.notYet] : [])].join(' '),
    ...[...others, ...postNotes(post, report.span.timeZone, words)].map(fine),
  ]);
}

function postNotes({ late, updated, skippedBefore }: AboutPost, timeZone: string, words: Words): string[] {
  const { posting } = words;
  return [
    ...(late ? [posting.late(localTime(late.dueMs, timeZone))] : []),
    ...(updated ? [posting.updated(updated.messages, updated.people)] : []),
    ...(skippedBefore === undefined ? [] : [posting.skippedBefore(skippedBefore)]),
  ];
}

function figuresIn({ report, words, section }: Telling): Block | undefined {
  if (!section('totals')) return undefined;
  const { weekly, weeklyMessage } = words;
  const isCompared = isComparable(report);
  const lines = FIGURES.map((figure) => ({ figure, ...report.totals[figure] }))
    .filter(({ value, before }) => value > 0 || before > 0)
    .map(({ figure, value, before }) =>
      weeklyMessage.figure(
        short.strong(weekly.number(value)),
        weeklyMessage.figures[figure](value),
        isCompared ? weekly.delta(value, before) : '',
      ),
    );
  return text([...lines, ...(isCompared ? [fine(weeklyMessage.deltas)] : [])]);
}

function questionsIn({ report, words, isAttached, section }: Telling): Block | undefined {
  const found = section('questions');
  if (!found) return undefined;
  const { weekly, weeklyMessage } = words;
  const { messages = [] } = found;
  const listed = messages.slice(0, QUESTIONS).map(({ line, quote, url }) => {
    const told = quote === undefined ? line : `${quote} ${line}`;
    return `- ${told} · [${weekly.open}](${url})`;
  });
  return text([
    heading(found.heading),
    // How many they are is in the lead.
    ...(isRepliedTo(report) ? [] : [found.sentences[0]!]),
    ...listed,
    ...(messages.length > QUESTIONS && isAttached ? [fine(weeklyMessage.more(messages.length))] : []),
  ]);
}

function peopleIn({ report, words, section }: Telling): Block | undefined {
  const found = section('contributors');
  if (!found) return undefined;
  const { weeklyMessage, answering } = words;
  const people = report.contributors
    .slice(0, PEOPLE)
    .map((row) => weeklyMessage.person(short.strong(memberIn(short, row)), row.messages));
  return text([heading(found.heading), answering.listed(people)]);
}

function newcomersIn({ report, words, section }: Telling): Block | undefined {
  const found = section('newcomers');
  if (!found) return undefined;
  const { named, people } = report.newcomers;
  const names = named.slice(0, PEOPLE).map((row) => short.strong(memberIn(short, row)));
  // That there are some is in the lead, and of a few their names.
  const isTold = isComparable(report) && people > 0;
  const isListed = found.table !== undefined && names.length > 0;
  const sentences = [
    ...(isListed ? [words.weeklyMessage.names(names, people - names.length)] : []),
    ...found.sentences.slice(isTold ? 1 : 0),
  ];
  return sentences.length === 0 ? undefined : text([heading(found.heading), sentences.join(' ')]);
}

function threadsIn({ words, report, section }: Telling): Block | undefined {
  const found = section('threads');
  if (!found) return undefined;
  const lines = report.threads.slice(0, THREADS).map((row, i) => {
    const title = found.table!.rows[i]![0]!;
    return `- ${words.weeklyMessage.thread(title, row.messages, row.people)}`;
  });
  return text([heading(found.heading), ...lines]);
}

function pictureIn(id: 'activity' | 'hours', pictures: WeeklyPictures, words: Words): Block | undefined {
  const picture = pictures[id];
  if (picture === null) return text([fine(words.weeklyMessage.noPicture)]);
  return picture && { is: 'picture', file: `${id}.png`, alt: picture.alt };
}

function filesOf(pictures: WeeklyPictures): MessageFile[] {
  return (['activity', 'hours'] as const).flatMap((id) => {
    const picture = pictures[id];
    return picture ? [{ name: `${id}.png`, bytes: picture.png, alt: picture.alt }] : [];
  });
}

function footIn({ report, words, isAttached }: Telling, countedFor: CountedFor): Block {
  const { withBots, coverage, span } = report;
  const foot = footingOf({ coverage: coverage.line, window: span, countedFor, bots: false }, words);
  return text([
    ...(isAttached ? [fine(words.weeklyMessage.attached)] : []),
    ...(foot.is === 'text' ? [foot.text] : []),
    ...(withBots ? [fine(footerOf(report, words))] : []),
  ]);
}

/** The blocks that there is room for: of names that are endless the least important go, which the page has as well. */
function fitting(blocks: Block[]): Block[] {
  const lengthOf = (list: readonly Block[]) =>
    list.reduce((sum, block) => sum + (block.is === 'text' ? block.text.length : 0), 0);
  const kept = [...blocks];
  const isHeaded = (block: Block) => block.is === 'text' && block.text.startsWith('### ');
  while (lengthOf(kept) > TEXT_MAX && kept.some(isHeaded)) kept.splice(kept.findLastIndex(isHeaded), 1);
  return kept;
}
