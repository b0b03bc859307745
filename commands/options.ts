/** Options that several commands have, and what is suggested for them. */
import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  Locale,
} from 'discord-api-types/v10';
import { readableBy } from '../reports/audience.ts';
import { linkedServers } from '../reports/linked.ts';
import { suggestPeriods } from '../reports/period.ts';
import { everyPlace, isMeant, placeLabel, shownPlaces } from '../reports/places.ts';
import { plainText } from '../reports/plain-text.ts';
import { recordOf } from '../reports/record.ts';
import { LANGUAGES, type Words, wordsIn } from '../reports/words.ts';
import { readSettings } from '../db/settings.ts';
import type { Choice, CommandContext, Request } from './command.ts';
import { mayAskOf } from './servers.ts';

const LOCALES = { de: Locale.German } as const;

/** One text of ours in every language but the first, by Discord's names of them. */
const localised = (say: (words: Words) => string): Partial<Record<Locale, string>> =>
  Object.fromEntries(
    LANGUAGES.filter((language) => language !== 'en').map((language) => [
      LOCALES[language],
      say(wordsIn(language)),
    ]),
  );

/** A description with its localisations. */
export const described = (say: (words: Words) => string) => ({
  description: say(wordsIn('en')),
  description_localizations: localised(say),
});

/** A name with its localisations; what comes back to us is always the first. */
export const named = (say: (words: Words) => string) => ({
  name: say(wordsIn('en')),
  name_localizations: localised(say),
});

type SharedOption = keyof Words['answering']['options'];

const told = (option: SharedOption) => ({
  ...named((words) => words.answering.options[option].name),
  ...described((words) => words.answering.options[option].description),
});

const suggested = (option: SharedOption): APIApplicationCommandBasicOption => ({
  type: ApplicationCommandOptionType.String,
  ...told(option),
  autocomplete: true,
});

const flag = (option: SharedOption): APIApplicationCommandBasicOption => ({
  type: ApplicationCommandOptionType.Boolean,
  ...told(option),
});

export const PERIOD = suggested('period');
export const CHANNEL = suggested('channel');
export const SERVER = suggested('server');
export const PRIVATE = flag('private');
export const INCLUDE_BOTS = flag('includeBots');

/** Discord allows six times as many; nobody looks for so much. */
export const TOPIC_LENGTH_MAX = 1000;

/** Nothing is suggested for it: what others look for is theirs. */
export const TOPIC: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.String,
  ...named((words) => words.guide.topic.name),
  ...described((words) => words.guide.topic.description),
  max_length: TOPIC_LENGTH_MAX,
};

/** Discord shows no more. */
export const CHOICES_MAX = 25;
const CHOICE_LENGTH_MAX = 100;

/** A suggestion as Discord takes it. */
export const choice = (name: string, value: string): Choice => ({
  name: plainText(name, CHOICE_LENGTH_MAX).slice(0, CHOICE_LENGTH_MAX) || value,
  value,
});

/** What may stand in `period`, `channel` and `server`: only what the asker may be told of. */
export async function completeShared(
  request: Request,
  option: string,
  typed: string,
  context: CommandContext,
): Promise<Choice[]> {
  const { db } = context;
  if (option === 'server') {
    const servers = (await linkedServers(db, request.guildId)).filter((server) =>
      mayAskOf(server, request.asker),
    );
    return servers
      .filter(({ name, id }) => (name ?? id).toLocaleLowerCase().includes(typed.toLocaleLowerCase()))
      .slice(0, CHOICES_MAX)
      .map(({ id, name }) => choice(name ?? id, id));
  }
  const readable = await tellable(request, context);
  if (!readable) return [];
  const { guildId, channels } = readable;
  if (option === 'channel') {
    const places = await shownPlaces(db, guildId, channels);
    return places
      .filter((place) => isMeant(place, typed))
      .slice(0, CHOICES_MAX)
      .map((place) => choice(placeLabel(place), place.id));
  }
  if (option !== 'period') return [];
  const [record, { timeZone }] = await Promise.all([
    recordOf(db, guildId, channels),
    readSettings(db, guildId),
  ]);
  const nowMs = record?.nowMs ?? context.nowMs;
  const basis = { timeZone, nowMs, firstMs: record?.span?.firstMs ?? nowMs };
  return suggestPeriods(typed, basis, request.language)
    .slice(0, CHOICES_MAX)
    .map(({ name, value }) => choice(name, value));
}

/** What an asker may be told of, in private, of the server that they ask about; undefined: nothing. */
export async function tellable(
  { guildId, asker, options }: Request,
  { db }: CommandContext,
): Promise<{ guildId: string; channels: string[] } | undefined> {
  const { server } = options;
  if (server === undefined) {
    const channels = await readableBy(db, guildId, { memberId: asker.id, roles: asker.roles });
    return channels && { guildId, channels };
  }
  const linked = (await linkedServers(db, guildId)).find(({ id }) => id === server);
  if (!linked || !mayAskOf(linked, asker)) return undefined;
  return { guildId: linked.id, channels: await everyPlace(db, linked.id) };
}
