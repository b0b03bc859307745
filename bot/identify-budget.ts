/** How often shards may identify: Discord allows a number a day, and resets the token of who asks for more. */
import type { IIdentifyThrottler } from '@discordjs/ws';
import type { APIGatewaySessionStartLimit } from 'discord-api-types/v10';
import type { Clock } from './clock.ts';

/** Shards of one concurrency bucket identify this far apart; Discord's rule is 5 s. */
const APART_MS = 5_250;
const HOUR_MS = 3_600_000;
/** A shard that identifies again and again: so many are not held back, and then each waits twice as long. */
const FREE_REPEATS = 20;
const REPEAT_MS = 60_000;
const REPEAT_MAX_MS = 300_000;
/** Below this share of the day's number, what is left is spread over what is left of the day. */
const SCARCE_SHARE = 0.1;

/**
 * Lets shards identify one after the other. One for all clients of a process, as the limits are the application's.
 *
 * `fetchLimit` asks Discord what is left of the day; where it fails, only our own pace counts.
 */
export function makeIdentifyBudget(
  clock: Clock,
  fetchLimit: () => Promise<APIGatewaySessionStartLimit>,
): IIdentifyThrottler {
  const past = new Map<number, number[]>();
  const queues = new Map<number, Promise<void>>();
  const bucketUsedAt = new Map<number, number>();
  let lastAt = -Infinity;

  const waitUntil = async (at: number, signal: AbortSignal) => {
    signal.throwIfAborted();
    const ms = at - clock.now();
    if (ms > 0) await clock.wait(ms, signal);
  };

  /** When a shard may ask for its turn: slower where it repeats, or where the day's number runs out. */
  function earliest(shardId: number, limit: APIGatewaySessionStartLimit | undefined): number {
    const now = clock.now();
    const recent = (past.get(shardId) ?? []).filter((at) => at > now - HOUR_MS);
    past.set(shardId, recent);
    const pause = Math.min(REPEAT_MS * 2 ** (recent.length - FREE_REPEATS), REPEAT_MAX_MS);
    const ownAt = recent.length < FREE_REPEATS ? now : recent.at(-1)! + pause;
    if (!limit || limit.remaining >= limit.total * SCARCE_SHARE) return ownAt;
    const dayAt =
      limit.remaining === 0 ? now + limit.reset_after : lastAt + limit.reset_after / limit.remaining;
    return Math.max(ownAt, dayAt);
  }

  async function takeTurn(bucket: number, shardId: number, signal: AbortSignal): Promise<void> {
    await waitUntil((bucketUsedAt.get(bucket) ?? -Infinity) + APART_MS, signal);
    lastAt = clock.now();
    bucketUsedAt.set(bucket, lastAt);
    past.get(shardId)!.push(lastAt);
  }

  return {
    async waitForIdentify(shardId, signal) {
      const limit = await fetchLimit().catch(() => undefined);
      await waitUntil(earliest(shardId, limit), signal);
      const bucket = shardId % (limit?.max_concurrency ?? 1);
      const before = queues.get(bucket) ?? Promise.resolve();
      const turn = before.catch(() => {}).then(() => takeTurn(bucket, shardId, signal));
      queues.set(bucket, turn);
      await turn;
    },
  };
}
