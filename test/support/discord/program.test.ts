/** `npm run fake-discord` as a process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ComponentType, MessageFlags, REST } from 'discord.js';
import { expect, onTestFinished, test } from 'vitest';
import { COMMANDS, startBot } from './interactions/asking.ts';

const PROGRAM = join(import.meta.dirname, 'program.ts');

/** Starts it, with a keyboard. */
function begin(...args: string[]) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = Promise.all([once(child, 'close'), text(child.stderr)]).then(([[code], stderr]) => ({
    code: code as number | null,
    stderr,
    stdout: said(child),
  }));
  child.stdout.setEncoding('utf8').on('data', (part: string) => texts.set(child, said(child) + part));
  return { child, ended };
}
const texts = new Map<ChildProcess, string>();
const said = (child: ChildProcess) => texts.get(child) ?? '';

async function until(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  for (;;) {
    const found = pattern.exec(said(child));
    if (found) return found;
    await once(child.stdout!, 'data');
  }
}

test('it prints the settings that a bot needs, answers with them, and Ctrl+C ends it', async () => {
  const { child, ended } = begin('--port', '0', '--rate', '0');
  const [, token, api, folder] = await until(
    child,
    /^ {2}DISCORD_TOKEN=(\S+) DISCORD_API=(\S+) ALMANAC_DATA=(\S+) npm start -- --deploy$/m,
  );
  // Not where the real record is, nor where it could be committed.
  expect(folder).toMatch(/^data\/./);
  await until(child, /^Ctrl\+C ends\.$/m);
  const answer = await fetch(`${api}/v10/users/@me`, { headers: { authorization: `Bot ${token}` } });
  expect(await answer.json()).toMatchObject({ bot: true });
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
});

test('it does what is typed, and says what can be', async () => {
  const { child, ended } = begin('--port', '0', '--rate', '0');
  await until(child, /^Ctrl\+C ends\.$/m);
  child.stdin.write('constructor\n');
  await until(
    child,
    /^ {2}Not one of cut, op7, op9, outage, quiet, busy; nor a \/command, nor press LABEL\.$/m,
  );
  for (const word of ['outage', 'cut', 'op7', 'op9', 'quiet', 'busy']) {
    child.stdin.write(`${word}\n`);
    await until(child, new RegExp(`^  ${word}: done$`, 'm'));
  }
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});

test('a port that is taken is refused with a way out', async () => {
  const first = begin('--port', '0', '--rate', '0');
  const [, port] = await until(first.child, /127\.0\.0\.1:(\d+)/);
  const { code, stderr } = await begin('--port', port!).ended;
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `Port ${port} is taken. Choose another: npm run fake-discord -- --port ${Number(port) + 1}\n`,
  });
});

test('what it does not know it refuses with how it is used', async () => {
  for (const wrong of [['--port', 'x'], ['--port', '65536'], ['--rate', '-1'], ['--speed', '2'], ['x']]) {
    const { code, stderr } = await begin(...wrong).ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(/^fake-discord \[--port 7171\]/);
  }
});

test('a command that is typed is used by a member, and what comes back is said and shown', async () => {
  const { child } = begin('--port', '0', '--rate', '0');
  const [, token, url] = await until(child, /^ {2}DISCORD_TOKEN=(\S+) DISCORD_API=(\S+) /m);
  const [, preview] = await until(child, /^Answers are shown at (\S+)$/m);
  await until(child, /^Ctrl\+C ends\.$/m);
  const type = (line: string) => child.stdin.write(`${line}\n`);
  type('/stats');
  await until(child, /^ {2}There is no command \/stats\./m);

  const rest = new REST({ api: url! }).setToken(token!);
  const { id } = (await rest.get('/applications/@me')) as { id: string };
  await rest.put(`/applications/${id}/commands`, { body: COMMANDS });
  await startBot({ url: url!, token: token! }, async (interaction) => {
    if (interaction.isAutocomplete()) return interaction.respond([{ name: 'Last week', value: '2026-W03' }]);
    if (interaction.isButton()) return interaction.reply({ content: 'Sure.', flags: MessageFlags.Ephemeral });
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    const { name } = interaction.channel as { name: string };
    const of = interaction.options.getString('period');
    const button = { type: ComponentType.Button, style: 2, label: 'Why?', customId: 'why' } as const;
    await interaction.editReply({
      content: `<b>${interaction.user.username}</b> in ${name}: ${of}`,
      components: [{ type: ComponentType.ActionRow, components: [button] }],
    });
  });
  type('/stats period:at 10:30 private:true');
  await until(child, /^ {2}<b>amara<\/b> in general: at 10:30 \[Why\?\]\n {2}http/m);
  type('as bjorn in #projects /stats period:#la');
  await until(child, /^ {2}<b>bjorn<\/b> in projects: 2026-W03 \[Why\?\]$/m);
  type('press why?');
  await until(child, /^ {2}Only Amara sees: Sure\.$/m);
  type('as nobody /stats');
  await until(child, /^ {2}There is no member nobody$/m);

  const form = await fetch(`${preview}/use`, {
    method: 'POST',
    body: new URLSearchParams({ line: '/backfill' }),
  });
  expect(await form.text()).toContain('needs a subcommand');
  const page = await (await fetch(`${preview}/answers`)).text();
  expect(page).toContain('in projects: 2026-W03');
  expect(page.indexOf('Sure.')).toBeLessThan(page.indexOf('in projects'));
  expect(page).not.toContain('<b>bjorn');
  expect(await (await fetch(new URL('/other', preview))).json()).toMatchObject({ code: 0 });
});
