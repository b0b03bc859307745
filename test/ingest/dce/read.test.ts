import { describe, expect, test } from 'vitest';

import { readHeader, readMessages } from '../../../ingest/dce/read.ts';
import { drain, exportOf, fileOf, HEADER, ids, message, readExport, useHandMade } from './hand-made.ts';

useHandMade();

describe('an export that is whole', () => {
  test('gives its header and its messages as they came, each with its place and where it ends', async () => {
    const text = exportOf(message(1), message(2));
    const path = await fileOf(text);
    const header = await readHeader(path);
    expect(header).toEqual({
      guild: { id: '1', name: 'G' },
      channel: { id: '2', name: 'messages' },
      extra: {},
      messagesOffset: HEADER.length,
      bom: false,
    });
    const result = await drain(readMessages(path, header));
    expect(result.payloads).toEqual([JSON.parse(message(1)), JSON.parse(message(2))]);
    expect(result.read.map(({ index }) => index)).toEqual([1, 2]);
    expect(result.read.map(({ endOffset }) => text.slice(endOffset - 3, endOffset))).toEqual(['i"}', 'i"}']);
    expect(result).toMatchObject({ messages: 2, messageCount: 2, damage: [], bom: false });
  });

  test('may have its keys in any order, escaped, with others beside them', async () => {
    const text = `{"made": {"by": "hand"}, "\\u006dessages": [${message(1)}, ${message(2)}], "messageCount": 3,
      "exportedAt": "2024-01-03T00:00:00+00:00", "channel": {"id": "2", "messages": [{}]}, "dateRange": null, "guild": {"id": "1"}}`;
    expect(await readHeader(await fileOf(text))).toMatchObject({
      guild: { id: '1' },
      channel: { id: '2', messages: [{}] },
      dateRange: null,
      exportedAt: '2024-01-03T00:00:00+00:00',
      extra: { made: { by: 'hand' } },
    });
    const result = await readExport(text);
    expect(ids(result)).toEqual([1, 2]);
    expect(result).toMatchObject({ messageCount: 3, damage: [] });
  });

  test('may begin with a byte order mark and have lines that end as on Windows', async () => {
    const text = `\ufeff${JSON.stringify(JSON.parse(exportOf(message(1), message(2))), null, 2)}\n`;
    const result = await readExport(text.replaceAll('\n', '\r\n'));
    expect(ids(result)).toEqual([1, 2]);
    expect(result).toMatchObject({ bom: true, damage: [] });
  });

  test('may have commas too few or too many beside its messages', async () => {
    const text = `{, "guild": {"id": "1"} "channel": {"id": "2"},, "messages": [${message(1)}] "messageCount": 1,}`;
    const result = await readExport(text);
    expect(ids(result)).toEqual([1]);
    expect(result).toMatchObject({ messageCount: 1, damage: [] });
  });

  test('may have no messages', async () => {
    const path = await fileOf(exportOf());
    const reading = readMessages(path, await readHeader(path));
    const end = { messages: 0, messageCount: 0, damage: [] };
    expect(await reading.next()).toMatchObject({ done: true, value: end });
  });

  test('may be larger than any buffer, and is read in batches', async () => {
    const long = message(3, `, "embeds": ["${'x'.repeat(3_000_000)}"]`);
    const text = exportOf(
      ...Array.from({ length: 20_000 }, (_, at) => (at % 9000 === 500 ? long : message(1))),
    );
    const path = await fileOf(text);
    const header = await readHeader(path);
    const sizes: number[] = [];
    for await (const batch of readMessages(path, header)) sizes.push(batch.length);
    expect(sizes.length).toBeGreaterThan(5);
    expect(Math.max(...sizes)).toBeLessThan(5000);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(20_000);
    expect((await readExport(text)).payloads).toEqual((JSON.parse(text) as { messages: unknown[] }).messages);
  });

  test('can be read on from behind any of its messages', async () => {
    const text = exportOf(message(1), '5', message(2), message(3), message(4));
    const path = await fileOf(text);
    const header = await readHeader(path);
    const all = await drain(readMessages(path, header));
    for (const [at, { endOffset: offset, index }] of all.read.entries()) {
      const rest = await drain(readMessages(path, header, { offset, index }));
      expect(rest.read).toEqual(all.read.slice(at + 1));
      expect(rest.messages).toBe(all.messages);
      expect(rest.damage).toEqual(all.damage.filter((damage) => damage.offset > offset));
    }
  });
});
