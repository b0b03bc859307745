/**
 * What is used in messages, or given to them, by channel: emoji and files. Counted from the messages, and for whole
 * days of a big guild from its rollups (`../rollups`), which hold the same sums.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { type Cover, coverOf, rawCover } from '../rollups/cover.ts';
import { channelInScope, ownMessage, scoped } from './counted.ts';
import type { Scope } from './scope.ts';
import { inRaw } from './tallies.ts';

/** An emoji in a text, an emoji as a reaction, an attachment. */
export type Used = 'emoji' | 'reaction' | 'attachment';

/** Where each is: its table `c`, what tells one from another, its name, and how often it is used. */
export const USED: Record<
  Used,
  { table: string; key: RawBuilder<unknown>; name: RawBuilder<unknown>; uses: RawBuilder<unknown> }
> = {
  emoji: { table: 'emoji_uses', key: sql`c.emoji_key`, name: sql`c.emoji_name`, uses: sql`c.uses` },
  reaction: { table: 'reactions', key: sql`c.emoji_key`, name: sql`c.emoji_name`, uses: sql`c.total` },
  attachment: {
    table: 'attachments',
    key: sql`coalesce(c.kind, 'other') || '/' || coalesce(c.extension, '')`,
    name: sql`null`,
    uses: sql`1`,
  },
};

/**
 * The common tables of `scoped`, and `used`: rows of `kind`, `key` (an attachment's is `image/png`), `channel_id`,
 * `name` and `uses`. Several may be of one kind, key and channel: sum them. To stand behind `with recursive`.
 */
export async function uses(db: Db, scope: Scope, kinds: readonly Used[]): Promise<RawBuilder<unknown>> {
  // Kept sums don't tell by whom.
  const cover = scope.members ? rawCover(scope.window) : await coverOf(db, scope, 'day');
  const parts = [
    ...(cover.raw.length > 0 ? kinds.map((kind) => counted(scope, cover, kind)) : []),
    ...kept(scope, cover, kinds),
  ];
  const none = sql`select null::text as kind, null::text as key, 0::bigint as channel_id, null::text as name, 0 as uses where false`;
  return sql`${scoped(scope)}, used as (${sql.join(parts.length > 0 ? parts : [none], sql` union all `)})`;
}

function counted(scope: Scope, { raw }: Cover, kind: Used): RawBuilder<unknown> {
  const { table, key, name, uses: count } = USED[kind];
  return sql`select ${sql.lit(kind)} as kind, ${key} as key, m.channel_id, max(${name}) as name, sum(${count}) as uses
    from ${sql.table(table)} c ${ownMessage(scope)}
    where c.guild_id = ${scope.guildId} and ${inRaw(raw, 'c.message_id')} and ${inRaw(raw, 'm.message_id')} and ${count} > 0
    group by 2, m.channel_id`;
}

function kept(scope: Scope, { rolled }: Cover, kinds: readonly Used[]): RawBuilder<unknown>[] {
  return rolled.map(
    ({ from, to }) => sql`select t.kind, t.key, t.channel_id, t.name, t.uses from use_tallies t
      where t.guild_id = ${scope.guildId} and t.starts >= ${from}::date and t.starts < ${to}::date
        and t.kind in (${sql.join(kinds)}) and ${channelInScope(scope, 't.channel_id')}
        ${scope.bots ? sql`` : sql`and not t.is_bot`}`,
  );
}
