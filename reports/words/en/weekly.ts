/** Every sentence of the weekly report, in English. Names in them come escaped; nothing else in them needs to be. */
import {
  counted,
  dateRange,
  hour,
  longDate,
  longDay,
  moment,
  number,
  percent,
  shortDate,
  shortWeekday,
  weekday,
} from './numbers.ts';
import { lead } from './lead.ts';
import { before, delta, during, messages, people, type PeriodWords } from './period.ts';
import { sections } from './sections.ts';

const weekNumber = (label: string): string => `week ${Number(label.slice(-2))} of ${label.slice(0, 4)}`;

/** The sentences of the report. */
export const weekly = {
  before,
  during,
  delta,
  moment,
  number,
  percent,
  shortDate,
  weekday,
  shortWeekday,
  hour,

  title: (guild: string, label: string, period: PeriodWords, to: string) =>
    period.isWeek
      ? `${guild}: ${weekNumber(label)}`
      : `${guild}: ${counted(period.days, 'day')} to ${longDate(to)}`,
  dates: dateRange,
  span: (from: string, to: string, zone: string) =>
    from === to
      ? `${longDay(from)}. Times are those of ${zone}.`
      : `${longDay(from).replace(/ \d{4}$/, (year) => (year.trim() === to.slice(0, 4) ? '' : year))} to ${longDay(to)}. Times are those of ${zone}.`,
  recordsLast: (date: string) => `The record ends on ${longDay(date)}; this is its last week.`,
  isItsLast: 'This is the last week of the record.',
  recordEndsWithin: (date: string, day: number, days: number) =>
    `The record ends on ${longDay(date)}, day ${number(day)} of ${number(days)}: what came after is not known, so compare with care.`,
  recordBeginsWithin: (date: string, period: PeriodWords) =>
    `The record begins on ${longDay(date)}, so there is nothing to compare with ${before(period)}.`,
  recordBeginsBefore: (date: string, period: PeriodWords) =>
    `The record begins on ${longDay(date)}, so it knows only a part of ${before(period)}: compare with care.`,
  neverWritten: 'Nothing that people wrote is recorded here yet.',
  empty: (period: PeriodWords) => `Nobody wrote ${during(period)}, as far as is recorded.`,
  emptyAfter: (n: number, by: number, period: PeriodWords) =>
    `In ${before(period)}: ${messages(n)} by ${people(by)}.`,

  lead,
  headings: {
    questions: 'Waiting for an answer',
    totals: 'In figures',
    trend: 'The weeks up to now',
    contributors: 'Who wrote most',
    newcomers: 'New faces, and who came back',
    channels: 'Where it happened',
    threads: 'Threads most alive',
    reacted: 'What people reacted to',
    hours: 'When the server is awake',
    replies: 'How soon questions are answered',
    share: 'How the load is shared',
    coverage: 'What these numbers rest on',
  },

  heads: {
    figure: 'figure',
    now: (period: PeriodWords) => (period.isWeek ? 'this week' : `these ${counted(period.days, 'day')}`),
    against: (period: PeriodWords) => `against ${before(period)}`,
    week: 'week of',
    messages: 'messages',
    people: 'people',
    newcomers: 'new',
    member: 'member',
    days: 'days',
    blocks: 'ten-minute blocks',
    channel: 'channel',
    thread: 'thread',
    first: 'first message',
    place: 'in',
    wait: 'first answer within',
    questions: 'questions',
  },

  figures: {
    messages: 'messages',
    people: 'people writing',
    channels: 'active channels',
    threads: 'active threads',
    replies: 'replies',
    reactions: 'reactions',
    attachments: 'attachments',
    links: 'links',
    edits: 'edited messages',
    deletions: 'deleted messages',
  },

  ...sections,
  place: {
    unknown: (id: string) => `channel ${id}`,
    within: (thread: string, channel: string) => `${thread} in ${channel}`,
  },

  quote: {
    text: (quoted: string) => `“${quoted}”`,
    spoiler: '[spoiler]',
    member: '@member',
    role: '@role',
    channel: '#channel',
    time: '[time]',
    notKept: 'no text',
  },

  open: 'open',
  openInDiscord: 'Open in Discord',
  asTable: 'The same as a table',
  noPicture: 'The chart for this could not be drawn.',
  howCounted: 'How this is counted',
  /** Whose eyes a report is for that is no answer in Discord. */
  audience: {
    all: 'Counted: all channels that are recorded, also those that not everyone can read.',
    some: 'Counted: the channels that were asked for, also where not everyone can read them.',
    place: (place: string) => `Counted for everyone who can read ${place}.`,
  },
  postedIn: (place: string, local: string) => `Posted in ${place} on ${moment(local)}.`,
  footer:
    'Bots and webhooks are not counted. System notices (joins, pins, boosts) are no messages. People who chose not to be named are counted and not listed.',
};

/** The words of the weekly report. */
export type WeeklyWords = typeof weekly;
