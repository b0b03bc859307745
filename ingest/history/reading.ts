/** What every reading of a guild's history works with, be it the repair of a gap or a backfill. */
import type { ClientBase, Pool } from 'pg';
import type { RecordBatch, Snowflake } from '../../db/records.ts';
import type { WriteResult } from '../../db/write-batch.ts';
import type { Calls } from '../discord/fetch-calls.ts';
import { PayloadError } from '../discord/payload-error.ts';
import type { Teller } from '../discord/teller.ts';
import { noteLost, type ReadingCard } from './card.ts';

export interface ReadingLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export type Alongside = (client: ClientBase, result: WriteResult) => Promise<void>;

export interface Reading {
  pool: Pool;
  guildId: Snowflake;
  calls: Calls;
  card: ReadingCard;
  log: ReadingLog;
  /** Discord's time, ms. */
  now(): number;
  tellerAt(sentAtMs: number): Teller;
  /** One write after the other. */
  write(batch: RecordBatch, alongside?: Alongside): Promise<WriteResult>;
}

/** Adds a payload to a batch; one that cannot be recorded is noted, and passed over. Tells whether it was added. */
export function added(
  { card, log, guildId }: Pick<Reading, 'card' | 'log' | 'guildId'>,
  add: () => void,
): boolean {
  try {
    add();
    return true;
  } catch (err) {
    if (!(err instanceof PayloadError)) throw err;
    card.refusedPayloads++;
    noteLost(card, 'refused-payloads');
    log.warn({ guildId, channelId: err.channelId, messageId: err.messageId, err }, 'payload refused');
    return false;
  }
}
