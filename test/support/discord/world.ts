/**
 * A Discord in memory: what is true, and what people do to it. Each action is a line in a test; it changes the truth
 * and tells those who listen, as the gateway does.
 */
import { ApplicationFlags, type APIUser } from 'discord-api-types/v10';
import type { Truth } from './model.ts';
import { makeBase } from './world/base.ts';
import { channelActions } from './world/channels.ts';
import { guildActions } from './world/guilds.ts';
import { historyActions } from './world/history.ts';
import { memberActions } from './world/members.ts';
import { messageActions } from './world/messages.ts';
import { permissionActions } from './world/permissions.ts';
import { pollActions } from './world/polls.ts';
import { reactionActions } from './world/reactions.ts';
import { roleActions } from './world/roles.ts';
import { sendActions } from './world/send.ts';
import { threadActions } from './world/threads.ts';
import { voiceActions } from './world/voice.ts';

export type { MessageKey } from './world/base.ts';

/** What a world is made of. */
export interface WorldOptions {
  token?: string;
  /** Ms since 1970; the ids are made of it. */
  now?: () => number;
  /** Without `flags` all privileged intents are granted. */
  application?: Partial<Truth['application']>;
  bot?: Partial<APIUser>;
}

/** The truth, and all that can be done to it. */
export type World = ReturnType<typeof makeWorld>;

/** A world with one application and its bot, and no guild. */
export function makeWorld({ token = 'token', now = Date.now, application, bot }: WorldOptions = {}) {
  const truth: Truth = {
    token,
    application: { id: '', name: 'Almanac', flags: ALL_GRANTED, ...application },
    bot: { id: '', username: 'almanac', discriminator: '0001', global_name: null, avatar: null, bot: true },
    users: new Map(),
    guilds: new Map(),
  };
  const base = makeBase(truth, now);
  truth.application.id ||= base.nextId();
  Object.assign(truth.bot, { id: truth.application.id }, bot);
  truth.users.set(truth.bot.id, truth.bot);
  const [roles, channels] = [roleActions(base), channelActions(base)];
  return {
    ...base,
    ...guildActions(base),
    ...memberActions(base),
    ...roles,
    ...channels,
    ...permissionActions(base, channels, roles),
    ...threadActions(base),
    ...sendActions(base),
    ...messageActions(base),
    ...reactionActions(base),
    ...pollActions(base),
    ...voiceActions(base),
    ...historyActions(base),
  };
}

const ALL_GRANTED =
  ApplicationFlags.GatewayGuildMembersLimited | ApplicationFlags.GatewayMessageContentLimited;
