/** Deletions inferred: Discord answered a span of ids in full, and the message was not in it. */
import type { ClientBase } from 'pg';
import type { CoverageRecord } from '../records.ts';
import { markStale } from '../rollups/marks.ts';

const PROOF = `c.guild_id = m.guild_id and c.channel_id = m.channel_id and c.grade = 'verified'
  and m.message_id between c.from_id and c.to_id`;

/** Derives `absent_at` again of messages that \`where\` names (as \`m\`), from all stored proofs. */
async function infer(client: ClientBase, where: string, values: [string, ...unknown[]]): Promise<void> {
  const [guildId] = values;
  const { rows } = await client.query<{ id: string }>(
    `update messages m set absent_at = x.absent_at
     from (
       select m.message_id,
         case when m.by_api and m.seen_at >= max(c.at) then null else max(c.at) end as absent_at
       from messages m join coverage c on ${PROOF}
       where m.guild_id = $1 and not m.erased and ${where}
       group by m.message_id, m.by_api, m.seen_at
     ) x
     where m.guild_id = $1 and m.message_id = x.message_id and m.absent_at is distinct from x.absent_at
     returning m.message_id::text as id`,
    values,
  );
  if (rows.length > 0)
    await markStale(
      client,
      guildId,
      rows.map(({ id }) => id),
    );
}

/** Infers for messages just written: what they were absent from may have been answered before. */
export async function inferForMessages(
  client: ClientBase,
  guildId: string,
  messageIds: string[],
): Promise<void> {
  await infer(client, 'm.message_id = any($2::bigint[])', [guildId, messageIds]);
}

/** Infers for every message in spans just answered. */
export async function inferForSpans(client: ClientBase, spans: CoverageRecord[]): Promise<void> {
  for (const { guildId, channelId, fromId, toId } of spans) {
    await infer(client, 'm.channel_id = $2 and m.message_id between $3 and $4', [
      guildId,
      channelId,
      fromId,
      toId,
    ]);
  }
}

/** Whether Discord has answered any span of a guild: elsewhere nothing can be inferred. */
export async function hasProofs(client: ClientBase, guildId: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `select exists (select from coverage where guild_id = $1 and grade = 'verified') as found`,
    [guildId],
  );
  return rows[0]!.found;
}
