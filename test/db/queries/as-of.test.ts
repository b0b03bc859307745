/** Questions as of a time: as if nothing had been written later. */
import { beforeAll, describe, expect, it } from 'vitest';
import { refreshSums, keepSums } from '../../../db/rollups/refresh.ts';
import { recordSpan } from '../../../db/queries/record-span.ts';
import { snowflakeAt } from '../../../db/snowflake.ts';
import { isoWeek, isoWeekLabel } from '../../../db/window.ts';
import { buildWeekly, type WeeklyReport } from '../../../reports/weekly.ts';
import { makeCommunity } from '../../support/community.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { imported } from '../../support/imports.ts';

const HOUR_MS = 3_600_000;
const WEEK_MS = 168 * HOUR_MS;
const ZONE = 'Europe/Vienna';

const database = useDatabase();
const folder = useFolder();
let guildId = '';
let channels: string[] = [];
/** Weeks of the record, each with the Monday morning after it. */
let weeks: { week: string; asOfMs: number }[] = [];
/** When the recorder was alive last; null: there is none. */
const alive = (ms: number) =>
  database.pool.query(`update shards set alive_at = $1, last_event_at = $1`, [new Date(ms)]);

beforeAll(async () => {
  const { truth, files } = await makeCommunity(folder.path, { messages: 3000, weeks: 8, seed: 'as of' });
  await imported(database, files);
  guildId = truth.guild.id;
  const { rows } = await database.pool.query<{ id: string }>(
    'select channel_id::text as id from channels where guild_id = $1 order by channel_id',
    [guildId],
  );
  channels = rows.map(({ id }) => id);
  const { firstMs, lastMs } = (await recordSpan(database.db, { guildId }))!;
  for (let ms = lastMs - WEEK_MS; ms > firstMs; ms -= WEEK_MS) {
    const week = isoWeekLabel(ms, ZONE);
    weeks.push({ week, asOfMs: isoWeek(week, ZONE)!.toMs + 9 * HOUR_MS });
  }
  // Recorded live since the middle, in half of the channels, and to beyond the end.
  await database.pool.query(
    `insert into shards (application_id, shard_id, shard_count, holder, last_event_at, alive_at)
     values (1, 0, 1, 'h', $1, $1)`,
    [new Date(lastMs + WEEK_MS)],
  );
  const sinceAt = new Date((firstMs + lastMs) / 2);
  await database.pool.query(`insert into guild_moments (guild_id, kind, at) values ($1, 'available', $2)`, [
    guildId,
    sinceAt,
  ]);
  await database.pool.query(
    `insert into channel_access (guild_id, channel_id, at, access)
     select $1, channel_id, $2, 'readable' from channels where guild_id = $1 and channel_id % 2 = 0`,
    [guildId, sinceAt],
  );
  // Threads that go on are archived when they end.
  await database.pool.query(
    `update channels set type = 11, archived = true, archived_at = $2
     where guild_id = $1 and channel_id in (select message_id from messages where guild_id = $1)`,
    [guildId, new Date(lastMs)],
  );
});

const build = async ({ week, asOfMs }: { week: string; asOfMs?: number }, nowMs: number) =>
  (await buildWeekly(database.db, {
    guildId,
    timeZone: ZONE,
    week,
    nowMs,
    channels,
    explain: true,
    ...(asOfMs !== undefined && { asOfMs }),
  }))!;

describe('a report as of a time', () => {
  it('is the one that was built when nothing had been written later', async () => {
    const asOf: WeeklyReport[] = [];
    for (const one of weeks) asOf.push(await build(one, Date.now()));
    const late = await Promise.all(weeks.map(({ week }) => build({ week }, Date.now())));
    // Answers that came later, threads that went on, and the end of the record.
    const answered = (reports: WeeklyReport[]) => reports.map(({ questions }) => questions.answered);
    expect(answered(late)).not.toEqual(answered(asOf));
    const replied = (reports: WeeklyReport[]) =>
      reports.flatMap(({ contributors }) => contributors.map((row) => row.replied));
    expect(replied(late)).not.toEqual(replied(asOf));

    await keepSums(database.db, guildId, ZONE, 1);
    for await (const _ of refreshSums(database, guildId));
    for (const [i, one] of weeks.entries()) expect(await build(one, Date.now())).toEqual(asOf[i]);
    await database.pool.query('delete from rollups');

    // Back in time: what was written later is not written yet.
    for (const [i, { week, asOfMs }] of weeks.entries()) {
      await database.pool.query('delete from messages where guild_id = $1 and message_id >= $2', [
        guildId,
        snowflakeAt(asOfMs + 1),
      ]);
      await alive(asOfMs);
      for (const table of ['guild_moments', 'channel_access'])
        await database.pool.query(`delete from ${table} where at > $1`, [new Date(asOfMs)]);
      await database.pool.query(
        `update channels set archived = false where guild_id = $1 and archived_at > $2`,
        [guildId, new Date(asOfMs)],
      );
      expect(await build({ week }, asOfMs), week).toEqual(asOf[i]);
    }
  });
});
