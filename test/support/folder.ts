/** A folder of a test file, gone behind it. */
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

export interface TestFolder {
  path: string;
  /** Writes a file, with the folders above it; tells its path. */
  file(name: string, content: string | Buffer): Promise<string>;
}

/** Makes the folder before the file's tests. Every user may enter it: as root, Postgres is another. */
export function useFolder(): TestFolder {
  const folder: TestFolder = {
    path: '',
    async file(name, content) {
      const path = join(folder.path, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      return path;
    },
  };
  beforeAll(async () => {
    folder.path = await realpath(await mkdtemp(join(tmpdir(), 'almanac-test-')));
    await chmod(folder.path, 0o755);
  });
  afterAll(() => rm(folder.path, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
