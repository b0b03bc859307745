/** Deletions inferred: Discord answered a span of ids in full, and the message was not in it. */
import type { ClientBase } from 'pg';
import type { CoverageRecord } from '../records.ts';
import { markStale } from '../rollups/marks.ts';

/**
 * Derives `absent_at` again of the messages that `looked` names (as `m`), from all stored proofs that are later than
 * when Discord itself last showed them. Tells how many are absent since now.
 *
 * Looked at first and written by id: tables that grow quickly have no statistics yet, and a join would read all of a guild.
 */
async function infer(client: ClientBase, looked: string, values: [string, ...unknown[]]): Promise<number> {
  const [guildId] = values;
  const { rows: found } = await client.query<{ id: string; at: string | null; wasAbsent: boolean }>(
    `select m.message_id::text as id, proof.at::text as at, m.absent_at is not null as "wasAbsent"
     from ${looked} cross join lateral (
       select max(c.at) as at from coverage c
       where c.guild_id = m.guild_id and c.channel_id = m.channel_id and c.grade = 'verified'
         and c.from_id <= m.message_id and c.to_id >= m.message_id and (m.by_api is not true or c.at > m.seen_at)
     ) proof
     where not m.erased and m.absent_at is distinct from proof.at`,
    values,
  );
  if (found.length === 0) return 0;
  // Two spans may hold one message.
  const changed = new Map(found.map(({ id, at }) => [id, at]));
  for (const [at, some] of Map.groupBy(changed, ([, since]) => since)) {
    await client.query(
      'update messages set absent_at = $2::timestamptz where guild_id = $1 and message_id = any($3::bigint[])',
      [guildId, at, some.map(([id]) => id)],
    );
  }
  await markStale(client, guildId, changed.keys());
  const known = new Set(found.filter(({ wasAbsent }) => wasAbsent).map(({ id }) => id));
  return changed.entries().reduce((sum, [id, at]) => sum + Number(at !== null && !known.has(id)), 0);
}

/** Infers for messages just written: what they were absent from may have been answered before. */
export function inferForMessages(client: ClientBase, guildId: string, messageIds: string[]): Promise<number> {
  return infer(client, `(select * from messages where guild_id = $1 and message_id = any($2::bigint[])) m`, [
    guildId,
    messageIds,
  ]);
}

/** Infers for every message in spans of a guild just answered. Those that the answer showed are looked at no further. */
export async function inferForSpans(
  client: ClientBase,
  guildId: string,
  spans: CoverageRecord[],
): Promise<number> {
  if (spans.length === 0) return 0;
  const column = (of: (span: CoverageRecord) => unknown) => spans.map(of);
  return infer(
    client,
    `unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::timestamptz[]) as s(channel_id, from_id, to_id, at)
     cross join lateral (
       select * from messages m
       where m.guild_id = $1 and m.channel_id = s.channel_id and m.message_id between s.from_id and s.to_id
         and (m.absent_at is not null or m.by_api is not true or m.seen_at < s.at)
     ) m`,
    [
      guildId,
      column((s) => s.channelId),
      column((s) => s.fromId),
      column((s) => s.toId),
      column((s) => new Date(s.at)),
    ],
  );
}

/** Whether Discord has answered any span of a guild: elsewhere nothing can be inferred. */
export async function hasProofs(client: ClientBase, guildId: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `select exists (select from coverage where guild_id = $1 and grade = 'verified') as found`,
    [guildId],
  );
  return rows[0]!.found;
}
