/** What is still to be read of channels' history: what is not known in full. */
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Pool } from 'pg';
import { liveChannels } from './queries/live-spans.ts';
import type { Snowflake } from './records.ts';
import type { Schema } from './schema.ts';

/** Ids from the first to the last, both included. */
export interface IdSpan {
  fromId: Snowflake;
  toId: Snowflake;
}

/** A range ends behind its last id, which bigint must hold, too. */
const LAST_ID = 9_223_372_036_854_775_806n;
/** Ids become visible out of order: what is within 10 s of where live recording begins or ends may have been missed. */
const YOUNG = 10_000n << 22n;

/**
 * What is left of a span of each channel when what is verified is taken away: what Discord answered, and what was recorded
 * live. With `sinceMs` only what Discord answered since then. A channel made while its guild was recorded has nothing older.
 *
 * Shape   every channel asked for; its holes newest first, none where all is covered
 */
export async function holesOf(
  pool: Pool,
  guildId: Snowflake,
  channelIds: Snowflake[],
  { fromId, toId }: IdSpan,
  { sinceMs }: { sinceMs?: number } = {},
): Promise<Map<Snowflake, IdSpan[]>> {
  const lastId = BigInt(toId) < LAST_ID ? toId : String(LAST_ID);
  if (BigInt(fromId) > BigInt(lastId)) return new Map(channelIds.map((id) => [id, []]));
  const young = sql.lit(String(YOUNG));
  const answeredSince =
    sinceMs === undefined ? sql`` : sql`and v.source = 'rest' and v.at >= ${new Date(sinceMs)}`;
  const live = sql`
    select c.channel_id, int8range(edges.low, greatest(edges.low, edges.high)) as ids
    from live_channels c join asked using (channel_id) cross join live_guild g
    cross join lateral unnest(c.ids) as r(ids)
    cross join lateral (select
      case when lower(r.ids) - c.channel_id <= ${young}::bigint and g.ids @> c.channel_id then least(${fromId}, lower(r.ids))
        else lower(r.ids) + ${young}::bigint end as low,
      case when upper(r.ids) > ${lastId} then upper(r.ids) else upper(r.ids) - ${young}::bigint end as high
    ) edges`;
  const { rows } = await sql<{ channelId: string; holes: IdSpan[] }>`
    with asked as (select distinct id as channel_id from unnest(${channelIds}::bigint[]) as t(id)),
    ${liveChannels({ guildId })},
    spans as (
      select v.channel_id, int8range(v.from_id, least(v.to_id, ${String(LAST_ID)}), '[]') as ids
      from coverage v join asked using (channel_id)
      where v.guild_id = ${guildId} and v.grade in ('verified', 'read')
        and v.from_id <= ${lastId} and v.to_id >= ${fromId} ${answeredSince}
      ${sinceMs === undefined ? sql`union all ${live}` : sql``}
    ),
    covered as (select channel_id, range_agg(ids) as ids from spans group by channel_id)
    select a.channel_id::text as "channelId", (
      select coalesce(json_agg(
        json_build_object('fromId', lower(h.ids)::text, 'toId', (upper(h.ids) - 1)::text) order by h.ids desc
      ), '[]')
      from unnest(int8multirange(int8range(${fromId}, ${lastId}, '[]')) - coalesce(c.ids, '{}')) as h(ids)
    ) as holes
    from asked a left join covered c using (channel_id)`.execute(
    new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) }),
  );
  return new Map(rows.map(({ channelId, holes }) => [channelId, holes]));
}
