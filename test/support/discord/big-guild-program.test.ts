/** The big guild as a process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';

const PROGRAM = join(import.meta.dirname, 'big-guild-program.ts');
const SMALL = ['--messages', '3000', '--channels', '25', '--threads', '30', '--members', '20'];

interface Told {
  url: string;
  token: string;
  guildId: string;
  messages: number;
  readableMessages: number;
  pagesNeeded: number;
}

/** Starts it, and reads what it says line by line. */
async function begin(...args: string[]) {
  const child = spawn(process.execPath, [PROGRAM, ...SMALL, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value as string) as unknown;
  const told = (await next()) as Told;
  const get = async (path: string) => {
    const headers = { authorization: `Bot ${told.token}` };
    return await fetch(`${told.url}/v10${path}`, { headers });
  };
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, told, next, get, ended };
}

test('it says where it is and what there is to read, and counts what was asked of it', async () => {
  const { child, told, next, get, ended } = await begin('--limits');
  expect(told.messages).toBe(3000);
  expect(told.readableMessages).toBeGreaterThan(1000);
  expect(told.pagesNeeded).toBeGreaterThan(told.readableMessages / 100);
  const answer = await get(`/guilds/${told.guildId}/channels`);
  const channels = (await answer.json()) as { id: string; name: string }[];
  const general = channels.find(({ name }) => name === 'general')!.id;
  const statuses: number[] = [];
  for (let n = 0; n < 6; n++) statuses.push((await get(`/channels/${general}/messages?limit=100`)).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  const figures = {
    requests: 7,
    byRoute: {
      'GET /guilds/{guild_id}/channels': { 200: 1 },
      'GET /channels/{channel_id}/messages': { 200: 5, 429: 1 },
    },
    refused: 1,
    pages: 6,
    invalid: 1,
  };
  child.stdin.write('stats\n');
  expect(await next()).toMatchObject(figures);
  child.kill('SIGUSR2');
  expect(await next()).toMatchObject(figures);
  child.stdin.write('reset\nstats\n');
  expect(await next()).toMatchObject({ requests: 0, byRoute: {} });
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('it ends with its input, and the same seed is the same guild in size', async () => {
  const [one, other] = [await begin('--seed', '5'), await begin('--seed', '5')];
  expect(one.told.readableMessages).toBe(other.told.readableMessages);
  for (const { child, ended } of [one, other]) {
    child.stdin.end();
    expect(await ended).toBe(0);
  }
});

test('what it does not know it refuses with how it is used', async () => {
  const child = spawn(process.execPath, [PROGRAM, '--speed', '2'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const [text] = (await once(child.stderr.setEncoding('utf8'), 'data')) as [string];
  expect(text).toMatch(/^big-guild-program /);
  expect((await once(child, 'close'))[0]).toBe(2);
});
