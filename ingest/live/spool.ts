import { type FileHandle, unlink } from 'node:fs/promises';
import type { LiveEvent } from './live-event.ts';
import {
  createSegment,
  findSegment,
  listSegments,
  readLines,
  type Segment,
  SegmentLostError,
  segmentNumber,
} from './segment.ts';
import { readLine, toLine } from './spool-line.ts';

const SEGMENT_BYTES_MAX = 16 << 20;

/** Lines from a position on, up to another. */
export interface SpoolRead {
  /** Undefined: a damaged line. */
  events: (LiveEvent | undefined)[];
  end: number;
}

interface Place {
  segment: Segment;
  offset: number;
  position: number;
}

/** Events on disk, in the order of their positions, until they are through. */
export class Spool {
  /** The last event of an earlier run that can be read. */
  last: LiveEvent | undefined;
  readonly #folder: string;
  readonly #bytesMax: number;
  readonly #onTrouble: (error: unknown) => void;
  #segments: Segment[] = [];
  #nextNumber = 1;
  /** The last of the segments, while it is written to. */
  #open: { handle: FileHandle; segment: Segment } | undefined;
  #through = 0;
  /** Where reading goes on, and where it may once what was read last is through. */
  #cursor: Place | undefined;
  #ahead: Place | undefined;
  /** Appending and removing wait for each other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(folder: string, bytesMax: number, onTrouble: (error: unknown) => void) {
    this.#folder = folder;
    this.#bytesMax = bytesMax;
    this.#onTrouble = onTrouble;
  }

  /** Finds what an earlier run left. A folder or a file that can't be read is told of, and left as it is. */
  async find(): Promise<void> {
    for (const path of await listSegments(this.#folder).catch((error) => this.#trouble(error, []))) {
      this.#nextNumber = segmentNumber(path) + 1;
      const found = await findSegment(path, this.end).catch((error) => this.#trouble(error, undefined));
      if (!found) continue;
      this.#segments.push(found.segment);
      this.last = found.last ?? this.last;
    }
    this.release(0);
  }

  /** The position behind its last event. */
  get end(): number {
    return this.#segments.at(-1)?.end ?? this.#through;
  }

  get size(): number {
    return Math.max(0, this.end - this.#through);
  }

  get bytes(): number {
    return this.#segments.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** When the first event of the file that is read now came, as far as known. */
  get firstAt(): number | undefined {
    return this.#segments.find(({ end }) => end > this.#through)?.firstAt;
  }

  /** Appends events from a position on, as many as there is room for, and tells how many. They are on the disk then. */
  append(events: LiveEvent[], first: number): Promise<number> {
    return this.#inTurn(async () => {
      const lines = this.#fitting(events);
      if (lines.length === 0) return 0;
      const { handle, segment } = (this.#open ??= await this.#begin(first, events[0]!.at));
      const content = Buffer.concat(lines);
      try {
        await handle.appendFile(content);
        await handle.datasync();
      } catch (error) {
        // What a failed write or sync left is unknown: later lines go to another file.
        await handle.truncate(segment.bytes).catch(() => {});
        await this.#seal();
        if (segment.bytes === 0) await this.#removeOne(segment).catch(() => {});
        throw error;
      }
      segment.bytes += content.length;
      segment.end = first + lines.length;
      if (segment.bytes >= Math.min(SEGMENT_BYTES_MAX, this.#bytesMax / 8)) await this.#seal();
      return lines.length;
    });
  }

  /** The next events that are not through, at most so many and of one file; there are some. */
  async read(max: number): Promise<SpoolRead> {
    const segment = this.#segments.find(({ end }) => end > this.#through)!;
    if (this.#ahead && this.#ahead.position <= this.#through) this.#cursor = this.#ahead;
    if (this.#cursor?.segment !== segment) this.#cursor = { segment, offset: 0, position: segment.first };
    const events: SpoolRead['events'] = [];
    let { offset, position } = this.#cursor;
    while (events.length === 0) {
      const lines = await readLines(segment, offset).catch((error) => {
        if (error instanceof SegmentLostError) return this.#trouble(error, undefined);
        throw error;
      });
      if (!lines) return { events: [undefined], end: segment.end };
      for (const line of lines) {
        if (events.length >= max || position >= segment.end) break;
        if (position >= this.#through) events.push(readLine(line));
        offset += line.length + 1;
        position++;
      }
    }
    this.#ahead = { segment, offset, position };
    return { events, end: position };
  }

  /** Says that all before a position is kept elsewhere; files that are through are removed by and by. */
  release(position: number): void {
    this.#through = Math.max(this.#through, position);
    if (this.#segments.some(({ end }) => end <= this.#through))
      void this.#inTurn(() => this.#remove()).catch((error) => this.#trouble(error, undefined));
  }

  /** Settles when nothing is being appended or removed; no file is open then. */
  close(): Promise<void> {
    return this.#inTurn(() => this.#seal());
  }

  #fitting(events: LiveEvent[]): Buffer[] {
    let room = this.#bytesMax - this.bytes;
    const lines: Buffer[] = [];
    for (const event of events) {
      const line = toLine(event);
      room -= line.length;
      if (room < 0) break;
      lines.push(line);
    }
    return lines;
  }

  async #begin(first: number, firstAt: number): Promise<{ handle: FileHandle; segment: Segment }> {
    const [handle, path] = await createSegment(this.#folder, this.#nextNumber++);
    const segment = { path, first, end: first, bytes: 0, firstAt };
    this.#segments.push(segment);
    return { handle, segment };
  }

  async #seal(): Promise<void> {
    const { handle } = this.#open ?? {};
    this.#open = undefined;
    await handle?.close();
  }

  async #remove(): Promise<void> {
    for (const segment of this.#segments.filter(({ end }) => end <= this.#through)) {
      if (this.#open?.segment === segment) await this.#seal();
      await this.#removeOne(segment);
    }
  }

  async #removeOne(segment: Segment): Promise<void> {
    await unlink(segment.path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    this.#segments = this.#segments.filter((other) => other !== segment);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  #trouble<T>(error: unknown, otherwise: T): T {
    this.#onTrouble(error);
    return otherwise;
  }
}
