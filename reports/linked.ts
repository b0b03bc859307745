/** Imported servers that may be asked about from another. */
import type { Db } from '../db/connect.ts';
import { isLinkOver, type LinkedGuild, linkedGuilds } from '../db/linked-guilds.ts';

export type { LinkedGuild } from '../db/linked-guilds.ts';
export { openLinked } from '../db/linked-guilds.ts';

/**
 * The servers that may be asked about from a guild. One that the bot has joined since it was linked is none of them, even
 * after it has left: it has members of its own, whose channels are theirs.
 */
export async function linkedServers(db: Db, guildId: string): Promise<LinkedGuild[]> {
  const servers: LinkedGuild[] = [];
  for (const linked of await linkedGuilds(db, guildId))
    if (!(await isLinkOver(db, linked))) servers.push(linked);
  return servers;
}
