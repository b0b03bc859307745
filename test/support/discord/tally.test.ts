import { expect, test } from 'vitest';
import { useDiscord } from './rest/asking.ts';
import { makeTally } from './tally.ts';

const begin = useDiscord();

test('the most requests within any second are counted, wherever that second begins', () => {
  const tally = makeTally();
  for (const at of [0, 900, 950, 1000, 1800, 1899, 1900, 5000]) tally.arrived(at);
  // 900, 950, 1000, 1800 and 1899; that at 1900 is a second after the first of them.
  expect(tally.figures).toMatchObject({ requests: 8, perSecondMax: 5 });
  tally.clear();
  expect(tally.figures).toEqual({ requests: 0, byRoute: {}, refused: 0, pages: 0, perSecondMax: 0 });
});

test('a long run costs no more than its last second', () => {
  const tally = makeTally();
  for (let n = 0; n < 50_000; n++) tally.arrived(n);
  expect(tally.figures).toMatchObject({ requests: 50_000, perSecondMax: 1000 });
  for (let n = 0; n < 2000; n++) tally.arrived(60_000);
  expect(tally.figures.perSecondMax).toBe(2000);
});

test('requests are counted by route and status, those that were spoilt too', async () => {
  const { discord, channel, guild, get } = await begin();
  await get(`/channels/${channel}/messages`);
  await get(`/guilds/${guild.id}/messages/search`);
  await get('/channels/100000000000000001/messages').catch(() => {});
  discord.faults.next({ cut: 'before' });
  await get(`/channels/${channel}/messages`).catch(() => {});
  discord.faults.next({ status: 429, headers: { 'Retry-After': '0.001', 'X-RateLimit-Scope': 'user' } });
  await get(`/channels/${channel}/messages`);
  expect(discord.tally.figures).toMatchObject({
    requests: 6,
    byRoute: {
      'GET /channels/{channel_id}/messages': { 200: 2, 404: 1, 429: 1, none: 1 },
      'GET /guilds/{guild_id}/messages/search': { 200: 1 },
    },
    refused: 1,
    pages: 5,
  });
  expect(discord.limits.invalidCount(discord.world.now())).toBe(1);
});
