/** Small servers in exports, and their weekly reports. */
import {
  buildWeekly,
  weeklyMarkdown,
  type WeeklyReport,
  type WeeklyRequest,
} from '../../../reports/weekly.ts';
import { en } from '../../../reports/words/en.ts';
import { type TestDatabase, useDatabase } from '../../support/database.ts';
import { exportText, type Json } from '../../support/exports.ts';
import { useFolder } from '../../support/folder.ts';
import { imported } from '../../support/imports.ts';
import { CHANNEL, GUILD } from '../../support/records.ts';

export const DAY = 86_400;
/** The record begins on Thursday 2026-01-01; these are seconds from there. */
export const MONDAY = { W02: 4 * DAY, W03: 11 * DAY, W04: 18 * DAY };
/** A clock after all of it. */
export const LATER_MS = Date.UTC(2026, 5, 1);

export interface Reported {
  database: TestDatabase;
  /** Imports an export of these messages. */
  record(messages: Json[], more?: { guild?: Json; channel?: Json }): Promise<void>;
  build(request?: Partial<WeeklyRequest>): Promise<WeeklyReport>;
  /** As Markdown. */
  rendered(request?: Partial<WeeklyRequest>): Promise<string>;
}

/** A database and a folder for a test file. */
export function useReported(): Reported {
  const database = useDatabase();
  const folder = useFolder();
  const build = async (request: Partial<WeeklyRequest> = {}) => {
    const asked = { guildId: GUILD, timeZone: 'UTC', nowMs: LATER_MS, ...request };
    return (await buildWeekly(database.db, asked))!;
  };
  return {
    database,
    build,
    async record(messages, more = {}) {
      const id = (more.channel?.id as string | undefined) ?? CHANNEL;
      await imported(database, [await folder.file(`${id}.json`, exportText({ ...more, messages }))]);
    },
    rendered: async (request) => weeklyMarkdown(await build(request), en),
  };
}
