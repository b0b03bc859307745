/** What is in the image runs: read-only, as nobody, beside a Postgres that is elsewhere. It takes packages from the registry. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLong } from '../support/at-length.ts';
import { useDatabase } from '../support/database.ts';
import { findDescription } from '../support/discord/openapi.ts';
import { startDiscord } from '../support/discord/server.ts';
import { useFolder } from '../support/folder.ts';
import { ROOT } from '../support/sources.ts';
import { readComposition } from './compose-rules.ts';
import { buildImage, type Image } from './image.ts';

const SIZE_MB_MAX = 130;

describe.runIf(isLong)('the image', () => {
  const database = useDatabase();
  const folder = useFolder();
  let image: Image;

  beforeAll(async () => {
    image = await buildImage(folder.path);
  }, 600_000);
  // Or whoever is not root could not remove it.
  afterAll(() => void execFileSync('chmod', ['-R', 'u+w', folder.path]));

  /** As docker-compose.yml tells the database: the password beside the address. */
  function settings(): Record<string, string> {
    const url = new URL(database.url);
    const { password } = url;
    url.password = '';
    return { DATABASE_URL: url.href, PGPASSWORD: decodeURIComponent(password) };
  }
  const almanac = (args: string[], env = settings()) => image.run([...image.entrypoint, ...args], env).ended;

  it('is small, and has neither a Node nor a Postgres of npm', async () => {
    const [size] = execFileSync('du', ['-sm', join(image.root, 'app')], { encoding: 'utf8' }).split('\t');
    expect(Number(size)).toBeLessThan(SIZE_MB_MAX);
    const packages = await readdir(join(image.root, 'app/node_modules'));
    expect(packages).toContain('node-cron');
    expect(packages.filter((name) => /^node-(linux|bin)|^@embedded|^vitest|^typescript/.test(name))).toEqual(
      [],
    );
  });

  it('nobody can write to what it is made of', async () => {
    await expect(
      image.run(['node', '-e', "require('fs').writeFileSync('new', '')"]).ended,
    ).resolves.toMatchObject({ code: 1, stderr: expect.stringMatching(/EACCES|EROFS/) });
  });

  it('runs every verb, the first time and again', async () => {
    for (let i = 0; i < 2; i++) {
      const { code, stdout, stderr } = await almanac(['--help']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('start');
    }
    expect(await readdir(join(image.root, 'tmp'))).toEqual(['compiled']);
  });

  it('says that it wants a Postgres, where it is told of none', async () => {
    const { code, stderr } = await almanac(['guilds'], {});
    expect(code).toBe(2);
    expect(stderr).toContain('DATABASE_URL');
  });

  it('records as its container does, is healthy, and ends in time when it is told to', async () => {
    const discord = await startDiscord({ openapi: findDescription() });
    const { world } = discord;
    const { id: guildId } = world.addGuild({ name: 'Harbour' });
    const anna = world.addUser('anna', { guildId });
    const channel = world.addChannel(guildId);
    const env = {
      ...settings(),
      DISCORD_API: discord.url,
      DISCORD_TOKEN: world.truth.token,
      HTTP_PORT: String(await freePort()),
    };
    const health = () => image.run(image.healthcheck, env).ended;
    expect((await health()).code).toBeGreaterThan(0);
    const { process: running, ended } = image.run([...image.entrypoint, ...image.command], env);
    try {
      await expect.poll(async () => (await health()).code, { timeout: 60_000 }).toBe(0);
      const { id } = world.send(channel.id, { author: anna.id, content: 'hello' });
      const written = () => database.pool.query('select from messages where message_id = $1', [id]);
      await expect.poll(async () => (await written()).rowCount).toBe(1);
      const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
      const graceS = Number.parseInt(readComposition(text).services.almanac.stop_grace_period!, 10);
      running.kill('SIGTERM');
      const killing = setTimeout(() => running.kill('SIGKILL'), graceS * 1000);
      expect(await ended).toMatchObject({ code: 0, stdout: '' });
      clearTimeout(killing);
      expect((await health()).code).toBeGreaterThan(0);
      expect(await readdir(join(image.root, 'data'))).toEqual(['spool']);
    } finally {
      running.kill('SIGKILL');
      await discord.close();
    }
  });

  it('draws charts', async () => {
    const data = join(image.root, 'data');
    expect((await almanac(['generate', '/data/exports', '--messages', '300'])).code).toBe(0);
    expect((await almanac(['import', '/data/exports', '--json'])).code).toBe(0);
    const { guild } = JSON.parse(readFileSync(join(data, 'exports/community.truth'), 'utf8'));
    const { code, stderr } = await almanac([
      'report',
      'weekly',
      '--guild',
      guild.id,
      '--out',
      '/data/reports',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const files = await readdir(join(data, 'reports'), { recursive: true });
    expect(files.filter((name) => name.endsWith('.png')).length).toBeGreaterThan(3);
  });

  it('backs up what it has recorded', async () => {
    const { code, stderr } = await almanac(['backup', '/data/whole.backup']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await readdir(join(image.root, 'data'))).toContain('whole.backup');
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
