/** What is said of a weekly report that is posted by itself, in English. Names come escaped. */
import { listed, moment, number } from './numbers.ts';
import { messages, people } from './period.ts';
import { settings } from './settings.ts';

/** A figure as it was posted, and as it is. */
export type Recounted = readonly [before: number, now: number];

/** Why a report could not be posted. */
export type Hindrance =
  | { is: 'gone' | 'unknown' | 'left' | 'rules-unknown' | 'catching-up' | 'unanswered' }
  | { is: 'lacks'; permissions: readonly string[] }
  /** It may be there, in this channel. */
  | { is: 'unsure'; channel: string }
  | { is: 'refused'; code: number }
  /** Nobody tried. */
  | { is: 'down' };

function causeOf(why: Hindrance): string {
  switch (why.is) {
    case 'gone':
      return 'the channel was deleted';
    case 'unknown':
      return 'the bot did not see the channel';
    case 'lacks':
      return `the bot lacked ${listed(why.permissions)} in the channel`;
    case 'left':
      return 'the bot was not in this server';
    case 'rules-unknown':
      return 'the bot did not know who may read what here';
    case 'catching-up':
      return 'the bot was still reading what it had missed';
    case 'unsure':
      return 'Discord did not say whether it came through, and the bot could not look';
    case 'unanswered':
      return 'Discord did not answer';
    case 'refused':
      return `Discord refused it (error ${why.code})`;
    case 'down':
      return 'Almanac was not running';
  }
}

/** What somebody can do about it. */
function remedyOf(why: Hindrance): string {
  switch (why.is) {
    case 'gone':
      return `Choose another with ${settings.options.weeklyChannel.name}.`;
    case 'unknown':
      return 'Allow View Channel there to its role.';
    case 'lacks':
      return 'Allow that to its role in the settings of the channel.';
    case 'unsure':
      return `So that nothing is posted twice, allow View Channel and Read Message History in ${why.channel} to its role.`;
    case 'refused':
      return 'It is tried again by itself. If that lasts, tell whoever runs the bot.';
    default:
      return 'It is tried again by itself.';
  }
}

/** Of 2026-W46: "week 46 of 2026". */
const week = (label: string): string => `week ${Number(label.slice(-2))} of ${label.slice(0, 4)}`;
const Week = (label: string): string => week(label).replace('w', 'W');

/** The sentences of the post beside those of the report, and of what became of it. */
export const posting = {
  mine: 'What I can read',
  late: (local: string) => `It was due on ${moment(local)} and is late: Almanac could not post it then.`,
  updated: ([messagesBefore, messagesNow]: Recounted, [peopleBefore, peopleNow]: Recounted) =>
    `Counted again, since the record of this week has changed: ${messages(messagesNow)} by ${people(peopleNow)}. When it was posted it was ${number(messagesBefore)} by ${number(peopleBefore)}.`,
  skippedBefore: (label: string) => `The report about ${week(label)} was not posted. /weekly shows it.`,

  posted: (label: string, local: string) => `Last posted: ${week(label)}, on ${moment(local)}.`,
  edited: (local: string) => `Counted again on ${moment(local)}.`,
  waits: (label: string, why: Hindrance) =>
    `${Week(label)} is not posted yet: ${causeOf(why)}. ${remedyOf(why)}`,
  /** What hinders it stands before. */
  waitsForThat: (label: string) => `${Week(label)} waits for that.`,
  until: (local: string) => `It can come until ${moment(local)}.`,
  begun: (label: string) => `${Week(label)} is being posted.`,
  notBegun: (label: string) =>
    `${Week(label)} is due, and nothing posts it: tell whoever runs the bot that its companion is not running.`,
  tooLate: (label: string, why: Hindrance) =>
    `${Week(label)} was not posted in time: ${causeOf(why)}. /weekly shows it.`,
  turnedOff: (label: string) => `${Week(label)} was not posted: posting had been turned off.`,
};
