/** Reads exports again and holds every message against the database. */
import type { Pool } from 'pg';
import { readForgotten, readExcluded } from '../../db/write/scope.ts';
import type { Db } from '../../db/connect.ts';
import { findImport, type IdSpan, otherSpans } from '../../db/imports.ts';
import { type ContentChoice, keepContent } from '../../db/keep.ts';
import { emptyBatch } from '../../db/records.ts';
import { storedMessages } from '../../db/queries/stored-messages.ts';
import { compareMessage } from './compare.ts';
import type { Difference } from './difference.ts';
import { ExportFormatError } from './export-format-error.ts';
import { compareIds, FileFacts } from './file-facts.ts';
import type { SavedCard } from './file-messages.ts';
import { findExports } from './find.ts';
import { exportObservedAt } from './observed-at.ts';
import { People } from './people.ts';
import { type ExportHeader, hashFile, readHeader, readMessages } from './read.ts';
import type { FileContext } from './file-context.ts';
import { addMessage } from './to-records.ts';

export interface VerifyOptions {
  db: Db;
  pool: Pool;
  content: ContentChoice;
  nowMs: number;
  includeDirectMessages: boolean;
}

/** A difference, and where it was found. */
export interface Finding extends Difference {
  file: string;
  messageId: string;
}

export interface VerifyResult {
  files: number;
  /** Files that are no exports, or were left out; with why. */
  passedOver: { file: string; reason: string }[];
  messages: number;
  /** Messages that an import would not take either. */
  rejected: number;
  /** Differences that the merge rule explains, by explanation. */
  explained: Record<string, number>;
  unexplained: number;
}

/** Yields every difference as it is found, and returns the sum. */
export async function* verifyExports(
  paths: string[],
  options: VerifyOptions,
): AsyncGenerator<Finding, VerifyResult> {
  const { files, missing } = await findExports(paths);
  const result: VerifyResult = {
    files: 0,
    passedOver: missing.map(({ path, reason }) => ({ file: path, reason })),
    messages: 0,
    rejected: 0,
    explained: {},
    unexplained: 0,
  };
  for (const file of files) {
    try {
      const header = await readHeader(file);
      if (header.guild.id === '0' && !options.includeDirectMessages) {
        result.passedOver.push({
          file,
          reason: 'These are direct messages; they are looked at with --include-direct-messages.',
        });
        continue;
      }
      result.files++;
      for await (const finding of verifyFile(file, header, options, result)) {
        if (finding.explanation === undefined) result.unexplained++;
        else result.explained[finding.explanation] = (result.explained[finding.explanation] ?? 0) + 1;
        yield finding;
      }
    } catch (error) {
      if (!(error instanceof ExportFormatError)) throw error;
      result.passedOver.push({ file, reason: `${error.reason} (${error.place}). ${error.advice}` });
    }
  }
  return result;
}

async function* verifyFile(
  file: string,
  header: ExportHeader,
  options: VerifyOptions,
  result: VerifyResult,
): AsyncGenerator<Finding> {
  const { db, pool, content, nowMs } = options;
  const guildId = header.guild.id as string;
  const channelId = header.channel.id as string;
  const client = await pool.connect();
  try {
    const sha256 = await hashFile(file);
    const entry = await findImport(client, guildId, sha256);
    const observedAt = entry?.observedAtMs ?? (await exportObservedAt(file, header, nowMs)).ms;
    const others = await otherSpans(client, { guildId, channelId, sha256, observedAtMs: observedAt });
    // A file that names messages twice is another source of itself.
    const isOrdered = !entry || new FileFacts((entry.card as SavedCard).facts).isOrdered();
    const context: FileContext = {
      guildId,
      channelId,
      observedAt,
      latestMs: nowMs + 86_400_000,
      note: () => {},
    };
    const forgotten = await readForgotten(client, guildId);
    const excluded = await readExcluded(client, guildId, emptyBatch());
    for await (const messages of readMessages(file, header)) {
      let batch = emptyBatch();
      const people = new People(guildId);
      for (const { payload } of messages) {
        result.messages++;
        if (addMessage(batch, people, context, payload)) result.rejected++;
      }
      batch = keepContent(batch, content);
      const stored = await storedMessages(
        db,
        guildId,
        batch.messages.map((message) => message.messageId),
      );
      const reactors = Map.groupBy(batch.reactionUsers, (user) => user.messageId);
      for (const message of batch.messages) {
        const { messageId } = message;
        const scope = {
          forgotten,
          isExcluded: excluded.has(channelId),
          hasOtherSources: !isOrdered || others.some((span) => isWithin(messageId, span)),
        };
        const differences = compareMessage(
          message,
          reactors.get(messageId) ?? [],
          stored.get(messageId),
          scope,
        );
        for (const difference of differences) yield { file, messageId, ...difference };
      }
    }
  } finally {
    client.release();
  }
}

const isWithin = (id: string, { fromId, toId }: IdSpan) =>
  compareIds(fromId, id) <= 0 && compareIds(id, toId) <= 0;
