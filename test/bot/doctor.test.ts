/** What `almanac doctor` says of each fault, and how it ends. */
import { type ApplicationFlags, ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { expect, it, onTestFinished } from 'vitest';
import { doctor } from '../../bot/doctor.ts';
import { main } from '../../cli/main.ts';
import { loadConfig } from '../../config.ts';
import { findDescription } from '../support/discord/openapi.ts';
import { type Discord, type DiscordOptions, startDiscord } from '../support/discord/server.ts';

const { Connect, ReadMessageHistory, ViewChannel } = PermissionFlagsBits;

async function begin(options: DiscordOptions = {}): Promise<Discord> {
  const discord = await startDiscord({ openapi: findDescription(), ...options });
  onTestFinished(async () => {
    await discord.close();
    expect(discord.oracleFaults).toEqual([]);
  });
  return discord;
}

/** A guild with a channel that can be read. */
function addGuild({ world }: Discord, name = 'Harbour'): string {
  const { id } = world.addGuild({ name, botPermissions: ViewChannel | ReadMessageHistory | Connect });
  world.addChannel(id, ChannelType.GuildText, { name: 'general' });
  return id;
}

async function ask(
  { url, world }: Discord,
  { token = world.truth.token, isJson = false, patienceMs = 30_000 } = {},
) {
  const said = { stdout: '', stderr: '' };
  const code = await doctor({
    config: loadConfig({ DISCORD_TOKEN: token, DISCORD_API: url }),
    print: (text) => void (said.stdout += `${text}\n`),
    tell: (text) => void (said.stderr += `${text}\n`),
    isJson,
    patienceMs,
  });
  expect(said.stdout + said.stderr).not.toContain(token);
  return { code, ...said };
}

it('where all is well it says so, and how to invite the bot with three permissions', async () => {
  const discord = await begin();
  const guildId = addGuild(discord);
  const { application } = discord.world.truth;
  const { code, stdout, stderr } = await ask(discord);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(/^Discord knows the bot: /),
    `Harbour (${guildId}): 1 of 1 channels shown to the bot can be read in full; none hidden from it is recorded.`,
    '  Private threads are recorded where the bot was added to them (with Manage Threads: all).',
    'Nothing is missing.',
    expect.stringMatching(/^To invite the bot to a server, with the permissions that it needs and no others/),
    `  https://discord.com/oauth2/authorize?client_id=${application.id}&scope=bot+applications.commands&permissions=1115136`,
    '',
  ]);
  expect(BigInt(1115136)).toBe(ViewChannel | ReadMessageHistory | Connect);
});

it('missing intents are named one by one, with what is not recorded and where to turn them on', async () => {
  const texts = async (flags: number) => {
    const discord = await begin({ world: { application: { flags: flags as ApplicationFlags } } });
    addGuild(discord);
    const { code, stdout } = await ask(discord);
    expect(code).toBe(flags === CONTENT + MEMBERS ? 0 : 1);
    const portal = `https://discord.com/developers/applications/${discord.world.truth.application.id}/bot`;
    expect(stdout.split(portal)).toHaveLength((stdout.match(/^MISSING/gm)?.length ?? 0) + 1);
    return stdout;
  };
  const [CONTENT, MEMBERS] = [1 << 19, 1 << 15];
  const none = await texts(0);
  expect(none).toContain('MISSING: Message Content Intent.');
  expect(none).toContain('MISSING: Server Members Intent.');
  expect(none).not.toContain('Nothing is missing');
  expect(await texts(CONTENT)).not.toContain('Message Content');
  expect(await texts(MEMBERS)).not.toContain('Server Members');
  expect(await texts(CONTENT + MEMBERS)).not.toContain('MISSING');
});

it('a bot in no server is invited to one', async () => {
  const { code, stdout } = await ask(await begin());
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^MISSING: the bot is in no server\. Invite it with the link below\.\nTo invite .*:\n {2}https:/m,
  );
});

it('a server that is away is no fault of anybody, but not all is well', async () => {
  const discord = await begin({ openapi: undefined });
  const guildId = addGuild(discord, 'Away');
  addGuild(discord, 'Here');
  discord.world.setUnavailable(guildId);
  const { code, stdout } = await ask(discord, { patienceMs: 2_000 });
  expect(code).toBe(1);
  expect(stdout).toContain(`Away (${guildId}): Discord does not answer for this server now.`);
  expect(stdout).toContain('Here (');
  expect(stdout).not.toContain('Nothing is missing');
});

it('a server of which the bot is shown nothing is missing', async () => {
  const discord = await begin();
  const guildId = addGuild(discord);
  const [channel] = discord.world.guild(guildId).channels.keys();
  discord.world.hideChannel(channel!);
  const { code, stdout } = await ask(discord);
  expect(code).toBe(1);
  expect(stdout).toContain(`MISSING: Harbour (${guildId}): the bot is shown none of its channels.`);
});

it('each permission that lacks is said once, with its channels and what is lost there', async () => {
  const discord = await begin();
  const { world } = discord;
  const guildId = addGuild(discord);
  const add = (name: string, deny: bigint, type = ChannelType.GuildText) =>
    world.overwrite(world.addChannel(guildId, type, { name }).id, world.truth.bot.id, { deny });
  add('news', ReadMessageHistory);
  add('lounge', ReadMessageHistory | Connect, ChannelType.GuildVoice);
  const { code, stdout } = await ask(discord);
  expect(code).toBe(1);
  expect(stdout).toContain(`1 of 3 channels shown to the bot can be read in full`);
  expect(stdout).toContain(
    '  MISSING: Read Message History in #news, #lounge.\n    New messages there are recorded while the bot runs, but none',
  );
  expect(stdout).toContain('  MISSING: Connect in #lounge.\n    Nothing that is written there is recorded.');
  expect(stdout).not.toContain('MISSING: View Channels');
  expect(stdout).toContain('A channel that shall not be recorded may stay as it is.');
});

it('of sixty channels that cannot be read it names twenty, and JSON names all', async () => {
  const discord = await begin();
  const { world } = discord;
  const guildId = addGuild(discord);
  for (let n = 0; n < 60; n++) {
    const { id } = world.addChannel(guildId, ChannelType.GuildText, { name: `room-${n}` });
    world.overwrite(id, world.truth.bot.id, { deny: ReadMessageHistory });
  }
  const { stdout } = await ask(discord);
  expect(stdout.match(/#room-\d+/g)).toHaveLength(20);
  expect(stdout).toContain('#room-19 and 40 more.');
  const json = JSON.parse((await ask(discord, { isJson: true })).stdout);
  expect(json.guilds[0].unreadable).toHaveLength(60);
});

it('names stay on their line and rewrite no terminal', async () => {
  const discord = await begin();
  const { world } = discord;
  const name = '\u202eeman\u001b[2J\nMISSING: all\u2028[x](https://x.example) \ud83d\udc68\u200d\ud83d\udc67';
  const guildId = addGuild(discord, name);
  const channel = world.addChannel(guildId, ChannelType.GuildText, { name });
  world.overwrite(channel.id, world.truth.bot.id, { deny: ReadMessageHistory });
  const { stdout } = await ask(discord);
  const shown =
    '\ufffdeman\ufffd[2J\ufffdMISSING: all\ufffd[x](https://x.example) \ud83d\udc68\u200d\ud83d\udc67';
  expect(stdout).toContain(`\n${shown} (${guildId}): `);
  expect(stdout).toContain(`in #${shown}.\n`);
});

it('JSON is one object of ids, names and findings, and nothing else of the application', async () => {
  const discord = await begin();
  const guildId = addGuild(discord);
  const { application, bot } = discord.world.truth;
  const { code, stdout } = await ask(discord, { isJson: true });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    application: { id: application.id, name: application.name },
    user: { id: bot.id, name: bot.username },
    intents: { members: true, content: true },
    guilds: [
      {
        id: guildId,
        name: 'Harbour',
        isUnavailable: false,
        readable: 1,
        unreadable: [],
        hasManageThreads: false,
      },
    ],
    inviteUrl: expect.stringContaining('permissions=1115136'),
  });
});

it('a refused token ends with 2, and with the way to a new one', async () => {
  const discord = await begin();
  const { code, stdout, stderr } = await ask(discord, { token: 'not-the-token' });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(
    /^Discord refuses DISCORD_TOKEN\..*\n.*https:\/\/discord\.com\/developers\/applications.*Reset Token/,
  );
});

it('without a network it ends with 2, in words and within its patience', async () => {
  const discord = await begin();
  await discord.close();
  const closed = { ...discord, close: () => Promise.resolve() };
  expect(await ask(closed, { patienceMs: 300 })).toEqual({
    code: 2,
    stdout: '',
    stderr: 'Discord cannot be reached. Try again when the network is back.\n',
  });
});

it('a Discord that never answers is given up, too', async () => {
  const discord = await begin();
  discord.faults.next({ hang: true });
  expect(await ask(discord, { patienceMs: 300 })).toMatchObject({ code: 2, stdout: '' });
});

it('is what the verb says', async () => {
  const discord = await begin();
  addGuild(discord);
  const { token } = discord.world.truth;
  let stdout = '';
  const code = await main(['doctor', '--format', 'json'], {
    env: { DISCORD_TOKEN: token, DISCORD_API: discord.url },
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: () => true },
    bot: () => import('../../bot/index.ts'),
  });
  expect(code).toBe(0);
  expect(JSON.parse(stdout).guilds).toHaveLength(1);
});
