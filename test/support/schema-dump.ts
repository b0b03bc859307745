/** A database's tables and views as DDL, out of Postgres' own catalogs. */
import type { Pool } from 'pg';

/** Not ours: what has run is the migrator's. */
const OURS = `c.relnamespace = 'public'::regnamespace and c.relname not like 'kysely_migration%'`;

const RELATIONS = `
  select c.oid::int as oid, c.relname as name, c.relkind as kind, obj_description(c.oid, 'pg_class') as comment,
    case c.relkind when 'v' then pg_get_viewdef(c.oid, true) end as definition,
    array_to_string(c.reloptions, ', ') as options
  from pg_class c where ${OURS} and c.relkind in ('r', 'p', 'v')
  order by c.relkind, c.relname`;

const COLUMNS = `
  select a.attrelid::int as oid, a.attname as name, col_description(a.attrelid, a.attnum) as comment,
    concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod),
      case when l.collname <> 'default' then 'collate "' || l.collname || '"' end,
      case when a.attnotnull then 'not null' end,
      'default ' || pg_get_expr(d.adbin, d.adrelid)) as line
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  left join pg_collation l on l.oid = a.attcollation
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where ${OURS} and a.attnum > 0 and not a.attisdropped
  order by a.attnum`;

/** Not null stands with its column. */
const CONSTRAINTS = `
  select n.conrelid::int as oid, 'constraint ' || n.conname || ' ' || pg_get_constraintdef(n.oid) as line
  from pg_constraint n join pg_class c on c.oid = n.conrelid
  where ${OURS} and n.contype <> 'n'
  order by n.contype = 'c', n.conname`;

const INDEXES = `
  select i.indrelid::int as oid, pg_get_indexdef(i.indexrelid) as line
  from pg_index i join pg_class c on c.oid = i.indrelid
  where ${OURS} and not exists (select from pg_constraint n where n.conindid = i.indexrelid)
  order by line`;

/** Every database has plpgsql. */
const EXTENSIONS = `select extname as name from pg_extension where extname <> 'plpgsql' order by extname`;

interface Relation {
  oid: number;
  name: string;
  kind: string;
  comment: string | null;
  definition: string | null;
  options: string | null;
}

interface Line {
  oid: number;
  line: string;
  name?: string;
  comment?: string | null;
}

/** The schema as text: extensions, tables by name, views. */
export async function schemaDump(pool: Pool): Promise<string> {
  const relations = (await pool.query<Relation>(RELATIONS)).rows;
  const extensions = (await pool.query<{ name: string }>(EXTENSIONS)).rows;
  const lines = async (query: string) => Map.groupBy((await pool.query<Line>(query)).rows, (row) => row.oid);
  const columns = await lines(COLUMNS);
  const constraints = await lines(CONSTRAINTS);
  const indexes = await lines(INDEXES);
  const parts = relations.map((relation) => {
    const { oid, name, kind, definition, options, comment } = relation;
    const own = columns.get(oid) ?? [];
    const body = [...own, ...(constraints.get(oid) ?? [])].map(({ line }) => `  ${line}`).join(',\n');
    const type = kind === 'v' ? 'view' : 'table';
    return [
      kind === 'v'
        ? `create view ${name} as\n${definition}`
        : `create table ${name} (\n${body}\n)${options ? ` with (${options})` : ''};`,
      ...(indexes.get(oid) ?? []).map(({ line }) => `${line.toLowerCase().replaceAll('public.', '')};`),
      ...(comment ? [`comment on ${type} ${name} is ${quoted(comment)};`] : []),
      ...own
        .filter((column) => column.comment)
        .map((column) => `comment on column ${name}.${column.name} is ${quoted(column.comment!)};`),
    ].join('\n');
  });
  const made = extensions.map(({ name }) => `create extension if not exists ${name};`).join('\n');
  return `-- The tables as all migrations leave them; made from a database by the tests, never by hand.\n\n${[made, ...parts].join('\n\n')}\n`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
