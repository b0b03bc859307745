/** Discord's REST API: what the recorder asks of it, each call by its name. */
import type {
  APIApplication,
  APIChannel,
  APIGuild,
  APIGuildMember,
  APIMessage,
  APIThreadChannel,
  APIThreadList,
  APIUser,
  RESTGetAPIGuildMessagesSearchResult,
  RESTAPIPartialCurrentUserGuild,
  RESTGetAPIChannelUsersThreadsArchivedResult,
} from 'discord-api-types/v10';
import type { EmojiFacts, Snowflake } from '../../db/records.ts';
import type { Answer, Calls } from './fetch-calls.ts';

/** The most that one answer holds of messages, of people who reacted and of archived threads. */
export const PAGE_MAX = 100;

export interface MessagePage {
  after?: Snowflake;
  before?: Snowflake;
  /** Absent: as many as there may be. */
  limit?: number;
}

/** Up to 100 messages next to an id, newest first. Without READ_MESSAGE_HISTORY: none, and no error. */
export function fetchMessages(
  calls: Calls,
  channelId: Snowflake,
  page: MessagePage,
): Promise<Answer<APIMessage[]>> {
  return calls.get(`/channels/${channelId}/messages`, { limit: PAGE_MAX, ...page });
}

/** One message. */
export function fetchMessage(
  calls: Calls,
  channelId: Snowflake,
  messageId: Snowflake,
): Promise<Answer<APIMessage>> {
  return calls.get(`/channels/${channelId}/messages/${messageId}`);
}

/** A channel or thread, an archived one too. */
export function fetchChannel(calls: Calls, channelId: Snowflake): Promise<Answer<APIChannel>> {
  return calls.get(`/channels/${channelId}`);
}

/** A guild's channels that are shown to us, without threads. */
export function fetchChannels(calls: Calls, guildId: Snowflake): Promise<Answer<APIChannel[]>> {
  return calls.get(`/guilds/${guildId}/channels`);
}

/** A guild with its roles, emoji and stickers. */
export function fetchGuild(calls: Calls, guildId: Snowflake): Promise<Answer<APIGuild>> {
  return calls.get(`/guilds/${guildId}`);
}

/** Somebody as a member of a guild; of our own account it needs no intent. */
export function fetchMember(
  calls: Calls,
  guildId: Snowflake,
  userId: Snowflake,
): Promise<Answer<APIGuildMember>> {
  return calls.get(`/guilds/${guildId}/members/${userId}`);
}

/** The most members that one answer holds. */
const MEMBERS_MAX = 1000;

/**
 * A guild's members by id, 1,000 an answer. Ends where an answer isn't found (50001: the members intent is not granted), or
 * is not full.
 */
export async function* fetchGuildMembers(
  calls: Calls,
  guildId: Snowflake,
): AsyncGenerator<Answer<APIGuildMember[]>> {
  let after: string | undefined;
  while (true) {
    const answer: Answer<APIGuildMember[]> = await calls.get(`/guilds/${guildId}/members`, {
      after,
      limit: MEMBERS_MAX,
    });
    yield answer;
    if (answer.is !== 'found' || answer.payload.length < MEMBERS_MAX) return;
    after = answer.payload.at(-1)!.user.id;
  }
}

/** A guild's threads that are not archived and that we may see, with those that we are in. */
export function fetchActiveThreads(
  calls: Calls,
  guildId: Snowflake,
): Promise<Answer<Pick<APIThreadList, 'threads' | 'members'>>> {
  return calls.get(`/guilds/${guildId}/threads/active`);
}

/** `joined`: private ones that we are in; `private`: all of them, with MANAGE_THREADS. */
export type ArchivedKind = 'public' | 'private' | 'joined';

/**
 * A channel's archived threads, newest first: by when they were archived (`before` is such a time, ISO), the joined
 * ones by id. Ends where an answer isn't found, or says that it was the last.
 */
export async function* fetchArchivedThreads(
  calls: Calls,
  channelId: Snowflake,
  kind: ArchivedKind,
): AsyncGenerator<Answer<RESTGetAPIChannelUsersThreadsArchivedResult>> {
  const folder = kind === 'joined' ? 'users/@me/threads/archived/private' : `threads/archived/${kind}`;
  let before: string | undefined;
  while (true) {
    const answer: Answer<RESTGetAPIChannelUsersThreadsArchivedResult> = await calls.get(
      `/channels/${channelId}/${folder}`,
      {
        before,
        limit: PAGE_MAX,
      },
    );
    yield answer;
    const last = answer.is === 'found' ? (answer.payload.threads.at(-1) as APIThreadChannel) : undefined;
    if (answer.is !== 'found' || !answer.payload.has_more || !last) return;
    before = kind === 'joined' ? last.id : last.thread_metadata?.archive_timestamp;
  }
}

/** One page of who reacted with an emoji: by id, behind `after`. */
export function fetchReactors(
  calls: Calls,
  { channelId, messageId, emoji }: { channelId: Snowflake; messageId: Snowflake; emoji: EmojiFacts },
  { isBurst, after }: { isBurst: boolean; after?: Snowflake },
): Promise<Answer<APIUser[]>> {
  // A custom emoji is found by its id; its name must be there, but may be another.
  const key = /^\d+$/.test(emoji.key) ? `${emoji.name ?? '_'}:${emoji.key}` : emoji.key;
  return calls.get(`/channels/${channelId}/messages/${messageId}/reactions/${encodeURIComponent(key)}`, {
    type: isBurst ? 1 : 0,
    after,
    limit: PAGE_MAX,
  });
}

export interface SearchRange {
  /** At most 500. */
  channelIds: Snowflake[];
  /** Both exclusive: messages after the one and before the other. */
  minId?: Snowflake;
  maxId?: Snowflake;
}

/** How many messages there are; or Discord is still to index them, and says when to ask again. */
export type SearchCount = { total: number } | { notIndexed: true; retryAfterMs: number };

/**
 * How many messages channels have in a range of ids, by Discord's search; age-restricted channels, too. Not exact while
 * messages are sent or deleted there.
 *
 * Source  https://docs.discord.com/developers/resources/message#search-guild-messages
 */
export async function fetchSearch(
  calls: Calls,
  guildId: Snowflake,
  { channelIds, minId, maxId }: SearchRange,
): Promise<Answer<SearchCount>> {
  const answer = await calls.get<RESTGetAPIGuildMessagesSearchResult>(`/guilds/${guildId}/messages/search`, {
    channel_id: channelIds,
    min_id: minId,
    max_id: maxId,
    include_nsfw: 'true',
    limit: 1,
  });
  if (answer.is !== 'found') return answer;
  const { payload } = answer;
  if ('total_results' in payload) return { ...answer, payload: { total: payload.total_results } };
  return { ...answer, payload: { notIndexed: true, retryAfterMs: payload.retry_after * 1000 } };
}

/** The bot's application; its flags tell which privileged intents are granted. */
export function fetchApplication(calls: Calls): Promise<Answer<APIApplication>> {
  return calls.get('/applications/@me');
}

/** The bot's own account. */
export function fetchOwnUser(calls: Calls): Promise<Answer<APIUser>> {
  return calls.get('/users/@me');
}

/** Every guild that the bot is in, up to 200 an answer, by id. */
export async function* fetchOwnGuilds(calls: Calls): AsyncGenerator<RESTAPIPartialCurrentUserGuild[]> {
  let after: string | undefined;
  while (true) {
    const answer: Answer<RESTAPIPartialCurrentUserGuild[]> = await calls.get('/users/@me/guilds', {
      after,
      limit: 200,
    });
    if (answer.is !== 'found' || answer.payload.length === 0) return;
    yield answer.payload;
    after = answer.payload.at(-1)!.id;
  }
}
