/** `npm run deploy-commands`, as a process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { commands } from '../commands/index.ts';
import { ROOT } from './support/sources.ts';
import { useDiscord } from './support/discord/rest/asking.ts';

const begin = useDiscord();

async function run(args: string[], settings: Record<string, string>) {
  const { DISCORD_TOKEN: _t, DISCORD_API: _a, ...env } = process.env;
  const child = spawn(process.execPath, [join(ROOT, 'deploy-commands.ts'), ...args], {
    // Away from the checkout, whose `.env` may name somebody's bot.
    cwd: tmpdir(),
    env: { ...env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code], stdout, stderr] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code: code as number, lines: stdout.trimEnd().split('\n'), stderr };
}

it('all our commands are as Discord takes them, and the second time nothing changes', async () => {
  const { discord, world, guild } = await begin();
  const settings = { DISCORD_TOKEN: world.truth.token, DISCORD_API: discord.url };
  for (const args of [[], ['--guild', guild.id]]) {
    const first = await run(args, settings);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.lines.slice(0, commands.length)).toEqual(
      commands.map(({ data }) => `+ /${data.name}  added`),
    );
    const second = await run(args, settings);
    expect(second.lines[0]).toMatch(/^Nothing to change/);
  }
});

it('without a token, or with a wrong one, or wrong settings, it says so and ends with 2', async () => {
  const { discord } = await begin();
  const none = await run([], { DISCORD_API: discord.url });
  expect(none).toMatchObject({
    code: 2,
    lines: [''],
    stderr: expect.stringMatching(/^DISCORD_TOKEN is not set/),
  });
  const wrong = await run([], { DISCORD_API: discord.url, DISCORD_TOKEN: 'not-a-token' });
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringMatching(/^Discord refuses DISCORD_TOKEN/) });
  expect(wrong.stderr).not.toContain('not-a-token');
  const settings = await run([], { DISCORD_API: 'nonsense' });
  expect(settings).toMatchObject({ code: 2, stderr: expect.stringMatching(/^DISCORD_API must be/) });
});
