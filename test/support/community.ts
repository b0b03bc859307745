/** A generated community in a folder. */
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommunityPlan, type CommunityTruth, generateCommunity } from '../../ingest/dce/generate.ts';

/** Writes it; tells the truth about it, and its files. Over before any clock of ours, the machine's too. */
export async function makeCommunity(
  folder: string,
  plan: Partial<CommunityPlan>,
): Promise<{ truth: CommunityTruth; files: string[] }> {
  const running = generateCommunity(
    { seed: 'test', messages: 500, endsAt: '2025-11-03T00:00:00Z', ...plan },
    folder,
  );
  for (;;) {
    const { done, value: truth } = await running.next();
    if (!done) continue;
    const names = await Array.fromAsync(glob('*.json', { cwd: folder }));
    return { truth, files: names.toSorted().map((name) => join(folder, name)) };
  }
}
