/** What a token is told of, and what of that is asked for. */
import { channelSet } from '../../../db/queries/channel-set.ts';
import type { Db } from '../../../db/connect.ts';
import { readSettings } from '../../../db/settings.ts';
import type { ApiToken } from '../../../db/tokens.ts';
import { isRecordedByBot, readableBy } from '../../../reports/audience.ts';
import type { PeriodBasis } from '../../../reports/period.ts';
import { everyPlace } from '../../../reports/places.ts';
import { type GuildRecord, recordOf } from '../../../reports/record.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { ApiGiven, Parameters } from '../route.ts';

/** The pseudo-guild of direct messages: nobody but their writers can read them. */
const DIRECT_MESSAGES = '0';

/**
 * The channels of which a token is told, each by its own id; undefined: all that count.
 *
 * Errors  Refusal where a token is for what every member can read, and nobody knows what that is
 */
export async function channelsFor(
  db: Db,
  { guildId, audience }: Pick<ApiToken, 'guildId' | 'audience'>,
): Promise<string[] | undefined> {
  if (audience === 'all') return undefined;
  const [readable, isKept] = await Promise.all([
    readableBy(db, guildId, { everyone: true }),
    isRecordedByBot(db, guildId),
  ]);
  // Of a server that the bot has left nobody keeps the permissions.
  if (guildId === DIRECT_MESSAGES || !readable || !isKept) {
    throw new Refusal(
      403,
      'permissions-unknown',
      'Nobody knows which channels every member of this server can read: the bot is not in it. Ask with a token for everything: `almanac token create --audience all`',
    );
  }
  return readable;
}

/** What may count: all that the token is told of, or what was asked for of it. Errors: Refusal for a channel that it is not told of. */
export async function countedChannels({ db, token, query }: ApiGiven): Promise<string[] | undefined> {
  const told = await channelsFor(db, token);
  const ids = query['channel'] as string[] | undefined;
  if (!ids) return told;
  const known = told && new Set(told);
  const counted: string[] = [];
  for (const id of new Set(ids)) {
    const { channels } = await channelSet(db, token.guildId, [id]);
    const own = known ? channels.filter((channel) => known.has(channel)) : channels;
    // One that is hidden is not told apart from one that is not there.
    if (own.length === 0) throw new Refusal(404, 'no-channel', `There is no channel ${id} in this server.`);
    counted.push(...own);
  }
  return [...new Set(counted)].toSorted(byNumber);
}

/** Ids in their order. */
const byNumber = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);

export interface ReportScope {
  record: GuildRecord;
  /** What may count, each by its own id. */
  channels: string[];
  basis: PeriodBasis;
  isRecorded: boolean;
  bots: boolean;
}

/** Equal questions within a minute are one. */
const MINUTE_MS = 60_000;

/** What a report is about: as in Discord, "last week" of a quiet channel is the server's. */
export async function reportScope(given: ApiGiven): Promise<ReportScope> {
  const { db, token, query } = given;
  const { guildId } = token;
  const readable = (await channelsFor(db, token)) ?? (await everyPlace(db, guildId));
  const channels = query['channel'] ? ((await countedChannels(given)) ?? readable) : readable;
  const [settings, record, own] = await Promise.all([
    readSettings(db, guildId),
    recordOf(db, guildId, readable),
    recordOf(db, guildId, channels),
  ]);
  if (!record || !own) throw notFound();
  const nowMs = Math.floor((record.nowMs ?? given.nowMs) / MINUTE_MS) * MINUTE_MS;
  return {
    record,
    channels,
    basis: {
      timeZone: textOf(query, 'tz') ?? settings.timeZone,
      nowMs,
      firstMs: own.span?.firstMs ?? nowMs,
    },
    isRecorded: own.span !== undefined,
    bots: typeof query['bots'] === 'boolean' ? query['bots'] : settings.countBots,
  };
}

/** A parameter that is a text, where it was given. */
export const textOf = (query: Parameters, name: string): string | undefined =>
  query[name] as string | undefined;
