/** /settings as Discord is told of it. */
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOptionChoice,
  ApplicationCommandOptionType as Type,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { LANGUAGES, type Words, wordsIn } from '../../reports/words.ts';
import { RULED_COMMANDS } from '../may-use.ts';
import { described, named } from '../options.ts';

/** What stands for no day, and so for no weekly report; and for no channel. */
export const OFF = 'off';
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

type Option = keyof Words['settings']['options'];

const told = (option: Option) => ({
  ...named((words) => words.settings.options[option].name),
  ...described((words) => words.settings.options[option].description),
});

const choice = (value: string, say: (words: Words) => string): APIApplicationCommandOptionChoice<string> => ({
  ...named(say),
  value,
});

const options: APIApplicationCommandBasicOption[] = [
  {
    type: Type.Channel,
    ...told('weeklyChannel'),
    channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
  },
  {
    type: Type.String,
    ...told('weeklyDay'),
    choices: [
      ...WEEKDAYS.map((day) => choice(`${day}`, (words) => words.weekly.weekday(day))),
      choice(OFF, (words) => words.settings.values.off),
    ],
  },
  { type: Type.Integer, ...told('weeklyHour'), min_value: 0, max_value: 23 },
  { type: Type.Integer, ...told('weeklyLateDays'), min_value: 0, max_value: 7 },
  // Not Discord's own list of channels, which has nothing for none.
  { type: Type.String, ...told('helpChannel'), autocomplete: true },
  { type: Type.String, ...told('timeZone'), autocomplete: true },
  {
    type: Type.String,
    ...told('language'),
    // Each by its own name, as who speaks it looks for it.
    choices: LANGUAGES.map((language) => ({
      name: wordsIn(language).settings.languages[language]!,
      value: language,
    })),
  },
  { type: Type.String, ...told('exclude'), autocomplete: true },
  { type: Type.String, ...told('include'), autocomplete: true },
  { type: Type.Boolean, ...told('countBots') },
  {
    type: Type.String,
    ...told('command'),
    choices: RULED_COMMANDS.map((command) => ({ name: `/${command}`, value: command })),
  },
  {
    type: Type.String,
    ...told('allow'),
    choices: [
      choice('everyone', (words) => words.settings.values.everyone),
      choice('managers', (words) => words.settings.values.managers),
    ],
  },
  { type: Type.Role, ...told('role') },
  { type: Type.String, ...told('server'), autocomplete: true },
  { type: Type.Boolean, ...told('open') },
];

export const data: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  name: 'settings',
  ...described((words) => words.settings.command),
  default_member_permissions: `${PermissionFlagsBits.ManageGuild}`,
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
  options,
};
