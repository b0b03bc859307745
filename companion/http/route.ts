/** A route as a value: its address, who may ask, what it takes and gives, and its answer. */
import type { Db } from '../../db/connect.ts';
import type { ApiToken } from '../../db/tokens.ts';
import type { HttpOptions } from './options.ts';
import type { Properties, Schema } from './schema.ts';

/** A body that is sent as it is; all else is sent as JSON. */
export interface Text {
  contentType: string;
  body: string;
  headers?: Record<string, string>;
}

/** Parameters as they were read by the route's schema. */
export type Parameters = Record<string, unknown>;

interface About {
  /** With parameters as `:name`. */
  path: string;
  summary: string;
  description?: string;
  /** By name: what of the path is variable, and what may stand behind the question mark. */
  params?: Properties;
  query?: Properties;
  /** What comes of it, as JSON. */
  answer: Schema;
  /** Other types of content that it can come as. */
  alsoAs?: string[];
  /** Statuses beside 200 with which the answer comes. */
  statuses?: number[];
}

/** What is told of this process. */
export interface ProcessRoute extends About {
  /** Whether it wants HTTP_TOKEN, where one is set. */
  isOpen: boolean;
  reply(given: ProcessGiven): Promise<{ status?: number; body: object } | Text>;
}

export interface ProcessGiven {
  options: HttpOptions;
  metrics(): Promise<Text>;
}

/** What is told of a guild, to who has its token. */
export interface ApiRoute extends About {
  reply(given: ApiGiven): Promise<object | Text>;
}

export interface ApiGiven {
  /** Whose request it is. */
  token: ApiToken;
  /** For this answer alone, and no longer than it may take. */
  db: Db;
  nowMs: number;
  params: Parameters;
  query: Parameters;
  /** What is asked for by the header `accept`. */
  accept: string;
  options: HttpOptions;
}

/** Whether a body is sent as it is. */
export const isText = (reply: object): reply is Text => 'contentType' in reply && 'body' in reply;
