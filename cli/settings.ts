import { readSettings, saveSettings, type SettingsChange } from '../db/settings.ts';
import { isSnowflake } from '../db/snowflake.ts';
import { isTimeZone } from '../db/window.ts';
import { LANGUAGES } from '../reports/words.ts';
import { EXIT, idArgument, UserError, withStore } from './context.ts';
import { type FormatOptions, isJson, table, toJson, withFormat } from './format.ts';
import type { Verb } from './main.ts';
import { refreshWithProgress } from './sums.ts';

/** Each setting: how its value is read from the command line. */
const KEYS: Record<string, (value: string) => SettingsChange> = {
  'time-zone': (value) => {
    if (!isTimeZone(value))
      throw new UserError(`${value} is no time zone; they look like Europe/Vienna or UTC.`);
    return { timeZone: value };
  },
  language: (value) => {
    const language = LANGUAGES.find((one) => one === value);
    if (!language) throw new UserError(`Reports are written in: ${LANGUAGES.join(', ')}; not in ${value}.`);
    return { language };
  },
  'excluded-channels': (value) => {
    const ids = value === 'none' ? [] : value.split(/[\s,]+/).filter(Boolean);
    const wrong = ids.find((id) => !isSnowflake(id));
    if (wrong !== undefined)
      throw new UserError(`${wrong} is no id. Give ids with commas between, or the word none.`);
    return { excludedChannels: ids };
  },
  'weekly-channel': (value) => ({ weeklyChannel: channelIn(value) }),
  'weekly-day': (value) => {
    const day = WEEKDAYS.indexOf(value.toLowerCase()) + 1;
    if (day === 0) throw new UserError(`${value} is no day. There are: ${WEEKDAYS.join(', ')}.`);
    return { weeklyDay: day };
  },
  'weekly-hour': (value) => {
    if (!/^\d{1,2}$/.test(value) || Number(value) > 23)
      throw new UserError(`${value} is no hour of the day. Give a whole number from 0 to 23.`);
    return { weeklyHour: Number(value) };
  },
  'weekly-late-days': (value) => {
    if (!/^[0-7]$/.test(value))
      throw new UserError(`${value} is no number of days. Give a whole number from 0 to 7.`);
    return { weeklyLateDays: Number(value) };
  },
  'help-channel': (value) => ({ helpChannel: channelIn(value) }),
  'count-bots': (value) => {
    if (value !== 'yes' && value !== 'no')
      throw new UserError(`Whether bots count is yes or no, not ${value}.`);
    return { countBots: value === 'yes' };
  },
};

function channelIn(value: string): string | null {
  if (value === 'none') return null;
  if (!isSnowflake(value))
    throw new UserError(`${value} is no id. Give the id of a channel, or the word none.`);
  return value;
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** `almanac settings`: shows or changes a server's settings. */
export const settings: Verb = {
  define(program, run) {
    withFormat(
      program
        .command('settings')
        .description(`show or change a server's settings: ${Object.keys(KEYS).join(', ')}`)
        .argument('[key]', 'the setting')
        .argument(
          '[value]',
          'its new value; for excluded-channels ids with commas between, or none; for weekly-channel and help-channel an id, or none',
        )
        .requiredOption('--guild <id>', 'the server', idArgument),
      'table',
    ).action(
      (key: string | undefined, value: string | undefined, options: { guild: string } & FormatOptions) =>
        run(async (context) => {
          if (key !== undefined && !Object.hasOwn(KEYS, key)) {
            throw new UserError(
              `There is no setting called ${key}. There are: ${Object.keys(KEYS).join(', ')}.`,
            );
          }
          const change = key !== undefined && value !== undefined ? KEYS[key]!(value) : undefined;
          const now = await withStore(context, async (store) => {
            if (change) await saveSettings(store.db, options.guild, change, new Date(context.nowMs));
            // Sums are kept by the days of the server's zone.
            if (change?.timeZone) await refreshWithProgress(context, store, [options.guild]);
            return readSettings(store.db, options.guild);
          });
          const shown = {
            'time-zone': now.timeZone,
            language: now.language,
            'excluded-channels': now.excludedChannels,
            'weekly-channel': now.weeklyChannel,
            'weekly-day': WEEKDAYS[now.weeklyDay - 1]!,
            'weekly-hour': now.weeklyHour,
            'weekly-late-days': now.weeklyLateDays,
            'help-channel': now.helpChannel,
            'count-bots': now.countBots,
          };
          const asked = Object.entries(shown).filter(([name]) => key === undefined || name === key);
          if (isJson(options)) context.print(toJson(Object.fromEntries(asked)));
          else
            context.print(
              table(
                ['setting', 'value'],
                asked.map(([name, v]) => [name, inWords(v)]),
              ),
            );
          return EXIT.ok;
        }),
    );
  },
};

/** As it is typed, too. */
function inWords(value: string | number | boolean | string[] | null): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
  return text || 'none';
}
