/**
 * Pixels as a PNG. The canvas' own encoder tries every filter on every row, which takes 20 to 45 ms of a processor for a chart; charts
 * are flat, and without any filter they take a fifth of that, and are smaller.
 *
 * Source  https://www.w3.org/TR/png-3/
 */
import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const BYTES_A_PIXEL = 4;
const BITS_A_CHANNEL = 8;
const RGBA = 6;
const LEVEL = 3;

const deflated = promisify(deflate);

/** Opaque pixels, a row after the other, four bytes each. */
export async function encodePng(pixels: Uint8Array, width: number, height: number): Promise<Buffer> {
  const row = width * BYTES_A_PIXEL;
  // Each row begins with its filter: none.
  const rows = Buffer.alloc((row + 1) * height);
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * row, (y + 1) * row), y * (row + 1) + 1);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([BITS_A_CHANNEL, RGBA], 8);
  const data = await deflated(rows, { level: LEVEL, memLevel: 9 });
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const told = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(told.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(told, 4);
  framed.writeUInt32BE(crc32(told), told.length + 4);
  return framed;
}
