/** A server with a past, and the program as it is typed beside it. */
import { ChannelType } from 'discord-api-types/v10';
import { expect, onTestFinished } from 'vitest';
import { listRuns, queueRun } from '../../db/runs.ts';
import { eventually, type Program, useScenes } from '../bot/recording-bot.ts';
import { startAlmanac } from '../support/program.ts';

export const DAY_MS = 86_400_000;

/** Makes scenes on a database of the file's own, which each test finds empty. */
export function useBackfills() {
  const openScene = useScenes();
  return (options: { messages?: number; perSecond?: number } = {}) => open(openScene, options);
}

export type BackfillScene = Awaited<ReturnType<typeof open>>;

/** Two channels with a past. At so many pages a second for each, a run takes as long as a test wants it to. */
async function open(openScene: ReturnType<typeof useScenes>, { messages = 1_000, perSecond = 1_000 }) {
  const routes = { 'GET /channels/{channel_id}/messages': { requests: 1, perMs: 1_000 / perSecond } };
  const scene = await openScene({ limits: { isOn: true, globalPerSecond: 1_000, routes } });
  const { world, guild, ada, database, discord } = scene;
  const seed = (channelId: string, count: number) =>
    world.seed(
      channelId,
      Array.from({ length: count }, (_, i) => ({
        at: Date.now() - 100 * DAY_MS - i * 60_000,
        author: ada,
        content: `message ${i}`,
      })),
    );
  const add = (name: string) =>
    world.addChannel(guild.id, ChannelType.GuildText, { name, id: world.idAt(Date.now() - 200 * DAY_MS) });
  const [side, main] = [add('side'), add('main')];
  seed(main.id, messages);
  seed(side.id, 150);
  const settings = {
    DATABASE_URL: database.url,
    ALMANAC_DATA: scene.folder,
    DISCORD_TOKEN: world.truth.token,
    DISCORD_API: discord.url,
  };
  return {
    ...scene,
    add,
    main,
    side,
    settings,
    /** Without `--guild`, where its own is meant. */
    type(words: string, env: Record<string, string> = {}): Program {
      const args = words.split(' ').map((word) => (word === 'GUILD' ? guild.id : word));
      const started = startAlmanac(args, { ...settings, ...env });
      onTestFinished(async () => {
        started.process.kill('SIGKILL');
        await started.ended;
      });
      let said = '';
      started.process.stderr!.on('data', (text: string | Buffer) => (said += String(text)));
      return { ...started, said: () => said, connected: async () => {} };
    },
    /** Asks for all of it, without working on it. */
    queue: () =>
      queueRun(
        database.pool,
        { guildId: guild.id, channelIds: null, sinceId: '0', withReactors: false, isAgain: false },
        Date.now(),
      ),
    stored: async () => {
      const { rows } = await database.pool.query('select from messages where guild_id = $1', [guild.id]);
      return rows.length;
    },
    pages: () => discord.requests.filter(({ path }) => /^\/channels\/\d+\/messages$/.test(path)),
    run: async () => (await listRuns(database.pool, { limit: 1 }))[0],
  };
}

/** Pages that were asked for more than once, and answered. */
export function repeated({ pages }: BackfillScene): string[] {
  const asked = pages()
    .filter(({ status }) => status === 200)
    .map(({ path, query }) => path + query);
  return asked.filter((one, i) => asked.indexOf(one) < i);
}

/** So many messages are recorded. */
export const hasRead = ({ stored }: BackfillScene, messages: number) =>
  eventually(async () => expect(await stored()).toBeGreaterThanOrEqual(messages));
