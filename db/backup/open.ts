/** A backup that is looked at before anything is done with it. */
import { MIGRATION_NAMES, unknownSteps } from '../migrate.ts';
import { type Block, readBlocks } from './blocks.ts';
import { BackupError, type BackupHeader } from './format.ts';

export interface OpenBackup {
  header: BackupHeader;
  /** What comes behind the header. */
  blocks: AsyncGenerator<Block, void>;
}

/**
 * Reads the header.
 *
 * Errors  BackupError: no backup, damaged at its beginning, or of a schema that this version doesn't know
 */
export async function openBackup(source: AsyncIterable<Buffer>): Promise<OpenBackup> {
  const blocks = readBlocks(source);
  const { value } = await blocks.next();
  if (value?.kind !== 'h') throw new BackupError('The backup has no header.');
  const header = JSON.parse(value.content.toString()) as BackupHeader;
  const { migrations } = header;
  const unknown = unknownSteps(migrations);
  if (unknown.length > 0)
    throw new BackupError(
      `The backup is newer than this Almanac: it has ${unknown.join(', ')}, which this version does not know. Install the version that made it (${header.almanac}), or a later one.`,
    );
  if (migrations.length === 0 || migrations.some((name, i) => name !== MIGRATION_NAMES[i]))
    throw new BackupError(
      `The backup is of no schema of Almanac's: it names ${migrations.join(', ') || 'none'}.`,
    );
  return { header, blocks };
}
