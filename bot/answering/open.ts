/** The answering of a running bot, with all that it works with. */
import { commands } from '../../commands/index.ts';
import type { PlanBackfill } from '../../commands/command.ts';
import type { Config } from '../../config.ts';
import type { Store } from '../../db/connect.ts';
import { machineClock } from '../clock.ts';
import type { Log } from '../log.ts';
import { type Answering, makeAnswering } from './answering.ts';
import { drawingWhenNeeded } from './drawing.ts';

export interface OpenAnsweringOptions {
  config: Config;
  store: Store;
  botId: string;
  /** Discord's time, ms. */
  now(): number;
  plan: PlanBackfill;
  /** A guild's days begin at other times from now on. */
  onZone(guildId: string): void;
  isCurrent(guildId: string): Promise<boolean>;
  log: Log;
}

/** Opens it. */
export function openAnswering(options: OpenAnsweringOptions): Answering {
  const { config, store, botId, now, plan, onZone, isCurrent } = options;
  const { quickChartUrl } = config;
  const log = options.log.child({ component: 'answering' });
  const drawing = drawingWhenNeeded({
    ...(quickChartUrl && { quickChartUrl }),
    onWarning: (warning) => log.warn(warning),
  });
  const answering = makeAnswering({
    commands,
    context: {
      db: store.db,
      pool: store.pool,
      botId,
      plan,
      onZone,
      draw: drawing.draw,
      onChartError: (err) => log.warn({ err }, 'a chart is missing'),
    },
    isCurrent,
    now,
    wait: machineClock.wait,
    log,
  });
  return {
    take: answering.take,
    vitals: answering.vitals,
    async close() {
      await answering.close();
      await drawing.close();
    },
  };
}
