/** The connection to Discord: discord.js for what is asked and answered, and every dispatch for the recorder. */
import type { REST } from '@discordjs/rest';
import type { IIdentifyThrottler, WebSocketManager } from '@discordjs/ws';
import {
  ApplicationFlags,
  GatewayCloseCodes,
  GatewayIntentBits as Intent,
  type GatewaySendPayload,
} from 'discord-api-types/v10';
import {
  type CacheFactory,
  Client,
  type ClientOptions,
  Collection,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  type Interaction,
  LimitedCollection,
} from 'discord.js';
import { GatewayRefusal } from './gateway-refusal.ts';
import { makeIdentifyBudget } from './identify-budget.ts';
import { type ShardingOptions, SteadySharding } from './sharding.ts';

export interface ConnectionOptions extends Omit<ShardingOptions, 'identifies'> {
  token: string;
  intents: number;
  /** Which shards of how many; `auto`: all that Discord advises. */
  shards: 'auto' | { ids: number[]; count: number };
  /** The application's one way to REST, which keeps the limits; absent: one of its own. */
  rest?: REST;
  /** Another address of Discord's API, for tests, without the version. */
  apiUrl?: string;
  /** One for all connections of the application; absent: its own. */
  identifies?: IIdentifyThrottler;
  /** What is asked in Discord. Must not throw. */
  onInteraction?(interaction: Interaction): void;
}

export interface Connection {
  client: Client;
  /** Resolves when each shard is connected. Errors: GatewayRefusal; or what REST answered. */
  start(): Promise<void>;
  /** Asks the gateway; nothing where the shard is not connected now. */
  send(shardId: number, payload: GatewaySendPayload): void;
  /** No dispatch comes from now on; the sessions stay resumable for some minutes. */
  closeKeeping(): Promise<void>;
}

const REST_TIMEOUT_MS = 15_000;

/** A connection that is not made yet. */
export function makeConnection(options: ConnectionOptions): Connection {
  const { token, clock, apiUrl, shards } = options;
  let sharding: SteadySharding | undefined;
  const buildStrategy = (manager: WebSocketManager) => {
    const fetchLimit = async () => (await manager.fetchGatewayInformation(true)).session_start_limit;
    const { identifies = makeIdentifyBudget(clock, fetchLimit) } = options;
    return (sharding = new SteadySharding(manager, { ...options, identifies }));
  };
  const client = new LentClient({
    intents: options.intents,
    ...shardsOf(shards),
    makeCache,
    sweepers: {},
    allowedMentions: { parse: [] },
    rest: { timeout: REST_TIMEOUT_MS, ...(apiUrl && { api: apiUrl }) },
    ws: { buildStrategy },
  });
  if (options.rest) client.lend(options.rest);
  if (options.onInteraction) client.on(Events.InteractionCreate, options.onInteraction);
  return {
    client,
    async start() {
      try {
        await client.login(token);
      } catch (error) {
        const isToken = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
        throw (isToken && GatewayRefusal.of(GatewayCloseCodes.AuthenticationFailed)) || error;
      }
    },
    // The library lets it wait for its turn, and throws where the connection is gone by then.
    send: (shardId, payload) => void sharding?.send(shardId, payload).catch(() => {}),
    closeKeeping() {
      sharding?.end();
      return client.destroy();
    },
  };
}

/** discord.js with a way to REST that is not its own. */
class LentClient extends Client {
  readonly #own = this.rest;

  lend(rest: REST): void {
    this.rest = rest;
  }

  /** It would take the token away, and stop the sweeping, of others too. */
  override async destroy(): Promise<void> {
    this.rest = this.#own;
    await super.destroy();
  }
}

const shardsOf = (shards: ConnectionOptions['shards']): Pick<ClientOptions, 'shards' | 'shardCount'> =>
  shards === 'auto' ? { shards } : { shards: shards.ids, shardCount: shards.count };

/** Those that discord.js does not allow to be limited. They hang on guilds, and it is not told of any. */
const UNLIMITED = new Set([
  'GuildManager',
  'ChannelManager',
  'GuildChannelManager',
  'RoleManager',
  'PermissionOverwriteManager',
]);

const makeCache: CacheFactory = ({ name }) =>
  UNLIMITED.has(name) ? new Collection() : new LimitedCollection({ maxSize: 0 });

const ALWAYS =
  Intent.Guilds |
  Intent.GuildModeration |
  Intent.GuildExpressions |
  Intent.GuildVoiceStates |
  Intent.GuildMessages |
  Intent.GuildMessageReactions |
  Intent.GuildMessagePolls;

/** The intents to ask for, by the application's flags: an intent that it has not would close the connection. */
export function intentsFor(applicationFlags: number): number {
  const {
    GatewayGuildMembers,
    GatewayGuildMembersLimited,
    GatewayMessageContent,
    GatewayMessageContentLimited,
  } = ApplicationFlags;
  const has = (flags: number) => (applicationFlags & flags) !== 0;
  return (
    ALWAYS |
    (has(GatewayGuildMembers | GatewayGuildMembersLimited) ? Intent.GuildMembers : 0) |
    (has(GatewayMessageContent | GatewayMessageContentLimited) ? Intent.MessageContent : 0)
  );
}
