/** The weekly report as a schema. */
import {
  count,
  flag,
  id,
  integer,
  list,
  label,
  number,
  object,
  orNull,
  partial,
  type Schema,
  share,
  text,
  time,
} from '../schema.ts';
import { channelRow, coverageInMs, hourRow, listedMessage } from './shapes.ts';

const span = object({ fromMs: number, toMs: number, timeZone: text, from: text, to: text, hours: number });

const figure = object({ value: count, before: count, delta: integer });

const FIGURES = [
  'messages',
  'people',
  'channels',
  'threads',
  'replies',
  'reactions',
  'attachments',
  'links',
  'edits',
  'deletions',
];

const week = object({
  week: text,
  start: text,
  messages: count,
  people: count,
  newcomers: count,
  returning: count,
});

const contributor = object({
  id,
  name: text,
  isBot: flag,
  messages: count,
  activeDays: count,
  blocks: count,
  reactions: count,
  replied: count,
});

const newcomer = object({ id, name: text, firstAt: time, channelId: id, channel: label, messages: count });

const thread = object({
  id,
  name: label,
  parentId: orNull(id),
  parent: label,
  messages: count,
  people: count,
  lastAt: time,
});

const questions = object({
  asked: count,
  answered: count,
  unanswered: count,
  unansweredAfter24h: count,
  medianMinutes: orNull(number),
  p90Minutes: orNull(number),
  waits: list(object({ upToMinutes: orNull(number), questions: count })),
  waiting: list(object({ ...listedMessage, ageHours: number, url: text })),
});

const load = object({
  people: count,
  messages: count,
  median: orNull(number),
  top1Share: orNull(share),
  top5Share: orNull(share),
  top10Share: orNull(share),
  gini: orNull(share),
});

const gap = object({
  channelId: id,
  channel: label,
  reason: text,
  fromAt: time,
  toAt: time,
  messages: count,
});

const coverage = object({
  channels: count,
  verified: count,
  claimed: count,
  partly: count,
  missing: count,
  line: coverageInMs,
  gaps: list(gap),
});

export const weeklyReport: Schema = partial(
  {
    guild: object({ id, name: text }),
    period: object({ isWeek: flag, days: count, label: text, isRecordsLast: flag }),
    withBots: flag,
    span,
    before: span,
    record: orNull(object({ firstMs: number, lastMs: number })),
    totals: object(Object.fromEntries(FIGURES.map((figureName) => [figureName, figure]))),
    trend: object({ span, weeks: list(week) }),
    contributors: list(contributor),
    newcomers: object({ people: count, named: list(newcomer) }),
    returning: object({ before: count, again: count, share: orNull(share) }),
    channels: list(channelRow),
    threads: list(thread),
    reacted: list(object({ ...listedMessage, reactions: count, emoji: count, url: text })),
    questions,
    hours: list(hourRow),
    share: load,
    coverage,
  },
  {},
);
