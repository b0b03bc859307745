/** A bot that answers: a loopback Discord with servers, the bot as it runs, and a database; at a time that stands still. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeAnswering } from '../../../bot/answering/answering.ts';
import { checkDiscord } from '../../../bot/checks.ts';
import { restClock } from '../../../bot/clock.ts';
import { openLog } from '../../../cli/log.ts';
import { runBot } from '../../../bot/run.ts';
import { deploy } from '../../../commands/deploy.ts';
import type { CommandContext } from '../../../commands/command.ts';
import { commands } from '../../../commands/index.ts';
import { loadConfig } from '../../../config.ts';
import { connect, type Store } from '../../../db/connect.ts';
import { linkGuild } from '../../../db/linked-guilds.ts';
import { openRest } from '../../../ingest/discord/rest.ts';
import { type AnsweringOf, answeringOf } from '../../bot/answering-bot.ts';
import { openDoor } from '../database-door.ts';
import { findDescription } from '../discord/openapi.ts';
import { type Discord, startDiscord } from '../discord/server.ts';
import { readTexts } from '../read-texts.ts';
import { fillServers, makeServers, NOW_MS, type Servers } from './servers.ts';

export interface SceneOptions {
  /** Of a database with our tables, and nothing in them. */
  databaseUrl: string;
  /** For what is made and spooled. */
  folder: string;
  draw: CommandContext['draw'];
}

/** What goes wrong, where a question says so. */
export interface Troubles {
  isBehind: boolean;
  isDatabaseAway: boolean;
  /** In place of what is drawn and planned. */
  draw: CommandContext['draw'] | undefined;
  plan: CommandContext['plan'] | undefined;
  /** 14 minutes are over at once. */
  isOutOfTime: boolean;
}

export interface Scene extends Servers {
  discord: Discord;
  /** To the database, whatever the bot's own way to it is like. */
  store: Store;
  /** All that the gateway told is in the database, and what was missed before is looked for. */
  recorded(): Promise<void>;
  /** While something is done. */
  during<T>(troubles: Partial<Troubles>, act: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const CALM: Troubles = {
  isBehind: false,
  isDatabaseAway: false,
  draw: undefined,
  plan: undefined,
  isOutOfTime: false,
};
const CHECK_MS = 3_000;

/** Opens it; every server is recorded, and the commands are known. */
export async function openScene({ databaseUrl, folder, draw }: SceneOptions): Promise<Scene> {
  const store = connect(databaseUrl, 4);
  const servers = await makeServers(store, folder);
  const { world, main, linkedId } = servers;
  await linkGuild(store.db, main.id, linkedId, new Date(NOW_MS));
  const discord = await startDiscord({ world, openapi: findDescription() });
  const door = await openDoor(databaseUrl);
  const troubles = { ...CALM };
  const bot = await startBot(discord, { databaseUrl: door.url, folder, draw, troubles });
  await recorded(discord, store);
  await fillServers(store, servers);
  await readTexts(store);
  return {
    ...servers,
    discord,
    store,
    recorded: () => recorded(discord, store),
    async during(some, act) {
      Object.assign(troubles, some);
      if (troubles.isDatabaseAway) door.set('shut');
      try {
        return await act();
      } finally {
        Object.assign(troubles, CALM);
        door.set('open');
      }
    },
    async close() {
      await bot.close();
      await Promise.all([discord.close(), door.close(), store.close()]);
    },
  };
}

async function startBot(
  { url, world }: Discord,
  { databaseUrl, folder, draw, troubles }: SceneOptions & { troubles: Troubles },
): Promise<{ close(): Promise<void> }> {
  const config = loadConfig({
    DATABASE_URL: databaseUrl,
    ALMANAC_DATA: folder,
    DISCORD_TOKEN: world.truth.token,
    DISCORD_API: url,
    // What was missed is in the exports already.
    CATCH_UP_HOURS: '1',
    CATCH_UP_MESSAGES: '1',
  });
  const store = connect(databaseUrl, 8);
  const discord = openRest({ ...config.live, ...restClock, now: () => world.now() });
  const applicationId = world.truth.application.id;
  await deploy({ rest: discord.rest, applicationId, commands, tell() {} });
  const log = openLog('error', () => {});
  const findings = await checkDiscord(discord.calls, CHECK_MS);
  const shared = { config, discord, store, findings, log };
  const ended = new AbortController();
  const bot = await runBot({
    ...shared,
    holder: 'preview',
    spoolFolder: join(folder, 'spool'),
    openAnswering: answeringOf(shared, answeringWith(draw, troubles), ended.signal),
  });
  return {
    async close() {
      ended.abort();
      await (
        await bot.close()
      ).rest;
      await store.close();
    },
  };
}

/** As the program's, but for the charts and the time; and troubled. */
function answeringWith(draw: CommandContext['draw'], troubles: Troubles): AnsweringOf {
  return ({ store: { db, pool }, botId, plan, onZone, isCurrent, now, log }) =>
    makeAnswering({
      commands,
      context: {
        db,
        pool,
        botId,
        onZone,
        plan: (order) => (troubles.plan ?? plan)(order),
        draw: (chart) => (troubles.draw ?? draw)(chart),
        onChartError() {},
      },
      isCurrent: async (guildId) => !troubles.isBehind && isCurrent(guildId),
      now,
      // Nothing changes by itself.
      wait: (_, signal) => (troubles.isOutOfTime ? Promise.resolve() : untilAborted(signal)),
      log,
    });
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new Error('no longer waited for'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

const PATIENCE_MS = 30_000;

async function recorded({ gateway, world }: Discord, { pool }: Store): Promise<void> {
  const wanted = [...world.truth.guilds.values()].filter(({ hasBot }) => hasBot);
  const members = wanted.reduce((sum, guild) => sum + guild.members.size, 0);
  const query = `select sequence::int as sequence,
    (select count(*)::int from members where guild_id = any($1) and nick_at is not null) as members,
    (select count(*)::int from gaps where state = 'open') as gaps from shards`;
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await sleep(20)) {
    const { rows } = await pool.query<Record<'gaps' | 'members' | 'sequence', number>>(query, [
      wanted.map(({ id }) => id),
    ]);
    const session = gateway.sessions.find((one) => one.isConnected);
    const [found] = rows;
    if (!session || !found) continue;
    if (found.sequence === session.sequence && found.members >= members && found.gaps === 0) return;
  }
  throw new Error('What the gateway told did not come into the database.');
}
