/** What the checks found, in plain words. */
import type { Config } from '../config.ts';
import { TokenError, UnansweredError } from '../ingest/discord/fetch-calls.ts';
import { openRest } from '../ingest/discord/rest.ts';
import {
  type ChannelFinding,
  checkDiscord,
  type Findings,
  type GuildFindings,
  type Needed,
  NEEDED,
} from './checks.ts';
import { restClock } from './clock.ts';

export interface DoctorContext {
  config: Config;
  print(text: string): void;
  tell(text: string): void;
  isJson: boolean;
  /** How long it waits for each answer. */
  patienceMs?: number;
}

/** `almanac doctor`: exit code 0 where all can be recorded, 1 where something is missing, 2 where Discord can't be asked. */
export async function doctor({ config, print, tell, isJson, patienceMs }: DoctorContext): Promise<number> {
  const { calls } = openRest({ ...config.live, ...restClock });
  try {
    const findings = await checkDiscord(calls, patienceMs);
    print(isJson ? toJson(findings) : renderFindings(findings));
    return isWhole(findings) ? 0 : 1;
  } catch (error) {
    if (error instanceof TokenError) tell(REFUSED_TOKEN);
    else if (error instanceof UnansweredError)
      tell('Discord cannot be reached. Try again when the network is back.');
    else throw error;
    return 2;
  }
}

/** Ids and names alone: what else Discord says of an application and its owner is nobody's business. */
function toJson(findings: Findings): string {
  const { application, user, intents, guilds } = findings;
  const told = {
    application: { id: application.id, name: application.name },
    user: { id: user.id, name: user.username },
    intents,
    guilds,
    inviteUrl: inviteUrl(findings),
  };
  return JSON.stringify(told, null, 2);
}

/** Said where Discord answers 401. */
export const REFUSED_TOKEN =
  'Discord refuses DISCORD_TOKEN. It may be incomplete, or have been reset since: get a new one in the developer portal\n' +
  '(https://discord.com/developers/applications, your application, page "Bot", Reset Token), and put it into .env.';

/** The bot's page in the developer portal. */
const portalUrl = ({ application }: Findings) =>
  `https://discord.com/developers/applications/${application.id}/bot`;

/** Where somebody with Manage Server adds the bot, with the permissions that it needs and no others. */
export function inviteUrl({ application }: Findings): string {
  const permissions = Object.values(NEEDED).reduce((all, permission) => all | permission);
  return `https://discord.com/oauth2/authorize?client_id=${application.id}&scope=bot+applications.commands&permissions=${permissions}`;
}

const isWhole = ({ intents, guilds }: Findings) =>
  intents.members &&
  intents.content &&
  guilds.length > 0 &&
  // Of one that is away nothing is readable.
  guilds.every(({ readable, unreadable }) => readable > 0 && unreadable.length === 0);

/** Names come from people: no control, no direction, one line. */
const plain = (name: string) =>
  [...name.replace(/(?!\u200d)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\ufffd')].slice(0, 100).join('');

/** The findings as lines for a terminal. */
export function renderFindings(findings: Findings): string {
  const { application, user, intents, guilds } = findings;
  const lines = [
    `Discord knows the bot: ${plain(user.username)}, of the application ${plain(application.name)}.`,
  ];
  if (!intents.content) {
    lines.push(
      'MISSING: Message Content Intent. Messages, people and reactions are counted; texts, links, files, embeds and polls',
      `  are not recorded. Turn it on at ${portalUrl(findings)} and start again.`,
    );
  }
  if (!intents.members) {
    lines.push(
      'MISSING: Server Members Intent. Joins, leaves and renames are not recorded, nor who is a member without writing.',
      `  Turn it on at ${portalUrl(findings)} and start again.`,
    );
  }
  if (guilds.length === 0) lines.push('MISSING: the bot is in no server. Invite it with the link below.');
  lines.push(...guilds.flatMap(renderGuild));
  if (guilds.some(({ unreadable }) => unreadable.length > 0)) lines.push(HOW_TO_ALLOW);
  if (isWhole(findings)) lines.push('Nothing is missing.');
  lines.push(
    'To invite the bot to a server, with the permissions that it needs and no others (who invites it needs Manage Server):',
    `  ${inviteUrl(findings)}`,
  );
  return lines.join('\n');
}

const HOW_TO_ALLOW = `To change that: in Discord, Edit Channel (or its category), Permissions, add the bot's role, and allow what is missing.
  A channel that shall not be recorded may stay as it is.`;

function renderGuild({ id, name, isUnavailable, readable, unreadable, hasManageThreads }: GuildFindings) {
  const title = `${plain(name)} (${id}):`;
  if (isUnavailable)
    return [`${title} Discord does not answer for this server now. It is recorded again when it does.`];
  const shown = readable + unreadable.length;
  if (shown === 0) {
    return [
      `MISSING: ${title} the bot is shown none of its channels. Nothing is recorded.`,
      '  Allow View Channels to its role (Server Settings, Roles), or invite it again with the link below.',
    ];
  }
  const lines = [
    `${title} ${readable} of ${shown} channels shown to the bot can be read in full; none hidden from it is recorded.`,
    ...(Object.keys(NEEDED) as Needed[]).flatMap((permission) => renderLack(permission, unreadable)),
  ];
  if (!hasManageThreads)
    lines.push('  Private threads are recorded where the bot was added to them (with Manage Threads: all).');
  return lines;
}

/** What is lost where a permission lacks. */
const LOST: Record<Needed, string> = {
  'View Channels': 'Nothing there is recorded.',
  'Read Message History':
    'New messages there are recorded while the bot runs, but none from before or from while it was away.',
  Connect: 'Nothing that is written there is recorded.',
};

const CHANNELS_SHOWN_MAX = 20;

function renderLack(permission: Needed, unreadable: ChannelFinding[]): string[] {
  const names = unreadable
    .filter(({ lacks }) => lacks.includes(permission))
    .map(({ name }) => `#${plain(name)}`);
  if (names.length === 0) return [];
  const more = names.length - CHANNELS_SHOWN_MAX;
  const shown = names.slice(0, CHANNELS_SHOWN_MAX).join(', ') + (more > 0 ? ` and ${more} more` : '');
  return [`  MISSING: ${permission} in ${shown}.`, `    ${LOST[permission]}`];
}
