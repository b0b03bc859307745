/** What discord.js is told, and what it keeps. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFlags, GatewayIntentBits } from 'discord-api-types/v10';
import { Events, REST, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { intentsFor } from '../../bot/client.ts';
import { type Bot, makeBot, type Place, startBot, startPlace, until } from './connecting.ts';

const COMMAND = {
  id: '1573736072729329001',
  application_id: '1573736072729329002',
  type: 2,
  token: 'of the interaction',
  version: 1,
  channel: { id: '1573736072729329003', type: 0 },
  channel_id: '1573736072729329003',
  member: {
    user: { id: '1573736072729329004', username: 'asker', discriminator: '0' },
    permissions: '0',
    roles: [],
  },
  locale: 'en-GB',
  entitlements: [],
  authorizing_integration_owners: {},
  app_permissions: '0',
  attachment_size_limit: 1,
  data: { id: '1573736072729329005', name: 'weekly', type: 1 },
};

/** Sends a dispatch as it stands. */
const tell = ({ discord, guildId }: Place, t: string, d: unknown) =>
  discord.world.emitRaw({ guildId, intents: 0, dispatch: { t, d } });

const interact = (place: Place, more = {}) =>
  tell(place, 'INTERACTION_CREATE', { ...COMMAND, guild_id: place.guildId, ...more });

/** Names of the commands that discord.js tells of. */
function listen({ client }: Bot): string[] {
  const asked: string[] = [];
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isChatInputCommand()) asked.push(interaction.commandName);
  });
  return asked;
}

const sizes = ({ client }: Bot) =>
  [client.guilds, client.channels, client.users].map(({ cache }) => cache.size);

describe('discord.js', () => {
  it('is ready once it is connected, and tells of interactions', async () => {
    const place = await startPlace();
    const bot = await startBot(place);
    const asked = listen(bot);
    expect([bot.client.isReady(), bot.client.user?.id]).toEqual([true, place.discord.world.truth.bot.id]);
    interact(place);
    await until(() => asked.length > 0);
    expect(asked).toEqual(['weekly']);
  });

  it('is ready, and tells of interactions, where a session of an earlier run was resumed', async () => {
    const place = await startPlace();
    const first = await startBot(place);
    const restored = first.progress();
    await first.closeKeeping();
    interact(place, { data: { ...COMMAND.data, name: 'missed' } });

    const bot = makeBot(place, { restored });
    const asked = listen(bot);
    await bot.start();
    interact(place);
    await until(() => asked.length === 2);
    expect(asked).toEqual(['missed', 'weekly']);
    expect(bot.client.isReady()).toBe(true);
    expect(bot.client.user?.id).toBe(place.discord.world.truth.bot.id);
    expect(bot.client.application?.id).toBe(place.discord.world.truth.application.id);
    // Of the READY that discord.js was given nobody else hears.
    expect(bot.dispatches.map(({ t }) => t)).toEqual(['INTERACTION_CREATE', 'RESUMED', 'INTERACTION_CREATE']);
  });

  it('keeps nothing of thousands of dispatches', async () => {
    const place = await startPlace();
    const bot = await startBot(place);
    listen(bot);
    const before = sizes(bot);
    place.say(2_000);
    for (let i = 0; i < 500; i++) {
      const user = { ...COMMAND.member.user, id: String(1573736072729400000n + BigInt(i)) };
      interact(place, { member: { ...COMMAND.member, user } });
    }
    await until(() => bot.heard().length === 2_000);
    expect([before, sizes(bot)]).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect((bot.client.ws as unknown as { packetQueue: unknown[] }).packetQueue).toEqual([]);
  });

  it('a malformed dispatch reaches the recorder and hurts nobody', async () => {
    const place = await startPlace();
    const bot = await startBot(place);
    for (const t of ['MESSAGE_CREATE', 'GUILD_CREATE', 'GUILD_DELETE', 'CHANNEL_UPDATE', 'RESUMED']) {
      tell(place, t, null);
    }
    tell(place, 'INTERACTION_CREATE', { type: 2, data: { type: 1 } });
    tell(place, 'NEVER_HEARD_OF', { a: 1 });
    const sent = place.say();
    await until(() => bot.dispatches.at(-1)?.t === 'MESSAGE_CREATE' && bot.dispatches.at(-1)?.d !== null);
    expect(bot.dispatches.slice(-8).map(({ t }) => t)).toEqual([
      'MESSAGE_CREATE',
      'GUILD_CREATE',
      'GUILD_DELETE',
      'CHANNEL_UPDATE',
      'RESUMED',
      'INTERACTION_CREATE',
      'NEVER_HEARD_OF',
      'MESSAGE_CREATE',
    ]);
    expect((bot.dispatches.at(-1)!.d as { id: string }).id).toBe(sent[0]);
    expect(bot.untaken).toHaveLength(1);
    expect(bot.client.isReady()).toBe(true);
  });
});

describe('asking the gateway', () => {
  it('is answered while connected; else nothing is asked, and nothing is asked late', async () => {
    const place = await startPlace();
    const bot = await startBot(place);
    const chunks = () => bot.dispatches.filter(({ t }) => t === 'GUILD_MEMBERS_CHUNK').length;
    const ask = () =>
      bot.send(0, { op: 8, d: { guild_id: place.guildId, query: '', limit: 0, nonce: 'asked' } });
    ask();
    await until(() => chunks() === 1);
    place.discord.gateway.refuseConnections();
    place.discord.gateway.cut();
    await until(() => !bot.sessions.isLive(0));
    ask();
    await place.discord.gateway.acceptConnections();
    await until(() => bot.sessions.isLive(0));
    place.discord.gateway.invalidateSessions();
    await until(() => bot.states.at(-1)?.state === 'identified');
    await sleep(200);
    expect(chunks()).toBe(1);
  });
});

describe('a connection that Discord refuses', () => {
  it('for its token: told in words, without the token, and not tried again', async () => {
    const place = await startPlace();
    const bot = makeBot(place, { token: 'another-token' });
    const refusal = await bot.start().catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: 'GatewayRefusal', code: 4004 });
    expect(String(refusal)).toMatch(/DISCORD_TOKEN/);
    expect(String(refusal)).not.toContain('another-token');
    expect(bot.refusals).toEqual([]);
  });

  it('for an intent that the application has not', async () => {
    const place = await startPlace({ world: { application: { flags: 0 as ApplicationFlags } } });
    const bot = makeBot(place, { intents: GatewayIntentBits.MessageContent });
    await expect(bot.start()).rejects.toMatchObject({ name: 'GatewayRefusal', code: 4014 });
    await sleep(700);
    expect(place.discord.gateway.tally.identifies).toBe(1);
  });

  it('for an intent that was taken away while it ran: told once', async () => {
    const place = await startPlace();
    const bot = await startBot(place);
    place.discord.gateway.close(4014);
    await until(() => bot.refusals.length > 0);
    await sleep(700);
    expect(bot.refusals.map(({ code }) => code)).toEqual([4014]);
    expect(place.discord.gateway.connected).toBe(0);
  });
});

describe('a way to REST that is lent', () => {
  it('is as before when the connection is closed, and when Discord refuses it', async () => {
    const place = await startPlace();
    const { token } = place.discord.world.truth;
    const rest = new REST({ api: place.discord.url }).setToken(token);
    const bot = await startBot(place, { rest });
    await bot.closeKeeping();
    expect(await rest.get(Routes.user())).toMatchObject({ id: place.discord.world.truth.bot.id });
    const refused = makeBot(place, { rest, shards: { ids: [3], count: 2 } });
    await expect(refused.start()).rejects.toMatchObject({ code: 4010 });
    expect(await rest.get(Routes.user())).toMatchObject({ id: place.discord.world.truth.bot.id });
  });
});

describe('the intents that are asked for', () => {
  const { GuildMembers, MessageContent } = GatewayIntentBits;
  const granted = (flags: number) =>
    [GuildMembers, MessageContent].map((intent) => (intentsFor(flags) & intent) !== 0);

  it('are privileged only where the application has them', () => {
    expect(granted(0)).toEqual([false, false]);
    expect(granted(ApplicationFlags.GatewayGuildMembersLimited)).toEqual([true, false]);
    expect(granted(ApplicationFlags.GatewayMessageContent)).toEqual([false, true]);
    expect(intentsFor(0)).toBe(0x1000000 | 0b0110_1000_1101);
  });
});
