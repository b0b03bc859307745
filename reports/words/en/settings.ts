/** What /settings says, in English. Names come escaped. */
import { counted, hour, listed, longDate, moment, number, weekday } from './numbers.ts';

const or = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** Options as Discord shows them: names of 32 lower-case letters at most, descriptions of 100 characters. */
const options = {
  weeklyChannel: { name: 'weekly-channel', description: 'Where the weekly report is posted' },
  weeklyDay: { name: 'weekly-day', description: 'On which day it is posted, or off' },
  weeklyHour: { name: 'weekly-hour', description: 'At which hour of the clock in the time zone, 0 to 23' },
  weeklyLateDays: {
    name: 'weekly-late-days',
    description: 'For how many days a report that was missed is still posted, 0 to 7',
  },
  helpChannel: {
    name: 'help-channel',
    description: 'Where moderators are to be reached, for who may need a person; or off',
  },
  timeZone: { name: 'time-zone', description: 'Where days and weeks begin: type a city or a country' },
  language: { name: 'language', description: 'The language of what is posted' },
  exclude: {
    name: 'exclude',
    description: 'A channel or category that is neither recorded nor counted from now on',
  },
  include: {
    name: 'include',
    description: 'An excluded channel or category that is recorded and counted again',
  },
  countBots: {
    name: 'count-bots',
    description: 'Whether bots and webhooks count where nothing else is asked',
  },
  command: { name: 'command', description: 'The command that allow or role is about' },
  allow: { name: 'allow', description: 'Who may use that command' },
  role: { name: 'role', description: 'A role that may use that command, beside those that may already' },
  server: { name: 'server', description: 'A linked server, which open is about' },
  open: { name: 'open', description: 'Whether everyone here may ask about that server' },
};

/** The sentences of the settings. */
export const settings = {
  command: 'Show or change how Almanac works in this server',
  options,
  values: { off: 'off', everyone: 'everyone', managers: 'only who may Manage Server' },
  languages: { en: 'English', de: 'German' } as Record<string, string>,

  title: (server: string) => `Settings of ${server}`,
  changed: 'Changed',
  unchanged: 'Nothing had to change: it was so before.',
  headings: {
    weekly: 'Weekly report',
    counted: 'What is recorded, and counts',
    help: 'Help',
    rules: 'Who may use what',
    linked: 'Linked servers',
  },
  hint: 'To change something, use the command again with its options.',
  more: (count: number) => `${number(count)} more`,
  listed,

  posted: (channel: string, day: number, atHour: number, lateDays: number) =>
    `The weekly report is posted in ${channel}, every ${weekday(day)} at ${hour(atHour)}${lateDays === 0 ? '' : `, if need be up to ${counted(lateDays, 'day')} late`}.`,
  next: (local: string) => `Next report: ${moment(local)}.`,
  postedNowhere: (day: number, atHour: number) =>
    `The weekly report is posted nowhere. Choose a channel with ${options.weeklyChannel.name}; it would come every ${weekday(day)} at ${hour(atHour)}.`,
  cannotPost: {
    gone: `It cannot be: the channel was deleted. Choose another with ${options.weeklyChannel.name}.`,
    unknown: 'It cannot be: the bot does not see that channel. Allow View Channel there to its role.',
    lacks: (permissions: readonly string[]) =>
      `It cannot be: there the bot lacks ${listed(permissions)}. Allow that to its role in the settings of the channel.`,
  },
  permissions: {
    viewChannel: 'View Channel',
    sendMessages: 'Send Messages',
    readMessageHistory: 'Read Message History',
    attachFiles: 'Attach Files',
  },

  helped: (channel: string) => `Whoever asks /guide about self-harm or the like is sent to ${channel}.`,
  helpedNowhere: `Whoever asks /guide about self-harm or the like is told to talk to a moderator, but not where: choose a channel with ${options.helpChannel.name}.`,
  cannotHelp: {
    gone: `But the channel was deleted. Choose another with ${options.helpChannel.name}.`,
    closed:
      'But as far as the bot knows, members without a role do not see that channel. Allow View Channel there to everyone, or choose another.',
  },

  zone: (zone: string, clock: string) => `Times are those of ${zone}, where it is ${clock} now.`,
  language: (name: string) => `Posts are written in ${name}, answers in the language of whoever asks.`,

  botsCount: 'Bots and webhooks count.',
  botsDoNot: 'Bots and webhooks do not count, but where include-bots asks for them.',
  noneExcluded: 'No channel is excluded.',
  allExcluded: (places: readonly string[]) => `Excluded, so neither recorded nor counted: ${listed(places)}.`,
  excluded: (place: string) => `${place} is excluded: neither recorded nor counted from now on.`,
  included: (place: string) =>
    `${place} is recorded and counted again. What was written there in between can be read with /backfill.`,
  deletedChannel: (id: string) => `a deleted channel (${id})`,

  everyone: 'everyone',
  managers: 'only who may Manage Server',
  roles: (roles: readonly string[]) => `${listed(roles)}, and who may Manage Server`,
  deletedRole: 'a deleted role',
  rule: (commands: readonly string[], whom: string) => `${listed(commands)}: ${whom}`,

  linkedOpen: (server: string) => `${server}: everyone may ask about it`,
  linkedClosed: (server: string) => `${server}: only who may Manage Server, in private`,

  firstMessage: (date: string) => `The first message that you can read is of ${longDate(date)}.`,
  noMessage:
    'Nothing that you can read is recorded yet. What was written before the bot came is read with /backfill.',

  refusals: {
    channelAndOff: `${options.weeklyDay.name}: off and ${options.weeklyChannel.name} contradict each other. Give one of them.`,
    noZone: (typed: string, nearest: readonly string[]) =>
      `There is no time zone “${typed}”. Perhaps ${or.format(nearest)}? Pick one from the list.`,
    noChannel: (typed: string) =>
      `There is no channel or category “${typed}” that you can see. Pick one from the list.`,
    noHelpChannel: (typed: string) =>
      `There is no channel “${typed}” that you can see. Pick one from the list.`,
    notExcluded: (typed: string) => `“${typed}” is not excluded. Pick one from the list of those that are.`,
    nothingExcluded: 'No channel is excluded, so there is none to include.',
    excludedAndIncluded: `${options.exclude.name} and ${options.include.name} are about the same channel. Give one of them.`,
    whichCommand: `Say which command, too: ${options.allow.name} and ${options.role.name} go with ${options.command.name}.`,
    whoMayUse: `Say who may use it, too: ${options.command.name} goes with ${options.allow.name} or ${options.role.name}.`,
    noRule: (command: string) => `There is no rule for “${command}”. Pick a command from the list.`,
    everyoneAndRole: `Where everyone may use a command, a role adds nothing. Give ${options.allow.name}: everyone, or ${options.role.name}.`,
    whichServer: `Say which server, too: ${options.open.name} goes with ${options.server.name}.`,
    whetherOpen: `Say whether everyone may ask about it, too: ${options.server.name} goes with ${options.open.name}.`,
    noSuchValue: (option: string) => `That is no value for ${option}. Pick one from the list.`,
  },
};
