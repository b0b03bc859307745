import { asObject } from '../payload.ts';
import { type ExportFile, readBytes } from './open.ts';
import { parseValue } from './parse.ts';
import { CHUNK_BYTES, Scanner } from './scan.ts';

/** Text in a string has its quotes escaped, so neither can be mistaken for something that somebody wrote. */
const LANDMARK = /\{(?<!:\s{0,64}\{)\s{0,64}"id"\s{0,8}:\s{0,8}"\d|"(?:messages|guild)"\s{0,8}:\s{0,8}[[{]/g;

/** More than the longest landmark, and more than is looked at before one. */
const LANDMARK_BYTES_MAX = 128;

/** What may be scanned in vain, in one search, for the ends of what looked like messages; two seconds. */
const VAIN_BYTES_MAX = 2 ** 30;

/**
 * Offset of the next message that can be told for certain, in a text whose brackets or quotes can't be trusted any more: an
 * object, not the value of a key, with an id of digits first and a timestamp. Undefined where none begins before `to`, or where
 * another export begins first: its messages may belong to another channel.
 */
export async function findMessage(file: ExportFile, from: number, to: number): Promise<number | undefined> {
  let scanner: Scanner | undefined;
  let vainBytes = 0;
  let passed = from;
  while (passed < to) {
    const begin = Math.max(0, passed - LANDMARK_BYTES_MAX);
    const length = Math.min(CHUNK_BYTES, to + LANDMARK_BYTES_MAX - begin);
    const text = (await readBytes(file, begin, length)).toString('latin1');
    for (const { 0: landmark, index } of text.matchAll(LANDMARK)) {
      const offset = begin + index;
      if (offset < passed) continue;
      if (offset >= to || !landmark.startsWith('{')) return undefined;

      scanner ??= new Scanner(file, offset);
      scanner.seek(offset);
      await scanner.next();
      const verdict = await scanner.value();
      if (verdict === 'whole') {
        const value = parseValue(scanner.bytes());
        if (typeof asObject(value)?.timestamp === 'string') return offset;
        if (value !== undefined) passed = scanner.offset;
      } else {
        vainBytes += scanner.offset - offset;
        if (vainBytes > VAIN_BYTES_MAX) return undefined;
      }
    }
    if (text.length < length) return undefined;
    passed = Math.max(passed, begin + text.length - LANDMARK_BYTES_MAX);
  }
  return undefined;
}
