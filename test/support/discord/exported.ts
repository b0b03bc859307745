/** Real exports turned back into a guild, so that the loopback Discord serves what they were made of. */
import { readFileSync } from 'node:fs';
import { addPeople } from './exports/people.ts';
import { addPlace, finishThread, isThread } from './exports/places.ts';
import type { Export } from './exports/export.ts';
import { toPast } from './exports/messages.ts';
import type { GuildTruth } from './model.ts';
import { makeWorld, type World, type WorldOptions } from './world.ts';

/**
 * A world with the guild of some exports of DiscordChatExporter, files or parsed already: its channels, threads with their parents,
 * people and messages, with the same ids. Where exports overlap the latest one is right. The bot is in the guild and may
 * read all of it.
 *
 * Errors  Error: exports of several guilds, or of direct messages
 */
export function worldFromExports(
  exports: Iterable<string | Export>,
  options: WorldOptions = {},
): { world: World; guild: GuildTruth } {
  const read = Array.from(exports, (one) =>
    typeof one === 'string' ? (JSON.parse(readFileSync(one, 'utf8')) as Export) : one,
  ).toSorted((a, b) => takenAt(a) - takenAt(b));
  const guilds = new Set(read.map((one) => one.guild.id));
  const [id] = guilds;
  if (id === undefined || guilds.size > 1 || id === '0')
    throw new Error(
      `Exports of one guild are wanted, not of ${guilds.size === 1 ? 'direct messages' : guilds.size}`,
    );
  const world = makeWorld(options);
  const guild = world.addGuild({ id, name: read.at(-1)!.guild.name });
  for (const one of read) addPeople(world, guild, one);
  // A thread's parent may be among the others, and says more of itself than its thread does.
  const parentsFirst = read.toSorted((a, b) => Number(isThread(a)) - Number(isThread(b)));
  for (const one of parentsFirst) addPlace(world, guild, one);
  for (const {
    channel: { id: channelId },
    messages,
  } of read) {
    const channel = guild.channels.get(channelId)!;
    world.seed(
      channelId,
      messages.map((message) => toPast(world, guild, channel, message)),
    );
  }
  for (const channel of guild.channels.values()) finishThread(world, guild, channel);
  return { world, guild };
}

/** When it was made; versions that don't say it: with its newest message. */
function takenAt({ exportedAt, messages }: Export): number {
  if (exportedAt !== undefined) return Date.parse(exportedAt);
  return messages.reduce((newest, { timestamp }) => Math.max(newest, Date.parse(timestamp)), 0);
}
