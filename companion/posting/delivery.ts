/** The bot's own messages in a channel, sent so that what came of it is known, or known to be unknown. */
import { DiscordAPIError, type RawFile, type REST } from '@discordjs/rest';
import { type APIMessage, Routes } from 'discord-api-types/v10';
import { snowflakeAt } from '../../db/snowflake.ts';
import { fetchMessages } from '../../ingest/discord/fetch.ts';
import { type Calls, TokenError } from '../../ingest/discord/fetch-calls.ts';
import type { DiscordMessage } from '../../reports/message/discord.ts';

export type Sent =
  | { is: 'sent'; messageId: string }
  /** By Discord: there is no such message. Its code, 10003 for an unknown channel. */
  | { is: 'refused'; code: number }
  /** No answer, or a failure of Discord's: it may be there. */
  | { is: 'unsure' };

/** Discord takes a second message of one nonce, within some minutes, for the first. */
export interface Sending {
  rest: REST;
  channelId: string;
  message: DiscordMessage;
  nonce: string;
  signal: AbortSignal;
}

/** Posts a message. Errors: TokenError; whatever is our own fault. */
export async function send({ rest, channelId, message, nonce, signal }: Sending): Promise<Sent> {
  const { files, ...form } = message;
  const body = { ...form, attachments: attachmentsOf(message), nonce, enforce_nonce: true };
  return told(async () => {
    const sent = (await rest.post(Routes.channelMessages(channelId), {
      body,
      files: files.map(rawFile),
      signal,
    })) as APIMessage;
    return { is: 'sent', messageId: sent.id };
  });
}

/** Puts a message in the place of one of ours; the same again does no harm. */
export async function replace(
  { rest, channelId, message, signal }: Omit<Sending, 'nonce'>,
  messageId: string,
): Promise<Sent> {
  const { files, ...form } = message;
  return told(async () => {
    await rest.patch(Routes.channelMessage(channelId, messageId), {
      // Those that are named here; the ones of before are not.
      body: { ...form, attachments: attachmentsOf(message) },
      files: files.map(rawFile),
      signal,
    });
    return { is: 'sent', messageId };
  });
}

/** Takes one of our messages away; one that is gone is no failure. */
export async function remove(rest: REST, channelId: string, messageId: string): Promise<void> {
  await told(async () => {
    await rest.delete(Routes.channelMessage(channelId, messageId));
    return { is: 'sent', messageId };
  });
}

async function told(ask: () => Promise<Sent>): Promise<Sent> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) return { is: 'unsure' };
    if (error.status === 401) throw new TokenError('Discord refuses the token', { cause: error });
    // Without a code it was not the API that answered but something before it.
    const isTold = typeof error.code === 'number' && error.status < 500;
    return isTold ? { is: 'refused', code: error.code as number } : { is: 'unsure' };
  }
}

const attachmentsOf = ({ files }: DiscordMessage) =>
  files.map(({ name, alt }, i) => ({
    id: String(i),
    filename: name,
    ...(alt !== undefined && { description: alt }),
  }));

const rawFile = ({ name, bytes }: DiscordMessage['files'][number]): RawFile => ({
  name,
  data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
});

export interface Looking {
  calls: Calls;
  channelId: string;
  botId: string;
  /** Discord's time, ms. */
  sinceMs: number;
  isMarked(customIds: readonly string[]): boolean;
  signal: AbortSignal;
}

/** A post is at the beginning of what is looked through, unless a channel is flooded. */
const PAGES_MAX = 1000;

/**
 * The bot's own marked messages in a channel since a time, the oldest first, as far as Discord shows it messages: none are
 * shown without Read Message History. `gone`: the channel is deleted; `closed`: it is not to be read, or has more than
 * 100,000 messages since.
 *
 * Errors  UnansweredError; TokenError
 */
export async function findMarked(looking: Looking): Promise<string[] | 'gone' | 'closed'> {
  const { calls, channelId, botId, isMarked, signal } = looking;
  const found: string[] = [];
  let after = snowflakeAt(looking.sinceMs);
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    signal.throwIfAborted();
    const answer = await fetchMessages(calls, channelId, { after });
    if (answer.is === 'missing') return 'gone';
    if (answer.is === 'closed') return 'closed';
    if (answer.payload.length === 0) return found;
    const oldestFirst = answer.payload.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
    for (const message of oldestFirst)
      if (message.author.id === botId && isMarked(customIdsOf(message.components))) found.push(message.id);
    after = oldestFirst.at(-1)!.id;
  }
  return 'closed';
}

/** The ids of all buttons of a message, however deep they are. */
function customIdsOf(components: unknown): string[] {
  if (Array.isArray(components)) return components.flatMap(customIdsOf);
  if (typeof components !== 'object' || components === null) return [];
  const { custom_id: id, components: inner } = components as { custom_id?: unknown; components?: unknown };
  return [...(typeof id === 'string' ? [id] : []), ...customIdsOf(inner)];
}
