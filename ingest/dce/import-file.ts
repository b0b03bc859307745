/** One export file into the store. */
import { stat } from 'node:fs/promises';
import type { ClientBase } from 'pg';
import { countKnown, findImport, type ImportEntry, saveImport } from '../../db/imports.ts';
import { emptyBatch, type RecordBatch } from '../../db/records.ts';
import { snowflakeMs } from '../../db/snowflake.ts';
import type { Writer } from '../../db/write-batch.ts';
import { blankCard, type FileCard } from './card.ts';
import { ExportFormatError } from './export-format-error.ts';
import { FileFacts } from './file-facts.ts';
import type { ImportOptions } from './import.ts';
import { Oddities, ODDITIES } from './oddities.ts';
import { exportObservedAt } from './observed-at.ts';
import { asText } from './payload.ts';
import { People } from './people.ts';
import {
  type ExportHeader,
  hashFile,
  type ReadEnd,
  readHeader,
  type ReadMessage,
  readMessages,
} from './read.ts';
import { addMessage, type FileContext, headerRecords } from './to-records.ts';

export interface FileOptions extends ImportOptions {
  writer: Writer;
  signal: AbortSignal;
  onProgress(step: { bytes: number; messages: number }): void;
}

/** Changes when records are made differently, so that files taken in before are read again. */
const READER_VERSION = 1;

/** A batch is large enough that a statement's fixed cost is small, and small enough for the memory of four. */
const BATCH_MESSAGES_MAX = 4000;
const BATCH_BYTES_MAX = 6 << 20;

const DAY_MS = 86_400_000;

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
    return { ...blankCard(file), status: 'rejected', reason: `${error.reason} (${error.place}). ${error.advice}`, sizeBytes };
  }
}

async function takeFile(file: string, options: FileOptions): Promise<FileCard> {
  const header = await readHeader(file);
  const guildId = header.guild.id as string;
  const card = startCard(file, header);
  card.sizeBytes = (await stat(file)).size;
  if (guildId === '0' && !options.includeDirectMessages) {
    options.onProgress({ bytes: card.sizeBytes, messages: 0 });
    card.status = 'rejected';
    card.reason =
      'These are direct messages, which belong to no server. To keep them anyway, as a server of their own with the id 0, import with --include-direct-messages.';
    return card;
  }
  const sha256 = await hashFile(file);
  const reader = `${READER_VERSION}/${options.content}`;
  const earlier = await findImport(options.writer.client, guildId, sha256);
  const isSame = earlier?.reader === reader;
  if (isSame && earlier.state !== 'running') {
    options.onProgress({ bytes: card.sizeBytes, messages: 0 });
    return skippedCard(file, earlier);
  }
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
  return new FileImport(header, entry, card, options, isSame ? (earlier.card as SavedCard) : undefined).run();
}

function startCard(file: string, { guild, channel, exportedAt }: ExportHeader): FileCard {
  const name = (value: unknown) => (asText(value) ? { name: asText(value)! } : {});
  return {
    ...blankCard(file),
    guild: { id: guild.id as string, ...name(guild.name) },
    channel: { id: channel.id as string, ...name(channel.name) },
    ...(exportedAt !== undefined && { exportedAt }),
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

/** What the ledger keeps of a card: no names, no path. */
interface SavedCard {
  card: Omit<FileCard, 'file' | 'guild' | 'channel'>;
  facts: ReturnType<FileFacts['toJSON']>;
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

/** The state of a file on its way in. */
class FileImport {
  #header: ExportHeader;
  #entry: ImportEntry;
  #card: FileCard;
  #options: FileOptions;
  #facts: FileFacts;
  #oddities: Oddities;
  #people: People;
  #context: FileContext;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    header: ExportHeader,
    entry: ImportEntry,
    card: FileCard,
    options: FileOptions,
    saved?: SavedCard,
  ) {
    this.#header = header;
    this.#entry = entry;
    this.#card = saved
      ? { ...saved.card, file: card.file, guild: card.guild!, channel: card.channel! }
      : card;
    this.#options = options;
    this.#facts = new FileFacts(saved?.facts);
    this.#oddities = new Oddities(saved?.card.oddities);
    this.#people = new People(entry.guildId);
    this.#context = {
      guildId: entry.guildId,
      channelId: entry.channelId,
      observedAt: entry.observedAtMs,
      latestMs: options.nowMs + DAY_MS,
      note: (kind, messageId) => this.#oddities.note(kind, messageId),
    };
  }

  async run(): Promise<FileCard> {
    const { guild, channel, exportedAt } = this.#header;
    this.#facts.seeHeader(channel, exportedAt);
    let batch = emptyBatch();
    Object.assign(batch, headerRecords(guild, channel, this.#context));
    const { resumeOffset: offset, resumeIndex: index } = this.#entry;
    const from = index > 0 ? { offset, index } : undefined;
    if (from) this.#options.onProgress({ bytes: offset, messages: this.#card.messages.inFile });
    const reading = readMessages(this.#card.file, this.#header, from);
    let atOffset = offset;
    let batchFrom = offset;
    try {
      for (;;) {
        const { done, value } = await reading.next();
        if (done) {
          await this.#writing;
          return await this.#finish(batch, value, atOffset);
        }
        for (const read of value) this.#take(batch, read);
        atOffset = value.at(-1)?.endOffset ?? atOffset;
        if (batch.messages.length < BATCH_MESSAGES_MAX && atOffset - batchFrom < BATCH_BYTES_MAX) continue;
        // One batch is written while the next is read.
        await this.#writing;
        this.#options.signal.throwIfAborted();
        this.#writing = this.#write(batch, { offset: atOffset, index: value.at(-1)!.index }, 'running');
        this.#writing.catch(() => {});
        batch = emptyBatch();
        batchFrom = atOffset;
      }
    } finally {
      await this.#writing.catch(() => {});
    }
  }

  #take(batch: RecordBatch, { payload, index }: ReadMessage): void {
    const { messages } = this.#card;
    messages.inFile++;
    const rejection = addMessage(batch, this.#people, this.#context, payload);
    if (rejection) {
      messages.rejected++;
      this.#oddities.note(rejection, `number ${index}`);
    } else {
      this.#facts.see(payload, batch.messages.at(-1)!);
    }
  }

  /** Snapshots what the card says up to this batch, then writes both. */
  async #write(
    batch: RecordBatch,
    at: { offset: number; index: number },
    state: ImportEntry['state'],
  ): Promise<void> {
    this.#people.drainInto(batch);
    const saved = this.#snapshot();
    const accepted = batch.messages.length;
    const bytes = at.offset - this.#entry.resumeOffset;
    await this.#options.writer.write(batch, async (client, result) => {
      const counts = { ...this.#settled };
      counts.new += result.new;
      counts.changed += result.changed;
      counts.forgotten += result.forgotten;
      counts.excluded += result.excluded;
      counts.unchanged += Math.max(
        0,
        accepted - result.new - result.changed - result.forgotten - result.excluded,
      );
      saved.card.messages = { ...saved.card.messages, ...counts };
      if (state !== 'running') saved.card.lacks = await this.#lacks(client, saved.card.messages);
      const entry = { ...this.#entry, state, resumeOffset: at.offset, resumeIndex: at.index, card: saved };
      await saveImport(client, entry, this.#options.nowMs);
    });
    Object.assign(this.#card.messages, pickSettled(saved.card.messages));
    if (saved.card.lacks !== undefined) this.#card.lacks = saved.card.lacks;
    this.#entry.resumeOffset = at.offset;
    this.#options.onProgress({ bytes, messages: accepted });
  }

  /** Known messages of the file's span that it does not have; undefined where its count is no count of ids. */
  async #lacks(client: ClientBase, messages: FileCard['messages']): Promise<number | undefined> {
    const range = this.#facts.range();
    if (!range || !this.#facts.isOrdered() || messages.excluded > 0) return undefined;
    const { guildId, channelId } = this.#entry;
    const known = await countKnown(client, { guildId, channelId, fromId: range.firstId, toId: range.lastId });
    return Math.max(0, known - (messages.new + messages.changed + messages.unchanged));
  }

  /** Counts of batches that are written; the others run ahead of them. */
  get #settled() {
    return pickSettled(this.#card.messages);
  }

  #snapshot(): SavedCard {
    const { file: _, guild: __, channel: ___, ...card } = this.#card;
    return structuredClone({
      card: { ...card, oddities: this.#oddities.list() },
      facts: this.#facts.toJSON(),
    });
  }

  async #finish(batch: RecordBatch, end: ReadEnd, offset: number): Promise<FileCard> {
    const card = this.#card;
    const range = this.#facts.range();
    const era = this.#facts.era();
    if (era) card.era = era;
    card.offsets = this.#facts.offsets();
    card.text = this.#facts.text();
    card.damage = end.damage;
    card.status = end.damage.length > 0 ? 'damaged' : 'taken';
    card.replaced = end.replaced;
    if (end.bom)
      card.warnings.push(
        'It begins with a byte order mark, which DiscordChatExporter never writes: an editor saved it.',
      );
    if (end.messageCount !== undefined && end.messageCount !== end.messages) {
      card.warnings.push(
        `It says that it has ${end.messageCount} messages and has ${end.messages}: it was edited or merged by hand, or its export broke off.`,
      );
    }
    if (range) {
      card.from = new Date(snowflakeMs(range.firstId)).toISOString();
      card.to = new Date(snowflakeMs(range.lastId)).toISOString();
      if (card.status === 'taken') {
        const { guildId, channelId, observedAtMs: at } = this.#entry;
        const { firstId: fromId, lastId: toId } = range;
        batch.coverage.push({ guildId, channelId, fromId, toId, source: 'dce', grade: 'claimed', at });
      }
    }
    await this.#write(batch, { offset, index: end.messages }, card.status);
    card.oddities = this.#oddities.list().map((oddity) => ({ ...oddity, meaning: ODDITIES[oddity.kind] }));
    return card;
  }
}

function pickSettled({ new: fresh, changed, unchanged, forgotten, excluded }: FileCard['messages']) {
  return { new: fresh, changed, unchanged, forgotten, excluded };
}
