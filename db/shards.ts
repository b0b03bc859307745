/** Who records a shard, and how far: its lease, and the gateway session that a restart resumes. */
import type { ClientBase, Pool, QueryResult } from 'pg';
import type { Snowflake } from './records.ts';

export interface ShardKey {
  applicationId: Snowflake;
  shardId: number;
  shardCount: number;
}

/** A gateway session, as READY names it. */
export interface Session {
  sessionId: string;
  resumeUrl: string;
}

/** How far a shard's events are kept. */
export interface Progress {
  session: Session;
  sequence: number;
  /** Receipt of that event, ms in Discord's time. */
  at: number;
}

/** Until when a session's connection was sound, and every event is kept. */
export interface Alive {
  sessionId: string;
  /** Ms in Discord's time. */
  at: number;
}

/** What is known of a shard from before. */
export interface KnownProgress extends Progress {
  shardCount: number;
  /** Whether the session may still be resumed: Discord has not refused it, and it was of as many shards. */
  isResumable: boolean;
}

/** A lease as a stand-by sees it. No holder: it was given back. */
export interface SeenLease {
  holder: string | null;
  /** Rises as long as the holder lives. */
  beat: string;
}

/** A beat that hangs is a beat that failed: a half-open connection would hold it for a quarter of an hour. */
const LEASE_QUERY_MAX_MS = 5_000;

const lease = async <R extends object>(pool: Pool, text: string, values: unknown[]): Promise<R[]> => {
  // Known to pg, and unknown to its types.
  const query = { text, values, query_timeout: LEASE_QUERY_MAX_MS };
  return (await pool.query<R>(query)).rows;
};

const where = 'shards.application_id = $1 and shards.shard_id = $2';

/**
 * Takes the row, or makes it. A shard of another number of shards has other guilds: its session is void, and its events
 * are kept only as far as those of the shard that is furthest behind.
 */
const seize = (condition: string) => `
  insert into shards (application_id, shard_id, shard_count, holder, last_event_at, alive_at)
  values ($1, $2, $3, $4, (select min(last_event_at) from shards where application_id = $1),
    (select min(coalesce(alive_at, last_event_at)) from shards where application_id = $1))
  on conflict (application_id, shard_id) do update set
    holder = $4,
    beat = shards.beat + 1,
    shard_count = $3,
    resume_url = case when shards.shard_count = $3 then shards.resume_url end,
    last_event_at = case when shards.shard_count = $3 then shards.last_event_at else excluded.last_event_at end,
    alive_at = case when shards.shard_count = $3 then shards.alive_at else excluded.alive_at end
  where ${condition}
  returning shard_id`;

const keyOf = ({ applicationId, shardId, shardCount }: ShardKey) => [applicationId, shardId, shardCount];

/** Takes a shard that nobody holds; true also where it was ours already. */
export async function claimShard(pool: Pool, key: ShardKey, holder: string): Promise<boolean> {
  const free = seize('shards.holder is null or shards.holder = $4');
  return (await lease(pool, free, [...keyOf(key), holder])).length > 0;
}

/** Takes a shard from the holder that was seen, if it has not stirred since. */
export async function takeOver(pool: Pool, key: ShardKey, holder: string, seen: SeenLease): Promise<boolean> {
  const still = seize('shards.holder is not distinct from $5 and shards.beat = $6');
  return (await lease(pool, still, [...keyOf(key), holder, seen.holder, seen.beat])).length > 0;
}

/** Of the session whose events are kept alone: of another's it is not yet known what was missed before. */
const ALIVE = `alive_at = case when session_id = $4 then greatest(alive_at, $5) else alive_at end`;
const aliveOf = (alive: Alive | undefined) => [alive?.sessionId ?? null, alive ? new Date(alive.at) : null];

/** Says that the holder lives, and until when all is kept, where that is known. False: it holds the shard no more. */
export async function beatShard(pool: Pool, key: ShardKey, holder: string, alive?: Alive): Promise<boolean> {
  const beat = `update shards set beat = beat + 1, ${ALIVE} where ${where} and holder = $3 returning shard_id`;
  const values = [key.applicationId, key.shardId, holder, ...aliveOf(alive)];
  return (await lease(pool, beat, values)).length > 0;
}

/** Gives a shard back, and says until when all is kept; who waits for it takes it at once. */
export async function releaseShard(pool: Pool, key: ShardKey, holder: string, alive?: Alive): Promise<void> {
  const release = `update shards set holder = null, ${ALIVE} where ${where} and holder = $3`;
  await lease(pool, release, [key.applicationId, key.shardId, holder, ...aliveOf(alive)]);
}

/** Who holds a shard; undefined: nobody ever did. */
export async function readShard(pool: Pool, key: ShardKey): Promise<SeenLease | undefined> {
  const [row] = await lease<SeenLease>(pool, `select holder, beat from shards where ${where}`, [
    key.applicationId,
    key.shardId,
  ]);
  return row;
}

/** Other numbers of shards by which somebody holds any of the application's: they tell of the same guilds. */
export async function otherCounts(pool: Pool, { applicationId, shardCount }: ShardKey): Promise<number[]> {
  const rows = await lease<{ count: number }>(
    pool,
    `select distinct shard_count as count from shards
     where application_id = $1 and shard_count <> $2 and holder is not null order by 1`,
    [applicationId, shardCount],
  );
  return rows.map(({ count }) => count);
}

/**
 * Guilds that were recorded live, and of which nothing says that the bot left them, without some; with when anything of their
 * shard was heard last. None where several applications record: whose a guild is, is not known then.
 */
export async function guildsNotLeft(
  pool: Pool,
  applicationId: Snowflake,
  without: Snowflake[],
): Promise<{ guildId: Snowflake; heardMs: number }[]> {
  const { rows } = await pool.query<{ guildId: string; heardMs: number }>(
    `select last.guild_id::text as "guildId", (extract(epoch from s.last_event_at) * 1000)::float8 as "heardMs"
     from (
       select distinct on (guild_id) guild_id, kind, at from guild_moments
       where kind in ('available', 'joined', 'left') order by guild_id, at desc
     ) last
     join shards s on s.application_id = $1 and (last.guild_id >> 22) % s.shard_count = s.shard_id
     where last.kind <> 'left' and last.guild_id <> all($2::bigint[]) and s.last_event_at > last.at
       and not exists (select from shards where application_id <> $1)`,
    [applicationId, without],
  );
  return rows;
}

interface ProgressRow {
  session_id: string | null;
  resume_url: string | null;
  sequence: string | null;
  last_event_at: Date;
  shard_count: number;
}

/** How far a shard's events are kept; undefined: none ever was. */
export async function readProgress(
  client: Pool | ClientBase,
  key: ShardKey,
): Promise<KnownProgress | undefined> {
  const { rows }: QueryResult<ProgressRow> = await client.query(
    `select session_id, resume_url, sequence, last_event_at, shard_count from shards
     where ${where} and last_event_at is not null`,
    [key.applicationId, key.shardId],
  );
  return rows[0] && toProgress(rows[0], key);
}

function toProgress(row: ProgressRow, key: ShardKey): KnownProgress {
  const { session_id: sessionId, resume_url: resumeUrl, sequence, shard_count: shardCount } = row;
  return {
    session: { sessionId: sessionId ?? '', resumeUrl: resumeUrl ?? '' },
    sequence: Number(sequence ?? 0),
    at: row.last_event_at.getTime(),
    shardCount,
    isResumable: sessionId !== null && resumeUrl !== null && shardCount === key.shardCount,
  };
}

/**
 * Notes how far a shard's events are kept, in the transaction that keeps them. Within a session it never goes back; a new
 * session replaces the one before. False: another holds the shard, and nothing was noted.
 */
export async function saveProgress(
  client: Pool | ClientBase,
  key: ShardKey,
  holder: string,
  { session, sequence, at }: Progress,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update shards set
       session_id = $4,
       resume_url = case when session_id = $4 then resume_url else $5 end,
       sequence = case when session_id = $4 then greatest(sequence, $6) else $6 end,
       last_event_at = case when session_id = $4 then greatest(last_event_at, $7) else $7 end,
       alive_at = case when session_id = $4 then greatest(alive_at, $7) else $7 end
     where ${where} and holder = $3`,
    [key.applicationId, key.shardId, holder, session.sessionId, session.resumeUrl, sequence, new Date(at)],
  );
  return rowCount === 1;
}

/** Discord has refused to resume the session. When its last event came stays known: the gap begins there. */
export async function forgetSession(
  pool: Pool,
  key: ShardKey,
  holder: string,
  sessionId: string,
): Promise<void> {
  const forget = `update shards set resume_url = null where ${where} and holder = $3 and session_id = $4`;
  await lease(pool, forget, [key.applicationId, key.shardId, holder, sessionId]);
}

/** Shards that were recorded once, and of which nobody has given a sign of life since a time, ms. */
export async function silentShards(pool: Pool, applicationId: Snowflake, sinceMs: number): Promise<number[]> {
  const { rows } = await pool.query<{ shardId: number }>(
    `select shard_id as "shardId" from shards
     where application_id = $1 and greatest(alive_at, last_event_at) < $2 order by shard_id`,
    [applicationId, new Date(sinceMs)],
  );
  return rows.map(({ shardId }) => shardId);
}
