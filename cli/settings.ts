import { type GuildSettings, readSettings, saveSettings } from '../db/settings.ts';
import { isSnowflake } from '../db/snowflake.ts';
import { isTimeZone } from '../db/window.ts';
import { EXIT, idArgument, UserError, withStore } from './context.ts';
import { type FormatOptions, isJson, table, toJson, withFormat } from './format.ts';
import type { Verb } from './main.ts';
import { refreshWithProgress } from './sums.ts';

const LANGUAGES = ['en'];

/** Each setting: how its value is read from the command line. */
const KEYS: Record<string, (value: string) => Partial<GuildSettings>> = {
  'time-zone': (value) => {
    if (!isTimeZone(value))
      throw new UserError(`${value} is no time zone; they look like Europe/Vienna or UTC.`);
    return { timeZone: value };
  },
  language: (value) => {
    if (!LANGUAGES.includes(value))
      throw new UserError(`Reports are written in: ${LANGUAGES.join(', ')}; not in ${value}.`);
    return { language: value };
  },
  'excluded-channels': (value) => {
    const ids = value === 'none' ? [] : value.split(/[\s,]+/).filter(Boolean);
    const wrong = ids.find((id) => !isSnowflake(id));
    if (wrong !== undefined)
      throw new UserError(`${wrong} is no id. Give ids with commas between, or the word none.`);
    return { excludedChannels: ids };
  },
};

/** `almanac settings`: shows or changes a server's settings. */
export const settings: Verb = {
  define(program, run) {
    withFormat(
      program
        .command('settings')
        .description("show or change a server's settings: time-zone, language, excluded-channels")
        .argument('[key]', 'the setting')
        .argument('[value]', 'its new value; for excluded-channels ids with commas between, or none')
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
          };
          const asked = Object.entries(shown).filter(([name]) => key === undefined || name === key);
          if (isJson(options)) context.print(toJson(Object.fromEntries(asked)));
          else
            context.print(
              table(
                ['setting', 'value'],
                asked.map(([name, v]) => [name, Array.isArray(v) ? v.join(', ') || 'none' : v]),
              ),
            );
          return EXIT.ok;
        }),
    );
  },
};
