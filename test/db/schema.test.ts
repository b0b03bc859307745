import { describe, expect, it } from 'vitest';
import { RECORDED } from '../../db/write/tables.ts';
import { useDatabase } from '../support/database.ts';
import { schemaDump } from '../support/schema-dump.ts';
import { type Node, readSource } from '../support/sources.ts';

const database = useDatabase();

/** What kysely is told of a column type; a null is told apart. */
const TOLD: Record<string, string> = {
  bigint: 'Id',
  integer: 'number',
  smallint: 'number',
  text: 'string',
  boolean: 'boolean',
  jsonb: 'Json',
  'timestamp with time zone': 'Time',
  'bigint[]': 'Ids',
  date: 'LocalDate',
  'bit(150)': 'Bits',
  tsvector: 'string',
  bytea: 'Bytes',
};

interface Column {
  name: string;
  type: string;
  nullable: boolean;
}

/** Tables and views, each with its columns, as the database has them. */
async function storedTables(): Promise<Map<string, (Column & { isView: boolean })[]>> {
  const { rows } = await database.pool.query<Column & { isView: boolean; relation: string }>(
    `select c.relname as relation, c.relkind = 'v' as "isView", a.attname as name,
       format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and a.attnum > 0
       and not a.attisdropped and c.relname not like 'kysely_migration%'
     order by a.attnum`,
  );
  return Map.groupBy(rows, (row) => row.relation);
}

/** The same as db/schema.ts declares them. */
function declaredTables(): Map<string, Column[]> {
  const { nodes, text } = readSource('db/schema.ts');
  const interfaces = new Map(
    nodes
      .filter((node) => node.type === 'TSInterfaceDeclaration')
      .map((node) => [(node.id as { name: string }).name, membersOf(node, text)]),
  );
  return new Map(interfaces.get('Schema')!.map(({ name, type }) => [name, interfaces.get(type)!]));
}

function membersOf(node: Node, text: string): Column[] {
  type Member = { key: { name: string }; typeAnnotation: { typeAnnotation: { start: number; end: number } } };
  return (node.body as { body: Member[] }).body.map(({ key, typeAnnotation }) => {
    const { start, end } = typeAnnotation.typeAnnotation;
    const type = text.slice(start, end);
    return { name: key.name, type: type.replace(/ \| null$/, ''), nullable: type.endsWith(' | null') };
  });
}

describe('the schema', () => {
  it('is what db/schema.sql shows', async () => {
    await expect(await schemaDump(database.pool)).toMatchFileSnapshot('../../db/schema.sql');
  });

  it('is what db/schema.ts tells kysely, column by column', async () => {
    const stored = await storedTables();
    const declared = declaredTables();
    expect([...declared.keys()].toSorted()).toEqual([...stored.keys()].toSorted());
    for (const [table, columns] of stored) {
      const told = columns.map(({ name, type, nullable }) => ({ name, type: TOLD[type], nullable }));
      // The catalogs don't know which columns of a view can be null.
      const plain = (list: Column[]) =>
        columns[0]!.isView ? list.map(({ name, type }) => ({ name, type })) : list;
      expect({ [table]: plain(declared.get(table)!) }).toEqual({ [table]: plain(told as Column[]) });
    }
  });

  it('has a merge rule for every column of a recorded table', async () => {
    const stored = await storedTables();
    /** Written by statements of their own: an inference, and a choice. */
    const besides: Record<string, string[]> = { messages: ['absent_at', 'erased'] };
    for (const { name, columns } of RECORDED) {
      const ruled = [...columns.map((column) => column.name), ...(besides[name] ?? [])];
      expect({ [name]: ruled.toSorted() }).toEqual({
        [name]: stored
          .get(name)!
          .map((c) => c.name)
          .toSorted(),
      });
    }
  });

  it('begins every key with the guild, but of shards, which hold many', async () => {
    const { rows } = await database.pool.query(
      `select c.relname from pg_index i join pg_class c on c.oid = i.indrelid
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
       where c.relnamespace = 'public'::regnamespace and c.relname not like 'kysely_migration%'
         and a.attname <> 'guild_id' and c.relname <> 'shards'`,
    );
    expect(rows).toEqual([]);
  });

  it('has a key on every table, and neither triggers nor defaults that differ by machine or moment', async () => {
    const { rows } = await database.pool.query(
      `select c.relname from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely_migration%'
         and (not exists (select from pg_constraint n where n.conrelid = c.oid and n.contype = 'p')
           or exists (select from pg_trigger t where t.tgrelid = c.oid)
           or exists (select from pg_attrdef d where d.adrelid = c.oid and pg_get_expr(d.adbin, d.adrelid) like '%(%'))`,
    );
    expect(rows).toEqual([]);
  });
});
