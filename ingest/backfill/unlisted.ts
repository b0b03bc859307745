/** Channels and threads that are recorded and that no list of Discord's names: deleted, or hidden from us. */
import { ChannelType } from 'discord-api-types/v10';
import { type Access, currentAccess } from '../../db/access.ts';
import { standingChannels, storedChannels } from '../../db/recorded.ts';
import { emptyBatch, type Snowflake } from '../../db/records.ts';
import { refusedChannels } from '../../db/refused.ts';
import { addRunChannels, type ChannelStep } from '../../db/run-channels.ts';
import { fetchChannel } from '../discord/fetch.ts';
import { noteLost } from '../history/card.ts';
import { noteAccess } from '../history/access.ts';
import { addGone, addHidden, UNKNOWN_CHANNEL } from '../history/gone.ts';
import { inLanes } from '../history/lanes.ts';
import type { Shown, Survey } from '../history/survey.ts';
import type { Backfilling } from './backfilling.ts';
import { isAsked, isThread } from './places.ts';

/** So many are asked for one by one. */
const ASKED_MAX = 300;
const ASKED_AT_ONCE = 4;
/** What a gap's repair found closed is not asked for again so soon. */
const GAP_REFUSED_MS = 86_400_000;
const OURS: (Access | undefined)[] = ['readable', 'no history', undefined];

/** Asks for each by its id, once all lists are here, and notes those that are no more; a refused one not before a day is over. */
export async function askUnlisted(
  backfilling: Backfilling,
  found: Survey,
  excluded: Set<Snowflake>,
): Promise<void> {
  const { guildId, run, card, options, listing, halted, write, save, now } = backfilling;
  const unlisted = await unlistedPlaces(backfilling, found, excluded);
  if (unlisted.length > ASKED_MAX) noteLost(card, 'unchecked-channels');
  const batch = emptyBatch();
  const steps: ChannelStep[] = [];
  await inLanes(ASKED_AT_ONCE, unlisted.slice(0, ASKED_MAX), async (place) => {
    if (halted.aborted) return;
    const { id: channelId } = place;
    const answer = await fetchChannel(listing.calls, channelId);
    if (answer.is === 'closed') {
      // Of a thread whose channel is shown nothing says why.
      const isHidden = !isThread(place);
      if (isHidden) addHidden(batch, guildId, channelId, answer.sentAtMs);
      steps.push({ channelId, state: 'closed', reason: isHidden ? 'hidden' : 'refused' });
    }
    if (answer.is !== 'missing' || answer.code !== UNKNOWN_CHANNEL) return;
    addGone(batch, guildId, channelId, answer.sentAtMs);
    card.channelsDeleted++;
    steps.push({ channelId, state: 'closed', reason: 'gone' });
  });
  if (steps.length === 0) return;
  await write(batch, async (client, result) => {
    const noted = steps.map(({ channelId }) => channelId);
    await addRunChannels(client, run, noted, now());
    await noteAccess(client, guildId, options.self.userId, now(), found.joined);
    await save(steps)(client, result);
  });
}

/** What of them may be deleted, as far as is known. */
async function unlistedPlaces(
  { pool, guildId, run, now }: Backfilling,
  found: Survey,
  excluded: Set<Snowflake>,
): Promise<Shown[]> {
  const { shown } = found;
  const standing = await standingChannels(pool, guildId, now() - GAP_REFUSED_MS);
  const unlisted = standing.map(({ channelId }) => channelId).filter((id) => !shown.has(id));
  const refused = await refusedChannels(pool, guildId, now());
  const access = await currentAccess(pool, guildId);
  const isOurs = (id: Snowflake) => !refused.has(id) && OURS.includes(access.get(id)?.access);
  const places = (await storedChannels(pool, guildId, unlisted)).map(
    ({ channelId: id, type, name, parentId }): Shown => ({
      id,
      type: type ?? ChannelType.GuildText,
      name,
      parent_id: parentId,
    }),
  );
  return places.filter((place) => {
    const { id, parent_id: parentId } = place;
    // A thread is as its channel; of those archived before a run's beginning no list was asked for.
    const isListed =
      !isThread(place) || (shown.has(parentId ?? '') && isOurs(parentId!) && run.sinceId === '0');
    return isListed && isOurs(id) && !excluded.has(id) && isAsked(run, found, place);
  });
}
