/** The settings of a deployment, from the environment and a `.env` file; nothing else reads either. */
import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { totalmem } from 'node:os';
import { parseEnv } from 'node:util';
import type { ContentChoice } from './db/keep.ts';

export interface Config {
  /** Any Postgres from 15 on; without it an embedded one is used. */
  databaseUrl?: string;
  dataFolder: string;
  storeContent: ContentChoice;
  memoryBytes: number;
  /** A QuickChart server that draws charts; without it they are drawn here. */
  quickChartUrl?: string;
  /** The browser that prints PDF; without it one is looked for. */
  browserPath?: string;
  live: LiveConfig;
  http: HttpConfig;
}

/** Of health, metrics and the JSON API. */
export interface HttpConfig {
  host: string;
  /** Null: nothing is served. */
  port: number | null;
  /** What metrics want as a bearer; never shown. Beyond loopback it is always there. */
  token?: string;
}

/** Of live recording. */
export interface LiveConfig {
  /** The bot's token; never shown. */
  token?: string;
  /** Another address of Discord's API, for tests. */
  apiUrl?: string;
  /** Which shards this process holds: all that Discord advises, or some of a number. */
  shards: 'auto' | { ids: number[]; count: number };
  /** The most that events may take on disk while the database is away. */
  spoolBytesMax: number;
  /** How much of the history before a gap is read again. */
  catchUp: { hours: number; messagesMin: number };
  logLevel: string;
}

/** Every fault of the environment at once, a line each. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads the settings. Errors: ConfigError. */
export function loadConfig(env: NodeJS.ProcessEnv = environment()): Config {
  const faults: string[] = [];
  const {
    DATABASE_URL: databaseUrl,
    ALMANAC_DATA: dataFolder = './data',
    STORE_CONTENT: storeContent = 'full',
    QUICKCHART_URL: quickChartUrl,
    CHROME_PATH: browserPath,
  } = env;
  const live = loadLive(env, faults);
  const http = loadHttp(env, faults);
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    faults.push('DATABASE_URL must begin with postgres:// (leave it out to use the embedded database).');
  }
  if (storeContent !== 'full' && storeContent !== 'none') {
    faults.push(`STORE_CONTENT must be full or none, not ${JSON.stringify(storeContent)}.`);
  }
  if (dataFolder.trim() === '') faults.push('ALMANAC_DATA is empty; leave it out to use ./data.');
  if (quickChartUrl && !isServerUrl(quickChartUrl)) {
    faults.push('QUICKCHART_URL must be http:// or https:// and a host, with no user, query or fragment.');
  }
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
  return {
    ...(databaseUrl && { databaseUrl }),
    dataFolder,
    storeContent: storeContent as ContentChoice,
    memoryBytes: totalmem(),
    ...(quickChartUrl && { quickChartUrl }),
    ...(browserPath && { browserPath }),
    live,
    http,
  };
}

const LOG_LEVELS = ['silent', 'error', 'warn', 'info'];

function loadLive(env: NodeJS.ProcessEnv, faults: string[]): LiveConfig {
  const {
    DISCORD_TOKEN: token,
    DISCORD_API: apiUrl,
    SHARDS: shards = 'auto',
    LOG_LEVEL: logLevel = 'info',
  } = env;
  if (token && !/^[\x21-\x7e]+$/.test(token)) faults.push('DISCORD_TOKEN has characters that no token has.');
  if (apiUrl && !isServerUrl(apiUrl)) {
    faults.push('DISCORD_API must be http:// or https:// and a host, with no user, query or fragment.');
  }
  if (!LOG_LEVELS.includes(logLevel)) faults.push(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`);
  const whole = (
    name: 'SPOOL_MB_MAX' | 'CATCH_UP_HOURS' | 'CATCH_UP_MESSAGES',
    usual: number,
    max: number,
  ) => {
    const text = env[name] || String(usual);
    if (!/^\d{1,9}$/.test(text) || Number(text) > max)
      faults.push(`${name} must be a whole number up to ${max}.`);
    return Number(text);
  };
  return {
    ...(token && { token }),
    ...(apiUrl && { apiUrl }),
    shards: readShards(shards, faults),
    spoolBytesMax: whole('SPOOL_MB_MAX', 1024, 1_000_000) * 1024 * 1024,
    catchUp: {
      hours: whole('CATCH_UP_HOURS', 24, 24 * 365),
      messagesMin: whole('CATCH_UP_MESSAGES', 200, 100_000),
    },
    logLevel,
  };
}

/** Fewer characters can be guessed. */
const TOKEN_CHARACTERS_MIN = 16;

function loadHttp(env: NodeJS.ProcessEnv, faults: string[]): HttpConfig {
  const { HTTP_HOST, HTTP_PORT, HTTP_TOKEN: token } = env;
  const host = HTTP_HOST || '127.0.0.1';
  const port = HTTP_PORT === 'off' ? null : Number(HTTP_PORT || 7475);
  if (isIP(host) === 0 && !/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(host)) {
    faults.push('HTTP_HOST must be an address or a name of this machine, with no http:// and no port.');
  } else if (port !== null && !token && !isLoopback(host)) {
    faults.push(`HTTP_HOST lets other machines in: set HTTP_TOKEN, too, or leave HTTP_HOST out.`);
  }
  if (port !== null && (!/^\d{0,5}$/.test(HTTP_PORT ?? '') || port < 1 || port > 65_535)) {
    faults.push('HTTP_PORT must be a port from 1 to 65535, or off.');
  }
  if (token && !/^[\x21-\x7e]+$/.test(token)) faults.push('HTTP_TOKEN has characters that no header takes.');
  if (token && token.length < TOKEN_CHARACTERS_MIN) {
    faults.push(`HTTP_TOKEN must have at least ${TOKEN_CHARACTERS_MIN} characters.`);
  }
  return { host, port, ...(token && { token }) };
}

/** Whether only this machine can reach a server there. */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(address);
  if (family === 0) return address.toLowerCase().replace(/\.$/, '') === 'localhost';
  return LOOPBACK.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** `auto`, `0-3/16` or `0,5/16`. */
function readShards(text: string, faults: string[]): LiveConfig['shards'] {
  if (text === '' || text === 'auto') return 'auto';
  const [, list = '', of = ''] = /^([\d,-]+)\/(\d{1,4})$/.exec(text) ?? [];
  const count = Number(of);
  const ids = list.split(',').flatMap((part) => {
    const [, from, to = from] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part) ?? [];
    if (from === undefined) return [Number.NaN];
    return Array.from({ length: Math.max(0, Number(to) - Number(from) + 1) }, (_, i) => Number(from) + i);
  });
  if (ids.length === 0 || !ids.every((id) => id < count)) {
    faults.push('SHARDS must be auto, or shards and their number as in 0-3/16 or 0,5/16.');
    return 'auto';
  }
  return { ids: [...new Set(ids)], count };
}

function isServerUrl(text: string): boolean {
  const url = URL.parse(text);
  const isPlain = url !== null && url.username + url.password + url.search + url.hash === '';
  return isPlain && /^https?:$/.test(url.protocol);
}

/** The environment, and below it what a `.env` file in the folder that we run in says. */
function environment(): NodeJS.ProcessEnv {
  try {
    return { ...parseEnv(readFileSync('.env', 'utf8')), ...process.env };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return process.env;
    throw new ConfigError(`The file .env cannot be read (${message}).`);
  }
}
