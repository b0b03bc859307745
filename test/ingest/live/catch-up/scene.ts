/** A guild on the loopback Discord, recorded as the gateway tells it, or not; and the repair of what was missed. */
import { REST } from '@discordjs/rest';
import { afterEach, beforeEach, expect } from 'vitest';
import { type Gap, gapsToRepair, openGaps } from '../../../../db/gaps.ts';
import { emptyBatch } from '../../../../db/records.ts';
import { openWriter } from '../../../../db/write-batch.ts';
import { type Calls, makeCalls, REST_RETRIES } from '../../../../ingest/discord/fetch-calls.ts';
import { dispatchRecords } from '../../../../ingest/discord/to-records.ts';
import {
  catchUp,
  type CatchUpCard,
  type CatchUpOptions,
  type CatchUpProgress,
} from '../../../../ingest/live/catch-up/catch-up.ts';
import { type TestDatabase, useDatabase } from '../../../support/database.ts';
import type { ChannelTruth, GuildTruth, Happening, MessageTruth } from '../../../support/discord/model.ts';
import { findDescription } from '../../../support/discord/openapi.ts';
import { type Discord, startDiscord } from '../../../support/discord/server.ts';

const BEGIN = Date.UTC(2026, 0, 10);

export interface Scene {
  database: TestDatabase;
  discord: Discord;
  world: Discord['world'];
  /** Waits long for an answer, unless a test says otherwise: on a busy machine none is to be asked for twice. */
  rest: REST;
  guild: GuildTruth;
  /** Where everything is, unless it says otherwise. */
  channel: ChannelTruth;
  /** Three people. */
  people: string[];
  now(): number;
  pass(seconds: number): void;
  /** Nobody records what happens from here on. */
  lose(): void;
  /** Somebody does again: the gap is written down. Tells what is to be repaired. */
  find(): Promise<Gap>;
  /** What has happened is recorded when this settles. */
  recorded(): Promise<void>;
  /** Repairs the open gaps. */
  repair(
    more?: Partial<CatchUpOptions>,
    onStep?: (step: CatchUpProgress) => void | Promise<void>,
  ): Promise<CatchUpCard | undefined>;
  /** What is asked before each wait for events; only what shows a reaction is waited for. */
  onSettle: (() => unknown) | undefined;
  /** Whether the gateway is away. */
  isDropped: boolean;
  /** How often each history page was asked for, by channel and cursor. */
  pages(): Map<string, number>;
}

/** Makes the scene anew for each test of the file. */
export function useScene(): Scene {
  const database = useDatabase();
  const scene = {} as Scene;
  let close = async () => {};
  beforeEach(async () => {
    await database.clear();
    close = await setUp(scene, database);
  });
  afterEach(() => close());
  return scene;
}

async function setUp(scene: Scene, database: TestDatabase): Promise<() => Promise<void>> {
  let ms = BEGIN;
  const discord = await startDiscord({ world: { now: () => ms }, openapi: findDescription() });
  const { world } = discord;
  const self = { userId: world.truth.bot.id, hasContent: true };
  const rest = new REST({ api: discord.url, retries: REST_RETRIES, timeout: 10_000 }).setToken('token');
  const now = () => ms;
  const calls: Calls = makeCalls(rest, {
    clock: { discordNow: now, learn: () => {} },
    now,
    wait: async () => {},
    random: () => 1,
  });
  const writer = await openWriter(database.pool, { content: 'full' });
  let isLost = false;
  let told = emptyBatch();
  let writing = Promise.resolve();
  // One write for all that has happened: what is told in it may come in any order.
  const flush = () => {
    const batch = told;
    told = emptyBatch();
    return (writing = writing.then(async () => void (await writer.write(batch))));
  };
  const reacted: { channelId: string; messageId: string; at: number }[] = [];
  world.on((happening: Happening) => {
    if (isLost) return;
    const at = (ms += 1);
    const event = dispatchRecords(happening.dispatch as { t: string; d: unknown }, at, self);
    if (!event) return;
    const { channelId, messageId, batch } = event;
    if (channelId && messageId && happening.dispatch.t.startsWith('MESSAGE_REACTION'))
      reacted.push({ channelId, messageId, at });
    for (const key of Object.keys(batch) as (keyof typeof batch)[])
      told[key].push(...(batch[key] as never[]));
  });

  const guild = world.addGuild();
  const people = ['ada', 'ben', 'cleo'].map((name) => world.addUser(name, { guildId: guild.id }).id);
  const channel = world.addChannel(guild.id);
  let lostAt = ms;
  Object.assign(scene, {
    database,
    discord,
    world,
    rest,
    guild,
    people,
    channel,
    now,
    pass: (seconds: number) => void (ms += seconds * 1000),
    lose() {
      lostAt = ms;
      isLost = true;
    },
    async find() {
      isLost = false;
      ms += 1;
      const noticed = { reason: 'new session' as const, guildIds: [guild.id] };
      await flush();
      const client = await database.pool.connect();
      await openGaps(client, noticed, { lastEventAt: lostAt, at: ms });
      client.release();
      return (await gapsToRepair(database.pool, [guild.id]))[0]!;
    },
    recorded: flush,
    async repair(more, onStep) {
      const [gap] = await gapsToRepair(database.pool, [guild.id]);
      const steps = catchUp({
        pool: database.pool,
        content: 'full',
        calls,
        gap: gap!,
        self,
        clock: { discordNow: now },
        watch: {
          droppedSince: () => scene.isDropped,
          reactedSince: (channelId, sinceMs) =>
            new Set(
              reacted.filter((r) => r.channelId === channelId && r.at >= sinceMs).map((r) => r.messageId),
            ),
        },
        wait: async (_ms, signal) => {
          ms += 10;
          await scene.onSettle?.();
          await flush();
          signal?.throwIfAborted();
        },
        signal: new AbortController().signal,
        log: { info: () => {}, warn: () => {} },
        ...more,
      });
      try {
        for (;;) {
          const step = await steps.next();
          if (step.done) return step.value;
          await onStep?.(step.value);
        }
      } finally {
        await steps.return(undefined);
      }
    },
    onSettle: undefined,
    isDropped: false,
    pages() {
      const asked = new Map<string, number>();
      for (const { path, query } of discord.requests) {
        if (!/^\/channels\/\d+\/messages$/.test(path)) continue;
        const page = `${path}${query}`;
        asked.set(page, (asked.get(page) ?? 0) + 1);
      }
      return asked;
    },
  } satisfies Partial<Scene>);
  await flush();
  return async () => {
    await flush();
    await writer.close();
    rest.clearHandlerSweeper();
    rest.clearHashSweeper();
    await discord.close();
  };
}

/** What stands in a guild: texts and reactions, by message. */
export type Standing = Record<string, { text: string; reactions: Record<string, number> }>;

/** What is true. */
export function truthOf({ guild }: Scene): Standing {
  const standing: Standing = {};
  for (const { messages } of guild.channels.values())
    for (const { id, content, reactions } of messages.values()) {
      const counts = [...reactions].map(([key, { normal, burst }]) => [key, normal.size + burst.size]);
      standing[id] = { text: content, reactions: Object.fromEntries(counts) };
    }
  return standing;
}

/** What the record says. */
export async function recordOf({ database, guild }: Scene): Promise<Standing> {
  const { rows } = await database.pool.query<{ id: string; text: string; reactions: Record<string, number> }>(
    `select m.message_id::text as id, m.content as text, coalesce((
       select jsonb_object_agg(r.emoji_key, r.total) from reactions r
       where r.guild_id = m.guild_id and r.message_id = m.message_id and r.total > 0
     ), '{}') as reactions
     from messages m join channels c on c.guild_id = m.guild_id and c.channel_id = m.channel_id
     where m.guild_id = $1 and m.author_id is not null and m.gone_at is null and m.absent_at is null
       and c.deleted_at is null`,
    [guild.id],
  );
  return Object.fromEntries(rows.map(({ id, ...row }) => [id, row]));
}

/** The people known to have an emoji on a message, as far as anything says so. */
export async function reactorsOf({ database, guild }: Scene, messageId: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ user_id: string }>(
    `select u.user_id::text from reaction_users u join reactions r using (guild_id, message_id, emoji_key)
     where guild_id = $1 and message_id = $2 and greatest(u.added_at, u.seen_at) >= coalesce(r.cleared_at, '-infinity')
       and (u.removed_at is null or greatest(u.added_at, u.seen_at) > u.removed_at) order by 1`,
    [guild.id, messageId],
  );
  return rows.map((row) => row.user_id);
}

export const keyOf = ({ id, channelId }: MessageTruth) => ({ id, channelId });

/** What the tests do, and look at. */
export function makeActs(scene: Scene) {
  /** Some messages, a second apart. */
  function talk(count: number, channelId = scene.channel.id): MessageTruth[] {
    return Array.from({ length: count }, (_, i) => {
      scene.pass(1);
      return scene.world.send(channelId, { author: scene.people[i % 3]!, content: `word ${i}` });
    });
  }
  return {
    talk,

    /** Somebody reacts to each of them. */
    like(messages: MessageTruth[]): void {
      for (const message of messages) scene.world.react(keyOf(message), scene.people[0]!, '👍');
    },
    remove: (message: MessageTruth) => scene.world.deleteMessage(keyOf(message)),

    /** So much was said, then nobody listened while `meanwhile` happened; ten minutes later somebody does. */
    async missing(meanwhile: () => void, before = 0): Promise<void> {
      if (before > 0) talk(before);
      await scene.recorded();
      scene.lose();
      scene.pass(60);
      meanwhile();
      scene.pass(600);
      await scene.find();
    },

    /** The record is the truth. */
    isSame: async () => expect(await recordOf(scene)).toEqual(truthOf(scene)),

    /** How many deletions Discord has told, and how many more are inferred. */
    async gone(): Promise<{ told: number; inferred: number }> {
      const { rows } = await scene.database.pool.query<{ told: number; inferred: number }>(
        `select count(gone_at)::int as told,
           count(*) filter (where absent_at is not null and gone_at is null)::int as inferred
         from messages`,
      );
      return rows[0]!;
    },
  };
}
