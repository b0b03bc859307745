/** `npm run fake-discord` as a process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';

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
    /^ {2}DISCORD_TOKEN=(\S+) DISCORD_API=(\S+) ALMANAC_DATA=(\S+) npm start$/m,
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
  await until(child, /^ {2}Not one of cut, op7, op9, outage, quiet, busy\.$/m);
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
