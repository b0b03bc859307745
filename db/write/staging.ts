/** Rows of one table on their way in. */
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { CopyEncoder, type Value } from './copy-encoder.ts';
import { directCopy, foldRows, mergeSql, stagingCopy, stagingDdl, type Table } from './merge-rule.ts';

/** The staging tables that each connection has. Each costs every commit a little, so none is made before its time. */
const made = new WeakMap<ClientBase, Set<string>>();

async function makeStaging(client: ClientBase, table: Table): Promise<void> {
  const names = made.get(client) ?? new Set();
  made.set(client, names);
  if (names.has(table.name)) return;
  await client.query(stagingDdl(table));
  names.add(table.name);
}

/** After a rollback, which takes away what its transaction had made. */
export function distrustStaging(client: ClientBase): void {
  made.delete(client);
}

/**
 * Takes out what one guild of a batch has staged, before the next. Of a few rows that is many times faster than to
 * truncate, which makes new files.
 */
export async function deleteStaged(client: ClientBase): Promise<void> {
  const deletions = [...(made.get(client) ?? [])].map((name, i) => `s${i} as (delete from staged_${name})`);
  if (deletions.length > 0) await client.query(`with ${deletions.join(', ')} select`);
}

/** Empties the staging tables within a long transaction; the end of one does it by itself. */
export async function clearStaging(client: ClientBase): Promise<void> {
  const names = [...(made.get(client) ?? [])];
  if (names.length > 0) await client.query(`truncate ${names.map((name) => `staged_${name}`).join(', ')}`);
}

/**
 * The rows of one table in a batch.
 *
 * Rows that nothing stored can stand against are copied straight into the table, at its full speed. All others
 * are staged and merged. One statement must not name a row twice, so the nth row of a key belongs to the nth
 * round; SQL alone joins what the rounds know.
 */
export class TableRows {
  rounds = 0;
  readonly table: Table;
  #direct: CopyEncoder | undefined;
  #staged: CopyEncoder | undefined;
  #seen = new Map<string, number>();
  #folding = new Map<string, (readonly Value[])[]>();

  constructor(table: Table) {
    this.table = table;
  }

  get isEmpty(): boolean {
    return this.#direct === undefined && this.#staged === undefined;
  }

  get hasStaged(): boolean {
    return this.#staged !== undefined;
  }

  /** Adds a row that nothing stored and nothing else in the batch can be equal to. */
  addOnly(values: readonly Value[]): void {
    this.#direct ??= new CopyEncoder(this.table.columns.map((column) => column.type));
    this.#direct.row(values);
  }

  /** Adds a row that only rows of this batch with the same key (any text that tells keys apart) can be equal to. */
  addFresh(key: string, values: readonly Value[]): void {
    if (this.#seen.has(key)) this.add(key, values);
    else {
      this.#seen.set(key, 0);
      this.addOnly(values);
    }
  }

  /** Adds a row that may be stored already, under its key; tells its round. */
  add(key: string, values: readonly Value[]): number {
    const round = (this.#seen.get(key) ?? -1) + 1;
    this.#seen.set(key, round);
    if (round >= this.rounds) this.rounds = round + 1;
    this.#staged ??= new CopyEncoder(['int2', ...this.table.columns.map((column) => column.type)]);
    this.#staged.row([round, ...values]);
    return round;
  }

  /**
   * Adds a row that may be stored already, of a table where many rows of a batch say nearly the same: many small
   * files name one guild and its people, each at its own time. What needs no ordering of values is one row.
   */
  addFolding(key: string, values: readonly Value[]): void {
    const waiting = this.#folding.get(key) ?? [];
    this.#folding.set(key, waiting);
    for (const [i, other] of waiting.entries()) {
      const one = foldRows(this.table, other, values);
      if (one) {
        waiting[i] = one;
        return;
      }
    }
    waiting.push(values);
  }

  /** Sends the rows: to the table, and to where they wait to be merged. */
  async copy(client: ClientBase): Promise<void> {
    for (const [key, rows] of this.#folding) for (const row of rows) this.add(key, row);
    this.#folding.clear();
    if (this.#direct) await copyIn(client, directCopy(this.table), this.#direct);
    if (!this.#staged) return;
    await makeStaging(client, this.table);
    await copyIn(client, stagingCopy(this.table), this.#staged);
  }

  /** Merges one round that was copied. */
  async mergeRound(client: ClientBase, round: number): Promise<void> {
    await client.query(mergeSql(this.table), [round]);
  }

  /** Copies and merges all. */
  async write(client: ClientBase): Promise<void> {
    await this.copy(client);
    for (let round = 0; round < this.rounds; round++) await this.mergeRound(client, round);
  }
}

async function copyIn(client: ClientBase, statement: string, rows: CopyEncoder): Promise<void> {
  await pipeline(Readable.from([rows.finish()]), client.query(copyFrom(statement)));
  rows.release();
}
