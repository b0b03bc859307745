/** A generated guild with everything in it that a question must mind, and scopes to ask it in. */
import type { Asked } from '../../db/queries/question.ts';
import { chooseUnranked } from '../../db/choices.ts';
import { saveSettings } from '../../db/settings.ts';
import { recordSpan } from '../../db/queries/record-span.ts';
import { atLength } from './at-length.ts';
import { makeCommunity } from './community.ts';
import type { TestDatabase } from './database.ts';
import { imported } from './imports.ts';
import { groupBy, naiveGuild, type NaiveGuild } from './naive.ts';

export interface AskedGuild {
  guildId: string;
  naive: NaiveGuild;
  /** By what they are: each is one of the traps. */
  scopes: Record<string, Asked>;
}

/**
 * Imports a community over two years, excludes one busy channel, unranks its second most active person, and deletes
 * every 40th message, told or inferred.
 */
export async function askedGuild(
  database: TestDatabase,
  folder: string,
  messages = atLength(1500, 3000),
): Promise<AskedGuild> {
  const { truth, files } = await makeCommunity(folder, { messages, weeks: 100, seed: 'asked' });
  await imported(database, files, { lanes: 2 });
  const guildId = truth.guild.id;
  const busiest = await database.pool.query<{ id: string }>(
    'select channel_id::text as id from messages where guild_id = $1 group by 1 order by count(*) desc, 1 limit 3',
    [guildId],
  );
  await saveSettings(database.db, guildId, { excludedChannels: [busiest.rows[2]!.id] }, new Date());
  await chooseUnranked(database.db, guildId, truth.topAuthors[1]!.id, true, new Date());
  await database.pool.query(
    `update messages set gone_at = case when (message_id >> 22) % 80 < 40 then now() end,
       absent_at = case when (message_id >> 22) % 80 >= 40 then now() end
     where guild_id = $1 and (message_id >> 22) % 40 = 0`,
    [guildId],
  );
  await database.pool.query('analyze');
  const naive = await naiveGuild(database.db, guildId);
  const span = (await recordSpan(database.db, { guildId }))!;
  const all = { fromMs: span.firstMs, toMs: span.lastMs + 1 };
  const channels = [...groupBy(naive.messages, (m) => m.channelId).keys()];
  const in2025 = { fromMs: Date.UTC(2025, 2, 1, 5, 30), toMs: Date.UTC(2025, 9, 27, 12) };
  const limit = 10;
  const scope = (more: Partial<Asked>): Asked => ({
    guildId,
    limit,
    window: { ...all, timeZone: 'UTC' },
    ...more,
  });
  return {
    guildId,
    naive,
    scopes: {
      'all time': scope({}),
      'a window over both turns of summer time': scope({
        window: { ...in2025, timeZone: 'Europe/Vienna' },
        limit: 10_000,
      }),
      'a zone of a quarter hour, and bots': scope({
        window: { ...in2025, timeZone: 'Asia/Kathmandu' },
        bots: true,
        limit: 10_000,
      }),
      'some of the channels': scope({ channels: channels.filter((_, i) => i % 3 === 0), limit: 25 }),
      'no channel': scope({ channels: [] }),
      'one member': scope({ members: [truth.topAuthors[0]!.id] }),
      'a window before the record': scope({
        window: { fromMs: Date.UTC(2020, 0, 1), toMs: Date.UTC(2020, 1, 1), timeZone: 'UTC' },
      }),
    },
  };
}
