/** What may befall a process at any of its operations: the statements to its database and the requests to Discord. */
import type { REST } from '@discordjs/rest';
import type { Pool, PoolClient } from 'pg';

/** Something that happens to a process, once. */
export interface Fate {
  /** At which of its operations from now on, from 1; of those that `only` names. */
  at: number;
  only?: RegExp;
  /** Before the operation has any effect, or behind it and before the process hears of it. */
  when: 'before' | 'after';
  /**
   * `die`: nothing of the process has any effect from then on. `stall`: it stands still until it is thawed, outside of
   * transactions, whose locks would keep all others waiting as long. `cut`: that connection to the database ends.
   */
  what: 'die' | 'stall' | 'cut';
}

export interface Life {
  /** What it did, as `POST /channels/1/messages` or the beginning of a statement. */
  readonly operations: string[];
  readonly isDead: boolean;
  readonly isStalled: boolean;
  /** In place of the fate of before. */
  await(fate: Fate | undefined): void;
  /** The operation at which it met its fate last. */
  readonly met: string | undefined;
  die(): void;
  thaw(): void;
}

class DeadError extends Error {
  override name = 'DeadError';
}

/** Stands between a process and its database and Discord. `hangMs`: so long a request may hang, in place of the real limit. */
export function liveBy(
  pool: Pool,
  rest: REST,
  cutOff: (pid: number) => Promise<void>,
  hangMs?: number,
): Life {
  const clients = new Set<PoolClient>();
  const operations: string[] = [];
  const state = { isDead: false, left: 0 };
  const inTransaction = new Set<PoolClient>();
  let fate: Fate | undefined;
  let metAt: string | undefined;
  let stalled: PromiseWithResolvers<void> | undefined;

  function die(): void {
    state.isDead = true;
    for (const client of clients)
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    thaw();
  }

  function thaw(): void {
    stalled?.resolve();
    stalled = undefined;
  }

  async function meet(what: Fate['what'], client: PoolClient | undefined): Promise<void> {
    if (what === 'die') return die();
    if (what === 'cut') return client && cutOff((client as unknown as { processID: number }).processID);
    stalled = Promise.withResolvers<void>();
    return stalled.promise;
  }

  function isNow(name: string): boolean {
    if (fate === undefined || !(fate.only?.test(name) ?? true)) return false;
    if (fate.what === 'stall' && inTransaction.size > 0) return false;
    return --state.left === 0;
  }

  async function perform<T>(name: string, act: () => Promise<T>, client?: PoolClient): Promise<T> {
    const stopIfDead = (): void => {
      if (state.isDead) throw new DeadError('This process is dead');
    };
    await stalled?.promise;
    stopIfDead();
    operations.push(name);
    const met = isNow(name) ? fate : undefined;
    if (met) [fate, metAt] = [undefined, name];
    if (met?.when === 'before') await meet(met.what, client);
    stopIfDead();
    const result = await act();
    if (client && name.startsWith('begin')) inTransaction.add(client);
    if (client && /^(commit|rollback)/.test(name)) inTransaction.delete(client);
    if (met?.when === 'after') await meet(met.what, client);
    await stalled?.promise;
    stopIfDead();
    return result;
  }

  pool.on('connect', (client) => {
    clients.add(client);
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
    const lived = (...args: unknown[]): unknown => {
      const [asked] = args as [string | { text?: string; submit?: unknown }];
      // A stream is within a transaction, whose beginning and end are statements.
      if (typeof asked === 'object' && asked.submit) return query(...args);
      const callback =
        typeof args.at(-1) === 'function'
          ? (args.pop() as (error: unknown, result?: unknown) => void)
          : undefined;
      const text = typeof asked === 'string' ? asked : (asked.text ?? '');
      const done = perform(text.trim().replaceAll(/\s+/g, ' ').slice(0, 60), () => query(...args), client);
      if (!callback) return done;
      done.then(
        (result) => callback(undefined, result),
        (error: unknown) => callback(error),
      );
      return undefined;
    };
    Object.assign(client, { query: lived });
  });
  pool.on('remove', (client) => {
    clients.delete(client);
    inTransaction.delete(client);
  });

  const { makeRequest } = rest.options;
  rest.options.makeRequest = (url, init) => {
    const signals = [init.signal, hangMs === undefined ? undefined : AbortSignal.timeout(hangMs)].filter(
      (signal) => signal != null,
    ) as AbortSignal[];
    const limited = signals.length > 0 ? { ...init, signal: AbortSignal.any(signals) } : init;
    const name = `${init.method} ${new URL(url).pathname.replace('/api/v10', '')}`;
    return perform(name, () => makeRequest(url, limited));
  };

  return {
    operations,
    get isDead() {
      return state.isDead;
    },
    get isStalled() {
      return stalled !== undefined;
    },
    get met() {
      return metAt;
    },
    await(next) {
      fate = next;
      state.left = next?.at ?? 0;
    },
    die,
    thaw,
  };
}
