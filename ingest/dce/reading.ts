import { hash } from 'node:crypto';
import { asObject } from '../payload.ts';
import { DAMAGE_MAX, type Damage } from './damage.ts';
import { endOfText, type ExportFile, readBytes } from './open.ts';
import { parseValue } from './parse.ts';
import { nothingRead, type ReadEnd, type ReadMessage, type ResumePoint } from './read-message.ts';
import { findMessage } from './recover.ts';
import { nextMember } from './root.ts';
import { CHUNK_BYTES, END, Scanner, VALUE_BYTES_MAX } from './scan.ts';

/** Batches of 1 MiB outlive the young generation: a tenth slower. */
const BATCH_BYTES = 1 << 17;

const [QUOTE, COMMA, COLON, BRACKET_OPEN, BRACKET_CLOSE, BRACE_OPEN, BRACE_CLOSE] = Buffer.from('",:[]{}');

/** How DiscordChatExporter (since 2.27) ends a file after it failed inside a message, whether brackets fit or not. */
const FAILED_END = /"messageCount"\s*:\s*(\d+)\s*\}\s*$/;
const FAILED_END_BYTES = 256;

/** One pass over the messages of an export and what follows them. */
export class Reading {
  isDone = false;

  readonly #file: ExportFile;
  readonly #scanner: Scanner;
  /** What may come: an element, or what may follow a comma, or follow an element, or a member of the root. */
  #place: 'element' | 'behind-comma' | 'behind-element' | 'root';
  /** Whether nothing that can be told to be a message comes any more: don't look for it again. */
  #isHopeless = false;
  readonly #end: ReadEnd;

  constructor(file: ExportFile, from: ResumePoint, bom: boolean, chunkBytes = CHUNK_BYTES) {
    this.#file = file;
    this.#scanner = new Scanner(file, from.offset, chunkBytes);
    this.#place = from.index === 0 ? 'element' : 'behind-element';
    this.#end = from.end ?? nothingRead();
    this.#end.messages = from.index;
    this.#end.bom = bom;
  }

  /** What the pass came to, once it is done. */
  get end(): ReadEnd {
    return this.#end;
  }

  /** The next messages, some or none. */
  async batch(): Promise<ReadMessage[]> {
    const scanner = this.#scanner;
    const batch: ReadMessage[] = [];
    const until = scanner.offset + BATCH_BYTES;
    while (!this.isDone && scanner.offset < until) {
      if (this.#place === 'root') {
        await this.#readMember();
        continue;
      }
      const byte = await scanner.next();
      if (byte === COMMA) this.#passComma();
      else if (byte === BRACKET_CLOSE) this.#closeList();
      else if (byte === END) await this.#stop('cut', `the text ends ${this.#where()}`);
      else if (byte === COLON) this.#passComma('a colon stands where a comma should');
      else if (byte === BRACE_CLOSE) await this.#passStray();
      else await this.#readElement(byte, batch);
    }
    return batch;
  }

  #passComma(fault = this.#place === 'behind-element' ? undefined : 'there is a comma too many'): void {
    if (fault) this.#report('comma', fault);
    this.#scanner.step();
    this.#place = 'behind-comma';
  }

  #closeList(): void {
    if (this.#place === 'behind-comma') this.#report('comma', 'the last message has a comma behind it');
    this.#scanner.step();
    this.#place = 'root';
  }

  async #readElement(first: number, batch: ReadMessage[]): Promise<void> {
    const scanner = this.#scanner;
    if (this.#place === 'behind-element' && first === BRACE_OPEN) this.#report('comma', 'a comma is missing');
    const verdict = await scanner.value();
    const { begin, offset: endOffset } = scanner;
    if (verdict === 'cut' || verdict === 'mis-nested') return this.#passTear(begin, verdict);
    if (verdict === 'oversized') return this.#passOversized(begin);
    if (verdict === 'too-deep') return this.#leaveOut('too-deep', begin, 'is nested too deep');

    const bytes = scanner.bytes();
    const fingerprint = hash('sha1', bytes, 'buffer').readUIntBE(0, 6);
    const value = parseValue(bytes, this.#end.replaced);
    const payload = asObject(value);
    if (payload) {
      const isLast = payload.messageCount !== undefined && (await scanner.next()) === END;
      if (isLast) return this.#passTear(begin, 'cut');
      if (asObject(payload.guild) && Array.isArray(payload.messages)) {
        return this.#leaveOut('second-export', begin, 'is an export itself: make it a file of its own');
      }
      this.#place = 'behind-element';
      this.#end.messages += 1;
      batch.push({ payload, index: this.#end.messages, fingerprint, endOffset });
    } else if (first === QUOTE && (await scanner.next()) === COLON) {
      this.#report('mis-nested', 'the list of messages is not closed', begin);
      scanner.seek(begin);
      this.#place = 'root';
    } else {
      if (value === undefined) this.#leaveOut('not-json', begin, 'is no valid JSON');
      else this.#leaveOut('not-object', begin, 'is no object');
      // It may have swallowed the messages behind it, as where a quote is lost; and bare garbage tells of more damage.
      const isGarbage =
        value === undefined && first !== BRACE_OPEN && first !== BRACKET_OPEN && first !== QUOTE;
      const next = await this.#findNext(begin + 1, isGarbage ? Infinity : endOffset);
      if (next === undefined) scanner.seek(endOffset);
      else this.#goOn(next);
    }
  }

  /** Goes on behind a message that has no end, where the next begins for certain; stops where none does. */
  async #passTear(begin: number, verdict: 'cut' | 'mis-nested'): Promise<void> {
    const next = await this.#findNext(begin + 1, Infinity);
    if (next !== undefined) {
      this.#leaveOut('mis-nested', begin, 'has no end');
      return this.#goOn(next);
    }
    const message = `message ${this.#end.messages + 1}`;
    const { text } = await endOfText(this.#file);
    const tail = await readBytes(this.#file, Math.max(begin, text - FAILED_END_BYTES), FAILED_END_BYTES);
    const failed = FAILED_END.exec(tail.toString());
    if (failed) {
      this.#end.messageCount = Number(failed[1]);
      await this.#stop('mis-nested', `${message} has no end, as where the export failed inside it`, begin);
    } else if (verdict === 'mis-nested') {
      await this.#stop('mis-nested', `brackets don't fit in ${message}; the rest was not read`, begin);
    } else {
      await this.#stop('cut', `the text ends inside ${message}`);
    }
  }

  async #passOversized(begin: number): Promise<void> {
    const scanner = this.#scanner;
    // Looked for at once: with a quote or bracket lost, the end found far behind would be another message's.
    const next = await this.#findNext(begin + 1, begin + VALUE_BYTES_MAX);
    if (next !== undefined) {
      this.#leaveOut('mis-nested', begin, 'has no end');
      return this.#goOn(next);
    }
    scanner.seek(begin);
    await scanner.next();
    const verdict = await scanner.value(false);
    if (verdict === 'cut' || verdict === 'mis-nested') return this.#passTear(begin, verdict);
    this.#leaveOut('oversized', begin, `is larger than ${VALUE_BYTES_MAX / 2 ** 20} MiB`);
  }

  /** Passes over what doesn't belong here to the next message that begins for certain; stops where none does. */
  async #passStray(): Promise<void> {
    const reason = `what stands ${this.#where()} doesn't fit there`;
    const next = await this.#findNext(this.#scanner.offset, Infinity);
    if (next === undefined) return this.#stop('mis-nested', reason);
    this.#report('mis-nested', `${reason}; reading went on with the next message`);
    this.#goOn(next);
  }

  async #findNext(from: number, to: number): Promise<number | undefined> {
    if (this.#isHopeless) return undefined;
    const next = await findMessage(this.#file, from, to);
    this.#isHopeless = next === undefined && to === Infinity;
    return next;
  }

  #goOn(offset: number): void {
    this.#scanner.seek(offset);
    this.#place = 'element';
  }

  #leaveOut(kind: Damage['kind'], begin: number, why: string): void {
    this.#report(kind, `message ${this.#end.messages + 1} ${why}; it was left out`, begin);
    this.#end.messages += 1;
    this.#place = 'behind-element';
  }

  async #readMember(): Promise<void> {
    const scanner = this.#scanner;
    const member = await nextMember(scanner);
    if (member === 'closed') return this.#readBehindEnd();
    if (typeof member === 'object' && member.key === 'messages' && (await scanner.next()) === BRACKET_OPEN) {
      this.#report('second-list', 'there is a second list of messages; it was read too');
      scanner.step();
      this.#place = 'element';
      return;
    }
    const isCount = typeof member === 'object' && member.key === 'messageCount';
    const verdict = typeof member === 'object' ? await scanner.value(isCount) : member;
    if (verdict === 'cut')
      return this.#stop('cut', 'the text ends behind the list of messages, which is whole');
    if (verdict === 'broken' || verdict === 'mis-nested') return this.#passStray();
    const count = isCount ? parseValue(scanner.bytes()) : undefined;
    if (typeof count === 'number') this.#end.messageCount = count;
  }

  async #readBehindEnd(): Promise<void> {
    const byte = await this.#scanner.next();
    if (byte === END) this.isDone = true;
    else if (byte === COMMA) await this.#passStray();
    else if (byte === BRACE_OPEN) {
      await this.#stop('second-export', 'another export follows, not read: make it a file of its own');
    } else await this.#stop('after-end', 'text follows the end of the export; it was not read');
  }

  /** Ends the pass, telling why; NUL bytes to the end of the file are a reason of their own. */
  async #stop(kind: Damage['kind'], reason: string, offset = this.#scanner.offset): Promise<void> {
    this.isDone = true;
    const end = await endOfText(this.#file);
    const noticedAt = kind === 'cut' ? end.text : offset;
    if (end.text < end.file && noticedAt >= end.text) {
      this.#report('nul-tail', `only NUL bytes stand ${this.#where()}, as after a power failure`, end.text);
    } else this.#report(kind, reason, noticedAt);
  }

  #where(): string {
    return this.#end.messages === 0 ? 'before the first message' : `behind message ${this.#end.messages}`;
  }

  #report(kind: Damage['kind'], reason: string, offset = this.#scanner.offset): void {
    if (this.#end.damage.length === DAMAGE_MAX) this.#end.damageUnlisted += 1;
    else this.#end.damage.push({ kind, afterMessage: this.#end.messages, offset, reason });
  }
}
