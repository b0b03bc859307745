import { describe, expect, test } from 'vitest';

import { createHash } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ExportFormatError } from '../../../ingest/dce/export-format-error.ts';
import { hashFile, openForAll, newestTimestamp, readHeader } from '../../../ingest/dce/read.ts';
import { fileOf, folder, useHandMade } from './hand-made.ts';

useHandMade();

describe('a file that cannot be opened is refused in words', () => {
  const readers = [readHeader, hashFile, newestTimestamp];

  test.each([
    ['there is none', 'none.json', /there is no such file/],
    ['a folder', '.', /it is a folder/],
    ['a device', '/dev/null', /no file whose content can be read twice/],
  ])('%s', async (_, name, words) => {
    for (const read of readers) {
      const refused = read(resolve(folder, name));
      await expect(refused).rejects.toThrow(ExportFormatError);
      await expect(refused).rejects.toThrow(words);
    }
  });

  // The superuser may read any file.
  test.skipIf(process.getuid?.() === 0)('one that may not be read', async () => {
    const locked = await fileOf('locked');
    await chmod(locked, 0);
    for (const read of readers) await expect(read(locked)).rejects.toThrow(/no permission/);
  });
});

test('a hash is that of the whole file, opened by itself or open already, small or large', async () => {
  const content = Buffer.alloc(2_500_000, 'Almanac');
  for (const bytes of [content, content.subarray(0, 5000)]) {
    const path = await fileOf(bytes);
    const expected = createHash('sha256').update(bytes).digest('hex');
    expect(await hashFile(path)).toBe(expected);
    const open = await openForAll(path);
    expect(await hashFile(path, open)).toBe(expected);
    await open.close();
  }
});
