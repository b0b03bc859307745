/** What a backup holds that was true of its moment only, and would be wrong in a database that goes on from it. */
import type { ClientBase } from 'pg';
import { openGaps } from '../gaps.ts';

/** More leases than anybody takes between a backup and its restoring: who held one of them can write under none. */
const LEASES_MAX = 1_000_000_000;

/** Nobody works on anything, and nobody's gateway session goes on: another may have gone on with it since. */
const NOBODYS = `
  update jobs set holder = null, leased_until = null, token = token + ${LEASES_MAX};
  update shards set holder = null, session_id = null, resume_url = null, sequence = null`;

/**
 * A post that was still due may have been sent since: its mark is looked for before it is sent.
 */
const UNSURE = `
  update posts p set unsure_since = coalesce(p.unsure_since, p.due_at),
    channel_id = coalesce(p.channel_id, (select weekly_channel_id from guild_settings s where s.guild_id = p.guild_id))
  where p.state = 'due'`;

/** Marks are by transaction, and this server counts its own: one that met an old mark would leave none. */
const unmarked = (table: 'stale_days' | 'stale_words') => `
  insert into ${table} (guild_id, day, marked_by) select distinct guild_id, day, 0 from ${table} on conflict do nothing;
  delete from ${table} where marked_by <> 0`;

/** Guilds that were recorded live and not left, with when their shard last heard anything. */
const LIVE = `
  select heard.ms as "fromMs", array_agg(heard.guild_id::text) as "guildIds" from (
    select last.guild_id, (extract(epoch from min(s.last_event_at)) * 1000)::float8 as ms
    from (
      select distinct on (guild_id) guild_id, kind from guild_moments
      where kind in ('available', 'joined', 'left') order by guild_id, at desc
    ) last
    join shards s on (last.guild_id >> 22) % s.shard_count = s.shard_id and s.last_event_at is not null
    where last.kind <> 'left' group by last.guild_id
  ) heard group by heard.ms`;

/**
 * Makes of a copied database one that can go on. What came since is a gap of each guild that is recorded live, opened here: a
 * recorder whose spool outlived the old database would resume behind it, and never notice. Tells how many gaps are opened.
 */
export async function settle(client: ClientBase, nowMs: number): Promise<number> {
  for (const statement of [NOBODYS, UNSURE, unmarked('stale_days'), unmarked('stale_words')])
    await client.query(statement);
  const { rows } = await client.query<{ fromMs: number; guildIds: string[] }>(LIVE);
  let opened = 0;
  for (const { fromMs, guildIds } of rows)
    opened += await openGaps(client, { reason: 'new session', guildIds, fromMs }, { at: nowMs });
  return opened;
}
