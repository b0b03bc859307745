import { describe, expect, test } from 'vitest';

import { atLength } from '../../support/at-length.ts';
import { randomDocument, randomFrom } from './random-document.ts';
import { HEADER, message, readInMemory } from './hand-made.ts';

describe('random exports', () => {
  test('are read as JSON.parse reads them, however short the reads are', async () => {
    const random = randomFrom(2);
    for (let seed = 0; seed < atLength(300, 1000); seed += 1) {
      const { text, messagesOffset, ends } = randomDocument(seed, true);
      const result = await readInMemory(text, messagesOffset, 1 + Math.floor(random() * 60));
      const { messages } = JSON.parse(text.toString()) as { messages: unknown[] };
      expect({ seed, payloads: result.payloads, damage: result.damage }).toEqual({
        seed,
        payloads: messages,
        damage: [],
      });
      expect(result.read.map(({ endOffset }) => endOffset)).toEqual(ends);
    }
  });

  test.each([
    ['cut', 0],
    ['nul-tail', 9000],
  ])('keep exactly the messages complete at any byte where they are cut: %s', async (kind, nulBytes) => {
    for (let seed = 0; seed < atLength(3, 8); seed += 1) {
      const { text, messagesOffset, ends, rootEnd } = randomDocument(seed, true);
      const { messages } = JSON.parse(text.toString()) as { messages: unknown[] };
      for (let cut = messagesOffset; cut < text.length; cut += 1) {
        const bytes = Buffer.concat([text.subarray(0, cut), Buffer.alloc(nulBytes)]);
        const result = await readInMemory(bytes, messagesOffset);
        const complete = ends.filter((end) => end <= cut).length;
        expect({ seed, cut, payloads: result.payloads }).toEqual({
          seed,
          cut,
          payloads: messages.slice(0, complete),
        });
        const isWhole = cut >= rootEnd && nulBytes === 0;
        const damage = [{ kind, afterMessage: complete, offset: cut }];
        expect({ seed, cut, damage: result.damage }).toMatchObject({
          seed,
          cut,
          damage: isWhole ? [] : damage,
        });
      }
    }
  });

  test('lose no message but the one in which a byte is changed', async () => {
    const random = randomFrom(3);
    const bytes = Buffer.from('{}[]",:\\\0x0 \n');
    for (let round = 0; round < atLength(600, 2000); round += 1) {
      const separator = round % 2 === 0 ? ',' : ',\n    ';
      const messages = [1, 2, 3, 4, 5].map((id) =>
        message(id, `, "mentions": [{"id": "${id}"}, {"id": "9", "b": [1]}]`),
      );
      const text = Buffer.from(`${HEADER}${messages.join(separator)}],"messageCount": 5}`);
      const at = HEADER.length + Math.floor(random() * (messages.join(separator).length - 1));
      const was = text[at]!;
      text[at] = bytes[Math.floor(random() * bytes.length)]!;

      const begins = messages.map(
        (_, index) =>
          HEADER.length +
          messages.slice(0, index).join(separator).length +
          (index > 0 ? separator.length : 0),
      );
      const isHit = (index: number) => at >= begins[index]! && at < begins[index]! + messages[index]!.length;
      const others = messages.filter((_, index) => !isHit(index)).map((one) => JSON.parse(one) as unknown);
      const result = await readInMemory(text, HEADER.length, 50);
      expect({ round, was, at, text: text.toString(), payloads: result.payloads }).toMatchObject({
        payloads: expect.arrayContaining(others) as unknown,
      });
    }
  });
});
