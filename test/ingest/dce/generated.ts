import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommunityPlan, type CommunityTruth, generateCommunity } from '../../../ingest/dce/generate.ts';
import type { ExportDocument } from './count-community.ts';

const folders: string[] = [];

/** A new folder, until the end of the file's tests. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-generate-'));
  folders.push(folder);
  return folder;
}

/** A generated community: where it lies, and its truth. */
export async function generated(plan: CommunityPlan): Promise<{ folder: string; truth: CommunityTruth }> {
  const folder = await emptyFolder();
  const making = generateCommunity(plan, folder);
  for (;;) {
    const { done, value } = await making.next();
    if (done) return { folder, truth: value };
  }
}

/** The text of a folder's files by name, in the order of names. */
export async function filesOf(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder)).toSorted();
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}

/** The exports of a folder, parsed. */
export async function exportsOf(folder: string): Promise<ExportDocument[]> {
  const files = await filesOf(folder);
  return [...files]
    .filter(([name]) => name.endsWith('.json') && !name.endsWith('.truth.json'))
    .map(([, text]) => JSON.parse(text) as ExportDocument);
}

/** Removes the folders of all tests of a file. */
export async function removeFolders(): Promise<void> {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
}
