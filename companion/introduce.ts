/** Who the bot is, and whether it is where it is to read: asked before anything is queued. */
import type { Config } from '../config.ts';
import { fetchChannel, fetchGuild } from '../ingest/discord/fetch.ts';
import { fetchIdentity, type Identity } from '../ingest/discord/identity.ts';
import { impatient } from '../ingest/discord/impatient.ts';
import { type DiscordRest, openRest } from '../ingest/discord/rest.ts';
import { steadyNow, wait } from './clock.ts';

export interface Introduction {
  discord: DiscordRest;
  identity: Identity;
  /** Undefined: the bot is not in it. */
  guildName: string | undefined;
  /** Of the channels that were named, those that cannot be: with why. */
  wrongChannels: { channelId: string; reason: 'missing' | 'closed' | 'elsewhere' }[];
}

/** Somebody looks on; what goes on in the background asks for longer. */
const PATIENCE_MS = 10_000;

/** Asks Discord: three requests, and one a channel. Errors: TokenError; UnansweredError. */
export async function introduce(
  { live }: Pick<Config, 'live'>,
  guildId: string,
  channelIds: readonly string[],
): Promise<Introduction> {
  const discord = openRest({ ...live, now: steadyNow, wait, random: Math.random });
  const calls = impatient(discord.calls, PATIENCE_MS);
  const [identity, guild] = await Promise.all([fetchIdentity(calls), fetchGuild(calls, guildId)]);
  const wrongChannels: Introduction['wrongChannels'] = [];
  for (const channelId of guild.is === 'found' ? channelIds : []) {
    const answer = await fetchChannel(calls, channelId);
    if (answer.is !== 'found') wrongChannels.push({ channelId, reason: answer.is });
    else if ((answer.payload as { guild_id?: string }).guild_id !== guildId)
      wrongChannels.push({ channelId, reason: 'elsewhere' });
  }
  const guildName = guild.is === 'found' ? guild.payload.name : undefined;
  return { discord, identity, guildName, wrongChannels };
}
