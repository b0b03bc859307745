/** Who reacted, asked for where we know more or fewer people than Discord counts. */
import { miscounted } from '../../../db/recorded.ts';
import type { EmojiFacts, RecordBatch, Snowflake } from '../../../db/records.ts';
import { fetchReactors, PAGE_MAX } from '../../discord/fetch.ts';
import { addReactors, type Reactors } from '../../discord/reactions.ts';
import { noteLost } from './card.ts';
import { unsureIn } from './page.ts';
import { added } from '../../history/reading.ts';
import type { Repair } from './repair.ts';

interface Stand {
  channelId: Snowflake;
  messageId: Snowflake;
  emoji: EmojiFacts;
}

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
  let left: Stand[] = (await miscounted(repair.pool, repair.guildId, counts)).map(
    (place) => counts[place]!.of,
  );
  for (let attempt = 0; left.length > 0 && attempt <= ASK_AGAIN_MAX; attempt++) {
    const lists: (Reactors & { sentAtMs: number })[] = [];
    for (const stand of left) {
      const list = await listReactors(repair, stand);
      if (list) lists.push(list);
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

/** Both types to their end; undefined where the emoji or message is gone, or the requests are used up. */
async function listReactors(
  repair: Repair,
  { channelId, messageId, emoji }: Stand,
): Promise<(Reactors & { sentAtMs: number }) | undefined> {
  const { calls, card, settings } = repair;
  const lists = { normal: [] as unknown[], burst: [] as unknown[] };
  let sentAtMs = Infinity;
  for (const type of ['normal', 'burst'] as const) {
    let after: Snowflake | undefined;
    while (true) {
      if (card.reactorRequests >= settings.reactorRequestsMax) {
        noteLost(card, 'unlisted-reactors');
        return undefined;
      }
      card.reactorRequests++;
      const answer = await fetchReactors(
        calls,
        { channelId, messageId, emoji },
        { isBurst: type === 'burst', ...(after && { after }) },
      );
      if (answer.is !== 'found') return undefined;
      sentAtMs = Math.min(sentAtMs, answer.sentAtMs);
      lists[type].push(...answer.payload);
      if (answer.payload.length < PAGE_MAX) break;
      after = answer.payload.at(-1)!.id;
    }
  }
  return { channelId, messageId, emoji, ...lists, sentAtMs };
}
