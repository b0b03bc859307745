/** What was said before anybody looked. */
import { ChannelType } from 'discord-api-types/v10';
import { snowflakeAt } from '../../../db/snowflake.ts';
import type { ChannelTruth, GuildTruth, MessageTruth } from '../../support/discord/model.ts';
import type { Scene } from './scene.ts';

const DAY = 86_400_000;

/** A channel of the past with so many messages, an hour apart, the last of them a day ago. */
export function past(
  { world }: Pick<Scene, 'world'>,
  guild: GuildTruth,
  messages: number,
  type = ChannelType.GuildText,
): { channel: ChannelTruth; said: MessageTruth[]; author: string } {
  const author = world.addUser(`author-${guild.channels.size}`, { guildId: guild.id }).id;
  // No two channels have one id.
  const from = Date.now() - DAY - messages * 3_600_000 - guild.channels.size * 1_000;
  const channel = world.addChannel(guild.id, type, { id: snowflakeAt(from - DAY) });
  const said = world.seed(
    channel.id,
    Array.from({ length: messages }, (_, i) => ({ at: from + i * 3_600_000, author, content: `word ${i}` })),
  );
  return { channel, said, author };
}

/** Does it as of another moment, of all that goes by this process's clock. */
export async function asOf<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const now = Date.now;
  try {
    const ahead = ms - now();
    Date.now = () => now() + ahead;
    return await work();
  } finally {
    Date.now = now;
  }
}
