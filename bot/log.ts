import type { Logger } from 'pino';

/** Where the bot logs: lines of JSON, or of words where a person looks on. Never texts, names, tokens or addresses with passwords. */
export type Log = Logger;
