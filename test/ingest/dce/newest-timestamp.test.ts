import { describe, expect, test } from 'vitest';

import { newestTimestamp } from '../../../ingest/dce/read.ts';
import { exportOf, fileOf, HEADER, message, useHandMade } from './hand-made.ts';

useHandMade();

describe('the newest time of a file', () => {
  test('is that of its last messages, whatever their embeds or forwarded messages say', async () => {
    const text = exportOf(
      message(1),
      message(3, ', "embeds": [{"title": "", "timestamp": "2099-01-01T00:00:00+00:00"}]'),
      message(2).replace('00:00:00+00:00', '23:30:00.1234567-05:00'),
    );
    expect(await newestTimestamp(await fileOf(text))).toBe(Date.parse('2024-01-03T04:30:00.123Z'));
  });

  test('is found before a last message with hundreds of people, and before NUL bytes', async () => {
    const text = `${HEADER}${message(4, `, "x": "${'é'.repeat(150_000)}"`)}]${'\0'.repeat(2_000_000)}`;
    expect(await newestTimestamp(await fileOf(text))).toBe(Date.parse('2024-01-04T00:00:00Z'));
  });

  test('is unknown where no message is', async () => {
    expect(await newestTimestamp(await fileOf(exportOf()))).toBeUndefined();
  });
});
