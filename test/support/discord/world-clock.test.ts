/** A world whose clock a test turns by hand, weeks at a time. */
import type { APIMessage } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { register, startBot } from './interactions/asking.ts';
import { refusalOf, useDiscord } from './rest/asking.ts';

const begin = useDiscord();

const HOUR_MS = 3_600_000;
const WEEK_MS = 168 * HOUR_MS;
const sentAt = (id: string) => Number(BigInt(id) >> 22n) + 1_420_070_400_000;

test('a year of weekly posts is one a week, each at its time', async () => {
  const { clock, rest, channel, get } = await begin();
  const post = async (nonce: string) =>
    (await rest.post(`/channels/${channel}/messages`, {
      body: { content: nonce, nonce, enforce_nonce: true, allowed_mentions: { parse: [] } },
    })) as APIMessage;
  const times: number[] = [];
  for (let week = 0; week < 52; week++) {
    times.push(clock.now);
    const { id } = await post(`week ${week}`);
    expect(await post(`week ${week}`)).toMatchObject({ id });
    clock.now += WEEK_MS;
  }
  const posted = await get<APIMessage[]>(`/channels/${channel}/messages`, { limit: '100' });
  expect(posted.map(({ id }) => sentAt(id)).toReversed()).toEqual(times);
  // Of a year ago, its nonce is free.
  expect((await post('week 0')).id).not.toBe(posted.at(-1)!.id);
});

test('what was said in weeks that are over is there between what is posted then and later', async () => {
  const { world, clock, anna, channel, get, rest } = await begin();
  const body = { content: 'post', allowed_mentions: { parse: [] } };
  const at = `/channels/${channel}/messages` as const;
  const first = (await rest.post(at, { body })) as APIMessage;
  const before = clock.now - 3 * WEEK_MS;
  clock.now += 2 * WEEK_MS;
  const between = clock.now - WEEK_MS;
  world.seed(channel, [
    { at: between, author: anna, content: 'between' },
    { at: before, author: anna, content: 'before' },
  ]);
  const last = (await rest.post(at, { body })) as APIMessage;
  const listed = await get<APIMessage[]>(at);
  expect(listed.map(({ content }) => content)).toEqual(['post', 'between', 'post', 'before']);
  expect([listed[0]!.id, listed[2]!.id]).toEqual([last.id, first.id]);
  expect([sentAt(listed[1]!.id), sentAt(listed[3]!.id)]).toEqual([between, before]);
  expect(await get<APIMessage[]>(at, { after: first.id })).toHaveLength(2);
});

test('an interaction that a jump leaves behind can no longer be answered; the next one can', async () => {
  const begun = await begin();
  const { discord, clock, anna, channel } = begun;
  await register(begun);
  let isJumping = true;
  const { failed } = await startBot({ url: discord.url, token: 'token' }, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    if (isJumping) clock.now += WEEK_MS;
    await interaction.editReply('done');
  });
  const use = () => discord.interactions.use({ channelId: channel, userId: anna, command: 'stats' });
  const left = use();
  await left.acknowledged();
  await expect.poll(() => failed().length).toBe(1);
  expect(left.shown()[0]!.isDeferred).toBe(true);
  isJumping = false;
  expect(await use().answered()).toMatchObject({ content: 'done' });
  const path = `/webhooks/${begun.world.truth.application.id}/${left.token}/messages/@original` as const;
  expect(await refusalOf(begun.rest.get(path, { auth: false }))).toEqual([401, 50_027]);
});

test('a test may give people other deadlines than those of Discord', async () => {
  const begun = await begin({ deadlines: { tokenMs: 2 * WEEK_MS } });
  const { discord, clock, anna, channel } = begun;
  await register(begun);
  await startBot({ url: discord.url, token: 'token' }, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    clock.now += WEEK_MS;
    await interaction.editReply('done');
  });
  const use = discord.interactions.use({ channelId: channel, userId: anna, command: 'stats' });
  expect(await use.answered()).toMatchObject({ content: 'done' });
});
