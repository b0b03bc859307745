import { describe, expect, test } from 'vitest';

import { createHash } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ExportFormatError } from '../../../ingest/dce/export-format-error.ts';
import { hashFile, newestTimestamp, readHeader } from '../../../ingest/dce/read.ts';
import { fileOf, folder } from './hand-made.ts';

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

test('a hash is that of the whole file, told byte by byte as it is read', async () => {
  const content = Buffer.alloc(2_500_000, 'Almanac');
  let heard = 0;
  const hash = await hashFile(await fileOf(content), (bytes) => (heard += bytes));
  expect(hash).toBe(createHash('sha256').update(content).digest('hex'));
  expect(heard).toBe(content.length);
});
