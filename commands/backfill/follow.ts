/** A backfill followed: its message changes in place for as long as Discord lets us edit it. */
import { renderStatus } from '../../reports/backfill/render-status.ts';
import { type BackfillStatus, buildBackfillStatus, isMoving } from '../../reports/backfill/status.ts';
import type { Message } from '../../reports/message.ts';
import { wordsIn } from '../../reports/words.ts';
import type { CommandContext, Request } from '../command.ts';
import { statusButtons } from './buttons.ts';

/** Discord lets a message be edited about so often. */
const LOOK_EVERY_MS = 5_000;
/** An answer ends after 14 minutes. Looks and edits take time, too: most of a second each may. */
const FOLLOW_MS = 12 * 60_000;
/** Looks in a row that found no database: then it is an error, told and logged as any other. */
const FAILED_MAX = 3;

/** Shows it until it has ended or is paused; then, or when time is up, the last message stays. `lead`: what was done just now. */
export async function* follow(
  request: Request,
  context: CommandContext,
  lead?: string,
): AsyncIterable<Message> {
  const words = wordsIn(request.language);
  let seen: BackfillStatus | undefined;
  let shown = '';
  let failed = 0;
  for (let waitedMs = 0; ; waitedMs += LOOK_EVERY_MS) {
    try {
      seen = await buildBackfillStatus(context, request, context.nowMs + waitedMs, seen);
      failed = 0;
    } catch (error) {
      // Who could look once waits a little for the database; who never could is told at once.
      if (!seen || ++failed === FAILED_MAX) throw error;
    }
    const isUnwatched = isMoving(seen) && waitedMs >= FOLLOW_MS;
    const message = {
      ...renderStatus(seen, words, {
        ...(lead !== undefined && { lead }),
        isAway: failed > 0,
        isUnwatched,
      }),
      buttons: statusButtons(seen, words),
    };
    const told = JSON.stringify(message);
    if (told !== shown) yield message;
    shown = told;
    if (!isMoving(seen) || isUnwatched) return;
    await context.wait(LOOK_EVERY_MS);
  }
}
