/** What options of /settings change, by what is set. */
import { ChannelType } from 'discord-api-types/v10';
import type { GuildSettings, SettingsChange } from '../../db/settings.ts';
import { type LinkedGuild, linkedServers } from '../../reports/linked.ts';
import { markdown } from '../../reports/markdown.ts';
import { type NamedPlace, placeMeant } from '../../reports/places.ts';
import type { Places } from '../../reports/seen-places.ts';
import { nearestZones, zoneMeant } from '../../reports/settings/zones.ts';
import { UserError } from '../../reports/user-error.ts';
import { LANGUAGES, type Language, wordsIn } from '../../reports/words.ts';
import type { CommandContext, Request } from '../command.ts';
import { RULED_COMMANDS } from '../may-use.ts';
import { OFF } from './data.ts';

export type SettingsRequest = Pick<Request, 'guildId' | 'language' | 'options'>;

const NEAREST_MAX = 3;

/** Errors: UserError, for what is no value, and for options that lack or contradict another. */
export function changeOf(request: SettingsRequest, before: GuildSettings, places: Places): SettingsChange {
  return {
    ...weeklyChange(request),
    ...helpChange(request, places),
    ...zoneChange(request),
    ...languageChange(request),
    ...excludedChange(request, before, places),
    ...botsChange(request),
    ...rulesChange(request, before),
  };
}

const refusalsIn = (language: Language) => wordsIn(language).settings.refusals;

/** Of an option that Discord lets nobody fill with this. */
function noSuchValue(language: Language, option: keyof ReturnType<typeof optionsIn>): UserError {
  return new UserError(refusalsIn(language).noSuchValue(optionsIn(language)[option].name));
}

const optionsIn = (language: Language) => wordsIn(language).settings.options;

function weeklyChange({ language, options }: SettingsRequest): SettingsChange {
  const { 'weekly-channel': channel, 'weekly-day': day, 'weekly-hour': hour } = options;
  const { 'weekly-late-days': lateDays } = options;
  if (day === OFF && channel !== undefined) throw new UserError(refusalsIn(language).channelAndOff);
  if (day !== undefined && day !== OFF && !/^[1-7]$/.test(String(day)))
    throw noSuchValue(language, 'weeklyDay');
  if (hour !== undefined && !isUpTo(23, hour)) throw noSuchValue(language, 'weeklyHour');
  if (lateDays !== undefined && !isUpTo(7, lateDays)) throw noSuchValue(language, 'weeklyLateDays');
  return {
    ...(channel !== undefined && { weeklyChannel: String(channel) }),
    ...(day === OFF && { weeklyChannel: null }),
    ...(day !== undefined && day !== OFF && { weeklyDay: Number(day) }),
    ...(hour !== undefined && { weeklyHour: Number(hour) }),
    ...(lateDays !== undefined && { weeklyLateDays: Number(lateDays) }),
  };
}

const isUpTo = (most: number, value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;

function helpChange({ language, options }: SettingsRequest, places: Places): SettingsChange {
  if (options['help-channel'] === undefined) return {};
  const typed = String(options['help-channel']);
  // Who doesn't pick from the list types it as they read it.
  if ([OFF, wordsIn(language).settings.values.off].includes(typed.trim().toLowerCase()))
    return { helpChannel: null };
  const place = meant(typed, places);
  if (!place || place.type === ChannelType.GuildCategory)
    throw new UserError(refusalsIn(language).noHelpChannel(markdown.text(typed)));
  return { helpChannel: place.id };
}

function zoneChange({ language, options }: SettingsRequest): SettingsChange {
  if (options['time-zone'] === undefined) return {};
  const typed = String(options['time-zone']);
  const timeZone = zoneMeant(typed);
  if (timeZone !== undefined) return { timeZone };
  const nearest = nearestZones(typed, language, NEAREST_MAX).map((zone) => markdown.text(zone));
  throw new UserError(refusalsIn(language).noZone(markdown.text(typed), nearest));
}

function languageChange({ language, options }: SettingsRequest): SettingsChange {
  const asked = options['language'];
  if (asked === undefined) return {};
  if (!LANGUAGES.some((one) => one === asked)) throw noSuchValue(language, 'language');
  return { language: String(asked) };
}

function botsChange({ options }: SettingsRequest): SettingsChange {
  const asked = options['count-bots'];
  return asked === undefined ? {} : { countBots: asked === true };
}

function excludedChange(
  { language, options }: SettingsRequest,
  { excludedChannels: before }: GuildSettings,
  places: Places,
): SettingsChange {
  const { exclude, include } = options;
  if (exclude === undefined && include === undefined) return {};
  const refusals = refusalsIn(language);
  const added = exclude === undefined ? undefined : meant(String(exclude), places)?.id;
  if (exclude !== undefined && added === undefined)
    throw new UserError(refusals.noChannel(markdown.text(String(exclude))));
  if (include !== undefined && before.length === 0) throw new UserError(refusals.nothingExcluded);
  const taken = include === undefined ? undefined : meantOf(before, String(include), places);
  if (added !== undefined && added === (taken ?? (include && meant(String(include), places)?.id)))
    throw new UserError(refusals.excludedAndIncluded);
  if (include !== undefined && taken === undefined)
    throw new UserError(refusals.notExcluded(markdown.text(String(include))));
  const now = new Set([...before, ...(added === undefined ? [] : [added])]);
  return { excludedChannels: [...now].filter((id) => id !== taken) };
}

/** An id, as it is or as a mention of a channel. */
const idOf = (typed: string): string => typed.trim().replace(/^<#(\d+)>$/, '$1');

const meant = (typed: string, places: Places): NamedPlace | undefined =>
  placeMeant(places.seen, typed) ?? places.find(idOf(typed));

/** Of what is excluded also that by its id of which its name is not known. */
function meantOf(excluded: readonly string[], typed: string, places: Places): string | undefined {
  const known = excluded.flatMap((id) => places.find(id) ?? []);
  return excluded.find((id) => id === idOf(typed)) ?? placeMeant(known, typed)?.id;
}

function rulesChange(
  { guildId, language, options }: SettingsRequest,
  { commandRoles }: GuildSettings,
): SettingsChange {
  const { command, allow, role } = options;
  const refusals = refusalsIn(language);
  const isAbout = allow !== undefined || role !== undefined;
  if (command === undefined) {
    if (isAbout) throw new UserError(refusals.whichCommand);
    return {};
  }
  if (!RULED_COMMANDS.some((one) => one === command))
    throw new UserError(refusals.noRule(markdown.text(String(command))));
  if (!isAbout) throw new UserError(refusals.whoMayUse);
  if (allow !== undefined && allow !== 'everyone' && allow !== 'managers')
    throw noSuchValue(language, 'allow');
  // The role that everyone has.
  const isForAll = allow === 'everyone' || role === guildId;
  if (isForAll && allow !== undefined && role !== undefined) throw new UserError(refusals.everyoneAndRole);
  const { [String(command)]: own = [], ...others } = commandRoles;
  if (isForAll) return { commandRoles: others };
  const kept = allow === 'managers' ? [] : own;
  const roles = role === undefined ? kept : [...new Set([...kept, String(role)])];
  return { commandRoles: { ...others, [String(command)]: roles } };
}

/** The linked server that options are about, and whether it is to be open. Errors: UserError. */
export async function linkAsked(
  { guildId, language, options }: Request,
  { db }: CommandContext,
): Promise<{ linked: LinkedGuild; isOpen: boolean } | undefined> {
  const { server, open } = options;
  if (server === undefined && open === undefined) return undefined;
  const refusals = refusalsIn(language);
  if (server === undefined) throw new UserError(refusals.whichServer);
  if (open === undefined) throw new UserError(refusals.whetherOpen);
  const linked = (await linkedServers(db, guildId)).find(({ id }) => id === server);
  if (!linked) {
    const { noServer } = wordsIn(language).answering.refusals;
    throw new UserError(noServer(markdown.text(String(server))));
  }
  return { linked, isOpen: open === true };
}
