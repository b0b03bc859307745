/** What /backfill says, in English. Names come escaped. */
import { counted, duration, listed, longDate, number } from './numbers.ts';

const MINUTE_MS = 60_000;

/** A time that is left, as roughly as it is known. */
const about = (ms: number): string =>
  ms < MINUTE_MS ? 'less than a minute' : `about ${duration(Math.ceil(ms / MINUTE_MS))}`;

/** A time that has passed. */
const took = (ms: number): string =>
  ms < 100_000 ? counted(Math.round(ms / 1_000), 'second') : duration(ms / MINUTE_MS);

const speed = (perSecond: number | undefined): string =>
  perSecond === undefined ? '' : `; ${number(perSecond)} a second`;

const places = (count: number): string => `${counted(count, 'channel')} and threads`;

/** What was asked for; what is absent was not. */
export interface BackfillOrderWords {
  names: readonly string[];
  /** How many beside those. */
  more: number;
  since?: string;
  withReactors: boolean;
  isAgain: boolean;
}

export interface BackfillFoundWords {
  messages: number;
  messagesSeen: number;
  deletions: number;
  members: number;
}

export interface BackfillChannelsWords {
  channels: number;
  read: number;
  closed: number;
  failed: number;
  deleted: number;
}

/** Why a channel is not read. */
const notRead: Record<string, string> = {
  'no view': 'the bot lacks View Channel',
  'no history': 'the bot lacks Read Message History',
  'no connect': 'the bot lacks Connect, which the texts of a voice channel take',
  hidden: 'hidden from the bot',
  'not joined': 'private, and the bot was not added',
  gone: 'deleted',
  excluded: 'excluded by the settings',
  refused: 'Discord refuses it, though it should be readable; it is tried again after a day',
  'refused before': 'Discord refused it within a day, though it should be readable',
  'request refused': 'Discord finds the request wrong',
  'repeated page': 'Discord answered with the same page again; what came before it is kept',
};

/** Why a run was paused, or has failed. */
const because: Record<string, string> = {
  'paused in Discord': 'by /backfill pause',
  'paused by almanac backfill pause': 'at the command line',
  'stopped by Ctrl+C': 'at the command line',
  'stopped by SIGTERM': 'at the command line',
  'The server is closed to the bot: it is not in it any more, or Discord has an outage.':
    'the server is closed to the bot, which is not in it any more, or Discord has an outage',
};

/** What no reading can tell afterwards. */
const notKnown: Record<string, string> = {
  'unsure-counts': 'The right number of some reactions, which changed while they were read.',
  'unlisted-reactors': 'Who gave some of the reactions. Their numbers are right.',
  'unchecked-deletions':
    'Whether some messages that only exports told of were deleted; they were too many to ask for.',
  'unchecked-channels': 'Whether some channels were deleted; they were too many to ask for.',
  'refused-payloads': 'Some messages that Discord told of in a way that is not understood.',
};

export const backfill = {
  description: 'Read the history from before the bot came',
  subcommands: {
    plan: 'Show what would be read, what cannot be, and how long it takes',
    start: 'Read the history, newest first; what is recorded already is not read again',
    pause: 'Stop reading between two pages; what was read is kept',
    resume: 'Go on where it was paused',
    status: 'Show how far it is',
  },
  options: {
    channel: { name: 'channel', description: 'Read this channel, thread, forum or category only' },
    since: { name: 'since', description: 'Read nothing from before this date, such as 2026-11-01' },
    reactionUsers: {
      name: 'reaction-users',
      description: 'Ask who reacted, too: one request for each emoji of a message',
    },
    again: { name: 'again', description: 'Read what is recorded in full once more' },
  },
  buttons: {
    start: 'Start',
    plan: 'Show the plan',
    refresh: 'Refresh',
    pause: 'Pause',
    resume: 'Resume',
    retry: 'Try again',
  },
  refusals: {
    channel: (typed: string) =>
      `There is no channel “${typed}” here that you and the bot can see. Pick one from the list.`,
    since: (typed: string) =>
      `“${typed}” is no date. Dates look like 2026-11-16; 2026-11 and 2026 are taken, too.`,
    future: 'That date is still to come: nothing was said since.',
    closed:
      'Discord shows the bot nothing of this server now. It may have an outage; try again in a few minutes.',
  },

  asking: 'Asking Discord what there is to read. In a large server that takes a minute.',
  asked: ({ names, more, since, withReactors, isAgain }: BackfillOrderWords): string => {
    const all = [...names, ...(more > 0 ? [`${number(more)} more`] : [])];
    const parts = [
      all.length > 0 ? listed(all) : 'all channels',
      ...(since === undefined ? [] : [`since ${longDate(since)}`]),
      ...(withReactors ? ['with who reacted'] : []),
      ...(isAgain ? ['what is recorded, too'] : []),
    ];
    return `Asked for: ${parts.join(', ')}.`;
  },

  plan: {
    title: 'What would be read',
    all: (messages: number, requests: number, ms: number) =>
      `About **${counted(messages, 'message')}**, newest first. That takes about ${counted(requests, 'request')}: **${about(ms)}**.`,
    unknown: (channels: number) =>
      `Not counted: ${counted(channels, 'channel')} of which Discord does not tell how much is in ${channels === 1 ? 'it' : 'them'}.`,
    reactors: 'Nor are the requests for who reacted to what is not read yet.',
    row: (place: string, messages: number | null, threads: number) => {
      const size = messages === null ? 'not known how much' : counted(messages, 'message');
      return `${place}: ${size}${threads > 0 ? `, ${counted(threads, 'thread')}` : ''}`;
    },
    more: (channels: number) => `and ${counted(channels, 'more channel', 'more channels')}`,
    unseen: (channels: number) => `${counted(channels, 'channel')} that you cannot see`,
    covered: (count: number) =>
      count === 1
        ? 'One channel or thread is recorded in full already.'
        : `${number(count)} channels and threads are recorded in full already.`,
    nothing: 'Nothing: all that the bot may read is recorded already.',
    footer: 'Nothing is read before somebody starts it.',
  },
  /** Where the bot sees no channel at all. */
  noChannel:
    'The bot is shown no channel of this server in which people write. Allow its role View Channels: Server Settings, Roles.',

  notRead: {
    title: 'Not read',
    because: (reason: string | null) => (reason === null ? 'not known why' : (notRead[reason] ?? reason)),
    more: (channels: number) => `${number(channels)} more`,
    line: (names: readonly string[], reason: string) => `${listed(names)}: ${reason}`,
    help: {
      allow:
        "To have a channel read: Edit Channel (or its category), Permissions, add the bot's role, and allow what is lacking.",
      join: 'To have private threads read: add the bot to them, or allow its role Manage Threads.',
      settings: 'To have excluded channels read: /settings.',
    },
  },

  none: {
    title: 'Nothing was asked for yet',
    text: '`/backfill plan` shows what there is to read from before the bot came, and `/backfill start` reads it.',
  },
  titles: {
    queued: 'The history is to be read',
    running: 'Reading the history',
    paused: 'Reading the history is paused',
    done: 'All history that the bot may read is recorded',
    partly: 'All history that the bot may read is recorded, but for some of it',
    failed: 'Reading the history has failed',
    doneInPart: 'What was asked for is recorded',
    partlyInPart: 'What was asked for is recorded, but for some of it',
  },
  because: (reason: string) => {
    const [, unexpected] = /^an unexpected error \((.*)\)$/.exec(reason) ?? [];
    return unexpected === undefined
      ? (because[reason] ?? reason)
      : `an error that nobody expected (${unexpected})`;
  },
  paused: (reason: string) => `Paused: ${reason}.`,
  failed: (reason: string) => `What happened: ${reason}.`,

  percent: (whole: number) => `${number(whole)}%`,
  left: (ms: number) => `${about(ms)} left`,
  seen: (seen: number, isNew: number, perSecond?: number) =>
    `**${counted(seen, 'message')}** read${isNew < seen ? `, ${number(isNew)} of them new` : ''}${speed(perSecond)}`,
  pages: (pages: number, requests: number, perSecond?: number) =>
    `${counted(pages, 'page')} in ${counted(requests, 'request')}${speed(perSecond)}`,
  reading: 'Now',
  backTo: (place: string, date: string) => `${place}, back to ${longDate(date)}`,
  found: ({ messages, messagesSeen, deletions, members }: BackfillFoundWords) =>
    `${[
      `**${counted(messages, 'new message')}**`,
      ...(messagesSeen > messages ? [`${number(messagesSeen)} read in all`] : []),
      `${counted(deletions, 'deletion')} found`,
      ...(members > 0 ? [`${counted(members, 'member')} listed`] : []),
    ].join(', ')}.`,
  took: (requests: number, ms: number) => `${counted(requests, 'request')} in ${took(ms)}.`,
  channels: ({ channels, read, closed, failed, deleted }: BackfillChannelsWords) => {
    const rare = [
      [closed, 'closed to the bot'],
      [failed, 'failed'],
      [deleted, 'found deleted'],
    ] as const;
    return `${[
      `${number(read)} of ${places(channels)} read`,
      ...rare.filter(([count]) => count > 0).map(([count, what]) => `${number(count)} ${what}`),
    ].join('; ')}.`;
  },
  notKnown: (key: string) => notKnown[key],
  notKnownTitle: 'Not known',
  until: (date: string, clock: string) =>
    `It holds what was there when it began, on ${longDate(date)} at ${clock}. What came since is recorded live.`,

  waitsForTurn: 'It begins within seconds, or when those before it are done.',
  behind: (runs: number) =>
    `${counted(runs, 'more backfill', 'more backfills')} of this server ${runs === 1 ? 'waits' : 'wait'} behind it.`,
  othersPaused: (runs: number) =>
    runs === 1
      ? 'Another backfill of this server is paused.'
      : `${number(runs)} other backfills of this server are paused.`,
  silent: (ms: number) =>
    `Nothing new for ${duration(ms / MINUTE_MS)}. It goes on by itself as soon as Discord and the database answer.`,
  /** A line of coverage. */
  recorded: (line: string) => `Recorded of what you can read: ${line}.`,
  away: 'The database does not answer; this is how it was last.',
  next: {
    paused: '`/backfill resume` goes on where it is.',
    retry: '`/backfill start` tries what is missing again, and reads nothing twice.',
  },
  pausing: (runs: number) =>
    `${runs === 1 ? 'It stops' : `All ${number(runs)} stop`} at the next page. What was read is kept.`,
  nothingToPause: 'Nothing is being read, so nothing was paused.',
  resumed: (runs: number) =>
    runs === 1 ? 'It goes on where it was.' : `All ${number(runs)} go on where they were.`,
  nothingToResume: 'Nothing is paused, so nothing was resumed.',
  unwatched: 'No longer updated by itself: press Refresh.',
};
