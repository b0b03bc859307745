/** A running bot: holds its shards, records what they tell, repairs what was missed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayOpcodes } from 'discord-api-types/v10';
import type { Config } from '../config.ts';
import type { Store } from '../db/connect.ts';
import { forgetSession, otherCounts, type ShardKey } from '../db/shards.ts';
import { TokenError } from '../ingest/discord/fetch-calls.ts';
import type { DiscordRest } from '../ingest/discord/rest.ts';
import type { Watch } from '../ingest/live/catch-up/catch-up.ts';
import { type Aliveness, makeAliveness } from './alive.ts';
import type { Answering } from './answering/answering.ts';
import type { Findings } from './checks.ts';
import { type Connection, intentsFor, makeConnection } from './client.ts';
import { machineClock } from './clock.ts';
import { type ConnectHeld, connectHeld } from './connect-held.ts';
import { makeIdentifyBudget } from './identify-budget.ts';
import { holdShards, type Lease } from './lease.ts';
import { noteLeavings } from './leavings.ts';
import type { Log } from './log.ts';
import { isDead } from './process-name.ts';
import { makeRecordings, type Recordings } from './recordings.ts';
import { type Repairs, startRepairs } from './repairs.ts';
import { makeSessions, type Sessions } from './sessions.ts';
import { askGateway, planShards, shardOf } from './shard-plan.ts';
import type { ShardState } from './sharding.ts';
import { makeVitals, type Vitals } from './vitals.ts';

export interface RunOptions {
  config: Config;
  /** What the checks found of the bot and its servers. */
  findings: Findings;
  discord: DiscordRest;
  store: Store;
  /** A name of this run that no other has. */
  holder: string;
  spoolFolder: string;
  log: Log;
  /** Makes what answers in Discord; without it nothing is answered. `isCurrent`: see `ShardRecording`. */
  openAnswering?(given: { isCurrent(guildId: string): Promise<boolean> }): Answering;
}

export interface Bot {
  /** Settles where Discord will not have it any more. Rejects: GatewayRefusal or TokenError. */
  ended: Promise<never>;
  /** How many of its shards it records; for the others it stands by. */
  held(): { shards: number; of: number };
  /** What it tells of itself. */
  vitals(): Vitals;
  /**
   * Stops taking, and keeps what was taken; the next run goes on where this one stopped. `rest` settles when the shards are
   * given back and a repair has ended, too: that may hang on a database that is away, and loses nothing.
   */
  close(): Promise<{ rest: Promise<unknown> }>;
}

const FLUSH_MAX_MS = 6_000;
const STATE_EVERY_MS = 60_000;

/** What the parts of a running bot share. */
interface Running extends RunOptions {
  keys: ShardKey[];
  sessions: Sessions;
  /** Guilds that the bot is in. */
  guilds: Set<string>;
  self: { userId: string; hasContent: boolean };
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  fail(error: unknown): void;
}

/** Starts it, and returns once it holds its shards or stands by for them. */
export async function runBot(options: RunOptions): Promise<Bot> {
  const { config, findings, discord, log, store } = options;
  const guildIds = findings.guilds.map(({ id }) => id);
  await noteLeavings(store.pool, config.storeContent, findings.application.id, guildIds);
  const ended = Promise.withResolvers<never>();
  // Whoever waits for the end hears of it; until then nobody does.
  ended.promise.catch(() => {});
  const running: Running = {
    ...options,
    keys: await planShards(config.live, discord, findings.application.id),
    sessions: makeSessions(machineClock.now),
    guilds: new Set(guildIds),
    self: { userId: findings.user.id, hasContent: findings.intents.content },
    wait: (ms, signal) => sleep(ms, undefined, signal && { signal }),
    fail: ended.reject,
  };
  // Each needs the others only when something happens.
  const recordings = openRecordings(running, {
    onGap: () => repairs.nudge(),
    connection: () => connecting.connection(),
  });
  const repairs = openRepairs(running, recordings);
  const { shardCount } = running.keys[0]!;
  const answering = options.openAnswering?.({
    isCurrent: async (guildId) =>
      (await recordings.get(shardOf(guildId, shardCount))?.isCurrent(guildId)) ?? false,
  });
  const connecting = openConnections(running, recordings, repairs, answering);
  const stateOf = (shardId: number) => recordings.get(shardId)?.recorder.state();
  const alive = makeAliveness({ sessions: running.sessions, stateOf, now: discord.clock.discordNow });
  const lease = await openLease(running, connecting, alive);
  const tellState = setInterval(() => {
    for (const [shardId, recorder] of recordings.recorders())
      log.info({ shardId, ...recorder.state() }, 'recording');
  }, STATE_EVERY_MS);

  return {
    ended: ended.promise,
    held: () => ({ shards: lease.held().length, of: running.keys.length }),
    vitals: makeVitals({
      shardsOf: running.keys.length,
      held: lease.held,
      isLive: running.sessions.isLive,
      stateOf,
      ...(answering && { answering: answering.vitals }),
    }),
    async close() {
      clearInterval(tellState);
      await answering?.close();
      alive.close(lease.held());
      await connecting.close();
      const repaired = repairs.close();
      await recordings.close({ deadlineMs: FLUSH_MAX_MS });
      return { rest: Promise.all([lease.release(), repaired]) };
    },
  };
}

function openRecordings(
  { store, config, spoolFolder, self, holder, discord, findings, guilds, sessions, log }: Running,
  { onGap, connection }: { onGap(): void; connection(): Connection | undefined },
): Recordings {
  const requestMembers = (shardId: number, guildId: string, nonce: string) => {
    const d = { guild_id: guildId, query: '', limit: 0, nonce };
    connection()?.send(shardId, { op: GatewayOpcodes.RequestGuildMembers, d });
  };
  const options = {
    pool: store.pool,
    content: config.storeContent,
    spoolFolder,
    spoolBytesMax: config.live.spoolBytesMax,
    self,
    holder,
    now: discord.clock.discordNow,
    ...(findings.intents.members && { requestMembers }),
    onGap,
    onGuild: (guildId: string, isIn: boolean) => void (isIn ? guilds.add(guildId) : guilds.delete(guildId)),
    log,
  };
  return makeRecordings(options, sessions);
}

function openRepairs(running: Running, recordings: Recordings): Repairs {
  const { store, config, discord, keys, sessions, guilds, self, wait, fail, log } = running;
  const { calls, clock } = discord;
  const shardCount = keys[0]!.shardCount;
  const watchOf = (shardId: number): Watch => ({
    // The connection's times are of this machine, a page's are Discord's.
    droppedSince: (sinceMs) =>
      sessions.droppedSince(shardId, machineClock.now() - (clock.discordNow() - sinceMs)),
    reactedSince: (channelId, sinceMs) =>
      recordings.get(shardId)?.recorder.reactedSince(channelId, sinceMs) ?? new Set(),
  });
  return startRepairs({
    pool: store.pool,
    guildIds: () => [...guilds].filter((id) => sessions.isLive(shardOf(id, shardCount))),
    optionsOf: ({ guildId }) => ({
      pool: store.pool,
      content: config.storeContent,
      calls,
      clock,
      wait,
      self,
      watch: watchOf(shardOf(guildId, shardCount)),
      settings: config.live.catchUp,
      log,
    }),
    wait,
    isFatal: (error) => error instanceof TokenError,
    onFatal: fail,
    log,
  });
}

function openConnections(
  running: Running,
  recordings: Recordings,
  repairs: Repairs,
  answering: Answering | undefined,
): ConnectHeld {
  const { store, config, discord, findings, holder, keys, sessions, wait, fail, log } = running;
  const fetchLimit = async () => (await askGateway(discord)).session_start_limit;
  const identifies = makeIdentifyBudget(machineClock, fetchLimit);
  const onState = (shardId: number, state: ShardState) => {
    const isLive = state.state === 'identified' || state.state === 'resumed';
    log[isLive ? 'info' : 'warn']({ shardId, ...state, session: undefined }, 'shard');
    if (isLive) repairs.nudge();
    if (state.state !== 'session refused') return;
    const key = keys.find((one) => one.shardId === shardId)!;
    // Where the database is away, a restart is refused once more, and no harm is done.
    forgetSession(store.pool, key, holder, state.session.sessionId).catch(() => {});
  };
  const connecting: ConnectHeld = connectHeld({
    prepare: (key) => recordings.restore(key),
    makeConnection: (ours) =>
      makeConnection({
        rest: discord.rest,
        token: config.live.token!,
        intents: intentsFor(findings.application.flags ?? 0),
        shards: { ids: ours.map(({ shardId }) => shardId), count: ours[0]!.shardCount },
        sessions,
        clock: machineClock,
        identifies,
        self: findings,
        onDispatch: (dispatch, shardId, session) => recordings.get(shardId)!.take(dispatch, session),
        onState: (shardId, state) => connecting.isClosed() || onState(shardId, state),
        onRefused: fail,
        onUntaken: (err) => log.warn({ err }, 'interaction not taken'),
        ...(answering && { onInteraction: answering.take }),
      }),
    onRefused: fail,
    wait,
    log,
  });
  return connecting;
}

async function openLease(
  { store, keys, holder, log }: Running,
  connecting: ConnectHeld,
  alive: Aliveness,
): Promise<Lease> {
  const held = new Set<number>();
  const connect = () => connecting.hold(keys.filter(({ shardId }) => held.has(shardId)));
  const lease = await holdShards({
    pool: store.pool,
    keys,
    holder,
    isDead,
    now: machineClock.now,
    wait: machineClock.wait,
    aliveUntil: alive.of,
    onHeld(shardId) {
      held.add(shardId);
      connect();
    },
    onLost(shardId) {
      held.delete(shardId);
      log.warn({ shardId }, 'another process records this shard; standing by');
      connect();
    },
    log,
  });
  const others = await otherCounts(store.pool, keys[0]!);
  if (others.length > 0)
    log.warn({ shardCounts: others }, 'other processes record by another number of shards');
  return lease;
}
