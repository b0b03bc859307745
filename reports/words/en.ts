/** Every sentence, in English. */
import { answering } from './en/answering.ts';
import { backfill } from './en/backfill.ts';
import { care } from './en/care.ts';
import { charts } from './en/charts.ts';
import { contributors } from './en/contributors.ts';
import { coverage } from './en/coverage.ts';
import { explanations } from './en/explanations.ts';
import { guide } from './en/guide.ts';
import { periods } from './en/periods.ts';
import { posting } from './en/posting.ts';
import { settings } from './en/settings.ts';
import { stats } from './en/stats.ts';
import { weekly } from './en/weekly.ts';
import { weeklyMessage } from './en/weekly-message.ts';

export const en = {
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

/** What a language has to say. */
export type Words = typeof en;
