/** One embedded Postgres for a whole test run, with a migrated template to copy databases from. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connect } from '../../db/connect.ts';
import { startEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    serverUrl: string;
  }
}

export const TEMPLATE = 'almanac_template';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-test-'));
  // As root Postgres runs as another user, who must be able to enter the folder.
  await chmod(folder, 0o755);
  // What the tests write need not outlive them.
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const server = await startEmbedded({ folder, memoryBytes: 1 << 30, settings });
  const root = connect(server.url, 1);
  await root.pool.query(`create database ${TEMPLATE}`);
  await root.close();
  const template = connect(databaseUrl(server.url, TEMPLATE), 1);
  await migrate(template.db);
  await template.close();
  project.provide('serverUrl', server.url);
  return async () => {
    await server.release();
    await rm(folder, { recursive: true, force: true });
  };
}

/** The address of another database of a server. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
