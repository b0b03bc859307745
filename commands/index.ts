/** The slash commands, in the order in which they are shown. */
import type { Command } from './command.ts';
import backfill from './backfill.ts';
import guide from './guide.ts';
import settings from './settings.ts';
import stats from './stats.ts';
import topContributors from './top-contributors.ts';
import weekly from './weekly.ts';

export const commands: readonly Command[] = [stats, topContributors, weekly, guide, settings, backfill];
