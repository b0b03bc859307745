import { expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();

it('a connection that is lost while somebody holds it fails the next query, and does not end the process', async () => {
  const uncaught: unknown[] = [];
  const catchIt = (error: unknown) => void uncaught.push(error);
  process.on('uncaughtException', catchIt);
  try {
    const client = await database.pool.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const ended = new Promise((resolve) => client.once('end', resolve));
    await database.pool.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
    await ended;
    await expect(client.query('select 1')).rejects.toThrow(/not queryable|terminated|closed/);
    client.release(true);
    expect(uncaught).toEqual([]);
  } finally {
    process.off('uncaughtException', catchIt);
  }
});
