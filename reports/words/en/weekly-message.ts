/** What the weekly report says as a message, beside what it says as a page, in English. Names come escaped. */
import { counted, listed, number } from './numbers.ts';
import { messages } from './period.ts';

/** The sentences of /weekly, and of the weekly post. */
export const weeklyMessage = {
  command: 'What happened in a week, with the whole report as a page',
  week: {
    name: 'week',
    description: 'Such as 2026-W46, 46, or a date in it; if you say nothing, the last complete week',
  },

  /** What is shown large, behind its number. */
  figures: {
    messages: (n: number): string => (n === 1 ? 'message' : 'messages'),
    people: (n: number): string => (n === 1 ? 'person writing' : 'people writing'),
    replies: (n: number): string => (n === 1 ? 'reply' : 'replies'),
    reactions: (n: number): string => (n === 1 ? 'reaction' : 'reactions'),
  },
  /** The value comes in bold. */
  figure: (value: string, label: string, delta: string) =>
    `${value} ${label}${delta === '' ? '' : ` · ${delta}`}`,
  deltas: 'Changes are against the week before.',
  more: (n: number) => `The newest ${number(n)} are in the attached page.`,
  person: (name: string, n: number) => `${name} ${number(n)}`,
  /** Who are the newcomers, and how many are not listed. */
  names: (names: readonly string[], more: number) =>
    `${more === 0 ? listed(names) : `${names.join(', ')} and ${number(more)} more`}.`,
  thread: (title: string, n: number, by: number) =>
    `${title}: ${messages(n)} by ${counted(by, 'person', 'people')}`,
  noPicture: 'A chart could not be drawn.',
  attached: 'The whole report is in the attached page. Open it in a browser.',
  notYet:
    'What is written from now on is recorded; what was written before can be read with /backfill by those who may Manage Server.',

  footerWithBots:
    'Bots and webhooks are counted as people are. System notices (joins, pins, boosts) are no messages. People who chose not to be named are counted and not listed.',
  messageWithBots:
    'A message is one that a person, a bot or a webhook wrote: no system notice, not deleted, in a channel that is neither excluded nor deleted.',
  withBots:
    'Bots and webhooks are counted as people are, but for questions and answers, which are of people alone.',

  noWeek: (typed: string) =>
    `“${typed}” is no week. Try 2026-W46, 46, or a date in it, such as 2026-11-12; or pick one from the list.`,
  toCome: 'That week has not begun yet.',
};
