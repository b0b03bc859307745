import type { ChannelRecord } from '../../db/records.ts';
import { ExportFormatError } from './export-format-error.ts';
import { exportObservedAt } from './observed-at.ts';
import { readHeader } from './read.ts';
import { headerRecords } from './header-records.ts';

/**
 * The channels of some files with what they hang below. Where a server leaves channels out this is told before any
 * message: a thread's file may come before that of its channel, which alone tells of the category.
 */
export async function channelsOf(
  files: string[],
  { nowMs, includeDirectMessages }: { nowMs: number; includeDirectMessages: boolean },
): Promise<ChannelRecord[]> {
  const channels: ChannelRecord[] = [];
  for (const file of files) {
    try {
      const header = await readHeader(file);
      const [guildId, channelId] = [header.guild.id as string, header.channel.id as string];
      if (guildId === '0' && !includeDirectMessages) continue;
      const { ms: observedAt } = await exportObservedAt(file, header, nowMs);
      channels.push(
        ...headerRecords(header.guild, header.channel, { guildId, channelId, observedAt }).channels,
      );
    } catch (error) {
      // What is wrong with it is told when it is taken.
      if (!(error instanceof ExportFormatError)) throw error;
    }
  }
  return channels;
}
