/** All that an order names: channels and threads that may be read, and why others may not. Nothing is written. */
import { ChannelType } from 'discord-api-types/v10';
import { type Access, storedPlaces } from '../../db/access.ts';
import { excludedChannels, storedChannels } from '../../db/recorded.ts';
import type { Snowflake } from '../../db/records.ts';
import { refusedChannels } from '../../db/refused.ts';
import type { RunOrder } from '../../db/runs.ts';
import { snowflakeMs } from '../../db/snowflake.ts';
import { isHidden } from '../discord/channels.ts';
import { fetchActiveThreads, fetchChannel } from '../discord/fetch.ts';
import { UNKNOWN_CHANNEL } from '../history/gone.ts';
import { inLanes } from '../history/lanes.ts';
import type { Reading } from '../history/reading.ts';
import { addShown, type Shown, type Survey, survey, WITH_THREADS } from '../history/survey.ts';
import {
  addNamed,
  archivedThreads,
  hasMessages,
  isAsked,
  isOverBefore,
  isThread,
  reasonNot,
  withArchived,
} from './places.ts';

export interface NotReadable {
  channelId: Snowflake;
  name: string | null;
  type: number;
  /** `refused`: Discord refused it within a day, though it should not. */
  reason: Exclude<Access, 'readable'> | 'excluded' | 'refused';
}

export interface OrderedPlaces {
  /** Have messages that may be read. */
  readable: Shown[];
  /** Channels; of threads only those in channels that may be read. */
  notReadable: NotReadable[];
  /** All that Discord shows. */
  shown: Map<Snowflake, Shown>;
}

/** Channels that are recorded and not shown are asked for one by one. */
const ASKED_MAX = 50;

/** Lists them, archived threads too. `listing` asks what a run asks for as well. Undefined: the guild is closed to us. */
export async function orderedPlaces(
  reading: Reading,
  listing: Reading,
  ownId: Snowflake,
  order: RunOrder,
  lanes: number,
): Promise<OrderedPlaces | undefined> {
  const { pool, guildId } = reading;
  const found = await survey(listing, ownId);
  if (!found) return undefined;
  await addNamed(listing, found, order);
  const excluded = await excludedChannels(pool, guildId);
  await inLanes(lanes, withArchived(found, order, excluded), async (channel) => {
    await archivedThreads(listing, found, channel, order.sinceId);
  });
  const active = await fetchActiveThreads(listing.calls, guildId);
  if (active.is === 'found')
    addShown(listing, found, active.payload.threads, active.sentAtMs, active.payload.members);
  const refused = await refusedChannels(pool, guildId, reading.now());
  const { readable, notReadable } = sortOut(found, order, excluded, refused);
  notReadable.push(...(await unlisted(reading, found, ownId, order, excluded, lanes)));
  await addNames(reading, notReadable);
  return { readable, notReadable, shown: found.shown };
}

function sortOut(
  found: Survey,
  order: RunOrder,
  excluded: Set<Snowflake>,
  refused: Set<Snowflake>,
): Omit<OrderedPlaces, 'shown'> {
  const sinceMs = snowflakeMs(order.sinceId);
  const readable: Shown[] = [];
  const closed = new Map<Snowflake, NotReadable>();
  const asked = [...found.shown.values()].filter((channel) => isAsked(order, found, channel));
  for (const channel of asked.toSorted((a, b) => Number(isThread(a)) - Number(isThread(b)))) {
    const { id: channelId, type, name = null, parent_id: parentId } = channel;
    if (!hasMessages(channel) && !WITH_THREADS.includes(type)) continue;
    const reason = reasonNot(found, channel, excluded) ?? (refused.has(channelId) ? 'refused' : undefined);
    if (reason === undefined) {
      if (hasMessages(channel) && !isOverBefore(channel, sinceMs)) readable.push(channel);
    } else if (!isThread(channel) || !closed.has(parentId ?? ''))
      closed.set(channelId, { channelId, name: isHidden(channel) ? null : name, type, reason });
  }
  return { readable, notReadable: [...closed.values()] };
}

/** Channels that are recorded and that Discord's list leaves out: hidden from us, or deleted. */
async function unlisted(
  { pool, guildId, calls }: Reading,
  { shown }: Survey,
  ownId: Snowflake,
  { channelIds }: RunOrder,
  excluded: Set<Snowflake>,
  lanes: number,
): Promise<NotReadable[]> {
  const { channels } = await storedPlaces(pool, guildId, ownId);
  const asked = channelIds && new Set(channelIds);
  const missing = channels.filter(
    ({ channelId, parentId, type, isGone }) =>
      !shown.has(channelId) &&
      !isGone &&
      type !== ChannelType.GuildCategory &&
      type !== ChannelType.PrivateThread &&
      (!asked || asked.has(channelId) || asked.has(parentId ?? '')),
  );
  const unsure = missing.filter((one) => !one.isHidden && !excluded.has(one.channelId)).slice(0, ASKED_MAX);
  const gone = new Set<Snowflake>();
  await inLanes(lanes, unsure, async ({ channelId }) => {
    const answer = await fetchChannel(calls, channelId);
    if (answer.is === 'missing' && answer.code === UNKNOWN_CHANNEL) gone.add(channelId);
  });
  const reasonOf = (id: Snowflake) => (gone.has(id) ? 'gone' : 'hidden');
  return missing.map(({ channelId, type }) => ({
    channelId,
    name: null,
    type: type ?? ChannelType.GuildText,
    reason: excluded.has(channelId) ? 'excluded' : reasonOf(channelId),
  }));
}

/** Those that Discord does not tell now are known from before. */
async function addNames({ pool, guildId }: Reading, notReadable: NotReadable[]): Promise<void> {
  const nameless = notReadable.filter(({ name }) => name === null);
  if (nameless.length === 0) return;
  const ids = nameless.map(({ channelId }) => channelId);
  const stored = new Map((await storedChannels(pool, guildId, ids)).map((one) => [one.channelId, one.name]));
  for (const one of nameless) one.name = stored.get(one.channelId) ?? null;
}
