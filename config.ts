/** The settings of a deployment, from the environment and a `.env` file; nothing else reads either. */
import { readFileSync } from 'node:fs';
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
  };
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
