/** One event as a line of the spool: a checksum, a space, JSON. */
import { crc32 } from 'node:zlib';
import { reasonOf, withoutRecords } from './faults.ts';
import type { LiveEvent } from './live-event.ts';

const CHECKSUM_DIGITS = 8;

/** The line, with its end. What JSON can't hold is an event that is set aside when it is read. */
export function toLine(event: LiveEvent): Buffer {
  let json: string;
  try {
    json = JSON.stringify(event);
  } catch (error) {
    json = JSON.stringify(withoutRecords(event, reasonOf(error, 'no line could be made of it')));
  }
  return Buffer.from(`${checksum(json)} ${json}\n`);
}

/** The event of a line without its end; undefined: it is damaged. */
export function readLine(line: Buffer): LiveEvent | undefined {
  const json = line.subarray(CHECKSUM_DIGITS + 1);
  if (line.toString('latin1', 0, CHECKSUM_DIGITS) !== checksum(json)) return undefined;
  return JSON.parse(json.toString()) as LiveEvent;
}

const checksum = (json: string | Buffer): string => crc32(json).toString(16).padStart(CHECKSUM_DIGITS, '0');
