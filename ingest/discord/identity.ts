/** Who the bot is to Discord, and what it was granted: all that reading history takes, but for permissions. */
import { ApplicationFlags } from 'discord-api-types/v10';
import type { Snowflake } from '../../db/records.ts';
import { fetchApplication, fetchOwnUser } from './fetch.ts';
import type { Calls } from './fetch-calls.ts';
import { foundOwn } from './impatient.ts';
import type { Self } from './teller.ts';

export interface Identity extends Self {
  applicationId: Snowflake;
  /** Whether the members intent is granted. */
  hasMembers: boolean;
}

/** Bots in few servers have the limited kind, which grants the same. */
const MEMBERS = ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited;
const CONTENT = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;

/** Asks Discord: two requests. Errors: TokenError; UnansweredError. */
export async function fetchIdentity(calls: Calls): Promise<Identity> {
  const [application, user] = await Promise.all([fetchApplication(calls), fetchOwnUser(calls)]);
  const { id, flags } = foundOwn(application);
  const { content, members } = intentsGranted(flags);
  return { applicationId: id, userId: foundOwn(user).id, hasContent: content, hasMembers: members };
}

/** Which privileged intents an application was granted, by its flags. */
export const intentsGranted = (flags = 0): { members: boolean; content: boolean } => ({
  members: (flags & MEMBERS) !== 0,
  content: (flags & CONTENT) !== 0,
});
