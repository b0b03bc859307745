/** Where encoded rows wait for the statement that merges them. */
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { CopyEncoder, type Value } from './copy-encoder.ts';
import { mergeSql, stagingCopy, stagingDdl, type Table } from './merge-rule.ts';
import { RECORDED } from './tables.ts';

/** Makes the connection's staging tables. */
export async function prepareStaging(client: ClientBase): Promise<void> {
  await client.query(RECORDED.map(stagingDdl).join(';\n'));
}

/** Empties them within a transaction; the end of one does it by itself. */
export async function clearStaging(client: ClientBase): Promise<void> {
  await client.query(`truncate ${RECORDED.map((table) => `staged_${table.name}`).join(', ')}`);
}

/**
 * The rows of one table in a batch. One statement must not name a row twice, so the nth row of a key belongs
 * to the nth round; SQL alone joins what the rounds know.
 */
export class Staged {
  rounds = 0;
  readonly table: Table;
  #encoder: CopyEncoder;
  #seen = new Map<string, number>();

  constructor(table: Table) {
    this.table = table;
    this.#encoder = new CopyEncoder(table.columns.map((column) => column.type));
  }

  get rows(): number {
    return this.#encoder.rows;
  }

  /** Adds a row under its key (any text that tells keys apart); tells its round. */
  add(key: string, values: readonly Value[]): number {
    const round = (this.#seen.get(key) ?? -1) + 1;
    this.#seen.set(key, round);
    if (round >= this.rounds) this.rounds = round + 1;
    this.#encoder.row(round, values);
    return round;
  }

  /** Sends the rows to the staging table. */
  async copy(client: ClientBase): Promise<void> {
    if (this.rows === 0) return;
    await pipeline(Readable.from([this.#encoder.finish()]), client.query(copyFrom(stagingCopy(this.table))));
  }

  /** Merges one round that was copied; `contested` where some of its rows may be stored already. */
  async mergeRound(client: ClientBase, round: number, contested: boolean): Promise<void> {
    await client.query(mergeSql(this.table, contested || round > 0), [round]);
  }

  /** Copies and merges all rounds. */
  async merge(client: ClientBase, contested: boolean): Promise<void> {
    await this.copy(client);
    for (let round = 0; round < this.rounds; round++) await this.mergeRound(client, round, contested);
  }
}
