import { describe, expect, test } from 'vitest';

import { nextMember } from '../../../ingest/dce/root.ts';
import { type ByteSource, DEPTH_MAX, END, Scanner, VALUE_BYTES_MAX } from '../../../ingest/dce/scan.ts';
import { randomDocument, randomFrom } from './random-document.ts';

const [COMMA, BRACKET_CLOSE, BRACE_OPEN] = [0x2c, 0x5d, 0x7b];

function inMemory(bytes: Buffer): ByteSource {
  return {
    async read(into, at, length, position) {
      return { bytesRead: bytes.copy(into, at, position, position + length) };
    },
  };
}

interface Element {
  value: unknown;
  end: number;
}

/** The elements of a list from behind its `[`, or from behind one of them. */
async function elements(scanner: Scanner): Promise<Element[]> {
  const found: Element[] = [];
  for (;;) {
    const byte = await scanner.next();
    if (byte === BRACKET_CLOSE) return found;
    if (byte === COMMA) scanner.step();
    else {
      const verdict = await scanner.value();
      if (verdict !== 'whole') throw new Error(verdict);
      found.push({ value: JSON.parse(scanner.bytes().toString()), end: scanner.offset });
    }
  }
}

/** The offset behind the `[` of the root's `messages`, other members passed over unkept. */
async function findMessages(scanner: Scanner): Promise<number> {
  expect(await scanner.next()).toBe(BRACE_OPEN);
  scanner.step();
  for (;;) {
    const member = await nextMember(scanner);
    if (typeof member !== 'object') throw new Error(member);
    if (member.key === 'messages') {
      scanner.step();
      return scanner.offset;
    }
    await scanner.value(false);
  }
}

function quoted(bytes: number): Buffer {
  return Buffer.from(`"${'x'.repeat(bytes - 2)}" `);
}

describe('the scanner', () => {
  test('cuts the messages of 12,000 random documents, read in chunks of 1 to 60 bytes, as JSON.parse does', async () => {
    const random = randomFrom(1);
    for (let seed = 0; seed < 12_000; seed += 1) {
      const { text, messagesOffset, ends } = randomDocument(seed, false);
      const chunkBytes = 1 + Math.floor(random() * 60);
      const scanner = new Scanner(inMemory(text), 0, chunkBytes);
      const offset = await findMessages(scanner);
      const found = await elements(scanner);

      const { messages } = JSON.parse(text.toString()) as { messages: unknown[] };
      const expected = messages.map((value, index) => ({ value, end: ends[index] }));
      expect({ seed, offset, found }).toEqual({ seed, offset: messagesOffset, found: expected });
    }
  });

  test('goes on behind any message with the same rest', async () => {
    for (let seed = 0; seed < 500; seed += 1) {
      const { text, messagesOffset } = randomDocument(seed, false);
      const all = await elements(new Scanner(inMemory(text), messagesOffset, 16));
      const scanner = new Scanner(inMemory(text), 0, 16);
      for (const [index, { end }] of all.entries()) {
        scanner.seek(end);
        expect({ seed, rest: await elements(scanner) }).toEqual({ seed, rest: all.slice(index + 1) });
      }
    }
  });

  test.each([
    ['{"a": [1}', 'mis-nested', 9],
    ['[{]', 'mis-nested', 3],
    ['{"a": "b', 'cut', 8],
    ['"a\\', 'cut', 4],
    ['[[1, 2]', 'cut', 7],
    ['tru', 'cut', 3],
    ['@@@,', 'whole', 3],
    ['"\\\\"x', 'whole', 4],
    ['"\\\\\\""x', 'whole', 6],
  ])('finds %s to be %s at byte %i', async (text, verdict, offset) => {
    for (const chunkBytes of [1, 2, 3, 100]) {
      const scanner = new Scanner(inMemory(Buffer.from(text)), 0, chunkBytes);
      await scanner.next();
      expect([await scanner.value(), scanner.offset]).toEqual([verdict, offset]);
    }
  });

  test('finds the end of what is nested too deep, and says so', async () => {
    for (const [depth, verdict] of [
      [DEPTH_MAX, 'whole'],
      [DEPTH_MAX + 1, 'too-deep'],
      [100_000, 'too-deep'],
    ] as const) {
      const scanner = new Scanner(inMemory(Buffer.from(`${'['.repeat(depth)}${']'.repeat(depth)},`)), 0);
      await scanner.next();
      expect([await scanner.value(), scanner.offset]).toEqual([verdict, 2 * depth]);
    }
  });

  test('gives up on a value above the limit, but passes over one of any size that is not kept', async () => {
    const largest = new Scanner(inMemory(quoted(VALUE_BYTES_MAX)), 0);
    await largest.next();
    expect([await largest.value(), largest.bytes().length]).toEqual(['whole', VALUE_BYTES_MAX]);

    const larger = new Scanner(inMemory(quoted(VALUE_BYTES_MAX + 1)), 0);
    await larger.next();
    expect(await larger.value()).toBe('oversized');

    larger.seek(0);
    await larger.next();
    expect([await larger.value(false), larger.offset]).toEqual(['whole', VALUE_BYTES_MAX + 1]);
    expect(await larger.next()).toBe(END);
  });
});
