/** The arrows and rules of ARCHITECTURE.md, held against every module. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RECORDED } from '../db/write/tables.ts';
import { isMember, type Node, readSource, ROOT, type Source, sources } from './support/sources.ts';

const all = sources();
/** Tests may do whatever proves something. */
const ours = all.filter(({ path }) => !path.startsWith('test/') && path !== 'vitest.config.ts');

/** The part of the house that a module belongs to: its folder, or itself at the root. */
const partOf = (path: string): string => path.split('/')[0]!;

/** Which part may name which; each may name itself. */
const ARROWS: Record<string, string[]> = {
  'almanac.ts': ['bot', 'companion', 'cli'],
  'deploy-commands.ts': ['commands', 'config.ts'],
  bot: ['commands', 'reports', 'ingest', 'db', 'config.ts'],
  companion: ['reports', 'ingest', 'db', 'config.ts'],
  cli: ['commands', 'reports', 'ingest', 'db', 'config.ts'],
  commands: ['reports', 'db/settings.ts', 'db/runs.ts'],
  reports: ['db'],
  ingest: ['db'],
  db: [],
  'config.ts': ['db'],
};

/** Where the clock is read, and standard output and the environment are at hand. */
const DOORS = ['almanac.ts', 'deploy-commands.ts', 'cli', 'bot', 'companion'];

/** The modules that break a rule, as `path: what`. */
function offences(modules: Source[], find: (module: Source) => string[]): string[] {
  return modules.flatMap((module) => find(module).map((what) => `${module.path}: ${what}`));
}

const notIn = (...parts: string[]) => ours.filter(({ path }) => !parts.includes(partOf(path)));

describe('who may import whom', () => {
  it('every module belongs to a part of the house', () => {
    expect(
      offences(ours, ({ path }) => (Object.hasOwn(ARROWS, partOf(path)) ? [] : ['no known part'])),
    ).toEqual([]);
  });

  it('every import follows an arrow', () => {
    const strays = offences(ours, ({ path, imports }) => {
      const allowed = [partOf(path), ...(ARROWS[partOf(path)] ?? [])];
      return imports.filter((to) => !allowed.includes(partOf(to)) && !allowed.includes(to));
    });
    expect(strays).toEqual([]);
  });

  it('every import names a file that is there, with its ending', () => {
    expect(offences(all, ({ imports }) => imports.filter((to) => !existsSync(join(ROOT, to))))).toEqual([]);
  });

  it('no program code imports a test', () => {
    expect(offences(ours, ({ imports }) => imports.filter((to) => partOf(to) === 'test'))).toEqual([]);
  });

  it('every migration is listed in db/migrate.ts', () => {
    const files = readdirSync(join(ROOT, 'db/migrations')).filter((name) => name.endsWith('.ts'));
    const listed = readSource('db/migrate.ts').imports.filter((path) => path.startsWith('db/migrations/'));
    expect(listed.toSorted()).toEqual(files.map((name) => `db/migrations/${name}`).toSorted());
  });

  it('a migration imports nothing', () => {
    const migrations = ours.filter(({ path }) => path.startsWith('db/migrations/'));
    expect(
      offences(migrations, ({ imports, packages }) => [...imports, ...packages.map((p) => p.name)]),
    ).toEqual([]);
  });
});

describe('what only some may do', () => {
  it('only config.ts reads the environment', () => {
    const readers = offences(notIn('config.ts'), ({ nodes }) =>
      nodes.some((node) => isMember(node, 'process', 'env')) ? ['process.env'] : [],
    );
    expect(readers).toEqual([]);
  });

  it('only doors read the clock', () => {
    expect(offences(notIn(...DOORS), ({ nodes }) => nodes.filter(readsClock).map(() => 'the clock'))).toEqual(
      [],
    );
  });

  it('only doors write to the streams of the process or end it', () => {
    const uses = offences(notIn(...DOORS), ({ nodes }) =>
      ['stdout', 'stderr', 'exit', 'exitCode'].filter((name) =>
        nodes.some((node) => isMember(node, 'process', name)),
      ),
    );
    expect(uses).toEqual([]);
  });

  it('only db contains SQL', () => {
    const BUILDERS = [
      'query',
      'selectFrom',
      'insertInto',
      'updateTable',
      'deleteFrom',
      'replaceInto',
      'mergeInto',
    ];
    const uses = offences(notIn('db'), ({ nodes, packages }) => [
      ...packages
        .filter(({ name, names }) => name === 'kysely' && names.includes('sql'))
        .map(() => 'sql of kysely'),
      ...nodes
        .filter((node) => BUILDERS.includes(calledMethod(node)))
        .map((node) => `.${calledMethod(node)}()`),
    ]);
    expect(uses).toEqual([]);
  });

  it('only the writer, and the job that forgets people, write recorded tables', () => {
    const tables = RECORDED.map((table) => table.name).join('|');
    const statement = new RegExp(
      String.raw`\b(insert\s+into|update|delete\s+from|truncate|copy|merge\s+into)\s+(${tables})\b` +
        String.raw`|\.(insertInto|updateTable|deleteFrom)\(\s*'(${tables})'`,
      'gi',
    );
    const writers = ours
      .filter(({ text }) => text.match(statement))
      .map(({ path }) => path)
      .filter(
        (path) => !/^db\/(write-batch\.ts|write\/|choices\.ts|erase-person\.ts|migrations\/)/.test(path),
      );
    expect(writers).toEqual([]);
  });
});

describe('how the code is kept', () => {
  /** A list of declarations, one table after the other, reads best in one piece; and a migration is frozen. */
  const LONG = /^db\/(schema\.ts$|migrations\/)/;
  const LINES_MAX = 250;
  const NO_CODE = /^\s*($|\/\/|\/?\*)/;

  it(`no module has more than ${LINES_MAX} lines of code`, () => {
    const long = ours
      .filter(({ path }) => !LONG.test(path))
      .map(({ path, text }) => [path, text.split('\n').filter((line) => !NO_CODE.test(line)).length] as const)
      .filter(([, lines]) => lines > LINES_MAX);
    expect(long).toEqual([]);
  });

  it('every folder says in at most 40 lines what lives in it; the dictionary of metrics may be longer', () => {
    const README_LINES_MAX = 40;
    const folders = new Set(all.map(({ path }) => path.slice(0, Math.max(0, path.lastIndexOf('/')))));
    const faults = [...folders].filter(needsReadme).flatMap((folder) => {
      const readme = join(ROOT, folder, 'README.md');
      if (!existsSync(readme)) return [`${folder}: no README.md`];
      const lines = readFileSync(readme, 'utf8').trimEnd().split('\n').length;
      return lines > README_LINES_MAX && folder !== 'db/queries' ? [`${folder}: ${lines} lines`] : [];
    });
    expect(faults).toEqual([]);
  });
});

/** The root has its own README; and a folder of tests mirrors the folder that it tests. */
function needsReadme(folder: string): boolean {
  return (
    folder !== '' && !(folder.startsWith('test/') && existsSync(join(ROOT, folder.slice('test/'.length))))
  );
}

function readsClock(node: Node): boolean {
  const {
    type,
    callee,
    arguments: given,
  } = node as { type: string; callee?: { name?: string }; arguments?: unknown[] };
  if (type === 'NewExpression') return callee?.name === 'Date' && given?.length === 0;
  if (type === 'CallExpression' && callee?.name === 'Date') return true;
  return isMember(node, 'Date', 'now') || isMember(node, 'Temporal', 'Now');
}

function calledMethod({ type, callee }: Node): string {
  const called = callee as { type?: string; property?: { name?: string } } | undefined;
  return type === 'CallExpression' && called?.type === 'MemberExpression'
    ? (called.property?.name ?? '')
    : '';
}
