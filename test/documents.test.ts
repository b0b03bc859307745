/** The documents say what is: their commands run, their links lead somewhere, their lists are complete. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { Command } from 'commander';
import { beforeAll, describe, expect, it } from 'vitest';
import { verbs } from '../cli/index.ts';
import { loadConfig } from '../config.ts';
import { useDatabase } from './support/database.ts';
import { anchorsOf, commandsOf, documents, isAsShown, linksOf, readDocument } from './support/documents.ts';
import { useFolder } from './support/folder.ts';
import { projectFiles, ROOT } from './support/sources.ts';

const README = readDocument('README.md');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

const program = new Command('almanac').exitOverride();
for (const verb of verbs) verb.define(program, async () => {});
const verbNames = program.commands.map((command) => command.name());

describe('the commands of the README', () => {
  const database = useDatabase();
  const folder = useFolder();
  /** The made-up guild, and somebody in it: what a reader puts in place of ID. */
  const ids = { guild: '', member: '' };

  /** Runs a line as a shell would, `npx almanac` being the program of this checkout. */
  async function run(line: string): Promise<{ code: number; stdout: string; stderr: string }> {
    const words = line
      .replace(/^npm ci && /, '')
      .replaceAll('--guild ID', `--guild ${ids.guild}`)
      .replaceAll('--member ID', `--member ${ids.member}`)
      .split(' ');
    // The demo brings its own database and one line its own folder; the others share one that is quick to reach.
    const { ALMANAC_DATA: _a, STORE_CONTENT: _s, ...surroundings } = process.env;
    const env: NodeJS.ProcessEnv = { ...surroundings, DATABASE_URL: database.url };
    const [name, value] = words[0]!.split('=');
    if (value !== undefined) {
      words.shift();
      delete env.DATABASE_URL;
      env[name!] = value;
    }
    const args = words.join(' ') === 'npm run demo' ? ['demo'] : words.slice(2);
    const child = spawn(process.execPath, [join(ROOT, 'almanac.ts'), ...args], {
      cwd: folder.path,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [[code], stdout, stderr] = await Promise.all([
      once(child, 'close'),
      textOf(child.stdout),
      textOf(child.stderr),
    ]);
    return { code, stdout, stderr };
  }

  /** Made once: it takes the longest of all, and the README names it twice. */
  let demo: ReturnType<typeof run>;
  beforeAll(async () => {
    await (demo = run('npm run demo'));
    await cp(join(folder.path, 'out/demo/exports'), join(folder.path, 'exports'), { recursive: true });
    const truth = JSON.parse(readFileSync(join(folder.path, 'exports/community.truth'), 'utf8'));
    Object.assign(ids, { guild: truth.guild.id, member: truth.topAuthors[0].id });
  });

  /** Checks and benches; and what asks Discord or runs until it is stopped, which the tests of the bot do. */
  const NOT_HERE = [
    'npm ci && npm test',
    'npm run bench',
    'npx almanac doctor',
    'npm start',
    'npm run fake-discord',
    'npx almanac backfill --guild ID --plan',
    'npx almanac backfill --guild ID',
    'npx almanac audit --guild ID',
    'npm run deploy-commands -- --dry-run',
    'npm run deploy-commands',
    'npm start -- --deploy',
    'npx almanac link --guild ID --to ID',
    // Nothing is posted there; a restore wants an empty database.
    'npx almanac report weekly --guild ID --as-posted',
    'npx almanac restore almanac.backup',
    'npm ci --omit=dev',
    'cp -n .env.example .env',
    'npx almanac health',
  ];
  /** Of other programs. */
  const FOREIGN = /^(docker|sudo|sed|echo|curl) /;

  it.for(commandsOf(README).filter(({ line }) => !NOT_HERE.includes(line) && !FOREIGN.test(line)))(
    '$line',
    async ({ line, output }) => {
      const { code, stdout, stderr } = await (line.endsWith('npm run demo') ? demo : run(line));
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      if (output !== undefined && !isAsShown(stdout, output)) expect(stdout).toBe(output);
    },
  );

  it('it opens with the two that do it all', () => {
    expect(
      commandsOf(README)
        .slice(0, 2)
        .map(({ line }) => line),
    ).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
  });
});

describe('what the documents mention', () => {
  const everywhere = documents().map((path) => ({ path, text: readDocument(path) }));

  it('every verb is in the README, and every verb in a document is one', () => {
    const named = everywhere.flatMap(({ text }) =>
      [...text.matchAll(/npx almanac ([a-z]+)/g)].map(([, verb]) => verb!),
    );
    expect([...new Set(named)].filter((name) => !verbNames.includes(name))).toEqual([]);
    const inReadme = [...README.matchAll(/(?:npx almanac|npm run) ([a-z]+)/g)].map(([, verb]) => verb);
    expect(verbNames.filter((name) => !inReadme.includes(name))).toEqual([]);
  });

  it('every option is one', () => {
    const options = new Set(
      program.commands
        .flatMap((command) => [command, ...command.commands])
        .flatMap((command) => command.options.map((option) => option.long)),
    );
    /** Of other programs. */
    const others = [
      '--help',
      '--markdown',
      '--update',
      '--long',
      '--check',
      '--data',
      '--png',
      '--samples',
      '--shown',
      '--train',
      '--big',
      '--remove',
      '--speed',
      '--from',
      '--zone',
      '--rm',
      '--profile',
      '--system',
      '--home-dir',
      '--shell',
      '--omit',
      '--now',
      '--max-semi-space-size',
      '--import',
    ];
    const strange = everywhere.flatMap(({ path, text }) =>
      [...text.matchAll(/(?<=[\s`])--[a-z][a-z-]+/g)]
        .map(([name]) => name)
        .filter((name) => !options.has(name) && !others.includes(name))
        .map((name) => `${path}: ${name}`),
    );
    expect(strange).toEqual([]);
  });

  it('every npm script is one', () => {
    const strange = everywhere.flatMap(({ path, text }) =>
      [...text.matchAll(/npm (?:run )?(test\b|(?<=run )[\w:-]+)/g)]
        .map(([, name]) => name!)
        .filter((name) => !Object.hasOwn(scripts, name))
        .map((name) => `${path}: ${name}`),
    );
    expect(strange).toEqual([]);
  });

  it('what the README says of Docker and systemd is what OPERATING.md says', () => {
    const operating = readDocument('OPERATING.md');
    const lines = commandsOf(README).filter(({ line }) => /^(docker|sudo|sed|echo) /.test(line));
    expect(lines.length).toBeGreaterThan(8);
    expect(lines.filter(({ line }) => !operating.includes(line))).toEqual([]);
  });

  it('every link leads to a file, and to a heading in it', () => {
    const broken = everywhere.flatMap(({ path, text }) =>
      linksOf(text).flatMap((to) => {
        const [file, anchor] = to.split('#');
        const target = file ? normalize(join(dirname(path), file)) : path;
        if (!existsSync(join(ROOT, target))) return [`${path}: ${to}`];
        return anchor && !anchorsOf(readDocument(target)).includes(anchor) ? [`${path}: ${to}`] : [];
      }),
    );
    expect(broken).toEqual([]);
  });

  it('every file that they name by its path is there', () => {
    const known = projectFiles();
    const TOP = /^(bot|cli|commands|companion|db|ingest|reports|test)\//;
    const missing = everywhere.flatMap(({ path, text }) =>
      [...text.matchAll(/`([\w./-]+\.(?:ts|md|sql|json))`/g)]
        .map(([, file]) => file!)
        .filter((file) => TOP.test(file) && !known.includes(file))
        .map((file) => `${path}: ${file}`),
    );
    expect(missing).toEqual([]);
  });

  it('.env.example and the README name the settings that config.ts reads, and no others', () => {
    const read = new Set<string>();
    loadConfig(
      new Proxy({} as NodeJS.ProcessEnv, {
        get(_, name) {
          read.add(String(name));
        },
      }),
    );
    const inExample = [...readFileSync(join(ROOT, '.env.example'), 'utf8').matchAll(/^#? ?([A-Z_]+)=/gm)].map(
      ([, name]) => name,
    );
    const settings = /^## Settings of a deployment\n([\s\S]*?)^## /m.exec(README)![1]!;
    const inReadme = [...settings.matchAll(/^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|/gm)].flatMap(([, names]) =>
      [...names!.matchAll(/[A-Z_]+/g)].map(([name]) => name),
    );
    expect(inExample.toSorted()).toEqual([...read].toSorted());
    expect(inReadme.toSorted()).toEqual([...read].toSorted());
  });
});

const LOCK = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');

describe('what no file may hold', () => {
  it('package-lock.json has no addresses, so that any registry will do', () => {
    expect(LOCK).not.toMatch(/"resolved"|https?:\/\/(?!.*\bfunding\b)[^"]*\.tgz/);
  });

  it('package-lock.json has every package that one in it asks for, or `npm ci` refuses', () => {
    interface Package {
      dependencies?: Record<string, string>;
      optionalDependencies?: Record<string, string>;
    }
    const { packages } = JSON.parse(LOCK) as { packages: Record<string, Package> };
    const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies }).filter(
        (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
      ),
    );
    expect(missing).toEqual([]);
  });

  it('no path of a machine that somebody works on', () => {
    // Put together here, so that this file is no offence itself.
    const machine = new RegExp(
      [ROOT, `${homedir()}/`, '/home/\\w', '/Users/\\w', 'C:\\\\Users'].filter((p) => p.length > 3).join('|'),
    );
    const offenders = projectFiles().filter((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      return path !== 'test/documents.test.ts' && machine.test(text);
    });
    expect(offenders).toEqual([]);
  });
});
