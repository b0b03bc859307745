/** What is suggested for options of /settings. */
import { ChannelType } from 'discord-api-types/v10';
import { readSettings } from '../../db/settings.ts';
import { isMeant, placeLabel } from '../../reports/places.ts';
import { placesOf } from '../../reports/seen-places.ts';
import { suggestZones } from '../../reports/settings/zones.ts';
import { wordsIn } from '../../reports/words.ts';
import type { Choice, CommandContext, Request } from '../command.ts';
import { choice, CHOICES_MAX, completeShared } from '../options.ts';
import { OFF } from './data.ts';

/** Zones with their time of day; channels that the asker can see; linked servers. */
export async function completeSettings(
  request: Request,
  option: string,
  typed: string,
  context: CommandContext,
): Promise<Choice[]> {
  const { timeZone, excludedChannels } = await readSettings(context.db, request.guildId);
  switch (option) {
    case 'time-zone': {
      const now = Temporal.Instant.fromEpochMilliseconds(context.nowMs);
      const clockIn = (zone: string) =>
        now.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' });
      return suggestZones(typed, request.language, timeZone, CHOICES_MAX).map((zone) =>
        choice(`${zone} · ${clockIn(zone)}`, zone),
      );
    }
    case 'exclude': {
      const { seen } = await placesOf(context, request);
      return seen
        .filter((place) => !excludedChannels.includes(place.id) && isMeant(place, typed))
        .slice(0, CHOICES_MAX)
        .map((place) => choice(placeLabel(place), place.id));
    }
    case 'help-channel': {
      const { seen } = await placesOf(context, request);
      const { off } = wordsIn(request.language).settings.values;
      return [
        ...(off.startsWith(typed.trim().toLowerCase()) ? [choice(off, OFF)] : []),
        ...seen
          .filter((place) => place.type !== ChannelType.GuildCategory && isMeant(place, typed))
          .map((place) => choice(placeLabel(place), place.id)),
      ].slice(0, CHOICES_MAX);
    }
    case 'include':
      return excludedOnes(request, excludedChannels, typed, context);
    default:
      return completeShared(request, option, typed, context);
  }
}

/** Those that the asker cannot see by their ids. */
async function excludedOnes(
  request: Request,
  excluded: readonly string[],
  typed: string,
  context: CommandContext,
): Promise<Choice[]> {
  const places = await placesOf(context, request);
  const { deletedChannel } = wordsIn(request.language).settings;
  return excluded
    .map((id) => ({ id, place: places.find(id) }))
    .filter(({ id, place }) => (place && isMeant(place, typed)) || id.startsWith(typed.trim()))
    .slice(0, CHOICES_MAX)
    .map(({ id, place }) =>
      choice(place ? placeLabel(place) : places.isGone(id) ? deletedChannel(id) : id, id),
    );
}
