/** Every sentence, in German. */
import { answering } from './de/answering.ts';
import { backfill } from './de/backfill.ts';
import { care } from './de/care.ts';
import { charts } from './de/charts.ts';
import { contributors } from './de/contributors.ts';
import { coverage } from './de/coverage.ts';
import { explanations } from './de/explanations.ts';
import { guide } from './de/guide.ts';
import { periods } from './de/periods.ts';
import { posting } from './de/posting.ts';
import { settings } from './de/settings.ts';
import { stats } from './de/stats.ts';
import { weekly } from './de/weekly.ts';
import { weeklyMessage } from './de/weekly-message.ts';
import type { Words } from './en.ts';

export const de: Words = {
  charts,
  coverage,
  weekly,
  weeklyMessage,
  explanations,
  answering,
  periods,
  stats,
  contributors,
  settings,
  posting,
  backfill,
  care,
  guide,
};
