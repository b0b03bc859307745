/** The project's own files, read and parsed: what the tests of the architecture and the documents look at. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseAst } from 'vitest/node';

export const ROOT = join(import.meta.dirname, '..', '..');

/** What a run makes, or tools keep; none of it is ours. */
const NOT_OURS = new Set(['node_modules', '.git', 'data', 'out', '.env']);

/** A node of a syntax tree. */
export interface Node {
  type: string;
  [key: string]: unknown;
}

export interface Source {
  /** From the root, with slashes. */
  path: string;
  text: string;
  /** Own modules that it names, from the root; type imports and `import()` too. */
  imports: string[];
  /** Packages that it names. */
  packages: { name: string; names: string[] }[];
  nodes: Node[];
}

/** Every file of the project, from the root, with slashes. */
export function projectFiles(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (NOT_OURS.has(entry.name)) return [];
    if (entry.isFile()) return [path];
    return entry.isDirectory() ? projectFiles(path) : [];
  });
}

/** Every module of the project. */
export function sources(): Source[] {
  return projectFiles()
    .filter((path) => path.endsWith('.ts'))
    .map(readSource);
}

/** One module. */
export function readSource(path: string): Source {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const nodes = [...walk(parseAst(text.replace(/^#!.*/, ''), { lang: 'ts' }) as unknown as Node)];
  const named = nodes.flatMap((node) => {
    const { source } = node as { source?: { type?: string; value?: unknown } | null };
    if (source?.type !== 'Literal' || typeof source.value !== 'string') return [];
    return [{ from: source.value, names: importedNames(node) }];
  });
  return {
    path,
    text,
    nodes,
    imports: named.filter(isOwn).map(({ from }) => normalize(join(dirname(path), from))),
    packages: named.filter((one) => !isOwn(one)).map(({ from, names }) => ({ name: from, names })),
  };
}

const isOwn = ({ from }: { from: string }): boolean => from.startsWith('.');

function importedNames({ specifiers }: Node): string[] {
  const list = (specifiers ?? []) as { imported?: { name?: string } }[];
  return list.flatMap(({ imported }) => imported?.name ?? []);
}

function* walk(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof (child as Node | null)?.type === 'string') yield* walk(child as Node);
    }
  }
}

/** Whether a node is `object.property`. */
export function isMember(node: unknown, object: string, property: string): boolean {
  const { type, object: of, property: name } = (node ?? {}) as Record<string, { name?: string } | undefined>;
  return (type as unknown) === 'MemberExpression' && of?.name === object && name?.name === property;
}
