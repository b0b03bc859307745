/** A guild with years of history, for what must be fast and complete at scale. All of it from a seed. */
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { seededRandom } from '../random.ts';
import { forgetNewest, pastOf } from './big/past.ts';
import { settle } from './big/people.ts';
import { CHANNELS_MIN, furnish, isForum, type Place } from './big/places.ts';
import { powerLaw, shares } from './big/shares.ts';
import { openThreads } from './big/threads.ts';
import type { ChannelTruth, GuildTruth, Snowflake } from './model.ts';
import { timeOf } from './payloads.ts';
import { isVoice, mayView, permissionsIn } from './visibility.ts';
import type { World } from './world.ts';

/** How large it is. */
export interface BigGuildOptions {
  /** All that are there in the end, in channels and threads; 100,000 if absent. */
  messages?: number;
  /** Of every kind but categories; 200 if absent, and never fewer than are needed for one of each kind. */
  channels?: number;
  /** Posts among them; 2,000 if absent. */
  threads?: number;
  /** Who wrote, of whom some have left; 500 if absent. */
  members?: number;
  years?: number;
  /** When the newest message was sent at the latest, ms since 1970. Absent: a minute ago by the world's clock. */
  end?: number;
  seed?: number;
  /** How much larger the largest channels are: the exponent of a power law, 0 for all alike; 1.1 if absent. */
  slope?: number;
}

/** Why the bot can't read a channel's past. */
export type Closed = 'no View Channel' | 'no Connect' | 'no Read Message History' | 'not in the thread';

/** What of a guild the bot can read now. */
export interface Readable {
  /** Channels and threads that may hold messages and can be read, and how many each has. */
  readable: Map<Snowflake, number>;
  /** Those that can't be, and why. */
  closed: Map<Snowflake, Closed>;
  readableMessages: number;
  /** Of 100 messages, and one more for each place, which finds nothing more. */
  pagesNeeded: number;
  /** Of the place that needs most of them. */
  largestPages: number;
}

export interface BigGuild extends Readable {
  guild: GuildTruth;
  /** In all, readable or not. */
  messages: number;
}

const YEAR_MS = 365 * 86_400_000;
const MINUTE_MS = 60_000;
const PAGE = 100;
/** What share of the messages is in threads. */
const THREADS_SHARE = 0.25;

/**
 * Puts one into a world: text, announcement, voice and stage channels, forums and media channels, threads of all kinds,
 * some of each closed to the bot, one channel much larger than the others, some empty. The same seed and end make the
 * same guild but for the ids of its roles.
 *
 * Errors  Error: fewer channels, or messages, than one of each kind needs
 */
export function makeBigGuild(world: World, options: BigGuildOptions = {}): BigGuild {
  const { messages = 100_000, channels = 200, threads = 2000, members = 500, years = 4, seed = 1 } = options;
  const { slope = 1.1 } = options;
  if (channels < CHANNELS_MIN) throw new Error(`A big guild has ${CHANNELS_MIN} channels or more`);
  const random = seededRandom(seed);
  const end = options.end ?? world.now() - MINUTE_MS;
  const start = end - Math.floor(years * YEAR_MS);
  const { guild, people } = settle(world, { members, start, end, random });
  const places = furnish(world, guild, { count: channels, start, end, random });
  const scene = { world, guild, people, random };

  const inThreads = Math.max(threads, Math.floor(messages * THREADS_SHARE));
  for (const [place, count] of sizesOf(places, messages - inThreads, slope)) {
    const from = timeOf(place.channel.id);
    // The largest goes on to the end, and some others.
    const to = place === places[0] || random() < 0.6 ? end : from + Math.floor((end - from) * random());
    world.seed(place.channel.id, pastOf(scene, { count: count + place.deleted, from, to }));
    if (place.deleted > 0) forgetNewest(place.channel, place.deleted);
  }
  if (threads > 0) openThreads(scene, places, shares(inThreads, powerLaw(threads, 0.8), 1), end);
  return { guild, messages: countIn(guild), ...readableIn(world, guild) };
}

/** What the bot can read in a guild as it is now. */
export function readableIn({ truth }: World, guild: GuildTruth): Readable {
  const readable = new Map<Snowflake, number>();
  const closed = new Map<Snowflake, Closed>();
  for (const channel of guild.channels.values()) {
    if (!mayHoldMessages(channel)) continue;
    const why = closedTo(guild, channel, truth.bot.id);
    if (why === undefined) readable.set(channel.id, channel.messages.size);
    else closed.set(channel.id, why);
  }
  const counts = [...readable.values()];
  const pages = counts.map((count) => Math.ceil(count / PAGE) + 1);
  return {
    readable,
    closed,
    readableMessages: counts.reduce((sum, count) => sum + count, 0),
    pagesNeeded: pages.reduce((sum, count) => sum + count, 0),
    largestPages: Math.max(0, ...pages),
  };
}

function closedTo(guild: GuildTruth, channel: ChannelTruth, botId: Snowflake): Closed | undefined {
  const { Connect, ReadMessageHistory, ViewChannel } = PermissionFlagsBits;
  const allowed = permissionsIn(guild, channel, botId);
  if (!(allowed & ViewChannel)) return 'no View Channel';
  if (isVoice(channel) && !(allowed & Connect)) return 'no Connect';
  if (!(allowed & ReadMessageHistory)) return 'no Read Message History';
  return mayView(guild, channel, botId) ? undefined : 'not in the thread';
}

const mayHoldMessages = (channel: ChannelTruth): boolean => !isForum(channel) && channel.type !== CATEGORY;
const CATEGORY = 4;

function countIn(guild: GuildTruth): number {
  return [...guild.channels.values()].reduce((sum, { messages }) => sum + messages.size, 0);
}

/** How many messages go where: what is fixed first, the rest by a power law. */
function sizesOf(places: Place[], messages: number, slope: number): Map<Place, number> {
  const rooms = places.filter(({ channel }) => mayHoldMessages(channel));
  const fixed = rooms.filter(({ exactly }) => exactly !== undefined);
  const others = rooms.filter(({ exactly }) => exactly === undefined);
  const rest = messages - fixed.reduce((sum, { exactly }) => sum + exactly!, 0);
  if (rest < others.length) throw new Error('A big guild has more messages');
  const counts = shares(rest, powerLaw(others.length, slope), 1);
  return new Map([
    ...fixed.map((place): [Place, number] => [place, place.exactly!]),
    ...others.map((place, n): [Place, number] => [place, counts[n]!]),
  ]);
}
