/** What a route is, and what it is told. */
import type { APIApplicationCommand } from 'discord-api-types/v10';
import type { Held } from '../interactions/held.ts';
import type { Gateway } from '../gateway.ts';
import type { Search } from '../search.ts';
import type { MessageKey, World } from '../world.ts';

/** A file of a multipart body. */
export interface SentFile {
  /** What the message's `attachments` call it: the n of `files[n]`. */
  index: string;
  filename: string;
  contentType: string;
  bytes: Buffer;
}

/** What the REST side remembers beside the world's truth. */
export interface RestMemory {
  /** The application's commands by where they are: a guild's id, or `global`. */
  commands: Map<string, APIApplicationCommand[]>;
  /** What the bot sent lately with a nonce, by that. */
  nonces: Map<string, { message: MessageKey; atMs: number }>;
  /** For how long a nonce is known. */
  nonceMs: number;
}

/** A request as a route sees it. */
export interface Asked {
  world: World;
  memory: RestMemory;
  interactions: Held;
  search: Search;
  gateway: Pick<Gateway, 'url' | 'sessionStartLimit'>;
  /** Of the template, decoded. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** Parsed: JSON, or the `payload_json` of a multipart body; undefined without one. */
  body: unknown;
  files: SentFile[];
}

/** What a route says; without `body` there is none. */
export interface Answer {
  status: number;
  body?: unknown;
}

/** One thing that can be asked. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As in Discord's description: `/channels/{channel_id}/messages`. */
  template: string;
  /** Asked without the bot's token, too. */
  isOpen?: true;
  /** Errors  Refusal */
  answer(asked: Asked): Answer;
}

/** A 200. */
export const ok = (body: unknown): Answer => ({ status: 200, body });

/** A 204. */
export const done: Answer = { status: 204 };
