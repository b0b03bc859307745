/** What the tests of backfill do to a guild, and look at afterwards. */
import { ChannelType } from 'discord-api-types/v10';
import { onTestFinished } from 'vitest';
import { holesOf } from '../../../db/holes.ts';
import { emptyBatch } from '../../../db/records.ts';
import { snowflakeAt } from '../../../db/snowflake.ts';
import { openWriter } from '../../../db/write-batch.ts';
import type { Run } from '../../../db/runs.ts';
import type { BackfillEnd, BackfillOptions } from '../../../ingest/backfill/backfill.ts';
import type { Calls } from '../../../ingest/discord/fetch-calls.ts';
import { dispatchRecords } from '../../../ingest/discord/to-records.ts';
import type { ChannelTruth, GuildTruth, MessageTruth } from '../../support/discord/model.ts';
import type { PastMessage } from '../../support/discord/world/history.ts';
import { type Span, touching } from '../../support/naive-spans.ts';
import type { Scene } from './scene.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export interface Town {
  guild: GuildTruth;
  people: string[];
}

/** A guild with three people, and nothing said yet. */
export function town({ world }: Scene): Town {
  const guild = world.addGuild({ id: world.idAt(Date.now() - 1000 * DAY_MS) });
  const people = ['ada', 'ben', 'cleo'].map((name) => world.addUser(name, { guildId: guild.id }).id);
  return { guild, people };
}

interface Talk {
  type?: ChannelType;
  parentId?: string;
  name?: string;
  /** When the last was said, ms; a day ago if absent. */
  end?: number;
  /** More of the nth message. */
  more?: (n: number) => Partial<PastMessage>;
}

/** A channel of the past in which so much was said, a minute apart. */
export function talked(
  { world }: Scene,
  { guild, people }: Town,
  count: number,
  { type = ChannelType.GuildText, parentId, name, end = Date.now() - DAY_MS, more = () => ({}) }: Talk = {},
): ChannelTruth {
  const channel = world.addChannel(guild.id, type, {
    id: world.idAt(end - (count + 1) * MINUTE_MS),
    ...(parentId && { parentId }),
    ...(name && { name }),
  });
  seed(world, channel.id, people, count, end, more);
  return channel;
}

/** A thread of the past in which so much was said, a minute apart. */
export function threadTalked(
  { world }: Scene,
  { people }: Town,
  parent: ChannelTruth,
  count: number,
  { end = Date.now() - DAY_MS, ...more }: { end?: number; isPrivate?: boolean; archivedAt?: number } = {},
): ChannelTruth {
  const thread = world.seedThread(parent.id, {
    at: end - (count + 1) * MINUTE_MS,
    ownerId: people[0]!,
    ...more,
  });
  seed(world, thread.id, people, count, end, () => ({}));
  return thread;
}

function seed(
  world: Scene['world'],
  channelId: string,
  people: string[],
  count: number,
  end: number,
  more: (n: number) => Partial<PastMessage>,
): void {
  const at = (n: number) => end - (count - 1 - n) * MINUTE_MS;
  world.seed(
    channelId,
    Array.from({ length: count }, (_, n) => ({
      at: at(n),
      author: people[n % 3]!,
      content: `word ${n}`,
      ...more(n),
    })),
  );
}

/** A channel's messages, oldest first. */
export const messagesOf = ({ messages }: ChannelTruth): MessageTruth[] =>
  [...messages.values()].toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));

/** Calls that do something before a request is sent: told its number, from 1, and its route. */
export function watched(calls: Calls, before: (n: number, route: string) => unknown): Calls {
  let asked = 0;
  return {
    async get(route, query, signal) {
      await before(++asked, route);
      return calls.get(route, query, signal);
    },
  };
}

/** Works on a run until so many requests have been sent, then stops it in good order. */
export async function runAWhile(
  scene: Scene,
  run: Run,
  requests: number,
  more: Partial<BackfillOptions> = {},
): Promise<BackfillEnd> {
  const stop = new AbortController();
  const calls = watched(scene.rest.calls, (n) => {
    if (n >= requests) stop.abort();
  });
  return scene.run(run, { calls, signal: stop.signal, ...more });
}

/** The page requests that were made more than once. */
export const repeated = (scene: Scene): string[] =>
  [...scene.pages()].filter(([, times]) => times > 1).map(([page]) => page);

/** How many requests the pages of some channels may take: one that finds nothing more, and one more where the last is full. */
export const pagesNeeded = (counts: Iterable<number>): number =>
  [...counts].reduce((sum, n) => sum + Math.ceil(n / 100) + 1 + Number(n > 0 && n % 100 === 0), 0);

/** How often something was asked for. */
export const asked = ({ discord }: Scene, path: RegExp, status?: number): number =>
  discord.requests.filter((one) => path.test(one.path) && (status === undefined || one.status === status))
    .length;

/** What is covered of a channel. */
export async function coveredOf({ rows }: Scene, channelId: string): Promise<Span[]> {
  const found = await rows<{ from: string; to: string }>(
    `select from_id::text as from, to_id::text as to from coverage where channel_id = $1 and grade <> 'claimed'`,
    channelId,
  );
  return touching(found.map(({ from, to }) => ({ from: BigInt(from), to: BigInt(to) + 1n })));
}

/** What is left to be read of channels, up to when a run began. */
export async function leftOf({ database, rows }: Scene, guild: GuildTruth, channelIds: string[]) {
  const [run] = await rows<{ ms: number }>(
    'select (extract(epoch from max(started_at)) * 1000)::float8 as ms from backfill_runs where guild_id = $1',
    guild.id,
  );
  const target = { fromId: '0', toId: snowflakeAt(run!.ms - 10_000) };
  const holes = await holesOf(database.pool, guild.id, channelIds, target);
  return [...holes.values()].flat();
}

/** The state in which a run's channels are. */
export async function statesOf({ rows }: Scene, guild: GuildTruth): Promise<Record<string, string>> {
  const found = await rows<{ id: string; state: string; reason: string | null }>(
    'select channel_id::text as id, state, reason from backfill_channels where guild_id = $1 order by asked_at',
    guild.id,
  );
  return Object.fromEntries(
    found.map(({ id, state, reason }) => [id, reason === null ? state : `${state}: ${reason}`]),
  );
}

/** How many messages Discord told deleted, or were found absent. */
export async function absent({ rows }: Scene, guild: GuildTruth): Promise<string[]> {
  const found = await rows<{ id: string }>(
    'select message_id::text as id from messages where guild_id = $1 and absent_at is not null order by 1',
    guild.id,
  );
  return found.map(({ id }) => id);
}

/** Messages of a channel as an export tells them, claimed by it, from when it was made on. */
export async function importMessages(
  { database }: Scene,
  { guild, people }: Town,
  channelId: string,
  messageIds: string[],
  observedAt = Date.now() - DAY_MS / 2,
): Promise<void> {
  const writer = await openWriter(database.pool, { content: 'full' });
  const place = { guildId: guild.id, channelId };
  const told = { source: 'dce' as const, observedAt };
  const ids = messageIds.toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
  const batch = emptyBatch();
  for (const messageId of ids)
    batch.messages.push({
      ...told,
      ...place,
      messageId,
      authorId: people[0]!,
      type: 0,
      body: { content: 'of a file', fidelity: 1 },
    });
  batch.coverage.push({
    ...place,
    fromId: ids[0]!,
    toId: ids.at(-1)!,
    source: 'dce',
    grade: 'claimed',
    at: observedAt,
  });
  await writer.write(batch, async (client) => {
    await client.query(
      `insert into imports (guild_id, sha256, channel_id, size_bytes, observed_at, state, reader, resume_offset, resume_index, card, started_at)
       values ($1, $2, $3, 1, $4, 'taken', 'test', 1, 1, '{}', $4)`,
      [guild.id, `file of ${channelId}`, channelId, new Date(observedAt)],
    );
  });
  await writer.close();
}

export interface Live {
  /** Everything that has happened is recorded when this settles. */
  recorded(): Promise<void>;
  close(): Promise<void>;
}

/** Records a guild live from now on, as the gateway tells it; events come `lateMs` late. */
export async function recordLive(
  { database, world, now }: Scene,
  { guild }: Town,
  { lateMs = 0 }: { lateMs?: number } = {},
): Promise<Live> {
  const { pool } = database;
  const self = { userId: world.truth.bot.id, hasContent: true };
  const writer = await openWriter(pool, { content: 'full' });
  let last = 0;
  let writing: Promise<unknown> = Promise.resolve();
  await pool.query(
    `insert into shards (application_id, shard_id, shard_count, holder, alive_at, last_event_at) values ($1, 0, 1, 'test', $2, $2)`,
    [world.truth.application.id, new Date(now())],
  );
  await pool.query(`insert into guild_moments (guild_id, kind, at) values ($1, 'joined', $2)`, [
    guild.id,
    new Date(now()),
  ]);
  const late: { due: number; dispatch: { t: string; d: unknown } }[] = [];
  const take = () => {
    while (late.length > 0 && late[0]!.due <= now()) {
      const { dispatch } = late.shift()!;
      const event = dispatchRecords(dispatch, (last = Math.max(last + 1, now())), self);
      if (event) writing = writing.then(() => writer.write(event.batch));
    }
  };
  const alive = () =>
    (writing = writing.then(() =>
      pool.query('update shards set alive_at = $1 where alive_at < $1', [new Date(now() - lateMs)]),
    ));
  const off = world.on(({ dispatch }) => {
    late.push({ due: now() + lateMs, dispatch: structuredClone(dispatch) as { t: string; d: unknown } });
    take();
  });
  const timer = setInterval(() => {
    take();
    void alive();
  }, 50);
  onTestFinished(() => {
    clearInterval(timer);
    off();
  });
  const recorded = async () => {
    while (late.length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await writing;
  };
  return {
    recorded,
    async close() {
      await recorded();
      clearInterval(timer);
      off();
      await writing;
      await writer.close();
    },
  };
}
