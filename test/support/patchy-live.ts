/** A community that a bot recorded live for a while: with outages, gaps, lost permissions and excluded channels. */
import type { TestDatabase } from './database.ts';

export interface Lived {
  guildId: string;
  /** When its record begins and ends. */
  firstMs: number;
  lastMs: number;
}

/** Adds what a recorder notes, within the record's time. Until when it recorded is the shard's, which the test sets. */
export async function makeLive({ pool }: Pick<TestDatabase, 'pool'>, lived: Lived): Promise<void> {
  const { guildId } = lived;
  const at = (part: number) => new Date(Math.floor(lived.firstMs + part * (lived.lastMs - lived.firstMs)));
  const moments: [kind: string, part: number][] = [
    ['joined', -0.1],
    ['available', 0.4],
    ['unavailable', 0.45],
    ['available', 0.46],
    ['available', 0.5],
    ['left', 0.6],
    ['joined', 0.65],
    ['available', 0.65],
  ];
  for (const [kind, part] of moments)
    await pool.query('insert into guild_moments values ($1, $2, $3)', [guildId, kind, at(part)]);
  for (const [from, to, state] of [
    [0.38, 0.41, 'repaired'],
    [0.45, 0.46, 'repaired'],
    [0.7, 0.72, 'open'],
    [0.71, 0.73, 'partly'],
  ] as const)
    await pool.query(
      `insert into gaps (guild_id, from_at, to_at, reason, state, card) values ($1, $2, $3, 'new session', $4, '{}')`,
      [guildId, at(from), at(to), state],
    );
  const { rows: channels } = await pool.query(
    'select channel_id::text as id, type, parent_id::text as parent from channels order by channel_id',
  );
  const access = (id: string, part: number, word: string) =>
    pool.query('insert into channel_access values ($1, $2, $3, $4)', [guildId, id, at(part), word]);
  const exclude = (id: string, from: number, to: number) =>
    pool.query('insert into past_exclusions values ($1, $2, $3, $4)', [guildId, id, at(from), at(to)]);
  const isThread = ({ type }: { type: number }) => [10, 11, 12].includes(type);
  for (const [i, channel] of channels.filter((c) => c.type !== 4 && !isThread(c)).entries()) {
    if (i % 6 === 5) continue;
    await access(channel.id, 0.4, ['readable', 'readable', 'no history', 'no view', 'hidden'][i % 6]!);
    if (i % 6 === 1) {
      await access(channel.id, 0.74, 'no connect');
      await access(channel.id, 0.8, 'readable');
      await exclude(channel.id, 0.82, 0.84);
    }
    if (i % 6 === 4) await access(channel.id, 0.76, 'readable');
  }
  for (const [i, { id }] of channels.filter((c) => c.type === 4).entries())
    if (i === 0) await exclude(id, 0.48, 0.52);
  for (const [i, thread] of channels.filter(isThread).entries()) {
    if (i % 3 === 0) await pool.query('update channels set type = 12 where channel_id = $1', [thread.id]);
    if (i % 6 === 0) {
      await access(thread.id, 0.5, 'readable');
      await access(thread.id, 0.9, 'not joined');
    }
    if (i % 9 === 4) await exclude(thread.id, 0.55, 0.58);
    const archive = (days: number) =>
      pool.query(
        `update channels c set archived = true, archive_seen_at = now(), archived_at = (
           select to_timestamp(floor(((max(message_id) >> 22) + 1420070400000) / 1000.0)) + make_interval(days => $2)
           from messages m where m.channel_id = c.channel_id
         ) where channel_id = $1`,
        [thread.id, days],
      );
    if (i % 4 === 1) await archive(3);
    if (i % 8 === 2) await archive(-1);
  }
}

/** Says until when the bot was alive. */
export async function recordedUntil({ pool }: Pick<TestDatabase, 'pool'>, ms: number): Promise<void> {
  await pool.query('delete from shards');
  // Another application's shard, and one of ours that has other guilds, tell nothing of it.
  await pool.query(
    `insert into shards (application_id, shard_id, shard_count, last_event_at, alive_at)
     values (1, 0, 1, $1, $2), (2, 0, 1, $3, null), (3, 0, 4194304, '2084-01-01', null)`,
    [new Date(ms - 3_600_000), new Date(ms), new Date(ms - 86_400_000)],
  );
}
