/** Searching a guild's messages: an independent count. */
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { mayRead } from '../visibility.ts';
import { between, idIn, limitOf } from './paging.ts';
import { guildOf, isAllowed } from './reach.ts';
import { type Answer, type Asked, ok } from './route.ts';
import { shown } from './messages.ts';

/** GET /guilds/{guild_id}/messages/search: newest first, of channels that the bot may read the history of. */
export function search(asked: Asked): Answer {
  const { query, world } = asked;
  const guild = guildOf(asked);
  const limit = limitOf(query, { max: 25, standard: 25 });
  const offset = Number(query.get('offset') ?? 0);
  const range = { after: idIn(query, 'min_id'), before: idIn(query, 'max_id') };
  const [places, authors] = [query.getAll('channel_id'), query.getAll('author_id')];
  const found = [...guild.channels.values()]
    .filter(({ id }) => places.length === 0 || places.includes(id))
    .filter((channel) => mayRead(guild, channel, world.truth.bot.id))
    .filter((channel) => isAllowed(asked, { guild, channel }, PermissionFlagsBits.ReadMessageHistory))
    .flatMap(({ messages }) => [...messages.values()])
    .filter(({ authorId }) => authors.length === 0 || authors.includes(authorId));
  const ordered = between(found, ({ id }) => id, range);
  const isOldestFirst = query.get('sort_order') === 'asc';
  const page = (isOldestFirst ? ordered : ordered.toReversed()).slice(offset, offset + limit);
  return ok({
    total_results: ordered.length,
    doing_deep_historical_index: false,
    messages: page.map((message) => {
      const { reactions: _, ...told } = shown(asked, { guild }, message);
      return [{ ...told, hit: true }];
    }),
  });
}
