/** What was said in a channel: its history, a message, who reacted to it, what is pinned. */
import { PermissionFlagsBits, ReactionType } from 'discord-api-types/v10';
import type { MessageTruth, Snowflake } from '../model.ts';
import { compareIds, idsOf, lowerBound } from '../ordered.ts';
import { messagePayload } from '../payloads/messages.ts';
import { userPayload } from '../payloads/people.ts';
import { between, idIn, limitOf, pageOf } from './paging.ts';
import { isAllowed, isWithheld, messageOf, type Place, placeOf } from './reach.ts';
import { refusals } from './refusal.ts';
import { type Answer, type Asked, ok } from './route.ts';

const { ReadMessageHistory } = PermissionFlagsBits;

/** A message as the bot may see it. */
export function shown(asked: Asked, { guild }: Pick<Place, 'guild'>, message: MessageTruth) {
  return messagePayload(asked.world.truth, guild, message, { withheld: isWithheld(asked) });
}

/** GET /channels/{channel_id}/messages: newest first; an empty list without READ_MESSAGE_HISTORY. */
export function messages(asked: Asked): Answer {
  const place = placeOf(asked);
  const limit = limitOf(asked.query, { max: 100, standard: 50 });
  const page = asPaged(place.channel.messages, asked.query, limit);
  if (!isAllowed(asked, place, ReadMessageHistory)) return ok([]);
  return ok(page.toReversed().map((message) => shown(asked, place, message)));
}

/** Oldest first. */
function asPaged(
  all: ReadonlyMap<Snowflake, MessageTruth>,
  query: URLSearchParams,
  limit: number,
): MessageTruth[] {
  const [around, before, after] = [idIn(query, 'around'), idIn(query, 'before'), idIn(query, 'after')];
  if ([around, before, after].filter((id) => id !== undefined).length > 1)
    throw refusals.invalidForm('before', 'Only one of around, before and after may be given.');
  if (after !== undefined) return pageOf(all, { after }, limit);
  if (around === undefined) return pageOf(all, { before }, limit, 'last');
  const ids = idsOf(all);
  const start = Math.max(0, lowerBound(ids, around) - Math.floor(limit / 2));
  return ids.slice(start, start + limit).map((id) => all.get(id)!);
}

/** GET /channels/{channel_id}/messages/{message_id} */
export function oneMessage(asked: Asked): Answer {
  const found = messageOf(asked);
  return ok(shown(asked, found, found.message));
}

/** GET /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}: users by ascending id. */
export function reactions(asked: Asked): Answer {
  const { query, params, world } = asked;
  const limit = limitOf(query, { max: 100, standard: 25 });
  const key = params['emoji_name']!.replace(/^(a:)?\w+:(?=\d+$)/, '');
  const reaction = messageOf(asked).message.reactions.get(key);
  const isBurst = Number(query.get('type') ?? 0) === ReactionType.Burst;
  const found = between(reaction?.[isBurst ? 'burst' : 'normal'] ?? [], (id) => id, {
    after: idIn(query, 'after'),
  });
  return ok(found.slice(0, limit).map((id) => userPayload(world.truth.users.get(id)!)));
}

/** GET /channels/{channel_id}/pins: at most 50, newest first. */
export function oldPins(asked: Asked): Answer {
  const place = placeOf(asked);
  return ok(
    pinned(asked, place)
      .slice(0, 50)
      .map((one) => shown(asked, place, one)),
  );
}

/** GET /channels/{channel_id}/messages/pins: pages, newest first. */
export function pins(asked: Asked): Answer {
  const place = placeOf(asked);
  const limit = limitOf(asked.query, { max: 50, standard: 50 });
  const before = Date.parse(asked.query.get('before') ?? '9999-12-31');
  const found = pinned(asked, place).filter((one) => pinnedAt(one) < before);
  return ok({
    items: found.slice(0, limit).map((one) => ({
      pinned_at: new Date(pinnedAt(one)).toISOString(),
      message: shown(asked, place, one),
    })),
    has_more: found.length > limit,
  });
}

function pinned(asked: Asked, place: Place): MessageTruth[] {
  if (!isAllowed(asked, place, ReadMessageHistory)) return [];
  return [...place.channel.messages.values()]
    .filter((one) => one.pinned)
    .toSorted((a, b) => pinnedAt(b) - pinnedAt(a) || compareIds(b.id, a.id));
}

const pinnedAt = (one: MessageTruth): number => one.pinnedAt ?? 0;
