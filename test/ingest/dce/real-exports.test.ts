import { describe, expect, test } from 'vitest';

import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile, readHeader, readMessages } from '../../../ingest/dce/read.ts';
import { drain } from './hand-made.ts';

const exports = process.env.DCE_EXPORTS;
describe.skipIf(!exports)('every real export in DCE_EXPORTS (skipped without that folder)', async () => {
  const truths = exports ? await Array.fromAsync(glob('**/*.truth.json', { cwd: exports })) : [];
  test.each(truths.filter((path) => !path.includes('MERGED')))('%s', async (path) => {
    const truth = JSON.parse(await readFile(join(exports!, path), 'utf8')) as Record<string, unknown>;
    const file = join(exports!, path.replace('.truth.json', '.json'));
    const header = await readHeader(file);
    const result = await drain(readMessages(file, header));
    expect({ ...result, sha256: await hashFile(file) }).toMatchObject({
      messages: truth.messages,
      messageCount: truth.messageCount_field,
      bom: truth.bom,
      sha256: truth.sha256,
      damage: [],
      replaced: { nul: 0, loneSurrogates: 0, invalidUtf8: 0 },
    });
    expect(header).toMatchObject({
      guild: truth.guild,
      channel: { id: (truth.channel as { id: string }).id },
    });
  });
});
