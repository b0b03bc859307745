/** `npm run fake-discord` as a process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ComponentType, MessageFlags, REST } from 'discord.js';
import { expect, onTestFinished, test } from 'vitest';
import { readClock } from './clock.ts';
import { COMMANDS, startBot } from './interactions/asking.ts';
import { readOptions } from './program/options.ts';

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
  const { code, stderr } = await begin('--port', 'x').ended;
  expect(code).toBe(2);
  expect(stderr).toMatch(/^fake-discord \[--port 7171\]/);
  for (const wrong of [
    ['--port', '65536'],
    ['--rate', '-1'],
    ['--rate', 'x'],
    ['--speed', '0'],
    ['--speed', '20000'],
    ['--from', 'monday'],
    ['--from', '1999-01-01'],
    ['--zone', 'Moon/Sea'],
    ['x'],
  ])
    expect(() => readOptions(wrong, NOW_MS), wrong.join(' ')).toThrow(Error);
});

const NOW_MS = Date.UTC(2026, 10, 22);

test.for<[string, object]>([
  ['', { port: 7171, rate: 2, isLimited: false, zone: 'UTC' }],
  ['--rate 0 --limits', { port: 7171, rate: 0, isLimited: true, zone: 'UTC' }],
  [
    '--speed 1000',
    { port: 7171, isLimited: false, zone: 'UTC', clock: { originMs: NOW_MS, fromMs: NOW_MS, speed: 1000 } },
  ],
  [
    '--speed 10 --rate 5 --from 2026-11-20',
    {
      port: 7171,
      rate: 5,
      isLimited: false,
      zone: 'UTC',
      clock: { originMs: NOW_MS, fromMs: Date.UTC(2026, 10, 20), speed: 10 },
    },
  ],
])('it is started with "%s"', ([args, options]) => {
  expect(readOptions(args.split(' ').filter(Boolean), NOW_MS)).toEqual(options);
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

test('a fast one prints what the bot beside it needs to live in its time', async () => {
  const { child } = begin(
    '--port',
    '0',
    '--speed',
    '10000',
    '--from',
    '2026-11-22T06:00Z',
    '--zone',
    'Europe/Berlin',
  );
  const [, folder, clock, preload] = await until(
    child,
    /^ {2}DISCORD_TOKEN=\S+ DISCORD_API=\S+ ALMANAC_DATA=(\S+) FAST_CLOCK=(\S+) npm_config_node_options=--import=(\S+) npm start -- --deploy$/m,
  );
  expect(folder).toMatch(/^data\/fake-discord-\w+$/);
  expect(readClock(clock!)).toMatchObject({ speed: 10_000, fromMs: Date.UTC(2026, 10, 22, 6) });
  expect(preload).toMatch(/^\.\/.*fast-clock\.ts$/);
  await until(child, /^It is Sun 2026-11-22 \d\d:\d\d there, and a week passes in 60 seconds\./m);
  await until(child, /^To see weekly posts come, type, .*: \/settings weekly-channel:#general$/m);
  // Once a day of its own.
  await until(child, /^(?:Sun|Mon|Tue) 2026-11-\d\d \d\d:\d\d {2}\d+ events/m);
});

test('what the bot posts by itself is told in a line, shown first, and warned of where it is there twice', async () => {
  const { child } = begin('--port', '0', '--rate', '0', '--from', '2026-11-23T09:00Z');
  const [, token, url] = await until(child, /^ {2}DISCORD_TOKEN=(\S+) DISCORD_API=(\S+) /m);
  const [, preview] = await until(child, /^Answers are shown at (\S+)$/m);
  const rest = new REST({ api: url! }).setToken(token!);
  const [{ id: guildId }] = (await rest.get('/users/@me/guilds')) as [{ id: string }];
  const channels = (await rest.get(`/guilds/${guildId}/channels`)) as { id: string; name: string }[];
  const named = (name: string) => channels.find((one) => one.name === name)!.id;
  const report = (title: string, mark?: string) => ({
    flags: MessageFlags.IsComponentsV2,
    allowed_mentions: { parse: [] },
    components: [
      { type: ComponentType.TextDisplay, content: `# **${title}**\nText` },
      ...(mark === undefined
        ? []
        : [
            {
              type: ComponentType.ActionRow,
              components: [
                { type: ComponentType.Button, style: 2, label: 'For me', custom_id: `${mark}:mine` },
                { type: ComponentType.Button, style: 2, label: 'How?', custom_id: mark },
              ],
            },
          ]),
    ],
  });
  const post = async (where: string, body: object) =>
    (await rest.post(`/channels/${named(where)}/messages`, { body })) as { id: string };
  await post('news', report('Hello'));
  await until(child, /^Mon 2026-11-23 09:00 {2}#news {2}posted: "Hello"$/m);
  const { id } = await post('general', report('Week 47', 'weekly:2026-W47'));
  await until(
    child,
    /^Mon 2026-11-23 09:00 {2}#general {2}posted: "Week 47" {2}\(1st with weekly:2026-W47\)$/m,
  );
  expect(said(child)).not.toContain('TWICE');
  const at = `/channels/${named('general')}/messages/${id}` as const;
  await rest.patch(at, { body: report('Week 47 & more', 'weekly:2026-W47') });
  await until(child, /#general {2}edited: "Week 47 & more" {2}\(weekly:2026-W47\)$/m);

  const pageOf = async () => (await fetch(`${preview}/answers`)).text();
  const count = async () => (await fetch(`${preview}/count`)).text();
  const [page, before] = [await pageOf(), await count()];
  expect(page).toContain('#general, Mon 2026-11-23 09:00');
  expect(page.indexOf('Week 47 &amp; more')).toBeLessThan(page.indexOf('Hello'));

  await startBot({ url: url!, token: token! }, (interaction) => {
    if (interaction.isButton())
      return interaction.reply({
        content: `Of ${interaction.customId}.`,
        ...(interaction.customId.endsWith('mine') && { flags: MessageFlags.Ephemeral }),
      });
  });
  child.stdin.write('press for me\n');
  await until(child, /^ {2}Only Amara sees: Of weekly:2026-W47:mine\.$/m);
  child.stdin.write('press how?\n');
  await until(child, /^ {2}Of weekly:2026-W47\.$/m);
  // An answer is no post.
  expect(said(child)).not.toContain('posted: "Of');

  const twin = await post('news', report('Week 47', 'weekly:2026-W47'));
  await until(child, /#news {2}posted: "Week 47" {2}\(2nd with weekly:2026-W47\)$/m);
  await until(
    child,
    new RegExp(
      `^!!! {2}TWICE: 2 messages with weekly:2026-W47 exist: #general ${id}, #news ${twin.id}$`,
      'm',
    ),
  );
  await rest.delete(at);
  await until(child, /#general {2}deleted: "Week 47 & more" {2}\(weekly:2026-W47\)$/m);
  expect(await pageOf()).not.toContain('Week 47 &amp; more');
  expect(await count()).not.toBe(before);
});
