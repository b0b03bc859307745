/** A database without anything in it, as an operator makes one for Almanac. */
import { randomBytes } from 'node:crypto';
import { afterEach, inject } from 'vitest';
import { connect, type Store } from '../../db/connect.ts';
import { databaseUrl } from './server.ts';

/** Makes empty databases, by their addresses, and drops each behind its test. */
export function useEmptyDatabases(): () => Promise<string> {
  const names: string[] = [];
  const onServer = async (statement: string): Promise<void> => {
    const server = connect(inject('serverUrl'), 1);
    await server.pool.query(statement);
    await server.close();
  };
  afterEach(async () => {
    for (const name of names.splice(0)) await onServer(`drop database ${name} with (force)`);
  });
  return async () => {
    const name = `t_${randomBytes(6).toString('hex')}`;
    await onServer(`create database ${name}`);
    names.push(name);
    return databaseUrl(inject('serverUrl'), name);
  };
}

/** Connects for as long as `work` takes. */
export async function connected<T>(url: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = connect(url, 2);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
