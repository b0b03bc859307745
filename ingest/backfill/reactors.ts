/** Who reacted, where we know fewer people than there are: a request an emoji, more where over a hundred reacted. */
import { type Stand, unlistedReactors } from '../../db/recorded.ts';
import { emptyBatch, type Snowflake } from '../../db/records.ts';
import { snowflakeAt } from '../../db/snowflake.ts';
import { fetchReactors, PAGE_MAX } from '../discord/fetch.ts';
import { addReactors, type Reactors } from '../discord/reactions.ts';
import { inLanes } from '../history/lanes.ts';
import { added } from '../history/reading.ts';
import type { Refused } from '../history/page.ts';
import type { Backfilling } from './backfilling.ts';
import type { Counted } from './counts.ts';
import type { Work } from './work.ts';

const STANDS_AT_ONCE = 200;

/** Lists them in every channel of a run that was read; what is listed is in the database, so it is never asked for twice. */
export async function listReactors(backfilling: Backfilling, work: Work): Promise<void> {
  const { pool, guildId, run, halted, save, write, tellerAt, options, now } = backfilling;
  for (const channelId of work.readable) {
    let before = snowflakeAt(Number.MAX_SAFE_INTEGER);
    let isClosed = false;
    while (!halted.aborted) {
      const place = { guildId, channelId };
      const found = await unlistedReactors(pool, place, { fromId: run.sinceId, before }, STANDS_AT_ONCE);
      if (found.length === 0) break;
      const { stands, last } = wholeMessages(found);
      before = last;
      const batch = emptyBatch();
      const listed: Counted[] = [];
      await inLanes(Math.max(1, options.requestsAtOnce() - 1), stands, async (stand) => {
        if (halted.aborted || isClosed) return;
        const list = await fetchAll(backfilling, stand);
        if ('is' in list) return void (isClosed ||= list.is === 'closed');
        const { sentAtMs } = list;
        if (!added(backfilling, () => addReactors(batch, tellerAt(sentAtMs), list))) return;
        listed.push({ channelId, messageIds: [stand.messageId], sentAtMs, untilMs: now() });
      });
      await write(batch, save([]));
      // A list is a count, too.
      for (const one of listed) work.counted(one);
      if (isClosed) break;
    }
  }
}

/** Of the last message some emoji may be missing, where there were too many: it comes again. */
function wholeMessages(found: Stand[]): { stands: Stand[]; last: Snowflake } {
  const last = found.at(-1)!.messageId;
  const whole = found.filter(({ messageId }) => messageId !== last);
  if (found.length < STANDS_AT_ONCE || whole.length === 0) return { stands: found, last };
  return { stands: whole, last: String(BigInt(last) + 1n) };
}

/** Everyone: super reactions are asked for only where the others do not make up the number. */
async function fetchAll(
  { calls, card }: Backfilling,
  { channelId, messageId, emoji, total }: Stand,
): Promise<(Reactors & { sentAtMs: number }) | Refused> {
  const lists = { normal: [] as unknown[], burst: [] as unknown[] };
  let sentAtMs = Infinity;
  for (const type of ['normal', 'burst'] as const) {
    // More than there were: what else has changed is not known.
    if (type === 'burst' && lists.normal.length === total) break;
    let after: Snowflake | undefined;
    while (true) {
      card.reactorRequests++;
      const page = { isBurst: type === 'burst', ...(after && { after }) };
      const answer = await fetchReactors(calls, { channelId, messageId, emoji }, page);
      if (answer.is !== 'found') return answer;
      sentAtMs = Math.min(sentAtMs, answer.sentAtMs);
      lists[type].push(...answer.payload);
      if (answer.payload.length < PAGE_MAX) break;
      after = answer.payload.at(-1)!.id;
    }
  }
  return { channelId, messageId, emoji, ...lists, sentAtMs };
}
