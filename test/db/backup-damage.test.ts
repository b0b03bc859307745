/** A backup that is cut, damaged or forged is refused, and no database is changed by it. */
import { describe, expect, it } from 'vitest';
import { readBlocks, writeBlocks } from '../../db/backup/blocks.ts';
import { openBackup } from '../../db/backup/open.ts';
import { atLength } from '../support/at-length.ts';
import { useDatabase } from '../support/database.ts';
import { pick, seededRandom } from '../support/random.ts';
import { schemaDump } from '../support/schema-dump.ts';
import { backedUp, contents, fillEveryTable, inParts, restored, useTargets } from './backup-scene.ts';

const source = useDatabase();
const withTarget = useTargets();

describe('a backup that is not what was written', () => {
  /** Reads all; tells what is wrong, or undefined. */
  const faultOf = async (bytes: Buffer): Promise<string | undefined> => {
    try {
      for await (const _ of readBlocks(inParts(bytes, 4096)));
    } catch (error) {
      return (error as Error).message;
    }
    return undefined;
  };

  it('is told from a whole one at any byte, and where it is wrong', async () => {
    await source.clear();
    await fillEveryTable(source.pool);
    const { bytes } = await backedUp(source.pool);
    expect(await faultOf(bytes)).toBeUndefined();
    const random = seededRandom(7);
    for (let i = 0; i < atLength(40, 3000); i++) {
      const at = Math.floor(random() * bytes.length);
      const cut = bytes.subarray(0, at);
      expect(await faultOf(cut), `cut at ${at}`).toMatch(/cut off in .* after byte/);
      const flipped = Buffer.from(bytes);
      flipped[at]! ^= 1 << Math.floor(random() * 8);
      expect(await faultOf(flipped), `flipped at ${at}`).toMatch(/damaged|cut off|no backup/);
    }
    expect(await faultOf(Buffer.concat([bytes, Buffer.from('\n')]))).toMatch(/behind the backup's end/);
    expect(await faultOf(Buffer.from('PGDMP'))).toBe('This is no backup of Almanac.');
    expect(await faultOf(Buffer.alloc(0))).toMatch(/cut off/);
    expect(await faultOf(Buffer.from('almanac backup 2\n...'))).toMatch(/of a later Almanac/);
    const half = bytes.subarray(0, Math.floor(bytes.length / 2));
    expect(await faultOf(half)).toMatch(/cut off in the rows of \w+, after byte [\d,]+\./);
  });

  it('never reaches a database', async () => {
    await source.clear();
    await fillEveryTable(source.pool);
    const { bytes } = await backedUp(source.pool);
    const random = seededRandom(11);
    await withTarget(async (target) => {
      const before = await schemaDump(target.pool);
      for (let i = 0; i < atLength(5, 60); i++) {
        const at = Math.floor(random() * bytes.length);
        const wrong = random() < 0.5 ? bytes.subarray(0, at) : Buffer.from(bytes);
        if (wrong.length === bytes.length) wrong[at]! ^= pick([1, 16, 128], random);
        await expect(restored(target, wrong), `seed 11, ${i}`).rejects.toThrow(/damaged|cut off|no backup/);
        expect(await schemaDump(target.pool)).toBe(before);
        expect(new Set(Object.values(await contents(target.pool)))).toEqual(new Set(['0 rows ']));
      }
      await restored(target, bytes);
    });
  });

  /** A backup whose checks are right and whose contents are somebody's. */
  async function forged(change: (kind: string, content: Buffer) => Buffer | undefined): Promise<Buffer> {
    const { bytes } = await backedUp(source.pool);
    const parts: Buffer[] = [];
    const out = await writeBlocks(async (part) => void parts.push(part));
    for await (const { kind, content } of readBlocks(inParts(bytes))) {
      const changed = change(kind, content);
      if (changed) await out.block(kind, changed);
    }
    return Buffer.concat(parts);
  }
  const edited = (edit: (header: Record<string, unknown>) => void) =>
    forged((kind, content) => {
      if (kind !== 'h') return content;
      const header = JSON.parse(content.toString());
      edit(header);
      return Buffer.from(JSON.stringify(header));
    });

  it('is refused where its contents are others, though its checks are right', async () => {
    await source.clear();
    await source.pool.query('insert into guilds (guild_id) values (7)');
    await withTarget(async (target) => {
      const rows = await forged((kind, content) =>
        kind === 'r' ? Buffer.concat([content, content]) : content,
      );
      await expect(restored(target, rows)).rejects.toThrow(/rows of guilds are not those/);
      const fewer = await forged((kind, content) => (kind === 'r' ? undefined : content));
      await expect(restored(target, fewer)).rejects.toThrow(/rows of guilds are not those/);
      const table = await edited((h) => (h['tables'] as { name: string }[]).pop());
      await expect(restored(target, table)).rejects.toThrow(
        /tables are not those of the schema .*year_tallies/,
      );
      const column = await edited((h) =>
        (h['tables'] as { columns: string[] }[])[0]!.columns.push('a; drop'),
      );
      await expect(restored(target, column)).rejects.toThrow(/tables are not those of the schema/);
      const { rows: guilds } = await target.pool.query('select from guilds');
      expect(guilds).toEqual([]);
    });
  });

  it('is refused before a database is touched where its schema is newer, or none', async () => {
    const newer = await edited((h) => (h['migrations'] as string[]).push('9999-later'));
    await expect(openBackup(inParts(newer))).rejects.toThrow(/newer than this Almanac: it has 9999-later/);
    const gap = await edited((h) => (h['migrations'] as string[]).shift());
    await expect(openBackup(inParts(gap))).rejects.toThrow(/of no schema of Almanac's/);
  });
});
