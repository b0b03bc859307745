/** OPERATING.md says what is: its unit is one, its files parse, and its words are those of the program. */
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { verbs } from '../../cli/index.ts';
import { METRICS } from '../../companion/http/metrics-list.ts';
import { loadConfig } from '../../config.ts';
import { blocksOf, commandsOf, readDocument } from '../support/documents.ts';
import { useFolder } from '../support/folder.ts';
import { projectFiles, ROOT } from '../support/sources.ts';
import { readComposition } from './compose-rules.ts';

const OPERATING = readDocument('OPERATING.md');
const COMPOSE = readComposition(readDocument('docker-compose.yml'));
const INSTALLED = '/opt/almanac';

/** What stands in code, on a line and in blocks. */
const code = [...OPERATING.matchAll(/`([^`\n]+)`/g)].map(([, words]) => words!);
const blocks = blocksOf(OPERATING);
const yaml = blocks.filter(({ language }) => language === 'yaml').map(({ text }) => parse(text));

/** The unit, as the document tells to take it out of itself. */
function unit(): string {
  const { line } = commandsOf(OPERATING).find((command) => command.line.startsWith('sed '))!;
  return execFileSync('sh', ['-c', line.split(' | ')[0]!], { cwd: ROOT, encoding: 'utf8' });
}
const settingOf = (name: string): string | undefined => new RegExp(`^${name}=(.*)$`, 'm').exec(unit())?.[1];

describe('the systemd unit', () => {
  const folder = useFolder();
  const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

  /** What systemd says of it, where the program is in this checkout. */
  function verified(text: string): string {
    const path = join(folder.path, 'almanac.service');
    writeFileSync(path, text.replaceAll(INSTALLED, ROOT));
    return spawnSync('systemd-analyze', ['verify', path], { encoding: 'utf8' }).stderr;
  }

  it.runIf(hasSystemd)('has nothing that systemd complains about', () => {
    expect(verified(unit())).toBe('');
    for (const [there, instead] of [
      ['Restart=always', 'Restart=ever'],
      ['UMask=', 'UMasks='],
      ['.bin/node', '.bin/nod'],
      ['MemoryMax=75%', 'MemoryMax=much'],
    ] as const) {
      expect(verified(unit().replace(there, instead))).not.toBe('');
    }
  });

  it('runs what the project has, where the document puts it', () => {
    expect(settingOf('WorkingDirectory')).toBe(INSTALLED);
    const { scripts } = JSON.parse(readDocument('package.json')) as { scripts: Record<string, string> };
    expect(settingOf('ExecStart')).toBe(`${INSTALLED}/node_modules/.bin/${scripts.start} --deploy`);
  });

  it('is the user and has the data folder that the commands make', () => {
    expect(OPERATING).toContain(`sudo useradd --system --home-dir /var/lib/${settingOf('StateDirectory')} `);
    expect(OPERATING).toMatch(new RegExp(`/nologin ${settingOf('User')}$`, 'm'));
    expect(OPERATING).toContain(`ALMANAC_DATA=/var/lib/${settingOf('StateDirectory')} |`);
  });

  it('starts it again, gives it time to end, and ends nothing that it ends itself', () => {
    expect(settingOf('Restart')).toBe('always');
    expect(Number(settingOf('TimeoutStopSec'))).toBeGreaterThan(2 * 9);
    expect(settingOf('KillMode')).toBe('mixed');
  });

  it('does not forbid what compiles JavaScript', () => {
    expect(unit()).not.toContain('MemoryDenyWriteExecute');
  });
});

describe('what the document names', () => {
  it('every verb is one', () => {
    const program = new Command();
    for (const verb of verbs) verb.define(program, async () => {});
    const known = program.commands.map((command) => command.name());
    const spoken = [...code, ...commandsOf(OPERATING).map(({ line }) => line)]
      .flatMap((words) => [...words.matchAll(/(?:(?:^| )almanac|almanac\.ts) ([a-z]+)\b/g)])
      .map(([, verb]) => verb!);
    expect(spoken).toContain('backup');
    expect(spoken.filter((verb) => !known.includes(verb) && verb !== 'node')).toEqual([]);
  });

  it('every setting is one', () => {
    const read = new Set<string>(
      Object.values(COMPOSE.services).flatMap((s) => Object.keys(s.environment ?? {})),
    );
    loadConfig(new Proxy({}, { get: (_, name) => void read.add(String(name)) }) as NodeJS.ProcessEnv);
    const settings = OPERATING.match(/\b[A-Z]{2,}(?:_[A-Z]+)+\b/g)!;
    expect(settings.filter((name) => !read.has(name) && !/^(AF|NODE)_/.test(name))).toEqual([]);
  });

  it('every sentence that somebody sees is said somewhere', () => {
    const said = projectFiles()
      .filter((path) => path.endsWith('.ts') && !path.startsWith('test/'))
      .map(readDocument)
      .join('\n');
    const seen = [...OPERATING.matchAll(/^\| (`.*?`) \|/gm)]
      .flatMap(([, cell]) => [...cell!.matchAll(/`([^`]+ [^`]+ [^`]+)`/g)])
      .map(([, words]) => words!.replace('… ', ''))
      .filter((words) => !words.startsWith('docker ') && !words.startsWith('could not resize'));
    expect(seen.length).toBeGreaterThan(6);
    expect(seen.filter((words) => !said.includes(words))).toEqual([]);
  });

  it('every figure is one that /metrics tells', () => {
    const figures = OPERATING.match(/\balmanac_[a-z_]+/g)!;
    const known = METRICS.map(({ name }) => name);
    expect(figures.length).toBeGreaterThan(7);
    expect(figures.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('every alert has a name of its own, and something that it looks at', () => {
    const rules: { alert: string; expr: string }[] = yaml.find((file) => file.groups).groups[0].rules;
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    expect(rules.filter(({ expr }) => !/[<>=]=? ?\d|max\(/.test(expr))).toEqual([]);
  });

  it('where to ask is where it answers', () => {
    const { host, port } = loadConfig({}).http;
    const [scraped] = yaml.find((file) => file.scrape_configs).scrape_configs;
    expect(scraped.static_configs[0].targets).toEqual([`${host}:${port}`]);
  });

  it('the lines that publish HTTP are taken with a token, and refused without one', () => {
    const { almanac } = yaml.find((file) => file.services).services;
    const env = { ...COMPOSE.services.almanac.environment, ...almanac.environment, DISCORD_TOKEN: 'x' };
    expect(() => loadConfig(env)).toThrow(/HTTP_TOKEN/);
    const { port } = loadConfig({ ...env, HTTP_TOKEN: 'x'.repeat(16) }).http;
    expect(almanac.ports).toEqual([`127.0.0.1:${port}:${port}`]);
  });
});
