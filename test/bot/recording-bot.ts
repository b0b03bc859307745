/** The whole recorder within a test: a loopback Discord, the bot as it runs, and Postgres. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished } from 'vitest';
import { openAnswering } from '../../bot/answering/open.ts';
import { checkDiscord } from '../../bot/checks.ts';
import { openLog } from '../../cli/log.ts';
import { restClock } from '../../bot/clock.ts';
import { runBot } from '../../bot/run.ts';
import type { Vitals } from '../../bot/vitals.ts';
import { loadConfig } from '../../config.ts';
import { connect } from '../../db/connect.ts';
import { openRest } from '../../ingest/discord/rest.ts';
import { type TestDatabase, useDatabase } from '../support/database.ts';
import type { ChannelTruth, GuildTruth, MessageTruth } from '../support/discord/model.ts';
import { findDescription } from '../support/discord/openapi.ts';
import { type Discord, type DiscordOptions, startDiscord } from '../support/discord/server.ts';
import { startAlmanac } from '../support/program.ts';
import { type AnsweringOf, answeringOf } from './answering-bot.ts';

/** One run of the bot, within this process. */
export interface Run {
  /** It has heard that it is connected. */
  connected(): Promise<void>;
  /** What it tells of itself. */
  vitals(): Vitals;
  close(): Promise<void>;
}

/** One run of the program, as a process. */
export interface Program extends ReturnType<typeof startAlmanac> {
  /** To stderr, so far. */
  said(): string;
  connected(): Promise<void>;
}

/** As the log tells it. */
const CONNECTED = /"state":"(identified|resumed)"/;
const saysConnected = (said: () => string) => eventually(() => expect(said()).toMatch(CONNECTED));

export interface Scene {
  database: TestDatabase;
  discord: Discord;
  world: Discord['world'];
  gateway: Discord['gateway'];
  guild: GuildTruth;
  /** Where everything is said, unless a test says otherwise. */
  channel: ChannelTruth;
  /** Three people. */
  ada: string;
  ben: string;
  cleo: string;
  /** What each run of the bot wrote to its log, in lines. */
  log: string[];
  /** Holds the spool of every run. */
  folder: string;
  /** Starts the bot, and waits until it is connected: all that happens from then on is for it to record. */
  start(env?: NodeJS.ProcessEnv): Promise<Run>;
  /** The same, not waiting: another may be recording. What answers in Discord may be another than the program's. */
  launch(env?: NodeJS.ProcessEnv, make?: AnsweringOf): Promise<Run>;
  /** The real program, not waiting either. */
  spawn(env?: Record<string, string>): Program;
  /** To Discord's knowledge a session is connected: so many are, where it is said. */
  connected(sessions?: number): Promise<void>;
  /** Somebody says something. */
  say(content: string, author?: string): MessageTruth;
  /** All that was told so far is in Postgres. */
  written(): Promise<void>;
  /** Every gap is closed. */
  repaired(): Promise<void>;
  /** What a query finds; `$1` is the guild. */
  rows<R extends object = Record<string, unknown>>(query: string, ...values: unknown[]): Promise<R[]>;
}

/** Makes scenes on a database of the file's own, which each test finds empty. */
export function useScenes(): (options?: DiscordOptions) => Promise<Scene> {
  const database = useDatabase();
  beforeEach(() => database.clear());
  return (options) => openScene(database, options, onTestFinished);
}

/** Makes one scene for all tests of a file. */
export function useSharedScene(
  options: DiscordOptions | undefined,
  begin: (scene: Scene) => Promise<void>,
): Scene {
  const database = useDatabase();
  const scene = {} as Scene;
  let end = async () => {};
  beforeAll(async () => {
    Object.assign(scene, await openScene(database, options, (ending) => (end = ending)));
    await begin(scene);
  });
  afterAll(() => end());
  return scene;
}

let names = 0;
/** A guild in an outage never answers. */
const CHECK_MS = 3_000;

/** Runs of the bot, which end with their test. */
function makeRuns({ url, world }: Discord, database: TestDatabase, folder: string, log: string[]) {
  const open = new Set<Run>();
  const programs: Program[] = [];
  const settings = () => ({
    DATABASE_URL: database.url,
    ALMANAC_DATA: folder,
    DISCORD_TOKEN: world.truth.token,
    DISCORD_API: url,
    // Others of this machine may have the port.
    HTTP_PORT: 'off',
  });
  return {
    async launch(env: NodeJS.ProcessEnv = {}, make: AnsweringOf = openAnswering): Promise<Run> {
      const config = loadConfig({ ...settings(), ...env });
      const store = connect(config.databaseUrl!, 8);
      const rest = openRest({ ...config.live, ...restClock, now: () => world.now() });
      let said = '';
      const runLog = openLog('debug', (line) => {
        said += line;
        log.push(line);
      });
      const findings = await checkDiscord(rest.calls, CHECK_MS);
      const shared = { config, discord: rest, store, findings, log: runLog };
      const ended = new AbortController();
      const bot = await runBot({
        ...shared,
        holder: `run ${++names}`,
        spoolFolder: join(config.dataFolder, 'spool'),
        openAnswering: answeringOf(shared, make, ended.signal),
      });
      const run: Run = {
        connected: () => saysConnected(() => said),
        vitals: bot.vitals,
        async close() {
          if (!open.delete(run)) return;
          ended.abort();
          const { rest: left } = await bot.close();
          await left;
          await store.close();
        },
      };
      open.add(run);
      return run;
    },
    spawn(env: Record<string, string> = {}): Program {
      const started = startAlmanac(['start'], { ...settings(), ...env });
      let said = '';
      started.process.stderr!.on('data', (text: string | Buffer) => (said += String(text)));
      const program = { ...started, said: () => said, connected: () => saysConnected(() => said) };
      programs.push(program);
      return program;
    },
    async end(): Promise<void> {
      for (const { process } of programs) process.kill('SIGKILL');
      await Promise.all([...programs.map(({ ended }) => ended), ...[...open].map((run) => run.close())]);
    },
  };
}

async function openScene(
  database: TestDatabase,
  options: DiscordOptions = {},
  onEnd: (end: () => Promise<void>) => void,
): Promise<Scene> {
  const discord = await startDiscord({ openapi: findDescription(), ...options });
  const { world } = discord;
  const folder = await mkdtemp(join(tmpdir(), 'almanac-recording-'));
  const guild = world.addGuild({ name: 'Guild' });
  const addPerson = (name: string) => world.addUser(name, { guildId: guild.id }).id;
  const [ada, ben, cleo] = [addPerson('ada'), addPerson('ben'), addPerson('cleo')];
  const channel = world.addChannel(guild.id);
  const log: string[] = [];
  const { launch, spawn, end } = makeRuns(discord, database, folder, log);
  onEnd(async () => {
    await end();
    await discord.close();
    await rm(folder, { recursive: true, force: true });
    expect([discord.oracleFaults, discord.interactions.careless]).toEqual([[], []]);
  });
  const waits = makeWaits(discord, database);
  return {
    database,
    discord,
    world,
    gateway: discord.gateway,
    guild,
    channel,
    ada,
    ben,
    cleo,
    log,
    folder,
    launch,
    spawn,
    ...waits,
    async start(env) {
      const run = await launch(env);
      await run.connected();
      return run;
    },
    say: (content, author = ada) => world.send(channel.id, { author, content }),
    async rows<R extends object>(query: string, ...values: unknown[]): Promise<R[]> {
      const { rows } = await database.pool.query(query, query.includes('$1') ? [guild.id, ...values] : []);
      return rows as R[];
    },
  };
}

function makeWaits({ gateway }: Discord, { pool }: TestDatabase) {
  const live = () => gateway.sessions.filter((session) => session.isConnected);
  return {
    connected: (sessions = 1) => eventually(() => expect(live()).toHaveLength(sessions)),
    written: () =>
      eventually(async () => {
        const { rows } = await pool.query<{ id: string; sequence: number }>(
          'select session_id as id, sequence::int as sequence from shards',
        );
        expect(rows).toEqual(live().map(({ id, sequence }) => ({ id, sequence })));
        expect(rows).not.toEqual([]);
      }),
    repaired: () =>
      eventually(async () => {
        const { rows } = await pool.query(`select reason from gaps where state = 'open'`);
        expect(rows).toEqual([]);
      }),
  };
}

const PATIENCE_MS = 60_000;

/** Settles when a check passes; what it says in the end, where it never does. */
export async function eventually(check: () => unknown): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (true) {
    try {
      await check();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(20);
    }
  }
}

/** Where a word stands in the database: as `table.column`. */
export async function placesOf({ pool }: TestDatabase, word: string): Promise<string[]> {
  const { rows: columns } = await pool.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = 'public' order by 1, 2`,
  );
  const found: string[] = [];
  for (const { table, column } of columns) {
    const { rows } = await pool.query(`select from ${table} where ${column}::text like $1 limit 1`, [
      `%${word}%`,
    ]);
    if (rows.length > 0) found.push(`${table}.${column}`);
  }
  return found;
}

/** Everything that is in the files of a folder. */
export async function contentOf(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFile(join(file.parentPath, file.name), 'latin1'));
  return (await Promise.all(texts)).join('');
}
