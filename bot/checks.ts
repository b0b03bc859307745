/** What the bot may record: its token, its intents, and its permissions in each server. */
import {
  type APIApplication,
  type APIChannel,
  type APIUser,
  ChannelType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { type Overwrite, permissionsIn, type Standing } from '../db/permissions.ts';
import {
  fetchApplication,
  fetchChannels,
  fetchGuild,
  fetchMember,
  fetchOwnGuilds,
  fetchOwnUser,
} from '../ingest/discord/fetch.ts';
import { type Calls, UnansweredError } from '../ingest/discord/fetch-calls.ts';
import { isHidden } from '../ingest/discord/channels.ts';
import { intentsGranted } from '../ingest/discord/identity.ts';
import { foundOwn, impatient } from '../ingest/discord/impatient.ts';

/** What reading takes, and nothing else is asked for: as Discord names them. */
export const NEEDED = {
  'View Channels': PermissionFlagsBits.ViewChannel,
  'Read Message History': PermissionFlagsBits.ReadMessageHistory,
  Connect: PermissionFlagsBits.Connect,
} as const;

export type Needed = keyof typeof NEEDED;

export interface ChannelFinding {
  id: string;
  name: string;
  lacks: Needed[];
}

export interface GuildFindings {
  id: string;
  name: string;
  /** Discord does not tell of it now: an outage. */
  isUnavailable: boolean;
  /** Channels that can be read in full. One that is hidden from us is in no list, and counts nowhere. */
  readable: number;
  unreadable: ChannelFinding[];
  /** Without it private threads are only known where the bot is in them. */
  hasManageThreads: boolean;
}

export interface Findings {
  application: APIApplication;
  user: APIUser;
  intents: { members: boolean; content: boolean };
  guilds: GuildFindings[];
}

/** Somebody looks on; what goes on in the background asks for longer. */
const PATIENCE_MS = 10_000;
/** Three requests each, of the 50 a second that Discord allows. */
const GUILDS_AT_ONCE = 10;

/** Asks Discord; for each answer it waits so long. Errors: TokenError; UnansweredError. */
export async function checkDiscord(calls: Calls, patienceMs = PATIENCE_MS): Promise<Findings> {
  const asked = impatient(calls, patienceMs);
  const application = foundOwn(await fetchApplication(asked));
  const user = foundOwn(await fetchOwnUser(asked));
  const guilds: GuildFindings[] = [];
  for await (const page of fetchOwnGuilds(asked)) {
    for (let at = 0; at < page.length; at += GUILDS_AT_ONCE) {
      const some = page.slice(at, at + GUILDS_AT_ONCE);
      guilds.push(...(await Promise.all(some.map(({ id, name }) => checkGuild(asked, user.id, id, name)))));
    }
  }
  return {
    application,
    user,
    intents: intentsGranted(application.flags),
    guilds,
  };
}

/** Where people write, or where their threads are. */
const READ: number[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
];
const VOICE: number[] = [ChannelType.GuildVoice, ChannelType.GuildStageVoice];

async function checkGuild(calls: Calls, userId: string, id: string, name: string): Promise<GuildFindings> {
  const findings = { id, name, isUnavailable: false, readable: 0, unreadable: [], hasManageThreads: false };
  const [guild, member, channels] = await Promise.all([
    fetchGuild(calls, id),
    fetchMember(calls, id, userId),
    fetchChannels(calls, id),
  ]).catch((error: unknown) => {
    // In an outage of one guild Discord answers for all others.
    if (error instanceof UnansweredError) return [];
    throw error;
  });
  if (guild?.is !== 'found' || member?.is !== 'found' || channels?.is !== 'found') {
    return { ...findings, isUnavailable: true };
  }
  const standing: Standing = {
    guildId: id,
    ownerId: guild.payload.owner_id,
    roles: guild.payload.roles,
    memberId: userId,
    memberRoles: member.payload.roles,
  };
  const judged = channels.payload
    .filter((channel) => READ.includes(channel.type) && !isHidden(channel))
    .map((channel) => judge(standing, channel));
  return {
    ...findings,
    readable: judged.filter(({ lacks }) => lacks.length === 0).length,
    unreadable: judged.filter(({ lacks }) => lacks.length > 0),
    hasManageThreads: (permissionsIn(standing) & PermissionFlagsBits.ManageThreads) !== 0n,
  };
}

function judge(standing: Standing, channel: APIChannel): ChannelFinding {
  const { permission_overwrites: overwrites = [] } = channel as { permission_overwrites?: Overwrite[] };
  const granted = permissionsIn(standing, overwrites);
  const needed = (Object.keys(NEEDED) as Needed[]).filter(
    (name) => name !== 'Connect' || VOICE.includes(channel.type),
  );
  const lacks = needed.filter((name) => (granted & NEEDED[name]) === 0n);
  return {
    id: channel.id,
    name: channel.name ?? channel.id,
    // Without it the others mean nothing.
    lacks: lacks.includes('View Channels') ? ['View Channels'] : lacks,
  };
}
