/** The channels and threads of a backfill's run: how far each is, and what became of it. */
import type { ClientBase, Pool } from 'pg';
import type { Snowflake } from './records.ts';
import type { RunKey } from './runs.ts';

type Reader = ClientBase | Pool;

/** A channel or thread of a run, or a forum of whose threads it is the list. */
export interface RunChannel {
  channelId: Snowflake;
  state: 'waiting' | 'read' | 'closed' | 'failed';
  reason: string | null;
  isArchivedListed: boolean;
  /** The smallest and the largest id seen. */
  oldestId: Snowflake | null;
  newestId: Snowflake | null;
  pages: number;
  messages: number;
  /** When its state was noted. */
  notedAtMs: number;
}

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;
const keyOf = ({ guildId, askedAtMs }: RunKey): [string, Date] => [guildId, new Date(askedAtMs)];

/** Notes channels of a run; those noted before stay as they are. */
export async function addRunChannels(
  client: Reader,
  key: RunKey,
  channelIds: Snowflake[],
  nowMs: number,
): Promise<void> {
  await client.query(
    `insert into backfill_channels (guild_id, asked_at, channel_id, state, archived_listed, pages, messages, noted_at)
     select $1, $2, id, 'waiting', false, 0, 0, $4 from unnest($3::bigint[]) as t(id)
     on conflict do nothing`,
    [...keyOf(key), channelIds, new Date(nowMs)],
  );
}

export async function runChannels(client: Reader, key: RunKey): Promise<RunChannel[]> {
  const { rows } = await client.query<RunChannel>(
    `select channel_id::text as "channelId", state, reason, archived_listed as "isArchivedListed",
       oldest_id::text as "oldestId", newest_id::text as "newestId", pages, messages, ${ms('noted_at')} as "notedAtMs"
     from backfill_channels where guild_id = $1 and asked_at = $2 order by channel_id`,
    keyOf(key),
  );
  return rows;
}

/** A channel of a run that could not be read to the end, by its name. */
export interface TroubledChannel {
  channelId: Snowflake;
  name: string | null;
  type: number | null;
  parentId: Snowflake | null;
  state: 'closed' | 'failed';
  reason: string | null;
}

/** What a run could not read, by name. */
export async function troubledChannels(pool: Reader, key: RunKey): Promise<TroubledChannel[]> {
  const { rows } = await pool.query<TroubledChannel>(
    `select r.channel_id::text as "channelId", c.name, c.type, c.parent_id::text as "parentId", r.state, r.reason
     from backfill_channels r left join channels c on c.guild_id = r.guild_id and c.channel_id = r.channel_id
     where r.guild_id = $1 and r.asked_at = $2 and r.state in ('closed', 'failed') order by r.channel_id`,
    keyOf(key),
  );
  return rows;
}

/** What has become of channels since it was saved last; of what is absent nothing changes. */
export interface ChannelStep {
  channelId: Snowflake;
  state?: RunChannel['state'];
  reason?: string | null;
  isArchivedListed?: boolean;
  oldestId?: Snowflake;
  newestId?: Snowflake;
  /** More by so many. */
  pages?: number;
  messages?: number;
}

/** Saves how far channels are and the run's card, alongside what was read. False: somebody has paused the run. */
export async function saveRunProgress(
  client: Reader,
  key: RunKey,
  steps: ChannelStep[],
  card: unknown,
  nowMs: number,
): Promise<boolean> {
  const column = <T>(of: (step: ChannelStep) => T | undefined) => steps.map((step) => of(step) ?? null);
  if (steps.length > 0)
    await client.query(
      `update backfill_channels c set
         state = coalesce(s.state, c.state),
         reason = case when s.state is null then c.reason else s.reason end,
         noted_at = case when s.state is null then c.noted_at else $11 end,
         archived_listed = coalesce(s.listed, c.archived_listed),
         oldest_id = least(c.oldest_id, s.oldest_id), newest_id = greatest(c.newest_id, s.newest_id),
         pages = c.pages + coalesce(s.pages, 0), messages = c.messages + coalesce(s.messages, 0)
       from (
         select id, (array_agg(state order by n desc) filter (where state is not null))[1] as state,
           (array_agg(reason order by n desc) filter (where state is not null))[1] as reason, bool_or(listed) as listed, min(oldest_id) as oldest_id,
           max(newest_id) as newest_id, sum(pages)::int as pages, sum(messages)::int as messages
         from unnest($3::bigint[], $4::text[], $5::text[], $6::bool[], $7::bigint[], $8::bigint[], $9::int[], $10::int[])
           with ordinality as t(id, state, reason, listed, oldest_id, newest_id, pages, messages, n)
         group by id
       ) s
       where c.guild_id = $1 and c.asked_at = $2 and c.channel_id = s.id`,
      [
        ...keyOf(key),
        column((s) => s.channelId),
        column((s) => s.state),
        column((s) => s.reason),
        column((s) => s.isArchivedListed),
        column((s) => s.oldestId),
        column((s) => s.newestId),
        column((s) => s.pages),
        column((s) => s.messages),
        new Date(nowMs),
      ],
    );
  const { rowCount } = await client.query(
    `update backfill_runs set card = $3, updated_at = $4 where guild_id = $1 and asked_at = $2 and state = 'running'`,
    [...keyOf(key), JSON.stringify(card), new Date(nowMs)],
  );
  return rowCount === 1;
}
