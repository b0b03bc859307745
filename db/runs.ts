/** Runs of backfill: what was asked for, how far each is, and who works on them. */
import type { ClientBase, Pool } from 'pg';
import type { Snowflake } from './records.ts';

type Reader = ClientBase | Pool;

/** `running`: also one whose process died, to be gone on with. `partly`: ended, and some channel could not be read. */
export type RunState = 'queued' | 'running' | 'paused' | 'done' | 'partly' | 'failed';

export interface RunKey {
  guildId: Snowflake;
  /** Ms. */
  askedAtMs: number;
}

/** What somebody asks for. */
export interface RunOrder {
  guildId: Snowflake;
  /** Null: every channel that can be read; a category or forum is all below it. */
  channelIds: Snowflake[] | null;
  /** Nothing older is read. */
  sinceId: Snowflake;
  /** Who reacted, too: a request an emoji. */
  withReactors: boolean;
  /** What is covered is read once more. */
  isAgain: boolean;
}

export interface Run extends RunKey, RunOrder {
  state: RunState;
  card: unknown;
  /** Why it failed, or was paused. */
  reason: string | null;
  startedAtMs: number | null;
  updatedAtMs: number;
  finishedAtMs: number | null;
}

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;
const RUN = `guild_id::text as "guildId", ${ms('asked_at')} as "askedAtMs", state, channel_ids::text[] as "channelIds",
  since_id::text as "sinceId", with_reactors as "withReactors", is_again as "isAgain", card, reason,
  ${ms('started_at')} as "startedAtMs", ${ms('updated_at')} as "updatedAtMs", ${ms('finished_at')} as "finishedAtMs"`;

const keyOf = ({ guildId, askedAtMs }: RunKey): [string, Date] => [guildId, new Date(askedAtMs)];
const UNFINISHED = `state in ('queued', 'running', 'paused')`;

/** Beside whatever else locks by a guild's id. */
const QUEUE_LOCK = 0x7175_6575;

/** Queues what is asked for; an unfinished run of the same is gone on with instead. Two that ask at once get one run. */
export async function queueRun(pool: Pool, order: RunOrder, nowMs: number): Promise<Run> {
  const { guildId, channelIds, sinceId, withReactors, isAgain } = order;
  const ids = channelIds && [...new Set(channelIds)].toSorted();
  const given = [guildId, ids, sinceId, withReactors, isAgain, new Date(nowMs)];
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(hashint8extended($1::bigint, $2))', [
      guildId,
      QUEUE_LOCK,
    ]);
    const again = await client.query<Run>(
      `update backfill_runs r set state = case when state = 'running' then state else 'queued' end, reason = null,
         updated_at = $6
       where guild_id = $1 and asked_at = (
         select max(asked_at) from backfill_runs where guild_id = $1 and ${UNFINISHED}
           and channel_ids is not distinct from $2::bigint[] and since_id = $3 and with_reactors = $4 and is_again = $5
       )
       returning ${RUN}`,
      given,
    );
    const { rows } =
      again.rows.length > 0
        ? again
        : await client.query<Run>(
            `insert into backfill_runs
               (guild_id, asked_at, state, channel_ids, since_id, with_reactors, is_again, card, updated_at)
             select $1, greatest($6::timestamptz, max(asked_at) + interval '1 ms'), 'queued', $2::bigint[], $3, $4, $5, '{}', $6
             from backfill_runs where guild_id = $1
             returning ${RUN}`,
            given,
          );
    await client.query('commit');
    return rows[0]!;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

/** What is to be worked on, the oldest first: one a guild. */
export async function runsToDo(pool: Pool): Promise<Run[]> {
  const { rows } = await pool.query<Run>(
    `select * from (
       select distinct on (guild_id) ${RUN} from backfill_runs
       where state in ('queued', 'running') order by guild_id, asked_at
     ) r order by "askedAtMs", "guildId"`,
  );
  return rows;
}

/** Runs of a guild, or of all, the newest first, with the guild's name where it is known. */
export async function listRuns(
  pool: Reader,
  { guildId, limit }: { guildId?: Snowflake; limit: number },
): Promise<(Run & { guildName: string | null })[]> {
  const { rows } = await pool.query<Run & { guildName: string | null }>(
    `select ${RUN}, (select name from guilds g where g.guild_id = r.guild_id) as "guildName"
     from backfill_runs r where $1::bigint is null or guild_id = $1 order by asked_at desc, guild_id limit $2`,
    [guildId ?? null, limit],
  );
  return rows;
}

/** The last run of each guild. */
export async function latestRuns(pool: Reader): Promise<Run[]> {
  const { rows } = await pool.query<Run>(
    `select distinct on (guild_id) ${RUN} from backfill_runs r order by guild_id, r.asked_at desc`,
  );
  return rows;
}

export async function readRun(pool: Reader, key: RunKey): Promise<Run | undefined> {
  const { rows } = await pool.query<Run>(
    `select ${RUN} from backfill_runs where guild_id = $1 and asked_at = $2`,
    keyOf(key),
  );
  return rows[0];
}

/** Takes a run up: false where somebody has paused it meanwhile. */
export async function startRun(pool: Reader, key: RunKey, nowMs: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update backfill_runs set state = 'running', started_at = coalesce(started_at, $3), updated_at = $3
     where guild_id = $1 and asked_at = $2 and state in ('queued', 'running')`,
    [...keyOf(key), new Date(nowMs)],
  );
  return rowCount === 1;
}

/** Says that a run is worked on, where nothing else has said so for some seconds. */
export async function touchRun(pool: Reader, key: RunKey, nowMs: number): Promise<void> {
  await pool.query(
    `update backfill_runs set updated_at = $3
     where guild_id = $1 and asked_at = $2 and state = 'running' and updated_at < $3::timestamptz - interval '5 s'`,
    [...keyOf(key), new Date(nowMs)],
  );
}

/** Ends a run, or pauses it; false where it had ended before. */
export async function setRunState(
  pool: Reader,
  key: RunKey,
  state: Exclude<RunState, 'running'>,
  { reason = null, card, nowMs }: { reason?: string | null; card?: unknown; nowMs: number },
): Promise<boolean> {
  const hasEnded = state === 'done' || state === 'partly' || state === 'failed';
  const { rowCount } = await pool.query(
    `update backfill_runs set state = $3, reason = $4, card = coalesce($5, card), updated_at = $6, finished_at = $7
     where guild_id = $1 and asked_at = $2 and ${UNFINISHED}`,
    [
      ...keyOf(key),
      state,
      reason,
      card === undefined ? null : JSON.stringify(card),
      new Date(nowMs),
      hasEnded ? new Date(nowMs) : null,
    ],
  );
  return rowCount === 1;
}

/** Pauses whatever of a guild is unfinished; tells how many runs that are. Who works on one stops at its next page. */
export async function pauseRuns(
  pool: Reader,
  guildId: Snowflake,
  reason: string,
  nowMs: number,
): Promise<number> {
  const { rowCount } = await pool.query(
    `update backfill_runs set state = 'paused', reason = $2, updated_at = $3
     where guild_id = $1 and state in ('queued', 'running')`,
    [guildId, reason, new Date(nowMs)],
  );
  return rowCount ?? 0;
}

/** Queues a guild's paused runs again; those, the first to be worked on first. */
export async function resumeRuns(pool: Reader, guildId: Snowflake, nowMs: number): Promise<Run[]> {
  const { rows } = await pool.query<Run>(
    `update backfill_runs set state = 'queued', reason = null, updated_at = $2
     where guild_id = $1 and state = 'paused' returning ${RUN}`,
    [guildId, new Date(nowMs)],
  );
  return rows.toSorted((a, b) => a.askedAtMs - b.askedAtMs);
}
