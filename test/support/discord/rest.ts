/** The REST half of the loopback Discord: what can be asked, and who answers. */
import { templateMatcher } from './openapi/templates.ts';
import { application, gatewayBot, gatewayUrl, me, myGuilds } from './rest/account.ts';
import { callback } from './rest/callback.ts';
import { archivedJoined, archivedPrivate, archivedPublic, channel } from './rest/channels.ts';
import { commands, putCommands } from './rest/commands.ts';
import { activeThreads, channels, emojis, guild, roles, stickers } from './rest/guilds.ts';
import { bans, members, oneMember } from './rest/members.ts';
import { messages, oldPins, oneMessage, pins, reactions } from './rest/messages.ts';
import { deleteMessage, editMessage, postMessage } from './rest/posting.ts';
import { refusals } from './rest/refusal.ts';
import type { Route } from './rest/route.ts';
import { search } from './rest/search.ts';
import { deleteSaid, editSaid, followUp, saidMessage } from './rest/webhooks.ts';

const WEBHOOK = '/webhooks/{webhook_id}/{webhook_token}';

/** Everything that can be asked. */
export const ROUTES: Route[] = [
  { method: 'GET', template: '/gateway', answer: gatewayUrl, isOpen: true },
  { method: 'GET', template: '/gateway/bot', answer: gatewayBot },
  { method: 'GET', template: '/applications/@me', answer: application },
  { method: 'GET', template: '/oauth2/applications/@me', answer: application },
  { method: 'GET', template: '/applications/{application_id}/commands', answer: commands },
  { method: 'PUT', template: '/applications/{application_id}/commands', answer: putCommands },
  { method: 'GET', template: '/applications/{application_id}/guilds/{guild_id}/commands', answer: commands },
  {
    method: 'PUT',
    template: '/applications/{application_id}/guilds/{guild_id}/commands',
    answer: putCommands,
  },
  {
    method: 'POST',
    template: '/interactions/{interaction_id}/{interaction_token}/callback',
    answer: callback,
    isOpen: true,
  },
  { method: 'POST', template: WEBHOOK, answer: followUp, isOpen: true },
  ...['@original', '{message_id}'].flatMap((message): Route[] => [
    { method: 'GET', template: `${WEBHOOK}/messages/${message}`, answer: saidMessage, isOpen: true },
    { method: 'PATCH', template: `${WEBHOOK}/messages/${message}`, answer: editSaid, isOpen: true },
    { method: 'DELETE', template: `${WEBHOOK}/messages/${message}`, answer: deleteSaid, isOpen: true },
  ]),
  { method: 'GET', template: '/users/@me', answer: me },
  { method: 'GET', template: '/users/@me/guilds', answer: myGuilds },
  { method: 'GET', template: '/guilds/{guild_id}', answer: guild },
  { method: 'GET', template: '/guilds/{guild_id}/channels', answer: channels },
  { method: 'GET', template: '/guilds/{guild_id}/threads/active', answer: activeThreads },
  { method: 'GET', template: '/guilds/{guild_id}/members', answer: members },
  { method: 'GET', template: '/guilds/{guild_id}/members/{user_id}', answer: oneMember },
  { method: 'GET', template: '/guilds/{guild_id}/roles', answer: roles },
  { method: 'GET', template: '/guilds/{guild_id}/emojis', answer: emojis },
  { method: 'GET', template: '/guilds/{guild_id}/stickers', answer: stickers },
  { method: 'GET', template: '/guilds/{guild_id}/bans', answer: bans },
  { method: 'GET', template: '/guilds/{guild_id}/messages/search', answer: search },
  { method: 'GET', template: '/channels/{channel_id}', answer: channel },
  { method: 'GET', template: '/channels/{channel_id}/messages', answer: messages },
  { method: 'POST', template: '/channels/{channel_id}/messages', answer: postMessage },
  { method: 'GET', template: '/channels/{channel_id}/messages/pins', answer: pins },
  { method: 'GET', template: '/channels/{channel_id}/messages/{message_id}', answer: oneMessage },
  { method: 'PATCH', template: '/channels/{channel_id}/messages/{message_id}', answer: editMessage },
  { method: 'DELETE', template: '/channels/{channel_id}/messages/{message_id}', answer: deleteMessage },
  {
    method: 'GET',
    template: '/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}',
    answer: reactions,
  },
  { method: 'GET', template: '/channels/{channel_id}/pins', answer: oldPins },
  { method: 'GET', template: '/channels/{channel_id}/threads/archived/public', answer: archivedPublic },
  { method: 'GET', template: '/channels/{channel_id}/threads/archived/private', answer: archivedPrivate },
  {
    method: 'GET',
    template: '/channels/{channel_id}/users/@me/threads/archived/private',
    answer: archivedJoined,
  },
];

const matchOf = templateMatcher(new Set(ROUTES.map(({ template }) => template)));

/**
 * The route of a request, and what its template's parameters stand for.
 *
 * Errors  404: none has that path; 405: none of that path has the method
 */
export function routeOf(method: string, path: string): { route: Route; params: Record<string, string> } {
  const matched = matchOf(path);
  if (!matched) throw refusals.notFound();
  const route = ROUTES.find((one) => one.template === matched.template && one.method === method);
  if (!route) throw refusals.methodNotAllowed();
  return { route, params: matched.parameters };
}

/** What a request is counted as: its method and its route's template. */
export function nameOf(method: string, path: string): string {
  return `${method} ${matchOf(path)?.template ?? '(unknown)'}`;
}
