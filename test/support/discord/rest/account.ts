/** The bot itself: its gateway, its application, its account, its guilds. */
import type { APIUser } from 'discord-api-types/v10';
import { userPayload } from '../payloads/people.ts';
import { permissionsOf } from '../visibility.ts';
import { between, idIn, limitOf } from './paging.ts';
import { type Answer, type Asked, ok } from './route.ts';

/** GET /gateway */
export function gatewayUrl({ gateway }: Asked): Answer {
  return ok({ url: gateway.url });
}

/** GET /gateway/bot */
export function gatewayBot({ gateway }: Asked): Answer {
  return ok({ url: gateway.url, shards: 1, session_start_limit: gateway.sessionStartLimit });
}

/** GET /applications/@me and /oauth2/applications/@me */
export function application({ world }: Asked): Answer {
  const { application: told, bot, guilds } = world.truth;
  return ok({
    ...PLAIN_APPLICATION,
    id: told.id,
    name: told.name,
    flags: told.flags,
    flags_new: String(told.flags),
    bot: userPayload(bot),
    owner: userPayload(DEVELOPER),
    approximate_guild_count: [...guilds.values()].filter(({ hasBot }) => hasBot).length,
  });
}

/** GET /users/@me */
export function me({ world }: Asked): Answer {
  return ok({
    ...userPayload(world.truth.bot),
    mfa_enabled: true,
    locale: 'en-US',
    verified: true,
    email: null,
  });
}

/** GET /users/@me/guilds: oldest first; of `before` the newest ones. */
export function myGuilds({ world, query }: Asked): Answer {
  const { bot, guilds } = world.truth;
  const limit = limitOf(query, { max: 200, standard: 200 });
  const [before, after] = [idIn(query, 'before'), idIn(query, 'after')];
  const mine = [...guilds.values()].filter(({ hasBot }) => hasBot);
  const found = between(mine, ({ id }) => id, { after, before });
  const page = before !== undefined && after === undefined ? found.slice(-limit) : found.slice(0, limit);
  return ok(
    page.map((guild) => ({
      id: guild.id,
      name: guild.name,
      icon: null,
      banner: null,
      owner: guild.ownerId === bot.id,
      permissions: String(permissionsOf(guild, bot.id)),
      features: [],
      ...(query.get('with_counts') === 'true' && {
        approximate_member_count: guild.members.size,
        approximate_presence_count: 1,
      }),
    })),
  );
}

const DEVELOPER: APIUser = {
  id: '100000000000000001',
  username: 'developer',
  discriminator: '0',
  global_name: null,
  avatar: null,
};

const PLAIN_APPLICATION = {
  icon: null,
  description: '',
  type: null,
  bot_public: true,
  bot_require_code_grant: false,
  verify_key: '0'.repeat(64),
  redirect_uris: [],
  interactions_endpoint_url: null,
  role_connections_verification_url: null,
  approximate_user_install_count: 0,
  approximate_user_authorization_count: 0,
  explicit_content_filter: 0,
  team: null,
  eligible_oauth2_scopes: [],
};
