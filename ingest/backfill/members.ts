/** Lists a guild's members once, with when they joined. */
import { membersListedAt } from '../../db/recorded.ts';
import { emptyBatch } from '../../db/records.ts';
import { fetchGuildMembers } from '../discord/fetch.ts';
import { addMember } from '../discord/members.ts';
import { added } from '../history/reading.ts';
import type { Backfilling } from './backfilling.ts';

/** A list that live recording made a day ago is as good. */
const FRESH_MS = 86_400_000;

/** Lists them where the intent allows, and nobody has lately. Everyone who is in no page of a whole list has left. */
export async function listMembers(backfilling: Backfilling): Promise<void> {
  const { pool, guildId, run, card, options, listing, write, halted, save, tellerAt, now } = backfilling;
  if (!options.hasMembersIntent) return;
  const listedMs = await membersListedAt(pool, guildId);
  const freshMs = run.isAgain ? (run.startedAtMs ?? now()) : now() - FRESH_MS;
  if (listedMs !== undefined && listedMs > freshMs) return;
  let beganMs: number | undefined;
  let isWhole = true;
  card.members = 0;
  for await (const answer of fetchGuildMembers(listing.calls, guildId)) {
    if (answer.is !== 'found') return;
    beganMs ??= answer.sentAtMs;
    const batch = emptyBatch();
    for (const member of answer.payload)
      if (added(backfilling, () => addMember(batch, tellerAt(answer.sentAtMs), member))) card.members++;
      else isWhole = false;
    await write(batch, save([]));
    if (halted.aborted) return;
  }
  if (beganMs === undefined || !isWhole) return;
  const batch = emptyBatch();
  batch.guilds.push({ source: 'rest', observedAt: beganMs, guildId, membersListedAt: beganMs });
  await write(batch, save([]));
}
