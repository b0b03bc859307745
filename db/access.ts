/** What the bot could read of a guild's channels, and since when: a row a change. */
import type { ClientBase, Pool } from 'pg';
import type { Snowflake } from './records.ts';

type Reader = ClientBase | Pool;

/**
 * What the bot may do in a channel. `no history`: it hears what is said live, and may not read the past. `no view`, `no
 * connect` (the text of a voice channel), `hidden` (Discord shows but a placeholder), `not joined` (a private thread): nothing.
 */
export type Access = 'readable' | 'no history' | 'no view' | 'no connect' | 'hidden' | 'not joined' | 'gone';

/** What decides it, as it is stored; a thread's rules are its parent's. */
export interface StoredPlaces {
  ownerId: Snowflake | null;
  /** Undefined: the bot's own membership is not known, and so nothing can be told. */
  memberRoles: Snowflake[] | undefined;
  roles: { id: Snowflake; permissions: string }[];
  channels: StoredPlace[];
}

export interface StoredPlace {
  channelId: Snowflake;
  type: number | null;
  parentId: Snowflake | null;
  overwrites: { id: Snowflake; type: number; allow: string; deny: string }[] | null;
  isHidden: boolean;
  isGone: boolean;
}

/** Everything stored of a guild that decides what somebody may read; of threads the private ones. */
export async function storedPlaces(
  client: Reader,
  guildId: Snowflake,
  userId: Snowflake,
): Promise<StoredPlaces> {
  const { rows } = await client.query<Omit<StoredPlaces, 'memberRoles'> & { memberRoles: string[] | null }>(
    `select
       (select owner_id::text from guilds where guild_id = $1) as "ownerId",
       (select roles::text[] from members where guild_id = $1 and user_id = $2) as "memberRoles",
       (select coalesce(json_agg(json_build_object('id', role_id::text, 'permissions', permissions::text)), '[]')
         from roles where guild_id = $1 and deleted_at is null and permissions is not null) as roles,
       (select coalesce(json_agg(json_build_object(
           'channelId', channel_id::text, 'type', type, 'parentId', parent_id::text, 'overwrites', overwrites,
           'isHidden', coalesce(hidden_at > coalesce(case type when 12 then name_at else details_at end, '-infinity'), false),
           'isGone', deleted_at is not null
         )), '[]')
         from channels where guild_id = $1 and (type is null or type not in (10, 11))) as channels`,
    [guildId, userId],
  );
  const { memberRoles, ...places } = rows[0]!;
  return { ...places, memberRoles: memberRoles ?? undefined };
}

/**
 * Notes what may be read from a moment on, where that is another than what was noted last; tells how many channels changed.
 * Noted late, it holds from what was noted last: that was known then.
 */
export async function saveAccess(
  client: Reader,
  guildId: Snowflake,
  atMs: number,
  access: Map<Snowflake, Access>,
): Promise<number> {
  if (access.size === 0) return 0;
  const { rowCount } = await client.query(
    `insert into channel_access (guild_id, channel_id, at, access)
     select $1, t.id, greatest($2, last.at), t.access
     from unnest($3::bigint[], $4::text[]) as t(id, access)
     left join lateral (
       select a.at, a.access from channel_access a
       where a.guild_id = $1 and a.channel_id = t.id order by a.at desc limit 1
     ) last on true
     where last.access is distinct from t.access
     on conflict (guild_id, channel_id, at) do update set access = excluded.access`,
    [guildId, new Date(atMs), [...access.keys()], [...access.values()]],
  );
  return rowCount ?? 0;
}

/** What may be read now, and since when. */
export async function currentAccess(
  client: Reader,
  guildId: Snowflake,
): Promise<Map<Snowflake, { access: Access; sinceMs: number }>> {
  const { rows } = await client.query<{ id: string; access: Access; sinceMs: number }>(
    `select distinct on (channel_id) channel_id::text as id, access, (extract(epoch from at) * 1000)::float8 as "sinceMs"
     from channel_access where guild_id = $1 order by channel_id, at desc`,
    [guildId],
  );
  return new Map(rows.map(({ id, access, sinceMs }) => [id, { access, sinceMs }]));
}

/** Whether a channel's past is known to be closed to us now; a thread's by what was noted of it, else of its parent. */
export async function isClosedNow(
  client: Reader,
  guildId: Snowflake,
  channelId: Snowflake,
): Promise<boolean> {
  const last = (id: string) =>
    `(select a.access from channel_access a where a.guild_id = $1 and a.channel_id = ${id} order by a.at desc limit 1)`;
  const { rows } = await client.query<{ access: Access | null }>(
    `select coalesce(${last('$2')}, (
       select ${last('c.parent_id')} from channels c
       where c.guild_id = $1 and c.channel_id = $2 and c.type in (10, 11, 12)
     )) as access`,
    [guildId, channelId],
  );
  const { access } = rows[0]!;
  return access !== null && access !== 'readable';
}
