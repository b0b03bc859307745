/** Pictures of few colours, as small as they can be. */
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { crc32, deflateSync } from 'node:zlib';

const COLORS_MAX = 40;
const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** A PNG in a few colours, every other one being the nearest of these. */
export async function inFewColors(png: Buffer): Promise<Buffer> {
  const image = await loadImage(png);
  const { width, height } = image;
  const canvas = createCanvas(width, height).getContext('2d');
  canvas.drawImage(image, 0, 0);
  const { data } = canvas.getImageData(0, 0, width, height);
  const palette = paletteOf(data);
  const known = new Map<number, number>();
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const color = colorAt(data, (y * width + x) * 4);
      let index = known.get(color);
      if (index === undefined) known.set(color, (index = nearest(palette, color)));
      rows[y * (width + 1) + 1 + x] = index;
    }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits, of a palette.
  head.set([8, 3], 8);
  const colors = Buffer.from(palette.flatMap(partsOf));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', colors),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const colorAt = (data: Uint8ClampedArray, i: number): number =>
  (data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!;
const partsOf = (color: number): number[] => [color >> 16, (color >> 8) & 255, color & 255];

/** One after the other the colour whose pixels are furthest from all before it: rare ones, too, where they are unlike. */
function paletteOf(data: Uint8ClampedArray): number[] {
  const counts = new Map<number, number>();
  for (let i = 0; i < data.length; i += 4) {
    const color = colorAt(data, i);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const waiting = Array.from(counts, ([color, count]) => ({ color, count, away: Infinity }));
  const palette: number[] = [];
  while (palette.length < Math.min(COLORS_MAX, counts.size)) {
    const next = waiting.reduce((most, one) =>
      one.count * one.away > most.count * most.away ? one : most,
    ).color;
    palette.push(next);
    for (const one of waiting) one.away = Math.min(one.away, distance(one.color, next));
  }
  return palette;
}

/** Its square. */
function distance(one: number, other: number): number {
  const parts = partsOf(other);
  return partsOf(one).reduce((sum, part, i) => sum + (part - parts[i]!) ** 2, 0);
}

function nearest(palette: readonly number[], color: number): number {
  const away = palette.map((one) => distance(one, color));
  return away.indexOf(Math.min(...away));
}

function chunk(type: string, data: Buffer): Buffer {
  const told = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(told.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(told, 4);
  framed.writeUInt32BE(crc32(told), told.length + 4);
  return framed;
}
