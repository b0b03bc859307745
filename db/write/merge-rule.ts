/**
 * The merge rule as SQL. A row is a product of small groups of columns and each group keeps its maximum, so
 * any order, repetition and splitting of what was observed gives one row. A table is described once, here
 * are its statements: nobody writes an `on conflict` by hand.
 *
 * Null is "unknown" and below everything. Every order is total: the values themselves break the last tie.
 */
import type { Value } from './copy-encoder.ts';

export type ColumnType = 'int8' | 'int4' | 'int2' | 'bool' | 'text' | 'timestamptz' | 'jsonb' | 'int8[]';

export interface Column {
  name: string;
  type: ColumnType;
  /** A time of observation: it orders, and is no fact about the guild. */
  stamp: boolean;
}

export interface Group {
  columns: Column[];
  /** Column to its merged value, `m` being the stored row and `s` the incoming. */
  set(s: string): [string, string][];
  /** True where the incoming row would change the group at all. */
  rises(s: string): string;
  /** True where it would change more than a time of observation. */
  changes(s: string): string;
  /**
   * The two as one, where that takes no ordering of texts and ids. Undefined where SQL must decide.
   */
  fold(a: readonly Value[], b: readonly Value[]): readonly Value[] | undefined;
}

const isUnknown = (value: Value) => value === null || value === undefined;

/** Negative, 0 or positive, as Postgres orders the two; undefined where only Postgres knows. Unknown is below all. */
function compare(a: Value, b: Value): number | undefined {
  if (isUnknown(a) || isUnknown(b)) return Number(isUnknown(b)) - Number(isUnknown(a));
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, i) => one === b[i]) ? 0 : undefined;
  if (typeof a === 'string' || typeof b === 'string') return a === b ? 0 : undefined;
  return Number(a) - Number(b);
}

function foldExtreme(
  keep: 'greatest' | 'least',
  [a]: readonly Value[],
  [b]: readonly Value[],
): readonly Value[] | undefined {
  if (isUnknown(a) || isUnknown(b)) return [isUnknown(a) ? b : a];
  const order = compare(a, b);
  if (order === undefined) return undefined;
  return [order > 0 === (keep === 'greatest') ? a : b];
}

/** By the first column in which they differ. */
function foldLarger(a: readonly Value[], b: readonly Value[]): readonly Value[] | undefined {
  for (const [i, value] of a.entries()) {
    const order = compare(value, b[i]);
    if (order === undefined) return undefined;
    if (order !== 0) return order > 0 ? a : b;
  }
  return a;
}

export interface Table {
  name: string;
  key: Column[];
  groups: Group[];
  columns: Column[];
}

/** `'name type'`, or `'name type stamp'` for a time of observation. */
type ColumnText = string;

function column(text: ColumnText): Column {
  const [name, type, stamp] = text.split(' ') as [string, ColumnType, string?];
  return { name, type, stamp: stamp === 'stamp' };
}

/** A table by its key and its groups. */
export function table(name: string, key: ColumnText[], groups: Group[]): Table {
  const keyColumns = key.map(column);
  return {
    name,
    key: keyColumns,
    groups,
    columns: [...keyColumns, ...groups.flatMap((group) => group.columns)],
  };
}

function extreme(text: ColumnText, keep: 'greatest' | 'least'): Group {
  const c = column(text);
  const beats = keep === 'greatest' ? '>' : '<';
  const rises = (s: string) =>
    `(${s}.${c.name} is not null and (m.${c.name} is null or ${s}.${c.name} ${beats} m.${c.name}))`;
  return {
    columns: [c],
    set: (s) => [[c.name, `${keep}(m.${c.name}, ${s}.${c.name})`]],
    rises,
    changes: (s) => (c.stamp ? 'false' : rises(s)),
    fold: (a, b) => foldExtreme(keep, a, b),
  };
}

/** A fact of which the greatest stands. */
export const greatest = (text: ColumnText): Group => extreme(text, 'greatest');

/** A time of which the earliest stands. */
export const least = (text: ColumnText): Group => extreme(text, 'least');

/** Bits that were ever seen. */
export function bits(text: ColumnText): Group {
  const c = column(text);
  const rises = (s: string) =>
    `(${s}.${c.name} is not null and (m.${c.name} is null or m.${c.name} | ${s}.${c.name} <> m.${c.name}))`;
  return {
    columns: [c],
    set: (s) => [[c.name, `coalesce(m.${c.name} | ${s}.${c.name}, m.${c.name}, ${s}.${c.name})`]],
    rises,
    changes: rises,
    fold: () => undefined,
  };
}

/** Nulls behind the key are values ("no parent"); they order below every other. */
const ORDERED: Record<ColumnType, (c: string) => string> = {
  int8: (c) => `coalesce(${c}, '-9223372036854775808')`,
  int4: (c) => `coalesce(${c}, '-2147483648')`,
  int2: (c) => `coalesce(${c}, '-32768')`,
  bool: (c) => `coalesce(${c}::int, -1)`,
  text: (c) => `coalesce(${c}, '')`,
  timestamptz: (c) => `coalesce(${c}, '-infinity')`,
  jsonb: (c) => `coalesce(${c}, 'null')`,
  'int8[]': (c) => `coalesce(${c}, '{}')`,
};

/** A versioned group: the larger tuple wins whole. Its first column is the key: where it is null, all is unknown. */
export function larger(...texts: ColumnText[]): Group {
  const columns = texts.map(column);
  const first = columns[0]!;
  const tuple = (row: string) =>
    `(${columns.map((c, i) => (i === 0 ? `${row}.${c.name}` : ORDERED[c.type](`${row}.${c.name}`))).join(', ')})`;
  const rises = (s: string) =>
    `(${s}.${first.name} is not null and (m.${first.name} is null or ${tuple(s)} > ${tuple('m')}))`;
  const facts = columns.filter((c) => !c.stamp);
  const plain = (row: string) => `(${facts.map((c) => `${row}.${c.name}`).join(', ')})`;
  return {
    columns,
    set: (s) =>
      columns.map((c) => [c.name, `case when ${rises(s)} then ${s}.${c.name} else m.${c.name} end`]),
    rises,
    changes: (s) => `(${rises(s)} and ${plain(s)} is distinct from ${plain('m')})`,
    fold: foldLarger,
  };
}

/** A higher version replaces the facts whole; within one version the greatest of each stands. */
export function versioned(versionText: ColumnText, ...texts: ColumnText[]): Group {
  const version = column(versionText);
  const facts = texts.map(column);
  const v = version.name;
  const better = (s: string) => `${s}.${v} > m.${v}`;
  const rises = (s: string) => {
    const each = facts.map(
      (c) => `(${s}.${c.name} is not null and (m.${c.name} is null or ${s}.${c.name} > m.${c.name}))`,
    );
    const equal = each.length === 0 ? [] : [`(${s}.${v} = m.${v} and (${each.join(' or ')}))`];
    return `(${[better(s), ...equal].join(' or ')})`;
  };
  return {
    columns: [version, ...facts],
    set: (s) => [
      [v, `greatest(m.${v}, ${s}.${v})`],
      ...facts.map((c): [string, string] => [
        c.name,
        `case when ${better(s)} then ${s}.${c.name} when ${s}.${v} = m.${v}` +
          ` then greatest(m.${c.name}, ${s}.${c.name}) else m.${c.name} end`,
      ]),
    ],
    rises,
    changes: rises,
    fold: () => undefined,
  };
}

/** A note of the row that was merged last; no part of the merge. */
export function noted(text: ColumnText): Group {
  const c = column(text);
  return {
    columns: [c],
    set: (s) => [[c.name, `coalesce(${s}.${c.name}, m.${c.name})`]],
    rises: () => 'false',
    changes: () => 'false',
    fold: () => undefined,
  };
}

/** Set once on insert and derived again by a statement of its own. */
export function derived(text: ColumnText): Group {
  return {
    columns: [column(text)],
    set: () => [],
    rises: () => 'false',
    changes: () => 'false',
    fold: () => undefined,
  };
}

const names = (columns: Column[]) => columns.map((c) => c.name).join(', ');
const sameKey = (t: Table) => t.key.map((c) => `m.${c.name} = s.${c.name}`).join(' and ');
const anyOf = (t: Table, clause: (group: Group) => string) => {
  const clauses = t.groups.map(clause).filter((text) => text !== 'false');
  return clauses.length === 0 ? 'false' : clauses.join('\n  or ');
};

/** Two rows of one key as one, or undefined where SQL must decide. */
export function foldRows(t: Table, a: readonly Value[], b: readonly Value[]): Value[] | undefined {
  let at = t.key.length;
  const folded = a.slice(0, at);
  for (const group of t.groups) {
    const end = at + group.columns.length;
    const values = group.fold(a.slice(at, end), b.slice(at, end));
    if (!values) return undefined;
    folded.push(...values);
    at = end;
  }
  return folded;
}

/** Where rows wait for their statement: a temporary table of the connection, with a round each. */
export function stagingDdl(t: Table): string {
  const columns = t.columns.map((c) => `${c.name} ${c.type}${c.type === 'text' ? ' collate "C"' : ''}`);
  return `create temporary table if not exists staged_${t.name} (round int2, ${columns.join(', ')}) on commit delete rows`;
}

/** Loads encoded rows into the staging table. */
export function stagingCopy(t: Table): string {
  return `copy staged_${t.name} (round, ${names(t.columns)}) from stdin (format binary)`;
}

/** Loads encoded rows straight into the table. */
export function directCopy(t: Table): string {
  return `copy ${t.name} (${names(t.columns)}) from stdin (format binary)`;
}

/**
 * Merges the staged rows of one round ($1). Rows that would change nothing are left out by a join first: cheaper
 * than the lock that a conflict takes.
 */
export function mergeSql(t: Table): string {
  const conflict = t.groups.flatMap((group) => group.set('excluded'));
  const action =
    conflict.length === 0
      ? 'do nothing'
      : `do update set\n  ${conflict.map(([name, value]) => `${name} = ${value}`).join(',\n  ')}\nwhere ${anyOf(t, (group) => group.rises('excluded'))}`;
  return `insert into ${t.name} as m (${names(t.columns)})
select ${t.columns.map((c) => `s.${c.name}`).join(', ')}
from staged_${t.name} s left join ${t.name} m on ${sameKey(t)}
where s.round = $1 and (m.${t.key[0]!.name} is null or ${anyOf(t, (group) => group.rises('s'))})
order by ${t.key.map((c) => `s.${c.name}`).join(', ')}
on conflict (${names(t.key)}) ${action}`;
}

/** The keys of staged rows of one round ($1) that add a row or change more than a time of observation. */
export function changedSql(t: Table, select: string): string {
  return `select ${select} from staged_${t.name} s left join ${t.name} m on ${sameKey(t)}
where s.round = $1 and (m.${t.key[0]!.name} is null or ${anyOf(t, (group) => group.changes('s'))})`;
}

/** The condition on stored `m` and staged `s` under which one group of a table would rise. */
export function groupRises(t: Table, columnName: string): string {
  const group = t.groups.find((candidate) => candidate.columns.some((c) => c.name === columnName));
  if (!group) throw new Error(`no group of ${t.name} holds ${columnName}`);
  return group.rises('s');
}

/** The join of staged `s` with stored `m`. */
export function keyJoin(t: Table): string {
  return sameKey(t);
}
