/** Who may ask: by the name that the server is called, by tokens, and not too often. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isLoopback } from '../../config.ts';
import { type ApiToken, tokenOf } from '../../db/tokens.ts';
import { LIMITS, MINUTE_MS } from './limits.ts';
import type { HttpOptions } from './options.ts';
import { notFound, Refusal, tooMany, unauthorized } from './refusal.ts';

export interface Admission {
  /** Errors: Refusal where the request names another server, or brings a body. */
  arrive(request: FastifyRequest): void;
  /** Errors: Refusal where HTTP_TOKEN is set and not sent. */
  admitOperator(request: FastifyRequest): Promise<void>;
  /** Whose token it is. Errors: Refusal for a token that is none, a guild that is not its, and too many requests. */
  admitToken(request: FastifyRequest): Promise<ApiToken>;
}

/** Needs @fastify/rate-limit. */
export function makeAdmission(
  app: FastifyInstance,
  { settings, store, now }: Pick<HttpOptions, 'settings' | 'store' | 'now'>,
): Admission {
  const isLocal = isLoopback(settings.host);
  const lately = makeLately();
  const keys = new WeakMap<FastifyRequest, string>();
  const limited = (max: number, keyGenerator: (request: FastifyRequest) => string) =>
    app.createRateLimit({ max, timeWindow: MINUTE_MS, keyGenerator });
  const ofToken = limited(LIMITS.requestsOfToken, (request) => keys.get(request)!);
  const ofAddress = limited(LIMITS.refusalsOfAddress, ({ ip }) => `address ${ip}`);

  /** Counts it; the answer to it is the same whatever was wrong. */
  async function refuse(request: FastifyRequest): Promise<never> {
    await hold(ofAddress(request));
    throw unauthorized();
  }

  return {
    arrive({ headers, raw }) {
      if (isLocal && !isLocalName(headers.host)) throw new Refusal(421, 'wrong-host', WRONG_HOST);
      if (raw.headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0)
        throw new Refusal(413, 'no-body', 'Nothing here takes a body.', { connection: 'close' });
    },

    async admitOperator(request) {
      if (settings.token === undefined) return;
      const sent = bearerOf(request);
      const isIts = sent !== undefined && timingSafeEqual(hashOf(sent), hashOf(settings.token));
      if (!isIts) await refuse(request);
    },

    async admitToken(request) {
      const sent = bearerOf(request);
      // Who was refused often waits, unless their token was good before: others may ask from the same address.
      if (sent === undefined || !lately.has(sent, now()))
        await hold(ofAddress(request, { increment: false }));
      const token = sent === undefined ? undefined : await tokenOf(store.pool, sent, now());
      if (!token) return refuse(request);
      lately.add(sent!, now());
      keys.set(request, `token ${token.guildId} ${token.tokenId}`);
      await hold(ofToken(request));
      const { guildId } = request.params as { guildId?: string };
      if (guildId !== undefined && guildId !== token.guildId) throw notFound();
      return token;
    },
  };
}

const WRONG_HOST =
  'This server answers by its address or as localhost only. To let others in: HTTP_HOST and HTTP_TOKEN.';

/** A page of elsewhere, whose name leads here, is not to read what only this machine may. */
function isLocalName(host: string | undefined): boolean {
  const name = host === undefined ? undefined : URL.parse(`http://${host}`)?.hostname;
  return name !== undefined && /^[\w.:[\]-]+$/.test(host!) && isLoopback(name);
}

type Counted = ReturnType<ReturnType<FastifyInstance['createRateLimit']>>;

async function hold(counted: Counted): Promise<void> {
  const limit = await counted;
  if (!limit.isAllowed && limit.isExceeded) throw tooMany(Math.max(1, limit.ttlInSeconds));
}

const bearerOf = ({ headers }: FastifyRequest): string | undefined =>
  /^Bearer ([\x21-\x7e]{1,300})$/i.exec(headers.authorization ?? '')?.[1];

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

const LATELY_MS = 10 * MINUTE_MS;
const LATELY_MAX = 1_000;

/** Tokens that were good a short while ago, by their hash; the oldest goes first. */
function makeLately() {
  const until = new Map<string, number>();
  const keyOf = (text: string) => hashOf(text).toString('base64');
  return {
    has: (text: string, nowMs: number): boolean => (until.get(keyOf(text)) ?? 0) > nowMs,
    add(text: string, nowMs: number): void {
      const key = keyOf(text);
      until.delete(key);
      until.set(key, nowMs + LATELY_MS);
      if (until.size > LATELY_MAX) until.delete(until.keys().next().value!);
    },
  };
}
