/** When live recording of a guild missed events, and how far the repair of that is. */
import type { ClientBase, Pool } from 'pg';
import type { Snowflake } from './records.ts';
import { snowflakeAt } from './snowflake.ts';

/** Something was missed before an event; the writer turns it into a row a guild. */
export interface GapNoticed {
  reason: 'new session' | 'overflow';
  guildIds: Snowflake[];
  /** Ms; absent for a new session: since the last event that was kept of the one before, and none without one. */
  fromMs?: number;
}

/** A gap as it is written down. */
interface GapSeen {
  guildId: Snowflake;
  fromMs: number;
  toMs: number;
  reason: GapNoticed['reason'] | 'outage' | 'first start';
}

/** A guild's open gaps, to be repaired in one: each reads much of what the others do. */
export interface Gap {
  guildId: Snowflake;
  /** Of the first of them, and of the last. */
  fromMs: number;
  toMs: number;
  /** When the last of them began: by it the repair's progress is kept, so that one more gap is one more repair. */
  lastFromMs: number;
  /** As an earlier, broken-off repair left it; `{}` where there was none. */
  card: unknown;
}

/** How far a channel is read again for a gap. */
export interface GapChannel {
  channelId: Snowflake;
  /** Reading began behind this id. */
  startId: Snowflake;
  /** Read in full up to this id. */
  cursorId: Snowflake;
  /** `closed`: Discord does not let us read it. */
  state: 'open' | 'read' | 'closed';
}

/** What was sent just before the session's first event was received can be its own, and no older record. */
const UNDER_WAY_MS = 10_000;

/**
 * Opens a gap in each guild of which anything is recorded. It reaches from `fromMs`, else from the last event of the
 * session before, else (live recording begins on an older record) from the guild's newest message, to `at`. The same
 * gap told again changes nothing; told to be longer, its repair begins anew. Tells how many are new or longer.
 */
export async function openGaps(
  client: ClientBase,
  gap: GapNoticed,
  { lastEventAt, at }: { lastEventAt?: number; at: number },
): Promise<number> {
  const from = gap.fromMs ?? lastEventAt;
  const { rows } = await client.query<{ guildId: string; newestMs: number | null }>(
    `select g.id::text as "guildId", ((newest.id >> 22) + 1420070400000)::float8 as "newestMs"
     from unnest($1::bigint[]) as g(id)
     cross join lateral (
       select max(message_id) as id from messages where guild_id = g.id and message_id < $2
     ) newest
     where newest.id is not null or exists (select from guilds where guild_id = g.id)`,
    [gap.guildIds, snowflakeAt(at - UNDER_WAY_MS)],
  );
  const reason = from === undefined ? 'first start' : gap.reason;
  let opened = 0;
  for (const { guildId, newestMs } of rows) {
    const fromMs = from ?? newestMs;
    if (fromMs !== null && (await openGap(client, { guildId, fromMs, toMs: at, reason }))) opened++;
  }
  return opened;
}

/**
 * Opens a gap where a guild is back, at `at`, after an outage or after the bot had been removed from it; that of a new
 * session reaches until then, too, since it tells nothing of the guild before. Tells whether one is new or longer.
 */
export async function openOutageGap(client: ClientBase, guildId: Snowflake, at: number): Promise<boolean> {
  const { rows } = await client.query<{ fromMs: number | null }>(
    `with last as (
       select coalesce(max(at), '-infinity') as at from guild_moments
       where guild_id = $1 and kind = 'available' and at < $2
     )
     select (extract(epoch from min(missed.at)) * 1000)::float8 as "fromMs" from last
     cross join lateral (
       select at from guild_moments
       where guild_id = $1 and kind in ('unavailable', 'left') and at < $2 and at > last.at
       union all
       select from_at from gaps where guild_id = $1 and reason = 'new session' and to_at < $2 and to_at > last.at
     ) missed`,
    [guildId, new Date(at)],
  );
  const { fromMs } = rows[0]!;
  return fromMs !== null && openGap(client, { guildId, fromMs, toMs: at, reason: 'outage' });
}

async function openGap(client: ClientBase, { guildId, fromMs, toMs, reason }: GapSeen): Promise<boolean> {
  if (fromMs >= toMs) return false;
  const from = new Date(fromMs);
  const { rowCount } = await client.query(
    `insert into gaps as g (guild_id, from_at, to_at, reason, state, card) values ($1, $2, $3, $4, 'open', '{}')
     on conflict (guild_id, from_at) do update
       set to_at = excluded.to_at, state = 'open', repaired_at = null, card = '{}'
       where g.to_at < excluded.to_at`,
    [guildId, from, new Date(toMs), reason],
  );
  if (rowCount === 0) return false;
  // What is read for a gap that began later is not read for this one.
  await client.query('delete from gap_channels where guild_id = $1 and from_at >= $2', [guildId, from]);
  return true;
}

/** What is to be repaired in some guilds, the oldest first. */
export async function gapsToRepair(pool: Pool, guildIds: Snowflake[]): Promise<Gap[]> {
  const { rows } = await pool.query<Gap>(
    `select guild_id::text as "guildId", (extract(epoch from min(from_at)) * 1000)::float8 as "fromMs",
       (extract(epoch from max(to_at)) * 1000)::float8 as "toMs",
       (extract(epoch from max(from_at)) * 1000)::float8 as "lastFromMs",
       (array_agg(card order by from_at desc))[1] as card
     from gaps where guild_id = any($1::bigint[]) and state = 'open' group by guild_id order by min(from_at), guild_id`,
    [guildIds],
  );
  return rows;
}

/** A gap, and what became of it. */
export interface GapRow extends GapSeen {
  card: unknown;
  /** `partly`: something could not be read that Discord may still know. */
  state: 'open' | 'repaired' | 'partly';
  repairedMs: number | null;
}

/** A guild's gaps, the newest first. */
export async function listGaps(pool: Pool, guildId: Snowflake, limit: number): Promise<GapRow[]> {
  const { rows } = await pool.query<GapRow>(
    `select guild_id::text as "guildId", (extract(epoch from from_at) * 1000)::float8 as "fromMs",
       (extract(epoch from to_at) * 1000)::float8 as "toMs", reason, card, state,
       (extract(epoch from repaired_at) * 1000)::float8 as "repairedMs"
     from gaps where guild_id = $1 order by from_at desc limit $2`,
    [guildId, limit],
  );
  return rows;
}

/** The last gap of each guild. */
export async function latestGaps(pool: Pool): Promise<GapRow[]> {
  const { rows } = await pool.query<GapRow>(
    `select distinct on (guild_id) guild_id::text as "guildId", (extract(epoch from from_at) * 1000)::float8 as "fromMs",
       (extract(epoch from to_at) * 1000)::float8 as "toMs", reason, card, state,
       (extract(epoch from repaired_at) * 1000)::float8 as "repairedMs"
     from gaps g order by g.guild_id, g.from_at desc`,
  );
  return rows;
}

/** Notes channels that are to be read for a gap; those noted before stay as far as they are. Tells how far all are. */
export async function saveGapChannels(
  client: ClientBase | Pool,
  { guildId, lastFromMs }: Pick<Gap, 'guildId' | 'lastFromMs'>,
  channels: GapChannel[],
): Promise<GapChannel[]> {
  const key = [guildId, new Date(lastFromMs)];
  await client.query(
    `insert into gap_channels (guild_id, from_at, channel_id, start_id, cursor_id, state)
     select $1, $2, * from unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::text[])
     on conflict do nothing`,
    [
      ...key,
      channels.map((c) => c.channelId),
      channels.map((c) => c.startId),
      channels.map((c) => c.cursorId),
      channels.map((c) => c.state),
    ],
  );
  const { rows } = await client.query<GapChannel>(
    `select channel_id::text as "channelId", start_id::text as "startId", cursor_id::text as "cursorId", state
     from gap_channels where guild_id = $1 and from_at = $2 order by channel_id`,
    key,
  );
  return rows;
}

/** Notes how far a channel is read, and the repair's card so far: alongside the page that was read. */
export async function saveCursor(
  client: ClientBase,
  { guildId, lastFromMs }: Pick<Gap, 'guildId' | 'lastFromMs'>,
  { channelId, cursorId, state }: GapChannel,
  card: unknown,
): Promise<void> {
  const key = [guildId, new Date(lastFromMs)];
  await client.query(
    `update gap_channels set cursor_id = $4, state = $5 where guild_id = $1 and from_at = $2 and channel_id = $3`,
    [...key, channelId, cursorId, state],
  );
  await client.query('update gaps set card = $3 where guild_id = $1 and from_at = $2', [
    ...key,
    JSON.stringify(card),
  ]);
}

/** Closes gaps: `partly` where something could not be read. What was closed to us is remembered until the next. */
export async function finishGap(
  pool: Pool,
  { guildId, fromMs, lastFromMs, toMs }: Omit<Gap, 'card'>,
  state: 'repaired' | 'partly',
  card: unknown,
  at: number,
): Promise<void> {
  await pool.query(
    `with finished as (
       update gaps set state = $3, card = $4, repaired_at = $5
       where guild_id = $1 and state = 'open' and from_at between $7 and $2 and to_at <= $6
     )
     delete from gap_channels c where guild_id = $1
       and (from_at < $2 or from_at = $2 and c.state <> 'closed')`,
    [
      guildId,
      new Date(lastFromMs),
      state,
      JSON.stringify(card),
      new Date(at),
      new Date(toMs),
      new Date(fromMs),
    ],
  );
}
