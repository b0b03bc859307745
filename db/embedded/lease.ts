import { relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { ourName, type Cluster } from './cluster.ts';
import { EmbeddedError } from './embedded-error.ts';

/**
 * This process's share in a server: a connection that holds a shared lock, which the server itself drops however the
 * process ends.
 */
export interface Lease {
  /** The server's port on 127.0.0.1. */
  port: number;
  /** Gives the share back, and tells whether nobody else has one; then no newcomer gets one before `close`. */
  leave(): Promise<boolean>;
  close(): Promise<void>;
}

/** "almanac" in seven bytes: a number that no other program's lock is likely to have. */
const leaseKey = '27422289782792547';

const connectMaxMs = 5_000;
const lockMaxMs = 10_000;

/** A crashed backend makes the server end every connection and recover; a minute is a long recovery. */
const renewalsMax = 240;
const renewalPauseMs = 250;

/**
 * A share in the server that answers on the port, or why there is none: nobody of ours answers (`absent`), or not now
 * (`busy`: it starts or stops, or the last of the others is just leaving).
 *
 * Errors  EmbeddedError `not-started`: it answers and refuses us: a wrong password, no connection left
 */
export async function takeLease(
  cluster: Cluster,
  port: number,
  onNotice: (message: string) => void,
): Promise<Lease | 'absent' | 'busy'> {
  const client = await connect(cluster, port);
  return typeof client === 'string' ? client : keep(client, cluster, port, onNotice);
}

function keep(first: Client, cluster: Cluster, port: number, onNotice: (message: string) => void): Lease {
  let client: Client | undefined;
  const leaving = new AbortController();
  let renewal = Promise.resolve();

  const hold = (held: Client): void => {
    client = held;
    held.once('end', () => {
      client = undefined;
      if (!leaving.signal.aborted) renewal = renew();
    });
  };
  const renew = async (): Promise<void> => {
    for (let tries = 0; tries < renewalsMax && !leaving.signal.aborted; tries++) {
      const renewed = await connect(cluster, port).catch(() => 'absent' as const);
      if (typeof renewed !== 'string') return hold(renewed);
      await sleep(renewalPauseMs, undefined, { signal: leaving.signal }).catch(() => {});
    }
    if (!leaving.signal.aborted)
      onNotice(`The embedded Postgres on port ${port} is gone; start Almanac again.`);
  };
  hold(first);

  return {
    port,
    async leave() {
      leaving.abort();
      await renewal;
      for (let tries = 0; tries < renewalsMax; tries++) {
        try {
          if (client) return await giveBack(client);
        } catch {
          client = undefined;
        }
        // The connection broke: a server that crashed comes back by itself, and must not stay for nobody.
        const again = await connect(cluster, port).catch(() => 'absent' as const);
        if (again === 'absent') return false;
        if (again === 'busy') await sleep(renewalPauseMs);
        else client = again;
      }
      return false;
    },
    async close() {
      await client?.end().catch(() => {});
    },
  };
}

/** Gives the share back; tells whether nobody else has one. */
async function giveBack(client: Client): Promise<boolean> {
  await client.query('select pg_advisory_unlock_shared($1)', [leaseKey]);
  const { rows } = await client.query<{ isLast: boolean }>('select pg_try_advisory_lock($1) as "isLast"', [
    leaseKey,
  ]);
  return rows[0]?.isLast ?? false;
}

/** On the maintenance database, so that ours can be dropped and made anew under everyone's feet. */
async function connect(cluster: Cluster, port: number): Promise<Client | 'absent' | 'busy'> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: ourName,
    password: cluster.password,
    database: 'postgres',
    ssl: false,
    application_name: 'almanac lease',
    connectionTimeoutMillis: connectMaxMs,
    lock_timeout: lockMaxMs,
    keepAlive: true,
  });
  // The end that follows says all that we want to know.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    if (relative(cluster.folder, rows[0]?.data_directory ?? '') === '') {
      await client.query('select pg_advisory_lock_shared($1)', [leaseKey]);
      await ensureDatabase(client);
      return client;
    }
    await client.end();
    return 'absent';
  } catch (error) {
    await client.end().catch(() => {});
    return absenceOf(error, cluster, port);
  }
}

function absenceOf(error: unknown, cluster: Cluster, port: number): 'absent' | 'busy' {
  if (!(error instanceof DatabaseError)) return (error as NodeJS.ErrnoException).code ? 'absent' : 'busy';
  // 57P01 to 57P03: it starts or stops; 55P03: we waited in vain for the last of the others to leave.
  if (error.code?.startsWith('57P') || error.code === '55P03') return 'busy';
  throw new EmbeddedError(
    'not-started',
    `The server on port ${port}, whose files are in ${cluster.folder}, refuses us: ${error.message}. ` +
      'Its password should be in the folder above; if that server is another one, remove postmaster.pid.',
    { cause: error },
  );
}

async function ensureDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [ourName]);
  if (rowCount) return;
  await client.query(`create database ${ourName}`).catch((error: DatabaseError) => {
    // 42P04 or 23505: another process was a moment faster.
    if (error.code !== '42P04' && error.code !== '23505') throw error;
  });
}
