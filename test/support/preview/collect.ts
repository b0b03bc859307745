/** Every answer: asked of the bot, and kept. */
import { queueRun, startRun } from '../../../db/runs.ts';
import { saveRunProgress } from '../../../db/run-channels.ts';
import { openBackfillCard } from '../../../ingest/backfill/card.ts';
import { askIn } from './asking.ts';
import { askGuide, askNaming } from './guides.ts';
import type { Names } from './inline.ts';
import { askBackfill, askSettings, settle } from './managing.ts';
import { askContributors, askStats, askWeekly } from './questions.ts';
import { askInVain, askWithoutDatabase } from './refusals.ts';
import type { Scene } from './scene.ts';
import { NOW_MS } from './servers.ts';
import type { Shot } from './shots.ts';

/** Asks everything of a scene that was just opened. */
export async function askAll(scene: Scene): Promise<Shot[]> {
  const asking = askIn(scene);
  await beginBackfill(scene);
  await settle(asking, scene);
  await askStats(asking, scene);
  await askContributors(asking, scene);
  await askWeekly(asking, scene);
  await askGuide(asking, scene);
  await askNaming(asking, scene);
  await askInVain(asking, scene);
  await askSettings(asking, scene);
  await askBackfill(asking, scene);
  await askWithoutDatabase(asking);
  return asking.shots;
}

/** The young server's, which is not far yet. */
async function beginBackfill({ store: { pool }, young }: Scene): Promise<void> {
  const order = { guildId: young.id, channelIds: null, sinceId: '0', withReactors: false, isAgain: false };
  const run = await queueRun(pool, order, NOW_MS);
  await startRun(pool, run, NOW_MS);
  await saveRunProgress(pool, run, [], openBackfillCard({ share: 0.12 }), NOW_MS);
}

/** How the servers' members, channels and roles are called. */
export function namesIn({ world }: Scene): Names {
  const guilds = [...world.truth.guilds.values()];
  const named = (all: Iterable<{ id: string; name: string }>) =>
    Object.fromEntries(Array.from(all, ({ id, name }) => [id, name]));
  return {
    channels: named(guilds.flatMap((guild) => [...guild.channels.values()])),
    roles: named(guilds.flatMap((guild) => [...guild.roles.values()])),
    users: named(
      world.truth.users
        .values()
        .map(({ id, username, global_name: name }) => ({ id, name: name ?? username })),
    ),
  };
}
