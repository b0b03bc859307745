/** Who reacted, asked for where we know more or fewer people than Discord counts. */
import { miscounted } from '../../../db/recorded.ts';
import type { RecordBatch } from '../../../db/records.ts';
import { addReactors } from '../../discord/reactions.ts';
import { noteLost } from './card.ts';
import { unsureIn } from './page.ts';
import { listReactors, type ListedReactors, type Place } from '../../history/reactors.ts';
import { added } from '../../history/reading.ts';
import type { Repair } from './repair.ts';

const ASK_AGAIN_MAX = 3;

/** Adds to a batch who reacted to its messages, as far as that is not what is stored; a bounded number of requests. */
export async function addMissingReactors(repair: Repair, batch: RecordBatch): Promise<void> {
  const counts = batch.messages.flatMap(({ channelId, messageId, reactions }) =>
    (reactions?.counts ?? []).map(({ count, ...emoji }) => ({
      of: { channelId, messageId, emoji },
      messageId,
      emojiKey: emoji.key,
      count,
    })),
  );
  if (counts.length === 0) return;
  let left: Place[] = (await miscounted(repair.pool, repair.guildId, counts)).map(
    (place) => counts[place]!.of,
  );
  for (let attempt = 0; left.length > 0 && attempt <= ASK_AGAIN_MAX; attempt++) {
    const lists: ListedReactors[] = [];
    for (const stand of left) {
      const list = await listReactors(repair.calls, stand, { mayAsk: () => mayAsk(repair) });
      if (list && !('is' in list)) lists.push(list);
    }
    if (lists.length > 0) await repair.settle(attempt);
    left = [];
    for (const list of lists) {
      const { channelId, messageId, sentAtMs } = list;
      if (unsureIn(repair, channelId, [messageId], sentAtMs).length > 0) left.push(list);
      else added(repair, () => addReactors(batch, repair.tellerAt(sentAtMs), list));
    }
  }
  if (left.length > 0) noteLost(repair.card, 'unlisted-reactors');
}

/** A request more, where there may be one. */
function mayAsk({ card, settings }: Repair): boolean {
  if (card.reactorRequests >= settings.reactorRequestsMax) {
    noteLost(card, 'unlisted-reactors');
    return false;
  }
  card.reactorRequests++;
  return true;
}
