/** The services, as far as they can be looked at without an engine that runs them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { loadConfig } from '../../config.ts';
import { ROOT } from '../support/sources.ts';
import { readComposition, rulesBroken } from './compose-rules.ts';

const COMPOSE = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');

describe('docker-compose.yml', () => {
  it('is YAML without a warning', () => {
    const { errors, warnings } = parseDocument(COMPOSE, { merge: true, strict: true });
    expect([errors, warnings]).toEqual([[], []]);
  });

  it('keeps every rule', () => {
    expect(rulesBroken(COMPOSE)).toEqual([]);
  });

  /** What breaks each: the rule, what stands there, and what in its place. */
  it.for([
    ['each image is named by a version, and none is the latest', 'quickchart:v1.8.1', 'quickchart'],
    ['each image is named by a version, and none is the latest', 'quickchart:v1.8.1', 'quickchart:latest'],
    ['each is started again, and gains no rights', 'restart: unless-stopped', 'restart: "no"'],
    ['each is started again, and gains no rights', "security_opt: ['no-new-privileges:true']", 'tty: false'],
    ['each is started again, and gains no rights', 'init: true', 'init: true\n    privileged: true'],
    ['no log grows without end', 'max-size: 10m, ', ''],
    ['each is asked for its health, Almanac by its image', '[CMD, pg_isready', '[CMD-SHELL, pg_isready'],
    ['each is asked for its health, Almanac by its image', 'init: true', 'init: true\n    healthcheck: {}'],
    ['no port is published', 'init: true', "init: true\n    ports: ['7475:7475']"],
    ['all of them fit into a small machine', 'mem_limit: 1g', 'mem_limit: 2g'],
    ['all of them fit into a small machine', '    mem_limit: 512m\n', ''],
    ['Postgres and QuickChart reach nobody outside', 'charts: { internal: true }', 'charts:'],
    ['Postgres and QuickChart reach nobody outside', 'networks: [database]', 'networks: [default]'],
    ['Postgres and QuickChart reach nobody outside', '[default, database, charts]', '[database, charts]'],
    ['the volumes are there, and each has its place', ':/var/lib/postgresql', ':/var/lib/postgresql/data'],
    ['the volumes are there, and each has its place', "'data:/data'", "'./data:/data'"],
    ['Postgres is 18, sorts as the embedded one does, and has shared memory', ':18', ':17'],
    [
      'Postgres is 18, sorts as the embedded one does, and has shared memory',
      ' --locale-provider=builtin',
      '',
    ],
    [
      'Postgres is 18, sorts as the embedded one does, and has shared memory',
      'shm_size: 256m',
      'shm_size: 64m',
    ],
    ['no password stands in it', "POSTGRES_PASSWORD: '${", "POSTGRES_PASSWORD: 'almanac${"],
    ['no password stands in it', 'POSTGRES_PASSWORD:?say one', 'POSTGRES_PASSWORD:-say one'],
    ['no password stands in it', 'DISCORD_TOKEN:?say', 'DISCORD_TOKEN-say'],
    ['Almanac has its own settings, and this Postgres', 'almanac@postgres:5432', 'almanac@localhost:5432'],
    ['Almanac has its own settings, and this Postgres', 'POSTGRES_DB: almanac', 'POSTGRES_DB: other'],
    ['Almanac has its own settings, and this Postgres', '    env_file: .env\n', ''],
    ['Almanac writes to its volume and to /tmp alone', '    read_only: true\n', ''],
    ['Almanac writes to its volume and to /tmp alone', ':size=64m', ''],
    ['Almanac writes to its volume and to /tmp alone', 'ALMANAC_DATA: /data', 'ALMANAC_DATA: ./data'],
    ['Almanac has no right of root', 'cap_drop: [ALL]', 'cap_drop: [NET_RAW]'],
    ['Almanac waits for Postgres', 'service_healthy', 'service_started'],
    ['Almanac has time to end, and a first process that hears signals', 'period: 30s\n\n', 'period: 9s\n\n'],
    ['Almanac has time to end, and a first process that hears signals', '    init: true\n', ''],
    ['QuickChart is asked for, and tells nobody', "DISABLE_TELEMETRY: '1'", "TELEMETRY: '0'"],
    ['QuickChart is asked for, and tells nobody', '    profiles: [quickchart]\n', ''],
  ] as const)('without “%s”: %s becomes “%s”', ([rule, there, instead]) => {
    expect(COMPOSE).toContain(there);
    expect(rulesBroken(COMPOSE.replace(there, () => instead))).toEqual([rule]);
  });

  it('what it says to Almanac are settings that it takes', () => {
    const { almanac } = readComposition(COMPOSE).services;
    const config = loadConfig({
      ...almanac.environment,
      DISCORD_TOKEN: 'token',
      QUICKCHART_URL: 'http://quickchart:3400',
    });
    expect(config).toMatchObject({
      databaseUrl: 'postgres://almanac@postgres:5432/almanac',
      dataFolder: '/data',
      http: { host: '127.0.0.1', port: 7475 },
    });
    expect(COMPOSE).toContain(config.quickChartUrl);
  });

  it.for([
    ['answers', 200, 0],
    ['has a fault', 500, 1],
    ['is away', undefined, 1],
  ] as const)('QuickChart’s health is found out where it %s', async ([, status, code]) => {
    const server = createServer((_, response) => response.writeHead(status ?? 200).end()).listen(
      0,
      '127.0.0.1',
    );
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    if (status === undefined) server.close();
    const [, , ...words] = readComposition(COMPOSE).services.quickchart.healthcheck!.test!;
    expect(words.at(-1)).toContain('127.0.0.1:3400/');
    const asked = spawn(
      process.execPath,
      words.map((word) => word.replace(':3400', `:${port}`)),
    );
    expect(await once(asked, 'close')).toEqual([code, null]);
    server.close();
  });
});
