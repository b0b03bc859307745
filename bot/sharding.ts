/** The shards of this process, plugged into discord.js: each dispatch goes to us, and few of them on to discord.js. */
import {
  type IContextFetchingStrategy,
  type IIdentifyThrottler,
  type IShardingStrategy,
  managerToFetchingStrategyOptions,
  type SessionInfo,
  SimpleShardingStrategy,
  type WebSocketManager,
  WebSocketShardEvents,
  WebSocketShardStatus,
} from '@discordjs/ws';
import {
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  type GatewayReadyDispatchData,
  type GatewaySendPayload,
} from 'discord-api-types/v10';
import type { Session } from '../db/shards.ts';
import type { Clock } from './clock.ts';
import { GatewayRefusal } from './gateway-refusal.ts';
import type { Sessions } from './sessions.ts';
import { SteadyShard } from './steady-shard.ts';

/** A dispatch as the gateway sent it. */
export interface Dispatch {
  t: string;
  s: number;
  d: unknown;
}

/** What became of a shard's connection. */
export type ShardState =
  | { state: 'identified' | 'resumed' }
  | { state: 'dropped'; code?: number }
  | { state: 'retrying'; failures: number; cause?: string }
  /** Discord has refused to resume it: what happened since its last event is missed. */
  | { state: 'session refused'; session: Session };

export interface ShardingOptions {
  sessions: Sessions;
  clock: Clock;
  identifies: IIdentifyThrottler;
  /** Who the bot is, as REST tells it: a session that is resumed does not. */
  self: Pick<GatewayReadyDispatchData, 'user' | 'application'>;
  /** Each dispatch in its order, before anything else comes of it. Must not throw. */
  onDispatch(dispatch: Dispatch, shardId: number, session: Session): void;
  onState(shardId: number, state: ShardState): void;
  /** Discord refuses the connection for good, after it was made. Told once. */
  onRefused(refusal: GatewayRefusal): void;
  /** discord.js could not take a dispatch. */
  onUntaken(error: unknown): void;
}

/** The library's strategy with what it declares private. */
interface OpenStrategy extends Pick<SimpleShardingStrategy, 'fetchStatus'> {
  readonly shards: Map<number, SteadyShard>;
}

const LibraryStrategy = SimpleShardingStrategy as unknown as new (manager: WebSocketManager) => OpenStrategy;

/** A connection that does not say hello in this time is not worth waiting for; the library's are 30 and 60 s. */
const TIMEOUTS = { handshakeTimeout: 10_000, helloTimeout: 15_000 };

/** The sharding strategy that discord.js is given. */
export class SteadySharding extends LibraryStrategy implements IShardingStrategy {
  readonly #manager: WebSocketManager;
  readonly #options: ShardingOptions;
  /** Shards that discord.js takes for ready. */
  readonly #introduced = new Set<number>();
  #connected = Promise.withResolvers<void>();
  #isConnected = false;
  #isEnded = false;
  #refusal: GatewayRefusal | undefined;

  constructor(manager: WebSocketManager, options: ShardingOptions) {
    super(manager);
    this.#manager = manager;
    this.#options = options;
  }

  async spawn(shardIds: number[]): Promise<void> {
    // The library destroys what was there, before it spawns for the first time too.
    this.#connected = Promise.withResolvers();
    const options = { ...(await managerToFetchingStrategyOptions(this.#manager)), ...TIMEOUTS };
    // The library does not start where the day's identifies are used up; but to resume needs none, and our budget waits.
    const limit = options.gatewayInformation.session_start_limit;
    limit.remaining = Math.max(limit.remaining, shardIds.length);
    for (const shardId of shardIds) this.shards.set(shardId, this.#makeShard(shardId, options));
  }

  /** Resolves when each shard has been connected once. Errors: GatewayRefusal. */
  async connect(): Promise<void> {
    // Closed while the library was still asking where to connect.
    if (this.#isEnded) return this.destroy();
    for (const shard of this.shards.values()) void shard.internalConnect();
    await this.#connected.promise;
    this.#isConnected = true;
  }

  /** From now on it does not connect any more. */
  end(): void {
    this.#isEnded = true;
  }

  /** Ends the connections, but never a session: what discord.js says of the close code is not followed. */
  async destroy(): Promise<void> {
    const shards = [...this.shards.values()];
    this.shards.clear();
    await Promise.all(shards.map((shard) => shard.destroy()));
    this.#connected.resolve();
  }

  /** Sends at once or not at all: the library would keep what is asked while a session is resumed, for ever. */
  async send(shardId: number, payload: GatewaySendPayload): Promise<void> {
    const shard = this.shards.get(shardId);
    if (shard?.status === WebSocketShardStatus.Ready) await shard.send(payload);
  }

  #makeShard(shardId: number, options: IContextFetchingStrategy['options']): SteadyShard {
    const { sessions, clock, identifies, onState } = this.#options;
    const context: IContextFetchingStrategy = {
      options,
      retrieveSessionInfo: (id) => sessions.retrieve(id),
      updateSessionInfo: (_, session) => this.#update(shard, session),
      waitForIdentify: (id, signal) => identifies.waitForIdentify(id, signal),
    };
    const shard = new SteadyShard(context, shardId, clock, {
      dropped(code) {
        if (!sessions.isLive(shardId)) return;
        sessions.dropped(shardId);
        onState(shardId, { state: 'dropped', ...(code !== undefined && { code }) });
      },
      retrying: (failures, cause) =>
        onState(shardId, { state: 'retrying', failures, ...(cause && { cause }) }),
    });
    shard.on(WebSocketShardEvents.Dispatch, ({ data }) => this.#take(shard, data));
    shard.on(WebSocketShardEvents.Closed, ({ code }) => this.#refuse(code));
    shard.on(WebSocketShardEvents.HeartbeatComplete, (beat) =>
      this.#manager.emit(WebSocketShardEvents.HeartbeatComplete, { ...beat, shardId }),
    );
    return shard;
  }

  #update(shard: SteadyShard, session: SessionInfo | null): void {
    // Ending a shard is no reason to forget where it was.
    if (!session && shard.isEnded) return;
    const { sessions, onState } = this.#options;
    const refused = session ? undefined : sessions.current(shard.id);
    sessions.update(shard.id, session);
    if (refused) onState(shard.id, { state: 'session refused', session: refused });
  }

  #take(shard: SteadyShard, dispatch: GatewayDispatchPayload): void {
    const { sessions, onDispatch } = this.#options;
    const session = sessions.current(shard.id);
    // What is still under way when a shard has ended comes again when its session is resumed.
    if (shard.isEnded || !session) return;
    onDispatch(dispatch, shard.id, session);
    if (dispatch.t === GatewayDispatchEvents.Ready) this.#settle(shard.id, 'identified');
    if (dispatch.t === GatewayDispatchEvents.Resumed) this.#settle(shard.id, 'resumed');
    this.#forward(shard.id, dispatch, session);
  }

  #settle(shardId: number, state: 'identified' | 'resumed'): void {
    const { sessions, onState } = this.#options;
    sessions.connected(shardId);
    onState(shardId, { state });
    if ([...this.shards.keys()].every((id) => sessions.isLive(id))) this.#connected.resolve();
  }

  /**
   * Of all dispatches discord.js is given who the bot is, and interactions. So it caches nothing, and what it cannot read
   * cannot end the process. A resumed session has no READY, without which it would keep interactions waiting: it gets ours.
   */
  #forward(shardId: number, dispatch: GatewayDispatchPayload, { sessionId, resumeUrl }: Session): void {
    const { self, onUntaken } = this.#options;
    const addresses = { session_id: sessionId, resume_gateway_url: resumeUrl };
    try {
      if (dispatch.t === GatewayDispatchEvents.Ready) this.#introduce(shardId, dispatch.d);
      else if (!this.#introduced.has(shardId)) {
        this.#introduce(shardId, { v: 10, ...self, guilds: [], ...addresses });
      }
      if (dispatch.t === GatewayDispatchEvents.InteractionCreate) {
        this.#manager.emit(WebSocketShardEvents.Dispatch, { data: dispatch, shardId });
      }
    } catch (error) {
      onUntaken(error);
    }
  }

  #introduce(shardId: number, ready: GatewayReadyDispatchData): void {
    this.#introduced.add(shardId);
    const d = { ...ready, guilds: [] };
    this.#manager.emit(WebSocketShardEvents.Ready, { data: d, shardId });
    const data = { op: 0, t: GatewayDispatchEvents.Ready, s: 0, d } as const;
    this.#manager.emit(WebSocketShardEvents.Dispatch, { data, shardId });
  }

  #refuse(code: number): void {
    const refusal = GatewayRefusal.of(code);
    if (!refusal || this.#refusal) return;
    this.#refusal = refusal;
    if (this.#isConnected) this.#options.onRefused(refusal);
    else this.#connected.reject(refusal);
  }
}
