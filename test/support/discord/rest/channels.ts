/** A channel, and the archived threads of one. */
import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { ChannelTruth } from '../model.ts';
import { compareIds, threadsOf } from '../ordered.ts';
import { channelPayload } from '../payloads/channels.ts';
import { threadList } from './guilds.ts';
import { idIn, limitOf } from './paging.ts';
import { demand, type Place, placeOf } from './reach.ts';
import { refusals } from './refusal.ts';
import { type Answer, type Asked, ok } from './route.ts';

const { ManageThreads, ReadMessageHistory } = PermissionFlagsBits;

/** GET /channels/{channel_id} */
export function channel(asked: Asked): Answer {
  const { guild, channel: found } = placeOf(asked);
  return ok(channelPayload(asked.world.truth, guild, found));
}

/** GET /channels/{channel_id}/threads/archived/public: by when they were archived, newest first. */
export function archivedPublic(asked: Asked): Answer {
  const place = placeOf(asked);
  demand(asked, place, ReadMessageHistory);
  return byArchiving(asked, place, ({ type }) => type !== ChannelType.PrivateThread);
}

/** GET /channels/{channel_id}/threads/archived/private: as the public ones; 50013 without MANAGE_THREADS. */
export function archivedPrivate(asked: Asked): Answer {
  const place = placeOf(asked);
  demand(asked, place, ReadMessageHistory);
  demand(asked, place, ManageThreads);
  return byArchiving(asked, place, ({ type }) => type === ChannelType.PrivateThread);
}

/** GET /channels/{channel_id}/users/@me/threads/archived/private: those with the bot in it, by id, newest first. */
export function archivedJoined(asked: Asked): Answer {
  const place = placeOf(asked);
  demand(asked, place, ReadMessageHistory);
  const { bot } = asked.world.truth;
  const before = idIn(asked.query, 'before');
  const found = archivedIn(place, (thread) => {
    if (thread.type !== ChannelType.PrivateThread || !thread.thread!.members.has(bot.id)) return false;
    return before === undefined || compareIds(thread.id, before) < 0;
  });
  return page(
    asked,
    place,
    found.toSorted((a, b) => compareIds(b.id, a.id)),
  );
}

function byArchiving(asked: Asked, place: Place, isMeant: (thread: ChannelTruth) => boolean): Answer {
  const before = Date.parse(asked.query.get('before') ?? '9999-12-31');
  if (Number.isNaN(before)) throw refusals.invalidForm('before', 'Not a time.', 'DATE_TIME_TYPE_PARSE');
  const found = archivedIn(place, (thread) => isMeant(thread) && thread.thread!.archivedAt < before);
  return page(
    asked,
    place,
    found.toSorted((a, b) => b.thread!.archivedAt - a.thread!.archivedAt || compareIds(b.id, a.id)),
  );
}

function archivedIn({ guild, channel: parent }: Place, isMeant: (thread: ChannelTruth) => boolean) {
  return threadsOf(guild.channels, parent.id).filter((one) => one.thread!.archived && isMeant(one));
}

function page(asked: Asked, { guild }: Place, threads: ChannelTruth[]): Answer {
  const limit = limitOf(asked.query, { min: 2, max: 100, standard: 50 });
  return ok({ ...threadList(asked, guild, threads.slice(0, limit)), has_more: threads.length > limit });
}
