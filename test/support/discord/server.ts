/** The loopback Discord: one server on 127.0.0.1 that speaks REST and the gateway of one world. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Faults, makeFaults } from './faults.ts';
import { attachGateway, type Gateway, type GatewayOptions } from './gateway.ts';
import { type Deadlines, type Interactions, makeInteractions } from './interactions.ts';
import { type Limits, type LimitsOptions, makeLimits } from './limits.ts';
import { loadOracle } from './openapi.ts';
import type { RestMemory } from './rest/route.ts';
import { type Logged, makeServe } from './rest/serve.ts';
import { makeSearch, type Search } from './search.ts';
import { makeTally, type Tally } from './tally.ts';
import { makeWorld, type World, type WorldOptions } from './world.ts';

/** A Discord that runs. */
export interface Discord {
  /** For `rest.api` of discord.js: `http://127.0.0.1:PORT/api`. */
  url: string;
  port: number;
  /** What is true, and what people do. */
  world: World;
  gateway: Gateway;
  limits: Limits;
  faults: Faults;
  /** Every breach of Discord's description, by a request or by an answer of ours: `METHOD path: what`. */
  oracleFaults: string[];
  /** Every request, oldest first; of very many the newest. */
  requests: Logged[];
  /** How many there were, by route and status. */
  tally: Tally;
  search: Search;
  /** What people ask of the bot. */
  interactions: Interactions;
  /** Cuts all connections and frees the port. */
  close(): Promise<void>;
}

/** What it is made of; what is absent is as in `makeWorld`, `attachGateway` and `makeLimits`. */
export interface DiscordOptions {
  /** One that is there already, or what to make it of. */
  world?: World | WorldOptions;
  gateway?: Partial<GatewayOptions>;
  /** Absent: no limits. */
  limits?: LimitsOptions;
  /** The file of Discord's OpenAPI description; absent: nothing is checked. */
  openapi?: string | undefined;
  /** For how long a nonce is known, by the world's clock; 5 minutes if absent, since Discord says "the past few minutes". */
  nonceMs?: number;
  /** Until when an interaction may be answered, where that is other than Discord's. */
  deadlines?: Partial<Deadlines>;
  /** Absent: any that is free. */
  port?: number;
  /** Answers what is not under `/api`; false: nor is it anything of its own. */
  page?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/** For how long a nonce is known, unless something else is said. */
export const NONCE_MS = 5 * 60_000;

/**
 * Starts one.
 *
 * Errors  EADDRINUSE: the port is taken
 */
export async function startDiscord(options: DiscordOptions = {}): Promise<Discord> {
  const { world: given = {}, port: wanted = 0 } = options;
  const world = 'truth' in given ? given : makeWorld(given);
  const limits = makeLimits(options.limits);
  const faults = makeFaults();
  const oracle = loadOracle(options.openapi);
  const oracleFaults: string[] = [];
  const requests: Logged[] = [];
  const tally = makeTally();
  const search = makeSearch();

  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(wanted, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const gateway = attachGateway(server, world, options.gateway);
  const { nonceMs = NONCE_MS } = options;
  const memory: RestMemory = { commands: new Map(), nonces: new Map(), nonceMs };
  const interactions = makeInteractions(world, memory.commands, options.deadlines);
  const serve = makeServe({
    world,
    gateway,
    limits,
    faults,
    oracle,
    oracleFaults,
    requests,
    tally,
    search,
    memory,
    interactions: interactions.held,
  });
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/api/') && options.page?.(request, response)) return;
    // A client that goes away in the middle of its request is no fault of ours.
    serve(request, response).catch(() => response.destroy());
  });

  return {
    url: `http://127.0.0.1:${port}/api`,
    port,
    world,
    gateway,
    limits,
    faults,
    oracleFaults,
    requests,
    tally,
    search,
    interactions,
    async close() {
      gateway.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
