/** What each figure of the weekly report means, in English: as db/queries/README.md defines it, for whoever reads one. */
import { counted, number } from './numbers.ts';

/** Rows of a window, by what they are. */
interface Rows {
  rows: number;
  people: number;
  bots: number;
  system: number;
  deleted: number;
  hidden: number;
  bare: number;
}

const MESSAGE =
  'A message is one that a person wrote: no bot or webhook, no system notice, not deleted, in a channel that is neither excluded nor deleted.';
const QUESTION =
  'A question is a message with a question mark that ends a sentence outside of links, code and quotes, or the first post of a forum thread. It is answered by a reply to it by another person, or by the first message of another person in its own thread.';

export const explanations = {
  sections: {
    questions: `${QUESTION} Listed are those of the period without an answer up to the end of the record.`,
    totals: MESSAGE,
    trend:
      'Messages, and the people who wrote them, by ISO week. The first and the last week count as far as the period reaches.',
    contributors:
      'People by messages, ties by id. Days are calendar days on which they wrote, blocks the ten-minute pieces of those days in which they did.',
    newcomers:
      'New is whose first recorded message ever falls in the period. Who came back wrote in it, and in the period before as well.',
    channels:
      'Channels by the messages that people wrote there, ties by id. A thread is a channel of its own.',
    threads: 'Threads and forum posts by the messages that people wrote there, ties by id.',
    reacted: 'Messages of the period by the sum of the reactions to them, whoever gave them and whenever.',
    hours: 'Messages by weekday and hour of the clock.',
    replies: `${QUESTION} The time is that to the first answer, of the questions that have one, whenever it came.`,
    share:
      'The messages of the people who wrote most, of all messages. The Gini coefficient is over those who wrote, and leaves out those who only read.',
    coverage:
      'A channel is verified where Discord answered for a span in full or the bot was live, imported where an undamaged export alone says that it holds it. Looked at is the part of the period in which the channel was there, up to the end of the record; shares are of that time.',
  },
  figures: {
    messages: 'messages that people wrote',
    people: 'people who wrote at least one of them',
    channels: 'channels in which they wrote, without threads',
    threads: 'threads and forum posts in which they wrote',
    replies: "those of them that are replies in Discord's sense",
    reactions: 'the sum of reactions to them, whoever gave them and whenever',
    attachments: 'files at them',
    links: 'http and https addresses in them, each use',
    edits: 'those of them that were edited, once or more',
    deletions: 'messages of the period that are known to be deleted; they count nowhere else',
  },
  means: (figure: string, meaning: string) => `${figure}: ${meaning}`,
  window: (from: string, to: string, hours: number, zone: string) =>
    `Window: ${from} to ${to}, ${zone}, ${number(hours)} h; the end is not in it.`,
  against: (from: string, to: string, hours: number) =>
    `Compared with: ${from} to ${to}, ${number(hours)} h, as many calendar days.`,
  counted: ({ rows, people, bots, system, deleted, hidden, bare }: Rows) => {
    const left = [
      [bots, 'by bots and webhooks'],
      [system, system === 1 ? 'system notice' : 'system notices'],
      [deleted, 'deleted'],
      [hidden, 'in excluded or deleted channels'],
      [bare, 'of which only the id is known'],
    ] as const;
    const parts = left.filter(([n]) => n > 0).map(([n, what]) => `${number(n)} ${what}`);
    return `Counted: ${number(people)} of the ${counted(rows, 'recorded message row')} in the window${parts.length === 0 ? '' : `; left out: ${parts.join(', ')}`}.`;
  },
  fromQuestions: (asked: number) => `Found in them: ${counted(asked, 'question')}.`,
  everFirst: (from: string) => `First messages are looked for from the beginning of the record, ${from}.`,
  reactions: (n: number) => `On them: ${counted(n, 'reaction')}.`,
};

/** The words of explanations. */
export type ExplanationWords = typeof explanations;
