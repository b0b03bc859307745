/** What commands share, in English: options, buttons, what stands below an answer, and refusals. Names come escaped. */
import { listed, longDate } from './numbers.ts';

export const answering = {
  howCounted: 'How was this counted?',
  howCountedTitle: 'How this was counted',
  earlier: 'Earlier',
  later: 'Later',

  options: {
    period: {
      name: 'period',
      description: 'day, week, month, quarter, year, all; or dates, such as 2026-11-01..2026-11-15',
    },
    channel: { name: 'channel', description: 'Count only this channel, thread, forum or category' },
    server: { name: 'server', description: 'An imported server that is linked to this one' },
    private: { name: 'private', description: 'Show the answer only to me, counting what I can read' },
    includeBots: { name: 'include-bots', description: 'Count bots and webhooks, too' },
  },

  recorded: (line: string) => `Recorded: ${line}.`,
  countedFor: {
    everyone: 'Counts what everyone here can read.',
    asker: 'Counts what you can read.',
    open: 'Counts all of the imported server.',
  },
  withBots: 'Bots count, too.',
  asOf: (date: string) => `As of ${longDate(date)}, where the record ends.`,
  botsCount: 'Bots and webhooks count, too.',
  botsDoNot: 'Bots and webhooks do not count.',
  unranked: 'People who chose not to be named are counted and not listed.',

  refusals: {
    notHere: 'Use this in a server.',
    notAllowed:
      'Your roles may not use this command in this server. Someone with the Manage Server permission can change that with /settings.',
    managersOnly: 'This takes the Manage Server permission.',
    notRecorded:
      'Nothing of this server is recorded yet. Once the bot has joined, it records what is written, and someone with the Manage Server permission can have it read what came before: /backfill start.',
    permissionsUnknown:
      'The bot does not know who may read which channel of this server, so it tells nothing. It knows once it has joined.',
    nothingPublic:
      'No channel that is recorded can be read by everyone who can see this one. Ask again with private: True, for what you can read yourself.',
    nothingPrivate:
      'No channel that you can read is recorded. Someone with the Manage Server permission can look up which are: /backfill status.',
    noChannel: (typed: string) => `There is no channel “${typed}” that you can read. Pick one from the list.`,
    channelNotPublic: (channel: string) =>
      `Not everyone who can see this channel can read ${channel}. Ask again with private: True.`,
    noPeriod: (typed: string) =>
      `“${typed}” is no period. Try week, month, 2026-11, 2026-W46, 2026-11-16 or 2026-11-01..2026-11-15.`,
    noServer: (typed: string) => `No server “${typed}” is linked to this one. Pick one from the list.`,
    serverClosed:
      'Only people with the Manage Server permission may ask about that server. They can open it to everyone with /settings.',
    serverPrivateOnly:
      'That server is not open to everyone yet, so nothing of it is shown in public. Ask again with private: True, or open it with /settings.',
    catchingUp:
      'The bot is still catching up with what just happened here, and does not know yet who may read what now. Try again in a minute.',
    databaseAway: 'The database cannot be reached at the moment. Try again in a minute.',
    discordAway: 'Discord did not answer the bot. Try again in a minute.',
    tooMany: 'Too many questions at once. Try again in a minute.',
    tooLong: 'This took too long and was ended. Ask for a shorter period, or for one channel.',
    unexpected: (reference: string) =>
      `Something went wrong that should not have. Tell whoever runs this bot: it is in the log as ${reference}.`,
    oldButton: 'This button is from an older version. Use the command again.',
    stopping: 'The bot is being restarted. Try again in a minute.',
  },
  listed,
};
