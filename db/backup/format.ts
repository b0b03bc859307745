/** What is in a backup, and in which order; see the README. */
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';

/** The first bytes of every backup; the number is the format's. */
export const MAGIC = Buffer.from('almanac backup 1\n');
/** As far as it is the same in all formats. */
export const MAGIC_OF_ALL = Buffer.from('almanac backup ');

/** Of a block: the header, a table's name, rows of it, the trailer. */
export type BlockKind = 'h' | 't' | 'r' | 'z';

/** Kind, and length of what follows. */
export const PREFIX_BYTES = 5;
/** SHA-256. */
export const CHECK_BYTES = 32;

/** Rows of a block: more compress no better, and all that is held of a backup is a few of these. */
export const ROWS_BYTES_MAX = 1 << 20;
/** A header or trailer of 1,000 tables has less. */
export const CONTENT_BYTES_MAX = 4 << 20;
/** What can't be compressed grows by less than this. */
export const PACKED_BYTES_MAX = CONTENT_BYTES_MAX + (1 << 16);

export interface BackupTable {
  name: string;
  columns: string[];
  /** What it takes on disk, with its long texts: how much there is to do. */
  sizeBytes: number;
}

export interface BackupHeader {
  /** The version that made it. */
  almanac: string;
  /** ISO 8601, by the clock of the machine. */
  createdAt: string;
  /** What had run, in order: which schema it is. */
  migrations: string[];
  tables: BackupTable[];
  /** Tables of the migrator, which are not in it. */
  leftOut: string[];
}

/** Of each table. */
export interface BackupTrailer {
  tables: Record<string, { rows: number; sha256: string }>;
}

/** A backup that cannot be made, read or restored; the message says why, where, and what to do. */
export class BackupError extends Error {
  override name = 'BackupError';
}

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** Level 3 keeps up with what Postgres sends on one core; 9 takes three times as long for a tenth less. */
export const pack = (content: Buffer): Promise<Buffer> =>
  compress(content, { params: { [constants.ZSTD_c_compressionLevel]: 3 } });

export const unpack = (packed: Buffer): Promise<Buffer> =>
  decompress(packed, { maxOutputLength: CONTENT_BYTES_MAX });
