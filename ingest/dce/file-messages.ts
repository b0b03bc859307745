/** From the messages of a file to the store, batch by batch. */
import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { countKnown, type ImportEntry, saveImport } from '../../db/imports.ts';
import { emptyBatch, type RecordBatch } from '../../db/records.ts';
import { snowflakeMs } from '../../db/snowflake.ts';
import { pair } from '../../db/write/scope.ts';
import type { WriteResult } from '../../db/write-batch.ts';
import type { FileCard } from './card.ts';
import { FileFacts } from './file-facts.ts';
import type { FileOptions } from './import-file.ts';
import { Oddities, ODDITIES } from './oddities.ts';
import { People } from './people.ts';
import {
  type ExportFile,
  type ExportHeader,
  nothingRead,
  type ReadEnd,
  type ReadMessage,
  readMessages,
} from './read.ts';
import { headerRecords } from './header-records.ts';
import type { FileContext } from './file-context.ts';
import { addMessage } from './to-records.ts';
import { BATCH_MESSAGES_MAX } from './write-queue.ts';

/** Bytes of text in a batch; messages may be few and long. */
const BATCH_BYTES_MAX = 4 << 20;
/** Clocks differ; a message made a day from now was not. */
const DAY_MS = 86_400_000;

/** What the ledger keeps of a card: no names, no path. */
export interface SavedCard {
  card: Omit<FileCard, 'file' | 'guild' | 'channel'>;
  facts: ReturnType<FileFacts['toJSON']>;
  /** What reading has found so far; only of a file that is under way. */
  end?: ReadEnd;
}

/** The messages of one file on their way in. */
export class FileMessages {
  #file: ExportFile;
  #header: ExportHeader;
  #entry: ImportEntry;
  #card: FileCard;
  #options: FileOptions;
  #facts: FileFacts;
  #end: ReadEnd;
  #oddities: Oddities;
  #people: People;
  #context: FileContext;
  /** What makes a record beside its message's bytes, as a number to add. */
  #salt: number;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    file: ExportFile,
    header: ExportHeader,
    entry: ImportEntry,
    card: FileCard,
    options: FileOptions,
    saved?: SavedCard,
  ) {
    this.#file = file;
    this.#header = header;
    this.#entry = entry;
    this.#card = saved
      ? { ...saved.card, file: card.file, guild: card.guild!, channel: card.channel! }
      : card;
    this.#options = options;
    this.#facts = new FileFacts(saved?.facts);
    this.#end = saved?.end ?? nothingRead();
    this.#oddities = new Oddities(saved?.card.oddities);
    this.#people = new People(entry.guildId);
    const { channelId, observedAtMs, reader } = entry;
    this.#salt = hash('sha1', `${channelId}/${observedAtMs}/${reader}`, 'buffer').readUIntBE(0, 6);
    this.#context = {
      guildId: entry.guildId,
      channelId: entry.channelId,
      observedAt: entry.observedAtMs,
      latestMs: options.nowMs + DAY_MS,
      note: (kind, messageId) => this.#oddities.note(kind, messageId),
    };
  }

  /** Reads, normalises and writes them; tells how it went. */
  async take(): Promise<FileCard> {
    const { guild, channel, exportedAt } = this.#header;
    this.#facts.seeHeader(channel, exportedAt);
    let batch = emptyBatch();
    Object.assign(batch, headerRecords(guild, channel, this.#context));
    const { resumeOffset: offset, resumeIndex: index } = this.#entry;
    if (index > 0) this.#options.onProgress({ bytes: offset, messages: this.#card.messages.inFile });
    const begin = index > 0 ? offset : this.#header.messagesOffset;
    const reading = readMessages(
      this.#card.file,
      this.#header,
      { offset: begin, index, end: this.#end },
      this.#file,
    );
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
        // Else reading would go on for as long as a chunk lasts, and every statement under way would wait for it.
        await setImmediate();
        atOffset = value.at(-1)?.endOffset ?? atOffset;
        if (batch.messages.length < BATCH_MESSAGES_MAX && atOffset - batchFrom < BATCH_BYTES_MAX) continue;
        // One batch is written while the next is read.
        await this.#writing;
        this.#options.signal.throwIfAborted();
        this.#writing = this.#write(batch, { offset: atOffset, index: value.at(-1)!.index }, 'running');
        this.#writing.catch(() => {});
        this.#options.queue.flush();
        batch = emptyBatch();
        batchFrom = atOffset;
      }
    } finally {
      await this.#writing.catch(() => {});
    }
  }

  #take(batch: RecordBatch, { payload, index, fingerprint }: ReadMessage): void {
    const { messages } = this.#card;
    messages.inFile++;
    if (!this.#options.isAgain) this.#context.told = (fingerprint + this.#salt) % 2 ** 48;
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
    const saved = this.#snapshot(state);
    const { length: accepted } = batch.messages;
    const bytes = at.offset - this.#entry.resumeOffset;
    await this.#options.queue.write(batch, async (client, result) => {
      const counts = this.#count(batch, result);
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

  /** Adds a batch to what is counted. Each message is counted by the first that names it in a transaction. */
  #count(batch: RecordBatch, result: WriteResult): ReturnType<typeof pickSettled> {
    const counts = { ...this.#settled };
    for (const { guildId, messageId } of batch.messages) {
      const key = pair(guildId, messageId);
      if (result.new.delete(key)) counts.new++;
      else if (result.changed.delete(key)) counts.changed++;
      else if (result.forgotten.has(key)) counts.forgotten++;
      else if (result.excluded.has(key)) counts.excluded++;
      else counts.unchanged++;
    }
    return counts;
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

  #snapshot(state: ImportEntry['state']): SavedCard {
    const { file: _, guild: __, channel: ___, ...card } = this.#card;
    return structuredClone({
      card: { ...card, oddities: this.#oddities.list() },
      facts: this.#facts.toJSON(),
      ...(state === 'running' && { end: this.#end }),
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
    const writing = this.#write(batch, { offset, index: end.messages }, card.status);
    this.#options.onRead();
    await writing;
    card.oddities = this.#oddities.list().map((oddity) => ({ ...oddity, meaning: ODDITIES[oddity.kind] }));
    return card;
  }
}

function pickSettled({ new: fresh, changed, unchanged, forgotten, excluded }: FileCard['messages']) {
  return { new: fresh, changed, unchanged, forgotten, excluded };
}
