/** Who reacted, where we know fewer people than there are: a request an emoji, more where over a hundred reacted. */
import { type Stand, unlistedReactors } from '../../db/recorded.ts';
import { emptyBatch, type Snowflake } from '../../db/records.ts';
import { snowflakeAt } from '../../db/snowflake.ts';
import { addReactors } from '../discord/reactions.ts';
import { inLanes } from '../history/lanes.ts';
import { added } from '../history/reading.ts';
import { listReactors } from '../history/reactors.ts';
import type { Backfilling } from './backfilling.ts';
import type { Counted } from './counts.ts';
import type { Work } from './work.ts';

const STANDS_AT_ONCE = 200;

/** Lists them in every channel of a run that was read; what is listed is in the database, so it is never asked for twice. */
export async function listAllReactors(backfilling: Backfilling, work: Work): Promise<void> {
  const { pool, guildId, run, calls, card, halted, save, write, tellerAt, options, now } = backfilling;
  const mayAsk = () => ++card.reactorRequests > 0;
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
        const list = await listReactors(calls, stand, { mayAsk, total: stand.total });
        if (!list) return;
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
