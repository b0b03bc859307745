import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { EmbeddedError } from './embedded-error.ts';
import type { Home } from './home.ts';
import { takeLease, type Lease } from './lease.ts';
import {
  holderOf,
  logIn,
  readPidFile,
  removePidFile,
  startPostmaster,
  type PidFile,
  type Start,
} from './postmaster.ts';

/** What a server is started from. */
export interface ServerPlan {
  home: Home;
  /** Its bin/, lib/ and share/. */
  programs: string;
  cluster: Cluster;
  /** Its settings on this port. */
  settings: (port: number) => Record<string, string>;
  onNotice: (message: string) => void;
}

/** Recovery replays at most `max_wal_size`, 4 GB: minutes on a slow disk. */
const startMaxMs = 5 * 60_000;
const pollMs = 25;
const lockedPauseMs = 250;

/** A recovery that takes longer than this is worth a word. */
const patiencePolls = 80;

/** How long a pid file may be empty, or lead to no server, before it is taken for a leftover. */
const unansweredPollsMax = 80;

/** A port may be taken between our choice and the server's start; three times in a row it is something else. */
const failuresMax = 3;

/**
 * A share in the server of a cluster: the one that runs, whoever started it, or one started now. Its pid file, made by
 * Postgres, is the lock: of several servers started at once one gets it, and the others' starters find that one.
 *
 * Errors  EmbeddedError `not-started`, with what the server logged
 */
export async function joinServer(plan: ServerPlan): Promise<Lease> {
  const { cluster, onNotice } = plan;
  const deadline = AbortSignal.timeout(startMaxMs);
  let start: Start | undefined;
  let failures = 0;
  let before: PidFile | undefined;
  let unansweredPolls = 0;

  for (let polls = 1; !deadline.aborted; polls++) {
    if (polls === patiencePolls) onNotice('Waiting for the embedded Postgres to recover or to stop.');
    const file = await readPidFile(cluster.folder);
    if (file?.text !== before?.text) unansweredPolls = 0;
    before = file;
    const holder = file ? await holderOf(file.pid, cluster.folder) : 'nobody';
    const lease =
      holder === 'server' && file?.isReady ? await takeLease(cluster, file.port, onNotice) : 'busy';
    if (typeof lease !== 'string') return lease;

    if (lease === 'absent' || Number.isNaN(file?.pid)) unansweredPolls++;
    const isLeftover = holder === 'other' || unansweredPolls > unansweredPollsMax;
    if (file && isLeftover) await removePidFile(cluster.folder, file);

    if (start?.hasEnded()) {
      if (await wasLocked(start)) await sleep(lockedPauseMs);
      else if (++failures === failuresMax) throw await startError(plan, start);
      start = undefined;
    } else if (holder === 'nobody' && !start) {
      const port = await freePort();
      start = await startPostmaster(plan.home, plan.programs, cluster.folder, plan.settings(port));
    }
    await sleep(pollMs);
  }
  throw await startError(plan, start);
}

/** Whether a server gave up since another has the cluster, or the last one's processes have not all ended: SQLSTATE F0001. */
async function wasLocked(start: Start): Promise<boolean> {
  return / F0001 FATAL/.test(await start.logged());
}

async function startError({ home, cluster }: ServerPlan, start: Start | undefined): Promise<EmbeddedError> {
  const cause = start?.failure();
  const logged = (await start?.logged())?.trim().split('\n').slice(-5).join('\n');
  const reason =
    cause?.message ||
    logged ||
    `no server answered; if none runs, remove postmaster.pid in ${cluster.folder}`;
  return new EmbeddedError(
    'not-started',
    `The embedded Postgres of ${home.folder} did not start (see ${logIn(home.folder)}): ${reason}`,
    { cause },
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
