/** Of which server, channels and accounts a question is, and for whose eyes its answer. */
import { readSettings } from '../db/settings.ts';
import { isRecordedByBot, readableBy } from '../reports/audience.ts';
import type { CountedFor } from '../reports/footing.ts';
import { linkedServers } from '../reports/linked.ts';
import { markdown } from '../reports/markdown.ts';
import type { PeriodBasis } from '../reports/period.ts';
import {
  everyPlace,
  type NamedPlace,
  placeLabel,
  placeMeant,
  shownPlaces,
  within,
} from '../reports/places.ts';
import { recordOf } from '../reports/record.ts';
import { UserError } from '../reports/user-error.ts';
import { type Language, type Words, wordsIn } from '../reports/words.ts';
import type { CommandContext, Request } from './command.ts';
import { mayAskOf } from './servers.ts';

export interface AskedScope {
  /** The server that is asked about: a linked one, where that was asked for. */
  guildId: string;
  guildName: string;
  /** What may count, each by its own id, sorted. */
  channels: string[];
  countedFor: CountedFor;
  /** What it was cut to, by the option. */
  channel?: { id: string; name: string | null };
  bots: boolean;
  basis: PeriodBasis;
  /** Somebody has written in these channels. */
  isRecorded: boolean;
  language: Language;
}

/** Equal questions within a minute are one. */
const MINUTE_MS = 60_000;

/** Errors: UserError, where nothing may be told, or what was named is not there for the asker. */
export async function scopeOf(request: Request, context: CommandContext): Promise<AskedScope> {
  const words = wordsIn(request.language);
  const { guildId, countedFor, channels: readable } = await readersScope(request, context, words);
  const cut = await cutToChannel(request, context, guildId, readable, words);
  const channels = cut?.channels ?? readable;
  // Of a channel that is quiet, "last week" is the server's last week.
  const [settings, record, own] = await Promise.all([
    readSettings(context.db, guildId),
    recordOf(context.db, guildId, readable),
    cut && recordOf(context.db, guildId, channels),
  ]);
  if (!record) throw new UserError(words.answering.refusals.notRecorded);
  const nowMs = Math.floor((record.nowMs ?? context.nowMs) / MINUTE_MS) * MINUTE_MS;
  const { 'include-bots': bots = settings.countBots } = request.options;
  return {
    guildId,
    guildName: record.name,
    channels,
    countedFor,
    ...(cut && { channel: { id: cut.place.id, name: cut.place.name } }),
    bots: bots === true,
    basis: { timeZone: settings.timeZone, nowMs, firstMs: (own ?? record).span?.firstMs ?? nowMs },
    isRecorded: (own ?? record).span !== undefined,
    language: request.language,
  };
}

async function readersScope(
  { guildId, channelId, asker, isPrivate, options }: Request,
  { db }: CommandContext,
  { answering: { refusals } }: Words,
): Promise<Pick<AskedScope, 'guildId' | 'channels' | 'countedFor'>> {
  if (options['server'] !== undefined) {
    const typed = String(options['server']);
    const linked = (await linkedServers(db, guildId)).find(({ id }) => id === typed);
    if (!linked) throw new UserError(refusals.noServer(markdown.text(typed)));
    if (!mayAskOf(linked, asker)) throw new UserError(refusals.serverClosed);
    if (!linked.isOpen && !isPrivate) throw new UserError(refusals.serverPrivateOnly);
    return { guildId: linked.id, channels: await everyPlace(db, linked.id), countedFor: 'open' };
  }
  const readers = isPrivate ? { memberId: asker.id, roles: asker.roles } : { channelId };
  const [channels, isKept] = await Promise.all([
    readableBy(db, guildId, readers),
    isRecordedByBot(db, guildId),
  ]);
  // Of a server that the bot has left nobody keeps the permissions.
  if (!channels || !isKept) throw new UserError(refusals.permissionsUnknown);
  if (channels.length === 0)
    throw new UserError(isPrivate ? refusals.nothingPrivate : refusals.nothingPublic);
  return { guildId, channels, countedFor: isPrivate ? 'asker' : 'everyone' };
}

/** Of what may count, what the option `channel` names. */
async function cutToChannel(
  { guildId: ownId, asker, options }: Request,
  { db }: CommandContext,
  guildId: string,
  readable: string[],
  { answering: { refusals } }: Words,
): Promise<{ place: NamedPlace; channels: string[] } | undefined> {
  if (options['channel'] === undefined) return undefined;
  const typed = String(options['channel']);
  // Who asks is told of what they can read themselves, and of nothing else.
  const own =
    guildId === ownId ? await readableBy(db, guildId, { memberId: asker.id, roles: asker.roles }) : readable;
  const places = await shownPlaces(db, guildId, own ?? []);
  const counted = new Set(readable);
  // Of two of a name the one that the answer may count.
  const place =
    placeMeant(
      places.filter(({ id }) => counted.has(id)),
      typed,
    ) ?? placeMeant(places, typed);
  if (!place) throw new UserError(refusals.noChannel(markdown.text(typed)));
  const channels = await within(db, guildId, readable, place.id);
  if (channels.length === 0) throw new UserError(refusals.channelNotPublic(markdown.text(placeLabel(place))));
  return { place, channels };
}
