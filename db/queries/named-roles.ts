import type { Db } from '../connect.ts';

export interface NamedRole {
  id: string;
  /** Null where the role is there no more. */
  name: string | null;
}

/**
 * Roles of a guild by their names.
 *
 * Shape   a row for each of `ids`, in their order
 */
export async function namedRoles(db: Db, guildId: string, ids: readonly string[]): Promise<NamedRole[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('roles')
    .select(['role_id', 'name'])
    .where('guild_id', '=', guildId)
    .where('role_id', 'in', ids)
    .where('deleted_at', 'is', null)
    .execute();
  const names = new Map(rows.map(({ role_id, name }) => [role_id, name ?? '']));
  return ids.map((id) => ({ id, name: names.get(id) ?? null }));
}
