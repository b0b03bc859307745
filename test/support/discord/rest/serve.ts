/** A request from its first byte to its last: faults, token, limits, Discord's description, the route, the answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Fault, Faults } from '../faults.ts';
import type { Gateway } from '../gateway.ts';
import type { Held } from '../interactions/held.ts';
import type { Limits } from '../limits.ts';
import type { Oracle } from '../openapi.ts';
import { nameOf, routeOf } from '../rest.ts';
import type { Search } from '../search.ts';
import type { Tally } from '../tally.ts';
import type { World } from '../world.ts';
import { readBody, type SentBody } from './body.ts';
import { Refusal, refusals } from './refusal.ts';
import type { Answer, RestMemory } from './route.ts';

/** A request as it is remembered. */
export interface Logged {
  method: string;
  /** Without `/api/v10`. */
  path: string;
  /** With its question mark; empty without any. */
  query: string;
  /** Undefined: not answered (yet). */
  status?: number;
  /** By the world's clock. */
  atMs: number;
}

/** What the REST side stands on. */
export interface Serving {
  world: World;
  gateway: Gateway;
  limits: Limits;
  faults: Faults;
  oracle: Oracle | undefined;
  /** Where breaches of the description are noted, as `METHOD path: what`. */
  oracleFaults: string[];
  /** Where requests are noted. */
  requests: Logged[];
  tally: Tally;
  search: Search;
  memory: RestMemory;
  interactions: Held;
}

/** The oldest are forgotten, so that a program may run for days. */
const REQUESTS_MAX = 100_000;

const PREFIX = '/api/v10';

/** Answers requests. */
export function makeServe(
  serving: Serving,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { world, faults, requests, tally } = serving;
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://loopback');
    if (!url.pathname.startsWith(`${PREFIX}/`)) {
      const { status } = refusals.notFound();
      return send(response, { status, body: refusals.notFound() }, { atMs: world.now(), isCut: false });
    }
    const path = url.pathname.slice(PREFIX.length);
    const logged: Logged = { method: request.method!, path, query: url.search, atMs: world.now() };
    if (requests.push(logged) > REQUESTS_MAX) requests.splice(0, REQUESTS_MAX / 2);
    const name = nameOf(logged.method, path);
    tally.arrived(performance.now());
    /** What gets no answer is counted, too. */
    const drop = (): void => {
      tally.answered(name, undefined);
      response.destroy();
    };

    const fault = faults.take(logged.method, path);
    const cut = fault && 'cut' in fault ? fault.cut : undefined;
    if (cut === 'before') return drop();
    const asked = { logged, query: url.searchParams, fault };
    const done = await doAsked(serving, request, asked).catch(() => undefined);
    if (cut === 'after') return drop();
    if (fault && 'hang' in fault) return tally.answered(name, undefined);
    const answer = fault && 'status' in fault ? spoilt(fault, serving.limits, logged.atMs) : done;
    // The client went away in the middle of its request, which is no fault of ours.
    if (!answer) return drop();
    logged.status = answer.status;
    tally.answered(name, answer.status);
    send(response, answer, { atMs: world.now(), isCut: cut === 'body' });
  };
}

/** An answer with its own headers. */
type Headed = Answer & { headers?: Record<string, string> };

/** Discord counts what it refuses, whyever it does; not what is shared. */
function spoilt(fault: Extract<Fault, { status: number }>, limits: Limits, nowMs: number): Headed {
  const isShared = fault.headers?.['X-RateLimit-Scope'] === 'shared';
  if ([401, 403, 429].includes(fault.status) && !isShared) limits.invalid(nowMs);
  return { body: { message: `${fault.status}: spoilt`, code: 0 }, ...fault };
}

/** A request, and what becomes of it. */
interface Arrived {
  logged: Logged;
  query: URLSearchParams;
  fault: Fault | undefined;
}

/** Does what is asked, unless or before the fault says otherwise. Errors: whoever asked went away before all of it came. */
async function doAsked(
  serving: Serving,
  request: IncomingMessage,
  { logged, query, fault }: Arrived,
): Promise<Headed | undefined> {
  if (fault && ('hang' in fault || 'status' in fault) && !fault.after) return undefined;
  if (fault && 'delayMs' in fault) await setTimeout(fault.delayMs, undefined, { ref: false });
  const sent = await readBody(request).catch((error: unknown) => {
    if (error instanceof Refusal) return error;
    throw error;
  });
  if (fault && 'acceptAfterMs' in fault) await setTimeout(fault.acceptAfterMs, undefined, { ref: false });
  if (fault && 'acceptWhen' in fault) await fault.acceptWhen;
  return answerTo(serving, request, sent, { logged, query });
}

function answerTo(
  serving: Serving,
  request: IncomingMessage,
  sent: SentBody | Refusal,
  { logged: { method, path, atMs: nowMs }, query }: Pick<Arrived, 'logged' | 'query'>,
): Headed {
  const { world, limits, oracle, oracleFaults, gateway, search, memory, interactions } = serving;
  const note = (faults: string[]) => oracleFaults.push(...faults.map((what) => `${method} ${path}: ${what}`));
  let headers: Record<string, string> = {};
  let answer: Headed;
  try {
    if (sent instanceof Refusal) throw sent;
    const { body, files } = sent;
    const { route, params } = routeOf(method, path);
    if (!route.isOpen && request.headers.authorization !== `Bot ${world.truth.token}`)
      throw refusals.unauthorized();
    const taken = limits.take({ method, path, nowMs });
    headers = taken.headers;
    if (taken.refused) return taken.refused;
    const contentType = request.headers['content-type'];
    const breaches = oracle?.checkRequest({ method, path, query, body, contentType }) ?? [];
    note(breaches);
    if (breaches.length > 0) throw refusals.invalidForm('body', breaches.join('; '));
    answer = route.answer({
      world,
      gateway,
      memory,
      interactions,
      search,
      params,
      query,
      body,
      files,
    });
  } catch (error) {
    answer = refused(error, note);
  }
  if (answer.status === 401 || answer.status === 403) limits.invalid(nowMs);
  if (oracle) {
    const body: unknown = answer.body === undefined ? undefined : JSON.parse(JSON.stringify(answer.body));
    note(oracle.checkAnswer({ method, path, status: answer.status, body }).map((what) => `answered ${what}`));
  }
  return { ...answer, headers };
}

/** An unknown route, and what isn't a refusal but a fault of this server, are noted, so that tests see them. */
function refused(error: unknown, note: (faults: string[]) => void): Answer {
  if (!(error instanceof Refusal)) {
    note([`failed: ${String(error)}`]);
    return { status: 500, body: refusals.internal() };
  }
  if (error.isUnknownRoute) note([`no such route here (${error.status})`]);
  return { status: error.status, body: error };
}

function send(
  response: ServerResponse,
  { status, body, headers = {} }: Headed,
  { atMs, isCut }: { atMs: number; isCut: boolean },
): void {
  // What stands before Discord answers in HTML.
  const isJson = typeof body !== 'string';
  const text = body === undefined ? undefined : Buffer.from(isJson ? JSON.stringify(body) : body);
  response.writeHead(status, {
    date: new Date(atMs).toUTCString(),
    ...(text && { 'content-type': isJson ? 'application/json' : 'text/html', 'content-length': text.length }),
    ...headers,
  });
  if (!isCut) response.end(text);
  else response.write(text?.subarray(0, text.length / 2) ?? '', () => response.destroy());
}
