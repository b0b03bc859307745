/** A week as it is posted, without Discord: its claim, what it was built with, and what is kept of it. */
import { readableBy } from '../../../reports/audience.ts';
import {
  buildFromInputs,
  postInputs,
  type PostInputs,
  strippedOf,
  type WeeklyReport,
} from '../../../reports/weekly.ts';
import type { Language } from '../../../reports/words.ts';
import type { TestDatabase } from '../../support/database.ts';
import { CHANNEL, GUILD } from '../../support/records.ts';

export const MESSAGE = '300000000000000001';

export interface Posting {
  week: string;
  nowMs: number;
  language?: Language;
}

/** Posts it into `CHANNEL` of `GUILD`, for everybody who can read it. */
export async function postWeek(
  { db, pool }: TestDatabase,
  { week, nowMs, language = 'en' }: Posting,
): Promise<{ report: WeeklyReport; inputs: PostInputs }> {
  const channels = (await readableBy(db, GUILD, { channelId: CHANNEL }))!;
  const inputs = await postInputs(
    db,
    { guildId: GUILD, week, timeZone: 'UTC', channels, bots: false, language },
    nowMs,
  );
  const report = (await buildFromInputs(db, inputs))!;
  const posted = new Date(nowMs);
  await pool.query(
    `insert into posts (guild_id, report, period, due_at, state, try_at, channel_id, message_id, inputs, built, posted_at)
     values ($1, 'weekly', $2, $3, 'posted', $3, $4, $5, $6, $7, $3)`,
    [GUILD, week, posted, CHANNEL, MESSAGE, JSON.stringify(inputs), JSON.stringify(strippedOf(report))],
  );
  return { report, inputs };
}
