/** Guilds on the loopback Discord, and companions that post their weekly reports by a clock that the test moves. */
import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { onTestFinished } from 'vitest';
import type { Jobs } from '../../../companion/jobs/runner.ts';
import { makeStrangers } from '../../../companion/posting/context.ts';
import { type PostingOptions, startPosting } from '../../../companion/posting.ts';
import { connect } from '../../../db/connect.ts';
import { listPosts, type Post } from '../../../db/posts.ts';
import { saveSettings, type SettingsChange } from '../../../db/settings.ts';
import { openWriter } from '../../../db/write-batch.ts';
import { fetchIdentity, type Identity } from '../../../ingest/discord/identity.ts';
import { type DiscordRest, openRest } from '../../../ingest/discord/rest.ts';
import type { TestDatabase } from '../../support/database.ts';
import type { MessageTruth } from '../../support/discord/model.ts';
import { type Discord, startDiscord } from '../../support/discord/server.ts';
import { batchOf, idAt } from '../../support/records.ts';
import { type Life, liveBy } from './life.ts';

/** As small as a PNG can be: what charts look like is not told here. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export interface Scene {
  discord: Discord;
  guildId: string;
  channelId: string;
  /** Ms since 1970, for Discord and all companions. Who waits for Discord moves it on. */
  clock: { ms: number };
  /** Warnings of all companions. */
  warnings: string[];
  /** Of the first guild, where no other is named. */
  set(change: SettingsChange, guildId?: string): Promise<void>;
  companion(more?: CompanionChoice): Promise<Companion>;
  /** The bot's own messages that are there, in all channels of a guild, the oldest first. */
  posted(guildId?: string): MessageTruth[];
  /** The claims, the newest due first. */
  claims(guildId?: string): Promise<Post[]>;
  /** Every message that the bot ever made, as its week and id. */
  made: { mark: string; messageId: string }[];
  /** As if the minute had passed after which a lease ends that nobody renews: all but those of these holders. */
  endLeases(...alive: string[]): Promise<void>;
  /** Messages come to the record, at times of their own, whenever that is. */
  record(told: Told[], guildId?: string): Promise<void>;
}

/** A message of a channel by an author; ids are made of the time, and of `low` where several are of one. */
export interface Told {
  atMs: number;
  low?: number;
  authorId?: string;
  channelId?: string;
  content?: string;
}

export type CompanionChoice = Partial<PostingOptions> & { skewMs?: number; hangMs?: number };

export interface Companion {
  jobs: Jobs;
  rest: DiscordRest;
  life: Life;
  holder: string;
  /** Looks what is due, and settles when all of it is done, or the companion stands still or is dead. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/** Opens it: nothing is posted until somebody says where. */
export async function openScene(database: TestDatabase, startMs: number): Promise<Scene> {
  const clock = { ms: startMs };
  const discord = await startDiscord({
    world: { now: () => clock.ms },
    openapi: process.env['DISCORD_OPENAPI'],
  });
  onTestFinished(() => discord.close());
  const { world } = discord;
  const guildId = world.addGuild().id;
  const channelId = world.addChannel(guildId).id;
  const warnings: string[] = [];
  const made: Scene['made'] = [];
  world.on(({ dispatch: { t, d } }) => {
    const message = d as { id: string; author: { id: string }; components: unknown };
    if (t === GatewayDispatchEvents.MessageCreate && message.author.id === world.truth.bot.id)
      made.push({ mark: markOf(message) ?? '', messageId: message.id });
  });
  const log = { info() {}, warn: (_: object, message: string) => void warnings.push(message) };
  const cutOff = async (pid: number) =>
    void (await database.pool.query('select pg_terminate_backend($1)', [pid]));
  let identity: Identity | undefined;

  async function companion(more: CompanionChoice = {}): Promise<Companion> {
    const { skewMs = 0, hangMs, ...options } = more;
    // Discord's time is learnt from its answers, whatever this machine's clock says.
    const rest = openRest({
      token: world.truth.token,
      apiUrl: discord.url,
      now: () => clock.ms + skewMs,
      async wait(ms, signal) {
        await sleep(1, undefined, signal && { signal });
        clock.ms += ms;
      },
      random: () => 1,
    });
    identity ??= await fetchIdentity(rest.calls);
    if (skewMs !== 0) for (let i = 0; i < 5; i++) await fetchIdentity(rest.calls);
    const store = connect(database.url, 5);
    const life = liveBy(store.pool, rest.rest, cutOff, hangMs);
    const { holder = String(Math.random()) } = options;
    const jobs = startPosting({
      store,
      content: 'full',
      rest: rest.rest,
      calls: rest.calls,
      self: identity,
      applicationId: identity.applicationId,
      dataFolder: 'nowhere',
      now: rest.clock.discordNow,
      startedMs: rest.clock.discordNow(),
      strangers: makeStrangers(),
      draw: async () => PNG,
      onChartError: () => {},
      wait: never,
      random: () => 1,
      bells: () => ({ set() {}, close() {} }),
      log,
      ...options,
      holder,
    });
    let closing: Promise<void> | undefined;
    const close = () => (closing ??= jobs.close().finally(() => store.close()));
    onTestFinished(() => {
      life.thaw();
      return close();
    });
    /** Looks; of one that dies or stands still meanwhile nothing is waited for. */
    const look = async () => {
      let isOver = false;
      // Where the database was away, the next look finds what is due.
      void jobs
        .look()
        .catch(() => {})
        .finally(() => (isOver = true));
      while (!isOver && closing === undefined && !life.isDead && !life.isStalled) await sleep(1);
    };
    await look();
    return {
      jobs,
      rest,
      life,
      holder,
      close,
      look,
    };
  }

  async function record(told: Told[], of = guildId): Promise<void> {
    const by = { source: 'rest' as const, guildId: of, observedAt: clock.ms };
    const authors = new Set(told.map(({ authorId = AUTHOR }) => authorId));
    const writer = await openWriter(database.pool, { content: 'full' });
    await writer.write(
      batchOf({
        members: [...authors].map((userId) => ({ ...by, userId, name: `user${userId}`, isBot: false })),
        messages: told.map(
          ({ atMs, low = 0, authorId = AUTHOR, channelId: where = channelId, content = 'hello' }) => ({
            ...by,
            channelId: where,
            messageId: idAt(atMs, low),
            authorId,
            type: 0,
            pinned: false,
            body: { content, fidelity: 3 as const },
            reactions: { at: clock.ms, counts: [] },
          }),
        ),
      }),
    );
    await writer.close();
  }

  return {
    discord,
    guildId,
    channelId,
    clock,
    warnings,
    made,
    record,
    companion,
    set: (change, of = guildId) => saveSettings(database.db, of, change, new Date(clock.ms)),
    posted: (of = guildId) =>
      [...world.truth.guilds.get(of)!.channels.values()]
        .flatMap(({ messages }) => [...messages.values()])
        .filter(({ authorId }) => authorId === world.truth.bot.id)
        .toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1)),
    claims: (of = guildId) => listPosts(database.pool, { report: 'weekly', guildId: of, limit: 2_000 }),
    async endLeases(...alive) {
      await database.pool.query(
        `update jobs set leased_until = clock_timestamp() - interval '1 ms'
         where holder <> all($1) and leased_until is not null`,
        [alive],
      );
    },
  };
}

const AUTHOR = '100000000000000003';

/** Nothing is looked at but when the test says so. */
const never = (_: number, signal?: AbortSignal): Promise<void> =>
  new Promise<void>((__, reject) => {
    const end = () => reject(signal!.reason as Error);
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end, { once: true });
  });

const markOf = ({ components }: { components?: unknown }): string | undefined =>
  /"weekly:(\d{4}-W\d\d)"/.exec(JSON.stringify(components ?? []))?.[1];

/** The marks of messages: weeks, as their buttons name them. */
export const marksOf = (messages: readonly MessageTruth[]): string[] =>
  messages.flatMap((message) => markOf(message) ?? []);

/** An instant of a zone, as 2026-11-16T09:00[Europe/Vienna], ms. */
export const at = (text: string): number => Temporal.ZonedDateTime.from(text).epochMilliseconds;
