/** Finding exports: files, folders (walked) and globs. Names decide nothing; structure does. */
import { glob, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readHeader } from './read.ts';

export interface Found {
  files: string[];
  /** Arguments that lead nowhere, with the reason. */
  missing: { path: string; reason: string }[];
  /** Files of walked folders that have not the form of an export and are not called .json. */
  passedOver: number;
}

/** The files that paths, folders and globs name, each once, in an order that a person expects. */
export async function findExports(paths: string[]): Promise<Found> {
  const found: Found = { files: [], missing: [], passedOver: 0 };
  for (const path of paths) {
    // A name with brackets, as DCE gives, is a pattern only where no such file exists.
    const matches = (await exists(path)) ? [path] : await globbed(path);
    if (matches.length === 0)
      found.missing.push({
        path,
        reason: 'There is no such file or folder, and no file matches it as a pattern.',
      });
    for (const match of matches) await addPath(match, found);
  }
  found.files = [...new Set(found.files)].toSorted(byName);
  return found;
}

/** Numbers in names count as numbers, so that part 10 comes after part 2. */
const collator = new Intl.Collator('en', { numeric: true });
const byName = (a: string, b: string) => collator.compare(a, b) || (a < b ? -1 : 1);

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function globbed(pattern: string): Promise<string[]> {
  if (!/[*?[{]/.test(pattern)) return [];
  return Array.fromAsync(glob(pattern));
}

async function addPath(path: string, found: Found): Promise<void> {
  if (!(await stat(path)).isDirectory()) {
    found.files.push(path);
    return;
  }
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile() && !(entry.isSymbolicLink() && (await isFile(file)))) continue;
    if (/\.json$/i.test(entry.name) || (await looksLikeExport(file))) found.files.push(file);
    else found.passedOver++;
  }
}

const looksLikeExport = (path: string): Promise<boolean> =>
  readHeader(path).then(
    () => true,
    () => false,
  );

const PART = /^(.*?)(?: \[part (\d+)\])?(\.[^.]*)?$/;

/**
 * Warnings about partitions that are not among the files. DCE numbers them in their names and nowhere else,
 * so that a name is a hint here, and no more.
 */
export function missingPartitions(files: string[]): Map<string, string> {
  const sets = Map.groupBy(files, (file) => {
    const [, stem, , extension] = PART.exec(basename(file))!;
    return join(dirname(file), `${stem}${extension ?? ''}`);
  });
  const warnings = new Map<string, string>();
  for (const parts of sets.values()) {
    const numbered = new Map(parts.map((file) => [Number(PART.exec(basename(file))![2] ?? 1), file]));
    const last = Math.max(...numbered.keys());
    const missing = Array.from({ length: last }, (_, i) => i + 1).filter((part) => !numbered.has(part));
    if (missing.length === 0) continue;
    const list = `${missing.slice(0, 10).join(', ')}${missing.length > 10 ? ' ...' : ''}`;
    warnings.set(
      numbered.get(last)!,
      `This is part ${last} of a partitioned export, of which part ${list} is missing beside it; its messages are not here unless another file has them.`,
    );
  }
  return warnings;
}
