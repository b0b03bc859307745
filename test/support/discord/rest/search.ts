/**
 * Searching a guild's messages: an independent count.
 *
 * Source  https://docs.discord.com/developers/resources/message#search-guild-messages
 */
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { ChannelTruth, GuildTruth, MessageTruth } from '../model.ts';
import { compareIds, idsOf, spanOf, threadsOf } from '../ordered.ts';
import { mayRead } from '../visibility.ts';
import { threadList } from './guilds.ts';
import { shown } from './messages.ts';
import { idIn, limitOf } from './paging.ts';
import { demandInGuild, guildOf, isAllowed } from './reach.ts';
import { refusals } from './refusal.ts';
import { type Answer, type Asked, ok } from './route.ts';

const { ReadMessageHistory } = PermissionFlagsBits;
const OFFSET_MAX = 9975;
/** What is served; another filter would change the count unseen. */
const SERVED = [
  'author_id',
  'channel_id',
  'content',
  'include_nsfw',
  'limit',
  'max_id',
  'min_id',
  'offset',
  'pinned',
  'sort_by',
  'sort_order',
];

/**
 * GET /guilds/{guild_id}/messages/search: newest first, of channels whose history the bot may read and that are not
 * age-restricted, unless that is asked for. 50013 without READ_MESSAGE_HISTORY in the guild, where no channel is named;
 * 50001 for a named one that the bot may not read, 10003 for one that isn't there.
 */
export function search(asked: Asked): Answer {
  const { query } = asked;
  const guild = guildOf(asked);
  for (const name of query.keys())
    if (!SERVED.includes(name)) throw new Error(`search by ${name} is not served here`);
  if (query.get('sort_by') === 'relevance') throw new Error('search by relevance is not served here');
  const limit = limitOf(query, { max: 25, standard: 25 });
  const offset = Number(query.get('offset') ?? 0);
  if (!Number.isInteger(offset) || offset < 0 || offset > OFFSET_MAX)
    throw refusals.invalidForm('offset', `Must be between 0 and ${OFFSET_MAX}.`, 'NUMBER_TYPE_BETWEEN');
  const places = placesOf(asked, guild);
  const retryAfterS = asked.search.take();
  if (retryAfterS !== undefined) return notIndexed(retryAfterS);
  const isOldestFirst = query.get('sort_order') === 'asc';
  const { total, first } = find(asked, places, offset + limit, isOldestFirst);
  const page = first.slice(offset);
  const threads = [...new Set(page.map(({ channelId }) => guild.channels.get(channelId)!))].filter(
    ({ thread }) => thread,
  );
  return ok({
    total_results: total,
    doing_deep_historical_index: false,
    messages: page.map((message) => {
      const { reactions: _, ...told } = shown(asked, { guild }, message);
      return [{ ...told, hit: true }];
    }),
    ...(threads.length > 0 && threadList(asked, guild, threads)),
  });
}

function notIndexed(retryAfterS: number): Answer {
  return {
    status: 202,
    body: {
      message: 'Index not yet available. Try again later',
      code: 110_000,
      documents_indexed: 0,
      retry_after: retryAfterS,
    },
  };
}

/** Where to look. */
function placesOf(asked: Asked, guild: GuildTruth): ChannelTruth[] {
  const { query, world, search: how } = asked;
  const mayLook = (channel: ChannelTruth) =>
    mayRead(guild, channel, world.truth.bot.id) && isAllowed(asked, { guild, channel }, ReadMessageHistory);
  const named = [...new Set(query.getAll('channel_id'))];
  const isAdult = (channel: ChannelTruth) =>
    (channel.thread ? guild.channels.get(channel.parentId ?? '') : channel)?.nsfw === true;
  const isMeant = (channel: ChannelTruth) => query.get('include_nsfw') === 'true' || !isAdult(channel);
  if (named.length === 0) {
    demandInGuild(asked, guild, ReadMessageHistory);
    return [...guild.channels.values()].filter((channel) => isMeant(channel) && mayLook(channel));
  }
  const channels = named.map((id) => {
    const channel = guild.channels.get(id);
    if (!channel) throw refusals.unknownChannel();
    if (!mayLook(channel)) throw refusals.missingAccess();
    return channel;
  });
  const threads = how.withThreads ? named.flatMap((id) => threadsOf(guild.channels, id)).filter(mayLook) : [];
  return [...new Set([...channels, ...threads])].filter(isMeant);
}

/** How many there are, and the first `count` of them. A range of ids alone is counted without looking at a message. */
function find({ query }: Asked, places: ChannelTruth[], count: number, isOldestFirst: boolean) {
  const range = { after: idIn(query, 'min_id'), before: idIn(query, 'max_id') };
  const isMeant = filterOf(query);
  let total = 0;
  const found: MessageTruth[] = [];
  for (const { messages } of places) {
    const ids = idsOf(messages);
    const { from, to } = spanOf(ids, range);
    const meant = isMeant ? ids.slice(from, to).filter((id) => isMeant(messages.get(id)!)) : undefined;
    total += meant ? meant.length : to - from;
    const first = isOldestFirst
      ? (meant?.slice(0, count) ?? ids.slice(from, Math.min(to, from + count)))
      : (meant?.slice(-count) ?? ids.slice(Math.max(from, to - count), to));
    for (const id of first) found.push(messages.get(id)!);
  }
  const sign = isOldestFirst ? 1 : -1;
  return { total, first: found.toSorted((a, b) => sign * compareIds(a.id, b.id)).slice(0, count) };
}

/** What else a message must be; undefined: nothing else. */
function filterOf(query: URLSearchParams): ((message: MessageTruth) => boolean) | undefined {
  const authors = new Set(query.getAll('author_id'));
  const [content, pinned] = [query.get('content')?.toLowerCase(), query.get('pinned')];
  if (authors.size === 0 && content === undefined && pinned === null) return undefined;
  return (message) =>
    (authors.size === 0 || authors.has(message.authorId)) &&
    (content === undefined || message.content.toLowerCase().includes(content)) &&
    (pinned === null || String(message.pinned) === pinned);
}
