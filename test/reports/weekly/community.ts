/** A made-up community that is always the same, and its weekly report. */
import { join } from 'node:path';
import { generateCommunity } from '../../../ingest/dce/generate.ts';
import {
  buildWeekly,
  weeklyCharts,
  type WeeklyPictures,
  type WeeklyReport,
} from '../../../reports/weekly.ts';
import { en } from '../../../reports/words/en.ts';
import type { TestDatabase } from '../../support/database.ts';
import { imported, NOW_MS } from '../../support/imports.ts';

/** Imports it; tells its guild. */
export async function importCommunity(database: TestDatabase, folder: string): Promise<string> {
  const path = join(folder, 'made');
  const running = generateCommunity({ messages: 2500, seed: 'golden' }, path);
  for (;;) {
    const { done, value } = await running.next();
    if (!done) continue;
    await imported(database, [path]);
    return value.guild.id;
  }
}

/** Its last week, explained. */
export async function communityReport(database: TestDatabase, guildId: string): Promise<WeeklyReport> {
  const asked = { guildId, timeZone: 'Europe/Vienna', nowMs: NOW_MS, explain: true };
  return (await buildWeekly(database.db, asked))!;
}

/** The smallest PNG: one dark pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mPQVjX6DwACNgFPRC1ZFAAAAABJRU5ErkJggg==',
  'base64',
);

/** Pictures of a report's charts that show nothing: for all that is not about what is in them. */
export function blankPictures(report: WeeklyReport, words = en): WeeklyPictures {
  return Object.fromEntries(
    Object.entries(weeklyCharts(report, words)).map(([id, { title, alt, width, height }]) => [
      id,
      { png: PIXEL, title, alt, width, height },
    ]),
  );
}
