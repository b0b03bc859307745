/** What decides who may read what of a guild; and what the bot could read, and since when: a row a change. */
import { sql } from 'kysely';
import type { ClientBase, Pool } from 'pg';
import type { Db } from './connect.ts';
import type { Overwrite } from './permissions.ts';
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
  overwrites: Overwrite[] | null;
  isHidden: boolean;
  isGone: boolean;
}

/**
 * Discord showed but a placeholder of it last: what is stored of it is of before. A thread has a name, and no details.
 */
const IS_HIDDEN = `coalesce(
  hidden_at > coalesce(case when type in (10, 11, 12) then name_at else details_at end, '-infinity'), false)`;

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
           'isHidden', ${IS_HIDDEN},
           'isGone', deleted_at is not null
         )), '[]')
         from channels where guild_id = $1 and (type is null or type not in (10, 11))) as channels`,
    [guildId, userId],
  );
  const { memberRoles, ...places } = rows[0]!;
  return { ...places, memberRoles: memberRoles ?? undefined };
}

/** What decides who may read which channel of a guild, as it is stored. Neither in it: what is deleted, or within what is. */
export interface ReadingRules {
  guildId: Snowflake;
  ownerId: Snowflake | null;
  roles: { id: Snowflake; permissions: string }[];
  /** Members and channels may still name them. */
  deletedRoles: Snowflake[];
  /** By id. */
  channels: RuledChannel[];
  threads: RuledThreads[];
  /** By the settings: channels, categories, threads. */
  excluded: Snowflake[];
}

export interface RuledChannel {
  channelId: Snowflake;
  /** Null: only named by something in it. */
  type: number | null;
  parentId: Snowflake | null;
  /** Null: not known, or hidden from the bot by now. */
  overwrites: Overwrite[] | null;
}

/** The threads of a channel that are of one kind: they have no rules of their own. */
export interface RuledThreads {
  parentId: Snowflake | null;
  /** Or hidden: then they may be. */
  isPrivate: boolean;
  ids: Snowflake[];
}

/** The rules of a guild, in one statement. Undefined: what its roles may do is not known, since it was only imported. */
export async function readingRules(db: Db, guildId: Snowflake): Promise<ReadingRules | undefined> {
  const isHidden = sql.raw(IS_HIDDEN);
  const { rows } = await sql<Omit<ReadingRules, 'guildId'>>`
    select
      (select owner_id::text from guilds where guild_id = ${guildId}) as "ownerId",
      (select coalesce(json_agg(json_build_object('id', role_id::text, 'permissions', permissions::text)), '[]')
        from roles where guild_id = ${guildId} and deleted_at is null and permissions is not null) as roles,
      (select coalesce(json_agg(role_id::text), '[]')
        from roles where guild_id = ${guildId} and deleted_at is not null) as "deletedRoles",
      (select coalesce(json_agg(json_build_object(
          'channelId', channel_id::text, 'type', type, 'parentId', parent_id::text,
          'overwrites', case when not ${isHidden} then overwrites end
        ) order by channel_id), '[]')
        from channels
        where guild_id = ${guildId} and deleted_at is null and (type is null or type not in (10, 11, 12))) as channels,
      (select coalesce(json_agg(json_build_object('parentId', t.parent_id::text, 'isPrivate', t.is_private, 'ids', t.ids)), '[]')
        from (
          select parent_id, type = 12 or ${isHidden} as is_private,
            json_agg(channel_id::text) as ids
          from channels
          where guild_id = ${guildId} and deleted_at is null and type in (10, 11, 12)
          group by 1, 2
        ) t
        where not exists (select from channels p
          where p.guild_id = ${guildId} and p.channel_id = t.parent_id and p.deleted_at is not null)) as threads,
      (select coalesce(json_agg(channel_id::text), '[]')
        from excluded_channels where guild_id = ${guildId}) as excluded
    where exists (${everyonesRole(guildId)})`.execute(db);
  return rows[0] && { guildId, ...rows[0] };
}

/** The role that everyone has, where it is known what it may do. */
const everyonesRole = (guildId: Snowflake) =>
  sql`select from roles where guild_id = ${guildId} and role_id = ${guildId} and permissions is not null`;

/** Whether the bot is in a guild and so knows who may read what in it, as opposed to one that was only imported. */
export async function isRecordedByBot(db: Db, guildId: Snowflake): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select exists (${everyonesRole(guildId)}) and coalesce((
      select kind <> 'left' from guild_moments
      where guild_id = ${guildId} and kind in ('joined', 'available', 'unavailable', 'left')
      order by at desc, kind = 'left' desc limit 1
    ), true) as is`.execute(db);
  return rows[0]!.is;
}

/** Whether the bot was in a guild and left it, as far as a recorder has noted. */
export async function hasLeft(client: ClientBase | Pool, guildId: Snowflake): Promise<boolean> {
  const { rows } = await client.query<{ kind: string }>(
    `select kind from guild_moments where guild_id = $1 and kind in ('joined', 'available', 'unavailable', 'left')
     order by at desc, kind = 'left' desc limit 1`,
    [guildId],
  );
  return rows[0]?.kind === 'left';
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
