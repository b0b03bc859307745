/** What a schema of ours is made of, out of Postgres' own catalogs; so that no list must be kept up. */
import type { ClientBase, Pool } from 'pg';
import type { BackupTable } from './format.ts';

/** A name, as a statement has it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Those of an extension are the extension's. */
const TABLES = `
  select c.relname as name, pg_table_size(c.oid)::float8 as "sizeBytes",
    array(select attname::text from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped
      and attgenerated = '' order by attnum) as columns
  from pg_class c
  where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p')
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  order by c.relname`;

const isMigrators = ({ name }: BackupTable) => name.startsWith('kysely_');

/** The tables of a schema with their columns, and those of the migrator. */
export async function tablesOf(
  client: ClientBase | Pool,
  schema: string,
): Promise<{ tables: BackupTable[]; leftOut: string[] }> {
  const { rows } = await client.query<BackupTable>(TABLES, [quoted(schema)]);
  return {
    tables: rows.filter((table) => !isMigrators(table)),
    leftOut: rows.filter(isMigrators).map(({ name }) => name),
  };
}

/** Where tables are made that are made now. */
export async function currentSchema(client: ClientBase | Pool): Promise<string> {
  const { rows } = await client.query<{ schema: string }>('select current_schema() as schema');
  return rows[0]!.schema;
}

export async function viewsOf(client: ClientBase, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = $1::regnamespace and relkind = 'v' order by relname`,
    [quoted(schema)],
  );
  return rows.map(({ name }) => name);
}

/** An index, or the key that has one: how it goes and how it comes. */
export interface Index {
  table: string;
  name: string;
  drop: string;
  make: string;
}

/** Every index of a schema. */
export async function indexesOf(client: ClientBase, schema: string): Promise<Index[]> {
  const { rows } = await client.query<{ table: string; name: string; key: string | null; index: string }>(
    `select t.relname as table, c.relname as name, pg_get_constraintdef(k.oid) as key, pg_get_indexdef(c.oid) as index
     from pg_index i
     join pg_class c on c.oid = i.indexrelid
     join pg_class t on t.oid = i.indrelid
     left join pg_constraint k on k.conindid = c.oid and k.conrelid = t.oid
     where t.relnamespace = $1::regnamespace order by t.relname, k.oid is null, c.relname`,
    [quoted(schema)],
  );
  return rows.map(({ table, name, key, index }) => ({
    table,
    name,
    drop:
      key === null
        ? `drop index ${quoted(name)}`
        : `alter table ${quoted(table)} drop constraint ${quoted(name)}`,
    make: key === null ? index : `alter table ${quoted(table)} add constraint ${quoted(name)} ${key}`,
  }));
}
