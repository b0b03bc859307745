/** `almanac start` as whoever runs it sees it. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { typed } from '../support/command-line.ts';
import { useDatabase } from '../support/database.ts';
import { findDescription } from '../support/discord/openapi.ts';
import { startDiscord } from '../support/discord/server.ts';
import { useFolder } from '../support/folder.ts';
import { startAlmanac } from '../support/program.ts';

const database = useDatabase();
const folder = useFolder();

it.for(['start', 'doctor'])('%s without a token says how to get one, and ends with 2', async (verb) => {
  const { code, stdout, stderr } = await typed([verb], {});
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^DISCORD_TOKEN is not set: /);
  for (const step of ['developers/applications', 'Reset Token', '.env', 'npx almanac doctor', 'npm start'])
    expect(stderr).toContain(step);
});

async function begin() {
  const discord = await startDiscord({ openapi: findDescription() });
  const { world } = discord;
  onTestFinished(async () => {
    await discord.close();
    expect(discord.oracleFaults).toEqual([]);
  });
  const { id: guildId } = world.addGuild({ name: 'Harbour' });
  const anna = world.addUser('anna', { guildId });
  const channel = world.addChannel(guildId);
  const say = (content: string) => world.send(channel.id, { author: anna.id, content });
  return { discord, guildId, say };
}

function run(api: string, token: string) {
  const settings = {
    DATABASE_URL: database.url,
    ALMANAC_DATA: folder.path,
    DISCORD_API: api,
    DISCORD_TOKEN: token,
  };
  const { process: child, ended } = startAlmanac(['start'], settings);
  onTestFinished(() => void child.kill('SIGKILL'));
  let stderr = '';
  child.stderr!.on('data', (part) => (stderr += part));
  const until = async (what: string) => {
    while (!stderr.includes(what)) await once(child.stderr!, 'data');
  };
  return { child, ended, until };
}

it('it says what doctor says, then that it records, logs a line of JSON each, and ends in order', async () => {
  const { discord, guildId, say } = await begin();
  const { child, ended, until } = run(discord.url, discord.world.truth.token);
  await until('"state":"identified"');
  const sent = say('secret text');
  const isWritten = async () =>
    (await database.pool.query('select from messages where message_id = $1', [sent.id])).rowCount === 1;
  while (!(await isWritten())) await sleep(50);
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  const lines = stderr.trimEnd().split('\n');
  expect(lines).not.toContain('');
  expect(lines[0]).toMatch(/^Discord knows the bot: /);
  expect(lines[1]).toContain(`Harbour (${guildId}): 1 of 1 channels`);
  expect(lines).toContainEqual(expect.stringMatching(/^Recording\. Ctrl\+C stops it/));
  const logged = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  expect(logged).toContainEqual(expect.objectContaining({ shardId: 0, state: 'identified' }));
  expect(stderr).not.toContain('secret');
  expect(stderr).not.toContain(discord.world.truth.token);
});

it('a refused token ends it with 2, and with the way to a new one', async () => {
  const { discord } = await begin();
  const { code, stdout, stderr } = await run(discord.url, 'not-the-token').ended;
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^Discord refuses DISCORD_TOKEN\./);
  expect(stderr).not.toContain('not-the-token');
});
