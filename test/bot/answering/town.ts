/** A town that answers: two servers alike, one with places that not everyone sees, recorded for three weeks by a bot that is asked. */
import { REST } from '@discordjs/rest';
import {
  ChannelType,
  PermissionFlagsBits,
  type RESTPutAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord-api-types/v10';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { makeAnswering } from '../../../bot/answering/answering.ts';
import type { Command } from '../../../commands/command.ts';
import { commands } from '../../../commands/index.ts';
import type { Chart } from '../../../reports/charts/chart.ts';
import type { OptionValue, ShownMessage, Use } from '../../support/discord/interactions.ts';
import type { ChannelTruth, GuildTruth } from '../../support/discord/model.ts';
import { textsOf } from '../../support/discord/rest/writing/walk.ts';
import { readTexts } from '../../support/read-texts.ts';
import type { AnsweringOf } from '../answering-bot.ts';
import { eventually, type Run, type Scene, useSharedScene } from '../recording-bot.ts';

/** In the name of everything that not everyone may read. */
export const CANARY = 'quetzal';

const DAY_MS = 86_400_000;
const DAYS = 20;
const BEGUN_MS = Date.UTC(2026, 10, 2, 8);
/** A Saturday; the last week that is over is 2026-W46. */
const NOW_MS = Date.UTC(2026, 10, 21, 14, 0, 5);

/** One server of it. */
export interface Server {
  guild: GuildTruth;
  general: ChannelTruth;
  chat: ChannelTruth;
  /** A public thread in `general`. */
  thread: ChannelTruth;
}

/** What only the whole server has. */
export interface Hidden {
  channel: ChannelTruth;
  /** Public there. */
  thread: ChannelTruth;
  /** A private one in `general`. */
  privateThread: ChannelTruth;
  /** Who has it reads all that; ben has. */
  crew: string;
  /** Writes nowhere else. */
  zoe: string;
}

export interface Question {
  by?: string;
  where?: { id: string };
  locale?: string;
  isUnchecked?: boolean;
  subcommand?: string;
}

export interface Town extends Scene {
  whole: Server;
  hidden: Hidden;
  /** The same without any of that. */
  plain: Server;
  run: Run;
  /** Charts that were drawn, in order; a picture is one pixel. */
  drawn: Chart[];
  /** In place of what draws and waits. */
  does: {
    draw?: (chart: Chart) => Promise<Buffer>;
    wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  };
  /** ben asks in `general` of the whole server, where nothing else is said. */
  use(command: string, options?: Record<string, OptionValue>, question?: Question): Use;
  /** The same, and the first message that comes. */
  ask(command: string, options?: Record<string, OptionValue>, question?: Question): Promise<ShownMessage>;
  press(message: { id: string }, label: string, by?: string, locale?: string): Use;
  /** What is suggested for the one option that is typed. */
  suggested(
    command: string,
    typed: Record<string, string>,
    question?: Question & { besides?: Record<string, OptionValue> },
  ): Promise<{ name: string; value: string | number }[]>;
  /** Lines of the log that say that, when there are any. */
  logged(message: string): Promise<Record<string, unknown>[]>;
  /** The words of all that is recorded are kept, as the companion would. */
  readTexts(): Promise<void>;
  /** Ends the bot and starts another. */
  restart(env?: NodeJS.ProcessEnv): Promise<void>;
  answering: AnsweringOf;
}

export interface TownOptions {
  /** Beside those of the program. */
  commands?: Command[];
  env?(scene: Scene): Promise<NodeJS.ProcessEnv>;
  /** Before the bot starts. */
  build?(scene: Scene): void;
}

/** The smallest PNG. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mPQVjX6DwACNgFPRC1ZFAAAAABJRU5ErkJggg==',
  'base64',
);

/** A town for all tests of a file, as it is on a Saturday. */
export function useTown({ commands: more = [], env, build }: TownOptions = {}): Town {
  const clock = slowClock();
  const all = [...commands, ...more];
  const town = useSharedScene({ world: { now: clock.now } }, async (scene) => {
    const { world, discord } = scene;
    const [whole, plain] = [makeServer(scene), makeServer(scene)];
    const hidden = hide(scene, whole);
    build?.(scene);
    await register(scene, all);
    const drawn: Chart[] = [];
    Object.assign(town, { whole, plain, hidden, drawn, does: {}, ...asking(town, drawn, all) });
    const given = await env?.(scene);
    town.run = await scene.launch(given, town.answering);
    await town.run.connected();
    for (let day = 0; day < DAYS; day++) {
      clock.set(BEGUN_MS + day * DAY_MS);
      for (const server of [whole, plain]) talk(scene, server, day);
      whisper(scene, hidden, day);
    }
    clock.set(NOW_MS);
    for (const { general } of [whole, plain]) world.send(general.id, { author: scene.ada, content: 'Now?' });
    await scene.written();
    await town.readTexts();
    discord.requests.length = 0;
  }) as Town;
  return town;
}

/** A busy machine takes its time, and Discord waits three seconds; a minute lasts for a file. */
function slowClock() {
  let [fromMs, sinceMs] = [BEGUN_MS, performance.now()];
  return {
    now: () => fromMs + Math.floor((performance.now() - sinceMs) / 100),
    set: (ms: number) => void ([fromMs, sinceMs] = [ms, performance.now()]),
  };
}

/** Puts the commands for all servers. */
async function register({ discord, world }: Scene, all: readonly Command[]): Promise<void> {
  const rest = new REST({ api: discord.url }).setToken(world.truth.token);
  const body: RESTPutAPIApplicationCommandsJSONBody = all.map(({ data }) => data);
  await rest.put(Routes.applicationCommands(world.truth.application.id), { body });
}

function asking(town: Town, drawn: Chart[], all: readonly Command[]) {
  const answering: AnsweringOf = ({ store: { db, pool }, botId, plan, onZone, isCurrent, now, log }) =>
    makeAnswering({
      commands: all,
      context: {
        db,
        pool,
        botId,
        plan,
        onZone,
        draw(chart) {
          drawn.push(chart);
          return town.does.draw?.(chart) ?? Promise.resolve(PIXEL);
        },
        onChartError: (err) => log.warn({ err }, 'a chart is missing'),
      },
      isCurrent,
      now,
      wait: (ms, signal) => town.does.wait?.(ms, signal) ?? sleep(ms, undefined, { signal }),
      log,
    });
  const placed = ({ by = town.ben, where = town.whole.general, ...question }: Question) => ({
    userId: by,
    channelId: where.id,
    ...question,
  });
  const use: Town['use'] = (command, options = {}, question = {}) =>
    town.discord.interactions.use({ ...placed(question), command, options });
  return {
    answering,
    use,
    ask: (...asked: Parameters<Town['use']>) => use(...asked).answered(),
    press: (message: { id: string }, label: string, by = town.ben, locale = 'en-US') =>
      town.discord.interactions.press({ message, label, userId: by, locale }),
    suggested: ((command, typed, { besides = {}, ...question } = {}) => {
      const [focused] = Object.keys(typed);
      const { interactions } = town.discord;
      const options = { ...besides, ...typed };
      return interactions.type({ ...placed(question), command, options, focused: focused! }).choices();
    }) as Town['suggested'],
    async logged(message: string) {
      const found = () =>
        town.log
          .map((line): Record<string, unknown> => JSON.parse(line))
          .filter(({ msg }) => msg === message);
      await eventually(() => expect(found()).not.toEqual([]));
      return found();
    },
    readTexts: () => readTexts(town.database),
    async restart(env?: NodeJS.ProcessEnv) {
      await town.run.close();
      town.run = await town.launch(env, answering);
      await town.run.connected();
    },
  };
}

/** A server with what everyone sees. */
function makeServer({ world, ada, ben, cleo }: Scene): Server {
  const guild = world.addGuild({ name: 'Harbour', ownerId: world.addUser('owner').id });
  for (const person of [ada, ben, cleo]) world.join(guild.id, person);
  const category = world.addChannel(guild.id, ChannelType.GuildCategory, { name: 'Town' });
  const [general, chat] = ['general', 'chat'].map((name) =>
    world.addChannel(guild.id, ChannelType.GuildText, { name, parentId: category.id }),
  );
  const thread = world.startThread(general!.id, { ownerId: ada, name: 'open-thread' });
  return { guild, general: general!, chat: chat!, thread };
}

function hide({ world, ada, ben, cleo }: Scene, { guild, general }: Server): Hidden {
  const { ViewChannel, ManageThreads } = PermissionFlagsBits;
  const crew = world.addRole(guild.id, { name: `${CANARY}-crew`, permissions: ManageThreads });
  const category = world.addChannel(guild.id, ChannelType.GuildCategory, { name: `${CANARY}-town` });
  const channel = world.addChannel(guild.id, ChannelType.GuildText, {
    name: `${CANARY}-secret`,
    parentId: category.id,
  });
  // The bot says of it that it cannot read it.
  const unread = world.addChannel(guild.id, ChannelType.GuildText, { name: `${CANARY}-unread` });
  for (const { id } of [category, channel, unread]) {
    world.overwrite(id, guild.id, { deny: ViewChannel });
    world.overwrite(id, crew.id, { allow: ViewChannel });
    world.permit(id, 'ViewChannel');
  }
  world.forbid(unread.id, 'ReadMessageHistory');
  world.giveRole(guild.id, ben, crew.id);
  const zoe = world.addUser(`${CANARY}-zoe`, { guildId: guild.id }).id;
  world.giveRole(guild.id, zoe, crew.id);
  const thread = world.startThread(channel.id, { ownerId: zoe, name: `${CANARY}-thread` });
  const privateThread = world.startThread(general.id, {
    ownerId: cleo,
    name: `${CANARY}-private`,
    isPrivate: true,
  });
  for (const id of [ada, zoe]) world.addToThread(privateThread.id, id);
  return { channel, thread, privateThread, crew: crew.id, zoe };
}

/** A day of what everyone reads. */
function talk({ world, ada, ben, cleo }: Scene, { general, chat, thread }: Server, day: number): void {
  const people = [ada, ben, cleo];
  const author = people[day % 3]!;
  const asked = world.send(general.id, { author, content: 'What do you think of the pier?' });
  const answerer = people[(day + 1) % 3]!;
  world.send(general.id, { author: answerer, content: 'It needs paint.', replyTo: asked.id });
  world.react({ channelId: general.id, id: asked.id }, ada, '🎈');
  if (day % 2 === 0) world.send(chat.id, { author: ada, content: 'Good morning' });
  if (day % 4 === 0) world.send(thread.id, { author: cleo, content: 'More about it' });
}

/** A day of what few read: more of all that is counted. */
function whisper({ world, ada, ben, cleo }: Scene, hidden: Hidden, day: number): void {
  const { channel, thread, privateThread, zoe } = hidden;
  for (let i = 0; i < 3; i++) {
    const asked = world.send(channel.id, { author: zoe, content: `What now, ${CANARY}?` });
    world.send(channel.id, { author: ben, content: `Nothing, ${CANARY}.`, replyTo: asked.id });
    world.react({ channelId: channel.id, id: asked.id }, ben, '🎈');
  }
  world.send(thread.id, { author: zoe, content: CANARY });
  if (day % 3 > 0) return;
  world.send(privateThread.id, { author: cleo, content: CANARY });
  world.send(privateThread.id, { author: ada, content: CANARY });
}

/** All that a message says. */
export const textOf = ({ components, content }: ShownMessage): string =>
  [content, ...textsOf(components)].join('\n').trim();

/** All that ever came of it, byte for byte. */
export const bytesOf = ({ answers }: Use): string =>
  answers
    .map(({ message: { attachments, ...message } }) =>
      [
        JSON.stringify(message),
        ...attachments.map(({ bytes, ...file }) => JSON.stringify(file) + bytes.toString('latin1')),
      ].join('\n'),
    )
    .join('\n');

/** What a message shows, but for ids, and for how many answers the bot gave there: equal for servers that are alike. */
export const likenessOf = ({ components, attachments }: ShownMessage): string =>
  [JSON.stringify(components), ...attachments.map(({ name, bytes }) => name + bytes.toString('utf8'))]
    .join('\n')
    .replaceAll(/\d{17,20}/g, '#')
    .replaceAll(/\|c[\da-z]{12,13}\b/g, '|c#')
    .replaceAll(
      / of the \d+ recorded message rows in the window(; left out: \d+ by bots and webhooks)?/g,
      '',
    );

/** How many messages /stats counted. */
export const messagesIn = (message: ShownMessage): number =>
  Number(/([\d.,]+)\*{0,2} messages?\b/.exec(textOf(message))?.[1]?.replaceAll(/[.,]/g, ''));

/** A refusal of what was asked in public: nothing of it stays there, and who asked alone is told why. */
export async function refusalOf(use: Use): Promise<string> {
  const message = await use.answered();
  expect(message).toMatchObject({ isEphemeral: true, isDeferred: false });
  expect(use.shown()).toEqual([message]);
  return textOf(message);
}
