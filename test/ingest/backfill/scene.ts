/** A guild with a past on the loopback Discord, and runs of backfill over it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, onTestFinished } from 'vitest';
import { queueRun, type Run, type RunOrder } from '../../../db/runs.ts';
import { type DiscordRest, openRest } from '../../../ingest/discord/rest.ts';
import {
  backfill,
  type BackfillCard,
  type BackfillEnd,
  type BackfillOptions,
} from '../../../ingest/backfill/backfill.ts';
import { type TestDatabase, useDatabase } from '../../support/database.ts';
import { type BigGuildOptions, makeBigGuild, readableIn } from '../../support/discord/big-guild.ts';
import type { GuildTruth, MessageTruth } from '../../support/discord/model.ts';
import { findDescription } from '../../support/discord/openapi.ts';
import { type Discord, type DiscordOptions, startDiscord } from '../../support/discord/server.ts';

export interface Scene {
  database: TestDatabase;
  discord: Discord;
  world: Discord['world'];
  rest: DiscordRest;
  /** Discord's time, ms. */
  now(): number;
  order(guild: GuildTruth, more?: Partial<RunOrder>): Promise<Run>;
  /** Runs to an end; `onCard` is told of each card, and what it does last is waited for. */
  run(
    run: Run,
    more?: Partial<BackfillOptions>,
    onCard?: (card: BackfillCard) => unknown,
  ): Promise<BackfillEnd>;
  /** What the loopback was asked of messages: by `path?query`, how often. */
  pages(): Map<string, number>;
  rows<R extends object = Record<string, unknown>>(query: string, ...values: unknown[]): Promise<R[]>;
}

/** Makes scenes on a database of the file's own, which each test finds empty. */
export function useScenes(): (options?: DiscordOptions) => Promise<Scene> {
  const database = useDatabase();
  beforeEach(() => database.clear());
  return (options) => openScene(database, options);
}

async function openScene(database: TestDatabase, options: DiscordOptions = {}): Promise<Scene> {
  const discord = await startDiscord({ openapi: findDescription(), ...options });
  const { world } = discord;
  const wait = (ms: number, signal?: AbortSignal) => sleep(ms, undefined, signal && { signal });
  // Failures are asked about again soon.
  const rest = openRest({
    token: world.truth.token,
    apiUrl: discord.url,
    now: Date.now,
    wait: (ms, signal) => wait(Math.min(ms, 50), signal),
    random: Math.random,
  });
  onTestFinished(async () => {
    await discord.close();
    expect(discord.oracleFaults).toEqual([]);
  });
  return {
    database,
    discord,
    world,
    rest,
    now: () => rest.clock.discordNow(),
    order: (guild, more) =>
      queueRun(
        database.pool,
        { guildId: guild.id, channelIds: null, sinceId: '0', withReactors: false, isAgain: false, ...more },
        Date.now(),
      ),
    async run(run, more, onCard) {
      const steps = backfill({
        pool: database.pool,
        content: 'full',
        calls: rest.calls,
        self: { userId: world.truth.bot.id, hasContent: true },
        clock: rest.clock,
        hasMembersIntent: true,
        requestsAtOnce: () => 16,
        wait,
        signal: new AbortController().signal,
        log: { info: () => {}, warn: () => {} },
        run,
        ...more,
      });
      for (;;) {
        const step = await steps.next();
        if (step.done) return step.value;
        await onCard?.(step.value);
      }
    },
    pages() {
      const asked = new Map<string, number>();
      for (const { path, query } of discord.requests) {
        if (!/^\/channels\/\d+\/messages$/.test(path)) continue;
        asked.set(`${path}${query}`, (asked.get(`${path}${query}`) ?? 0) + 1);
      }
      return asked;
    },
    async rows<R extends object>(query: string, ...values: unknown[]) {
      return (await database.pool.query(query, values)).rows as R[];
    },
  };
}

/** A guild of every kind of channel. */
export const bigGuild = ({ world }: Scene, options: BigGuildOptions = {}) =>
  makeBigGuild(world, { messages: 3_000, channels: 30, threads: 40, members: 40, ...options });

/** What can be read of a guild now: texts, edits and counts, by message. */
export function truthOf({ world }: Pick<Scene, 'world'>, guild: GuildTruth): Map<string, string> {
  const { readable } = readableIn(world, guild);
  const told = new Map<string, string>();
  for (const channelId of readable.keys())
    for (const message of guild.channels.get(channelId)!.messages.values())
      told.set(message.id, tell(message));
  return told;
}

function tell({ content, editedAt, authorId, reactions, webhook }: MessageTruth): string {
  const counts = [...reactions]
    .map(([key, { normal, burst }]) => `${key}=${normal.size + burst.size}`)
    .filter((one) => !one.endsWith('=0'));
  return JSON.stringify([authorId, content, editedAt ?? null, webhook?.name ?? null, counts.toSorted()]);
}

/** The same as it is recorded. */
export async function recordOf(
  { rows }: Pick<Scene, 'rows'>,
  guild: GuildTruth,
): Promise<Map<string, string>> {
  const found = await rows<{
    id: string;
    author: string;
    content: string;
    edited: number | null;
    webhook: string | null;
    counts: string[];
  }>(
    `select m.message_id::text as id, m.author_id::text as author, m.content,
       (extract(epoch from m.edited_at) * 1000)::float8 as edited, m.webhook_name as webhook,
       array(select r.emoji_key || '=' || r.total from reactions r
         where r.guild_id = m.guild_id and r.message_id = m.message_id and r.total > 0) as counts
     from messages m
     left join channels c on c.guild_id = m.guild_id and c.channel_id = m.channel_id
     where m.guild_id = $1 and m.author_id is not null and m.gone_at is null and m.absent_at is null and c.deleted_at is null`,
    guild.id,
  );
  return new Map(
    found.map(({ id, author, content, edited, webhook, counts }) => [
      id,
      JSON.stringify([author, content, edited, webhook, counts.toSorted()]),
    ]),
  );
}

/** What differs between two tellings: the first few. */
export function differences(truth: Map<string, string>, record: Map<string, string>): string[] {
  const found: string[] = [];
  for (const [id, told] of truth)
    if (record.get(id) !== told) found.push(`${id}: ${told} but ${record.get(id)}`);
  for (const id of record.keys()) if (!truth.has(id)) found.push(`${id} is not there`);
  return found.slice(0, 5);
}
