/** Looking for a word in all bytes of a folder. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

const AROUND = 48;

/** Where a word stands in a folder's files, as UTF-8 or UTF-16, in capitals or not; with what is around it. */
export async function findBytes(folder: string, word: string): Promise<string[]> {
  const spellings = [word, word.toUpperCase(), word[0]!.toUpperCase() + word.slice(1)];
  const needles = spellings.flatMap((text) => [
    Buffer.from(text, 'utf8'),
    Buffer.from(text, 'utf16le'),
    Buffer.from(text, 'utf16le').swap16(),
  ]);
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) throw new Error(`${entry.name} leads out of the folder`);
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    for (const needle of needles) {
      for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + needle.length)) {
        const around = bytes.toString('latin1', Math.max(0, at - AROUND), at + needle.length + AROUND);
        // oxlint-disable-next-line no-control-regex
        found.push(`${relative(folder, path)}: ${around.replaceAll(/[^\x20-\x7e]/g, '.')}`);
      }
    }
  }
  return found;
}
