/** One export file into the store: what it is, and whether it was taken in before. */
import { stat } from 'node:fs/promises';
import type { ClientBase, Pool } from 'pg';
import { findImport, type ImportEntry } from '../../db/imports.ts';
import { parseTime } from '../time.ts';
import { blankCard, type FileCard } from './card.ts';
import { ExportFormatError } from './export-format-error.ts';
import { FileMessages, type SavedCard } from './file-messages.ts';
import type { LaneOptions } from './lane.ts';
import { exportObservedAt } from './observed-at.ts';
import { asText } from './payload.ts';
import { type ExportFile, type ExportHeader, hashFile, openForAll, readHeader } from './read.ts';
import type { WriteQueue } from './write-queue.ts';

export interface FileOptions extends LaneOptions {
  queue: WriteQueue;
  /** For looking into the ledger: what a dry run has written only its own connection sees. */
  look: ClientBase | Pool;
  signal: AbortSignal;
  onProgress(step: { bytes: number; messages: number }): void;
  /** The file is read, though perhaps not yet written: the next one can be begun. */
  onRead(): void;
}

/** Changes when records are made differently, so that files taken in before are read again. */
const READER_VERSION = 1;

/** Imports one file; whatever is wrong with it is on its card, and only the store's failures are thrown. */
export async function importFile(file: string, options: FileOptions): Promise<FileCard> {
  try {
    return await takeFile(file, options);
  } catch (error) {
    if (!(error instanceof ExportFormatError)) throw error;
    const sizeBytes = await stat(file).then(
      (s) => s.size,
      () => 0,
    );
    options.onProgress({ bytes: sizeBytes, messages: 0 });
    return {
      ...blankCard(file),
      status: 'rejected',
      reason: `${error.reason} (${error.place}). ${error.advice}`,
      sizeBytes,
    };
  }
}

async function takeFile(file: string, options: FileOptions): Promise<FileCard> {
  const open = await openForAll(file);
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= open.close());
  try {
    // Many files may wait to be written, and none of them needs to be open for that.
    const onRead = () => void close().then(options.onRead);
    return await takeOpen(file, open, { ...options, onRead });
  } finally {
    await close();
  }
}

async function takeOpen(file: string, open: ExportFile, options: FileOptions): Promise<FileCard> {
  const header = await readHeader(file, open);
  const guildId = header.guild.id as string;
  const card = startCard(file, header);
  card.sizeBytes = (await open.stat()).size;
  if (guildId === '0' && !options.includeDirectMessages) {
    options.onProgress({ bytes: card.sizeBytes, messages: 0 });
    card.status = 'rejected';
    card.reason =
      'These are direct messages, which belong to no server. To keep them anyway, as a server of their own with the id 0, import with --include-direct-messages.';
    return card;
  }
  const sha256 = await hashFile(file, open);
  const reader = `${READER_VERSION}/${options.content}`;
  const earlier = await findImport(options.look, guildId, sha256);
  const isKnown = earlier?.reader === reader;
  if (isKnown && earlier.state !== 'running' && !options.isAgain) {
    options.onProgress({ bytes: card.sizeBytes, messages: 0 });
    return skippedCard(file, earlier);
  }
  // What was killed goes on where it was.
  const isSame = isKnown && earlier.state === 'running';
  const entry: ImportEntry = {
    guildId,
    sha256,
    channelId: header.channel.id as string,
    sizeBytes: card.sizeBytes,
    observedAtMs: earlier?.observedAtMs ?? (await whenObserved(file, header, options.nowMs, card)),
    state: 'running',
    reader,
    resumeOffset: isSame ? earlier.resumeOffset : 0,
    resumeIndex: isSame ? earlier.resumeIndex : 0,
    card: undefined,
  };
  return new FileMessages(
    open,
    header,
    entry,
    card,
    options,
    isSame ? (earlier.card as SavedCard) : undefined,
  ).take();
}

function startCard(file: string, { guild, channel, exportedAt }: ExportHeader): FileCard {
  const name = (value: unknown) => (asText(value) ? { name: asText(value)! } : {});
  const exportedMs = parseTime(exportedAt);
  return {
    ...blankCard(file),
    guild: { id: guild.id as string, ...name(guild.name) },
    channel: { id: channel.id as string, ...name(channel.name) },
    // Not as it stands there: the ledger keeps the card, and a time edited by hand can be any text.
    ...(exportedMs !== undefined && { exportedAt: new Date(exportedMs).toISOString() }),
  };
}

async function whenObserved(
  file: string,
  header: ExportHeader,
  nowMs: number,
  card: FileCard,
): Promise<number> {
  const { ms, warning } = await exportObservedAt(file, header, nowMs);
  if (warning) card.warnings.push(warning);
  return ms;
}

function skippedCard(file: string, { guildId, channelId, card }: ImportEntry): FileCard {
  const saved = (card as SavedCard).card;
  const { inFile, rejected } = saved.messages;
  return {
    ...saved,
    file,
    status: 'skipped',
    guild: { id: guildId },
    channel: { id: channelId },
    messages: {
      ...saved.messages,
      new: 0,
      changed: 0,
      unchanged: inFile - rejected,
      forgotten: 0,
      excluded: 0,
    },
  };
}
