/** When an export looked at Discord. */
import { snowflakeMs } from '../../db/snowflake.ts';
import { parseTime } from '../time.ts';
import { type ExportHeader, newestTimestamp } from './read.ts';

/**
 * As the file says, else its newest message, else its channel's beginning: never our clock nor the file's date,
 * which would make a later import win over an earlier one for no reason.
 */
export async function exportObservedAt(
  file: string,
  header: ExportHeader,
  nowMs: number,
): Promise<{ ms: number; warning?: string }> {
  const exportedAt = parseTime(header.exportedAt);
  if (exportedAt !== undefined && exportedAt <= nowMs) return { ms: exportedAt };
  const newest = await newestTimestamp(file);
  const ms = newest !== undefined && newest <= nowMs ? newest : snowflakeMs(header.channel.id as string);
  if (header.exportedAt === undefined) return { ms };
  const what =
    exportedAt === undefined
      ? 'gives a time of its export that cannot be'
      : 'says that it was exported in the future';
  return { ms, warning: `It ${what}; its newest message is taken for the time of the export.` };
}
