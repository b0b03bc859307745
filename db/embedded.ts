import { findBinaries, runnableBinaries } from './embedded/binaries.ts';
import { ensureCluster, ourName } from './embedded/cluster.ts';
import { EmbeddedError } from './embedded/embedded-error.ts';
import { findHome } from './embedded/home.ts';
import { joinServer, type ServerPlan } from './embedded/join-server.ts';
import type { Lease } from './embedded/lease.ts';
import { stopPostmaster } from './embedded/postmaster.ts';
import { serverSettings } from './embedded/settings.ts';
import { removeUnfinished } from './embedded/whole-folder.ts';

export { EmbeddedError };

/** A Postgres server in a data folder that this process uses, perhaps beside other processes. */
export interface EmbeddedServer {
  /** postgres://... on 127.0.0.1, with the password. */
  url: string;
  /**
   * Leaves the server. The last process to leave stops it and waits until it has ended. May be called again.
   *
   * Errors  EmbeddedError `not-stopped`
   */
  release(): Promise<void>;
}

/** Which data folder, on what machine. */
export interface EmbeddedOptions {
  /** Made if it is not there. */
  folder: string;
  /** Of the machine; a quarter of it, at most a gigabyte, is shared memory of Postgres. */
  memoryBytes: number;
  /** Settings of Postgres over our own; they count when this process is the one that starts the server. */
  settings?: Record<string, string>;
  /** Hears what takes long or lands elsewhere than expected. */
  onNotice?: (message: string) => void;
}

/**
 * A real Postgres in a data folder: made at first, started when it does not run, else shared with the processes that use
 * it already. Nothing is lost when any of them, or the server, is killed.
 *
 * Errors  EmbeddedError, whose message says what to do
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { lease, plan } = await join(options).catch((error: NodeJS.ErrnoException) => {
    if (error instanceof EmbeddedError || error.syscall === undefined) throw error;
    throw new EmbeddedError(
      'folder',
      `The data folder ${options.folder} cannot be used (${error.message}). Choose one that is a folder of yours, with room in it.`,
      { cause: error },
    );
  });
  const release = async (): Promise<void> => {
    try {
      if (await lease.leave()) await stopPostmaster(plan.programs, plan.cluster.folder);
    } finally {
      await lease.close();
    }
  };
  let released: Promise<void> | undefined;
  return {
    // The mode is given so that no PGSSLMODE of the surroundings asks for what the server lacks.
    url: `postgres://${ourName}:${plan.cluster.password}@127.0.0.1:${lease.port}/${ourName}?sslmode=disable`,
    release: () => (released ??= release()),
  };
}

async function join(options: EmbeddedOptions): Promise<{ lease: Lease; plan: ServerPlan }> {
  const { folder, memoryBytes, settings, onNotice = () => {} } = options;
  const installed = await findBinaries();
  const home = await findHome(folder, onNotice);
  await removeUnfinished(home.path);
  const binaries = await runnableBinaries(installed, home.path, home.account, onNotice);
  const plan = {
    home,
    programs: binaries.folder,
    cluster: await ensureCluster(home, binaries, onNotice),
    settings: (port: number) => ({ ...serverSettings(memoryBytes, port), ...settings }),
    onNotice,
  };
  return { lease: await joinServer(plan), plan };
}
