/** `almanac backfill`: a run asked for, and worked on here or followed. */
import type { Store } from '../../db/connect.ts';
import { troubledChannels } from '../../db/run-channels.ts';
import { queueRun, type Run, type RunOrder } from '../../db/runs.ts';
import { refreshStatistics } from '../../db/statistics.ts';
import { backfillCardJson, backfillCardText } from './card.ts';
import { backfillDisplay } from './display.ts';
import type { Backfills, CompanionDoor, Introduction } from './door.ts';
import { followRun } from './follow.ts';
import { type CliContext, EXIT, exitCodeOf } from '../context.ts';
import { toJson } from '../format.ts';
import { refreshWithProgress } from '../sums.ts';

/** What a command works with. */
export interface Asking {
  context: CliContext;
  companion: CompanionDoor;
  introduction: Introduction & { guildName: string };
  store: Store;
  order: RunOrder;
  /** Its reason is the signal that a person, or the system, has sent. */
  stopped: AbortSignal;
  isJson: boolean;
}

/** Reads it, or follows who does; tells the exit code. Errors: TokenError; Postgres'. */
export async function read(asking: Asking): Promise<number> {
  const { context, companion, introduction, store, order, stopped, isJson } = asking;
  const { discord, identity, guildName } = introduction;
  const display = backfillDisplay(context.screen, () => performance.now());
  const run = await queueRun(store.pool, order, context.nowMs);
  const done: { guildId: string; messages: number }[] = [];
  const backfills = companion.start({
    config: context.config,
    discord,
    identity,
    store,
    log: logTo(display.say),
    onDone: (guildId, messages) => void done.push({ guildId, messages }),
  });
  try {
    const ended = await followRun(run, { store, backfills, display, signal: stopped });
    if (!ended) return await stop(asking, run, backfills);
    const troubled = await troubledChannels(store.pool, ended);
    const card = { run: ended, guildName, troubled };
    context.print(isJson ? toJson(backfillCardJson(card)) : backfillCardText(card));
    await backfills.close();
    await settle(context, store, done);
    return ended.state === 'done' ? EXIT.ok : ended.state === 'failed' ? EXIT.failed : EXIT.partly;
  } finally {
    await backfills.close();
  }
}

/** A person has had enough: what runs here is paused, so that no other process goes on with it; what is followed goes on. */
async function stop({ context, stopped }: Asking, run: Run, backfills: Backfills): Promise<number> {
  const { guildId } = run;
  const by = stopped.reason === 'SIGINT' ? 'Ctrl+C' : String(stopped.reason);
  if (backfills.isRunner()) {
    context.tell('Stopping between pages. Ctrl+C again ends it at once; nothing that is recorded is lost.');
    await backfills.pause(run, `stopped by ${by}`);
    await backfills.close();
    context.tell('Stopped and paused. The same command goes on where it is.');
  } else {
    await backfills.close();
    context.tell(
      `No longer followed. The backfill stays asked for, and goes on where a process works on it.\nTo pause it: npx almanac backfill pause --guild ${guildId}`,
    );
  }
  return exitCodeOf(stopped.reason);
}

/** So many new messages change what the planner should know. */
const ANALYZED_FROM = 1_000;

async function settle(
  context: CliContext,
  store: Store,
  done: { guildId: string; messages: number }[],
): Promise<void> {
  const isMuch = done.some(({ messages }) => messages >= ANALYZED_FROM);
  if (isMuch) await refreshStatistics(store.pool);
  const guildIds = done.map(({ guildId }) => guildId);
  // Sums are tables that the planner should know, too.
  if ((await refreshWithProgress(context, store, guildIds)) && isMuch) await refreshStatistics(store.pool);
}

/** What goes wrong on the way, told once a kind. */
function logTo(say: (line: string) => void) {
  const told = new Set<string>();
  return {
    info() {},
    warn(facts: object, message: string) {
      const { err } = facts as { err?: { code?: unknown; name?: string } };
      const cause = err ? ` (${err.code ?? err.name})` : '';
      if (!told.has(message)) say(`WARNING: ${message}${cause}`);
      told.add(message);
    },
  };
}
