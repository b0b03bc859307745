/**
 * The rate limits of the loopback Discord: a bucket for each route and each channel, guild or webhook in it, and one for
 * all of a bot's requests. Source: https://discord.com/developers/docs/topics/rate-limits
 */
import { createHash } from 'node:crypto';
import { templateMatcher } from './openapi/templates.ts';

/** Whom a refusal blames; `shared` ones don't count as invalid requests. */
export type Scope = 'user' | 'global' | 'shared';

/** So many requests in so long, in each bucket of a route. */
export interface Limit {
  requests: number;
  perMs: number;
  /** The route whose bucket it draws from. Absent: its own. */
  sharedWith?: string;
}

export interface LimitsOptions {
  /** Absent: no limits, and no headers; storms still refuse. */
  isOn?: boolean;
  globalPerSecond?: number;
  /** By method and template, as `GET /channels/{channel_id}/messages`; over the default table. */
  routes?: Record<string, Limit>;
}

export interface Asking {
  method: string;
  /** Without `/api/v10` and without the query. */
  path: string;
  nowMs: number;
  /** Callbacks and follow-ups of interactions are exempt from the global limit. Absent: judged by the path. */
  isInteraction?: boolean;
}

export interface Refusal {
  status: 429;
  headers: Record<string, string>;
  body: unknown;
}

export interface Storm {
  /** How many requests it refuses. */
  requests: number;
  retryAfterMs: number;
  /** Absent: `user`. */
  scope?: Scope;
  /** Without anything that says when to come again. */
  withoutRetryAfter?: boolean;
}

export interface Limits {
  /** Counts a request. `headers` belong on its answer; where `refused`, answer that and do nothing. */
  take(asking: Asking): { headers: Record<string, string>; refused?: Refusal };
  /** Refuses the next requests, whatever they are. */
  storm(storm: Storm): void;
  /** Counts an answer 401 or 403 among the invalid ones; refusals count themselves. */
  invalid(nowMs: number): void;
  /** How many invalid answers there were in the last 10 minutes; Discord bans an address at 10,000. */
  invalidCount(nowMs: number): number;
  /** How many requests each bucket had, refused ones too; as `GET /channels/{channel_id}/messages 123`. */
  readonly requests: ReadonlyMap<string, number>;
}

const OTHER_ROUTE: Limit = { requests: 10, perMs: 1_000 };
/** Discord publishes no figures but the global one, and means them to be read from headers. These have been observed. */
const ROUTES: Record<string, Limit> = {
  'GET /channels/{channel_id}/messages': { requests: 5, perMs: 5_000 },
  'POST /channels/{channel_id}/messages': { requests: 5, perMs: 5_000 },
  'PATCH /channels/{channel_id}/messages/{message_id}': { requests: 5, perMs: 5_000 },
  'DELETE /channels/{channel_id}/messages/{message_id}': { requests: 5, perMs: 1_000 },
  'PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me': { requests: 1, perMs: 250 },
  'DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me': {
    requests: 1,
    perMs: 250,
    sharedWith: 'PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me',
  },
  'POST /channels/{channel_id}/typing': { requests: 5, perMs: 5_000 },
  'GET /guilds/{guild_id}/members': { requests: 10, perMs: 10_000 },
  'GET /gateway/bot': { requests: 2, perMs: 5_000 },
  // Named so that an emoji or a token makes no route of its own.
  'GET /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}': OTHER_ROUTE,
  'POST /interactions/{interaction_id}/{interaction_token}/callback': OTHER_ROUTE,
  'POST /webhooks/{webhook_id}/{webhook_token}': OTHER_ROUTE,
  'GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}': OTHER_ROUTE,
  'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}': OTHER_ROUTE,
  'DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}': OTHER_ROUTE,
};
const GLOBAL_PER_SECOND = 50;
const INVALID_WINDOW_MS = 600_000;
const ROUTES_MAX = 1000;

/** Limits as Discord keeps them; off unless `isOn`. */
export function makeLimits(options: LimitsOptions = {}): Limits {
  const { isOn = false, globalPerSecond = GLOBAL_PER_SECOND } = options;
  const routeOf = makeRouteOf({ ...ROUTES, ...options.routes });
  const windows = new Map<string, Window>();
  const requests = new Map<string, number>();
  const invalids: number[] = [];
  const storms: (Storm & { left: number })[] = [];

  function refuse(nowMs: number, scope: Scope, retryAfterMs: number | undefined, bucket = {}): Refusal {
    if (scope !== 'shared') invalids.push(nowMs);
    return refusal(scope, retryAfterMs, bucket);
  }

  return {
    take({ method, path, nowMs, isInteraction = isOfInteraction(path) }) {
      const route = routeOf(method, path);
      const key = `${route.name} ${majorOf(path)}`.trim();
      requests.set(key, (requests.get(key) ?? 0) + 1);

      const storm = storms[0];
      if (storm) {
        storm.left -= 1;
        if (storm.left <= 0) storms.shift();
        const { scope = 'user', withoutRetryAfter = false, retryAfterMs } = storm;
        const isBucket = scope !== 'global' && !withoutRetryAfter;
        const bucket = isBucket ? bucketHeaders(route, 0, nowMs, nowMs + retryAfterMs) : {};
        const after = withoutRetryAfter ? undefined : retryAfterMs;
        return { headers: {}, refused: refuse(nowMs, scope, after, bucket) };
      }
      if (!isOn) return { headers: {} };

      if (!isInteraction) {
        const all = draw(windows, 'global', { requests: globalPerSecond, perMs: 1_000 }, nowMs);
        if (all.left < 0) {
          return { headers: {}, refused: refuse(nowMs, 'global', all.resetsAt - nowMs) };
        }
      }
      const one = draw(windows, `${route.bucket} ${majorOf(path)}`, route.limit, nowMs);
      const headers = bucketHeaders(route, Math.max(one.left, 0), nowMs, one.resetsAt);
      if (one.left >= 0) return { headers };
      return { headers, refused: refuse(nowMs, 'user', one.resetsAt - nowMs, headers) };
    },
    storm(storm) {
      if (storm.requests > 0) storms.push({ ...storm, left: storm.requests });
    },
    invalid(nowMs) {
      invalids.push(nowMs);
    },
    invalidCount(nowMs) {
      return invalids.filter((at) => at > nowMs - INVALID_WINDOW_MS).length;
    },
    requests,
  };
}

/** A span that begins with its first request. Below zero, the request that was just drawn is one too many. */
interface Window {
  left: number;
  resetsAt: number;
}

function draw(windows: Map<string, Window>, key: string, limit: Limit, nowMs: number): Window {
  const old = windows.get(key);
  const now = old && old.resetsAt > nowMs ? old : { left: limit.requests, resetsAt: nowMs + limit.perMs };
  windows.set(key, now);
  if (now.left === 0) return { ...now, left: -1 };
  now.left -= 1;
  return now;
}

interface Route {
  /** As `GET /channels/{channel_id}/messages`. */
  name: string;
  limit: Limit;
  /** What Discord calls the bucket: the same for all channels, guilds and webhooks. */
  bucket: string;
}

function makeRouteOf(table: Record<string, Limit>): (method: string, path: string) => Route {
  // One matcher serves all methods, since a template begins with its method and a space.
  const matchOf = templateMatcher(Object.keys(table));
  const routes = new Map<string, Route>();
  return (method, path) => {
    const name =
      matchOf(`${method} ${path}`)?.template ?? `${method} ${path.replaceAll(/(?<=\/)\d+/g, '{id}')}`;
    const known = routes.get(name);
    if (known) return known;
    const limit = table[name] ?? OTHER_ROUTE;
    const bucket = createHash('md5')
      .update(limit.sharedWith ?? name)
      .digest('hex');
    const route = { name, limit, bucket };
    // A path that no template knows has a name of its own.
    if (routes.size < ROUTES_MAX) routes.set(name, route);
    return route;
  };
}

/** What has buckets of its own in a route; empty: nothing. */
function majorOf(path: string): string {
  const [, , id = '', token = ''] = /^\/(channels|guilds|webhooks)\/(\d+)(?:\/([^/]+))?/.exec(path) ?? [];
  return path.startsWith('/webhooks/') && token !== '' ? `${id}/${token}` : id;
}

const isOfInteraction = (path: string): boolean => /^\/(interactions|webhooks)\/\d+\/[^/]+/.test(path);

const seconds = (ms: number): string => (ms / 1_000).toFixed(3);

function bucketHeaders(route: Route, left: number, nowMs: number, resetsAt: number): Record<string, string> {
  return {
    'X-RateLimit-Limit': String(route.limit.requests),
    'X-RateLimit-Remaining': String(left),
    'X-RateLimit-Reset': seconds(resetsAt),
    'X-RateLimit-Reset-After': seconds(resetsAt - nowMs),
    'X-RateLimit-Bucket': route.bucket,
  };
}

/** Retry-After has fractions, where Discord rounds up to whole seconds: a test waits no longer than it must. */
function refusal(scope: Scope, retryAfterMs: number | undefined, bucket: Record<string, string>): Refusal {
  const isGlobal = scope === 'global';
  return {
    status: 429,
    headers: {
      ...bucket,
      'X-RateLimit-Scope': scope,
      ...(isGlobal ? { 'X-RateLimit-Global': 'true' } : {}),
      ...(retryAfterMs === undefined ? {} : { 'Retry-After': seconds(retryAfterMs) }),
    },
    body: {
      message: 'You are being rate limited.',
      ...(retryAfterMs === undefined ? {} : { retry_after: retryAfterMs / 1_000 }),
      global: isGlobal,
    },
  };
}
