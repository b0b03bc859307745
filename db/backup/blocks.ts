/** A backup as a row of blocks, each checked with all that comes before it. */
import { createHash, type Hash } from 'node:crypto';
import {
  BackupError,
  type BlockKind,
  CHECK_BYTES,
  MAGIC,
  MAGIC_OF_ALL,
  pack,
  PACKED_BYTES_MAX,
  PREFIX_BYTES,
  unpack,
} from './format.ts';

/** Writes blocks, one after the other. */
export interface BlockWriter {
  /** So far. */
  bytes(): number;
  block(kind: BlockKind, content: Buffer): Promise<void>;
}

/** Begins a backup; `write` is done when more may come. */
export async function writeBlocks(write: (bytes: Buffer) => Promise<void>): Promise<BlockWriter> {
  const hash = createHash('sha256');
  let bytes = 0;
  const put = async (part: Buffer) => {
    bytes += part.length;
    await write(part);
  };
  const hashed = async (part: Buffer) => {
    hash.update(part);
    await put(part);
  };
  await hashed(MAGIC);
  return {
    bytes: () => bytes,
    async block(kind, content) {
      const packed = await pack(content);
      const prefix = Buffer.alloc(PREFIX_BYTES);
      prefix.write(kind, 'latin1');
      prefix.writeUInt32BE(packed.length, 1);
      await hashed(Buffer.concat([prefix, packed]));
      await put(hash.copy().digest());
    },
  };
}

export interface Block {
  kind: BlockKind;
  content: Buffer;
  /** Where in the file it ends. */
  endsAt: number;
}

/**
 * Reads blocks to the trailer, which is the last. Nothing of a block that isn't whole is handed on.
 *
 * Errors  BackupError: no backup, a later format, cut off, or damaged: with the byte and what is there
 */
export async function* readBlocks(source: AsyncIterable<Buffer>): AsyncGenerator<Block, void> {
  const bytes = new ByteReader(source);
  const hash = createHash('sha256');
  await readMagic(bytes, hash);
  let place = 'its beginning';
  for (;;) {
    const at = bytes.at;
    const damaged = () =>
      new BackupError(
        `The backup is damaged in ${place}, at byte ${at.toLocaleString('en')}. Nothing of it is restored; take another copy of it, or another backup.`,
      );
    const take = async (length: number) => {
      const part = await bytes.take(length);
      if (part.length === length) return part;
      throw new BackupError(
        `The backup is cut off in ${place}, after byte ${bytes.at.toLocaleString('en')}. Nothing of it is restored; take another copy of it, or another backup.`,
      );
    };
    const prefix = await take(PREFIX_BYTES);
    const kind = prefix.toString('latin1', 0, 1) as BlockKind;
    const length = prefix.readUInt32BE(1);
    if (length > PACKED_BYTES_MAX || !'htrz'.includes(kind)) throw damaged();
    const packed = await take(length);
    const check = await take(CHECK_BYTES);
    hash.update(prefix).update(packed);
    if (!hash.copy().digest().equals(check)) throw damaged();
    const content = await unpack(packed).catch((error: unknown) => {
      throw Object.assign(damaged(), { cause: error });
    });
    if (kind === 't') place = `the rows of ${content.toString()}`;
    yield { kind, content, endsAt: bytes.at };
    if (kind === 'z') break;
  }
  place = 'what is behind its end';
  if ((await bytes.take(1)).length > 0)
    throw new BackupError(
      `There is something behind the backup's end, from byte ${(bytes.at - 1).toLocaleString('en')}. Nothing of it is restored.`,
    );
}

async function readMagic(bytes: ByteReader, hash: Hash): Promise<void> {
  const magic = await bytes.take(MAGIC.length);
  hash.update(magic);
  if (magic.equals(MAGIC)) return;
  if (magic.length < MAGIC.length && MAGIC.subarray(0, magic.length).equals(magic))
    throw new BackupError(`The backup is cut off in its beginning, after byte ${magic.length}.`);
  if (magic.subarray(0, MAGIC_OF_ALL.length).equals(MAGIC_OF_ALL))
    throw new BackupError('The backup is damaged in its first line, or of a later Almanac: update it.');
  throw new BackupError('This is no backup of Almanac.');
}

/** Parts of a stream, by their lengths. */
class ByteReader {
  at = 0;
  #source: AsyncIterator<Buffer>;
  #chunk: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Fewer bytes only where the stream ends. */
  async take(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let missing = length;
    while (missing > 0) {
      if (this.#chunk.length === 0) {
        const { done, value } = await this.#source.next();
        if (done) break;
        this.#chunk = value;
      }
      const part = this.#chunk.subarray(0, missing);
      this.#chunk = this.#chunk.subarray(part.length);
      missing -= part.length;
      parts.push(part);
    }
    this.at += length - missing;
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }
}
