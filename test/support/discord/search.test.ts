import { expect, test } from 'vitest';
import { type Begun, refusalOf, useDiscord } from './rest/asking.ts';

const begin = useDiscord();

interface Found {
  total_results: number;
  messages: { id: string; hit: boolean }[][];
  threads?: { id: string }[];
}

const asking = ({ rest, guild }: Begun) => ({
  find: (query: [string, string][] = []) =>
    rest.get(`/guilds/${guild.id}/messages/search`, { query: new URLSearchParams(query) }) as Promise<Found>,
});

/** Three channels of 30 messages in turn, the first with a thread of 5. */
async function talked() {
  const begun = await begin();
  const { world, guild, anna, ben, clock, channel } = begun;
  const channels = [channel, world.addChannel(guild.id).id, world.addChannel(guild.id).id];
  const sent = Array.from({ length: 90 }, (_, n) => {
    clock.now += 1000;
    return world.send(channels[n % 3]!, { author: n % 2 ? anna : ben, content: `number ${n}` });
  });
  const thread = world.seedThread(channel, { ownerId: anna, archivedAt: clock.now }).id;
  world.seed(
    thread,
    Array.from({ length: 5 }, (_, n) => ({ at: clock.now + n, author: anna, content: 'aside' })),
  );
  return { ...begun, channels, sent, thread, ...asking(begun) };
}

const idsOf = ({ messages }: Found) => messages.map(([message]) => message!.id);

test('a count is of the channels that are named, each thread by itself', async () => {
  const { find, channels, thread, discord } = await talked();
  const count = async (...ids: string[]) => (await find(ids.map((id) => ['channel_id', id]))).total_results;
  expect(await count()).toBe(95);
  expect(await count(channels[0]!)).toBe(30);
  expect(await count(channels[0]!, channels[1]!)).toBe(60);
  expect(await count(thread)).toBe(5);
  expect(await count(thread, channels[0]!)).toBe(35);
  discord.search.withThreads = true;
  expect(await count(channels[0]!)).toBe(35);
});

test('a range leaves out both of its ends, also together with other filters', async () => {
  const { find, anna, sent, channels } = await talked();
  const range: [string, string][] = [
    ['min_id', sent[9]!.id],
    ['max_id', sent[40]!.id],
  ];
  expect((await find(range)).total_results).toBe(30);
  expect((await find([...range, ['channel_id', channels[0]!]])).total_results).toBe(10);
  expect((await find([...range, ['author_id', anna]])).total_results).toBe(15);
  expect((await find([...range, ['content', 'NUMBER 2']])).total_results).toBe(10);
  expect(
    (
      await find([
        ['min_id', sent[40]!.id],
        ['max_id', sent[9]!.id],
      ])
    ).total_results,
  ).toBe(0);
});

test('pages go through all channels, newest or oldest first, 25 at most', async () => {
  const { find, sent, thread, discord } = await talked();
  const before: [string, string][] = [['max_id', thread]];
  const ids = sent.map(({ id }) => id);
  const page = async (offset: number, more: [string, string][] = []) =>
    idsOf(await find([...before, ['offset', String(offset)], ...more]));
  expect(await page(0)).toEqual(ids.toReversed().slice(0, 25));
  expect(await page(80)).toEqual(ids.toReversed().slice(80));
  expect(await page(200)).toEqual([]);
  expect(
    await page(3, [
      ['sort_order', 'asc'],
      ['limit', '4'],
    ]),
  ).toEqual(ids.slice(3, 7));
  expect(
    await page(3, [
      ['author_id', sent[0]!.authorId],
      ['limit', '2'],
    ]),
  ).toEqual([ids[82], ids[80]]);
  expect(await refusalOf(find([['limit', '26']]))).toEqual([400, 50_035]);
  expect(await refusalOf(find([['offset', '9976']]))).toEqual([400, 50_035]);
  // Where the description is at hand it says so, too.
  discord.oracleFaults.length = 0;
  const [newest] = (await find([['limit', '1']])).threads ?? [];
  expect(newest?.id).toBe(thread);
});

test('what the bot may not read is left out, and refused where it is named', async () => {
  const { find, world, guild, channels, thread } = await talked();
  world.forbid(channels[0]!, 'ReadMessageHistory');
  world.hideChannel(channels[1]!);
  expect((await find()).total_results).toBe(30);
  for (const id of [channels[0]!, channels[1]!, thread])
    expect(await refusalOf(find([['channel_id', id]]))).toEqual([403, 50_001]);
  expect(await refusalOf(find([['channel_id', world.nextId()]]))).toEqual([404, 10_003]);
  world.forbidEverywhere(guild.id, 'ReadMessageHistory');
  expect(await refusalOf(find())).toEqual([403, 50_013]);
});

test('age-restricted channels and their threads are found only where they are asked for', async () => {
  const { find, world, channels } = await talked();
  world.updateChannel(channels[0]!, { nsfw: true });
  expect((await find()).total_results).toBe(60);
  expect((await find([['include_nsfw', 'true']])).total_results).toBe(95);
  expect((await find([['channel_id', channels[0]!]])).total_results).toBe(0);
});

test('a guild that is not indexed is answered 202, as often as a test says', async () => {
  const { find, discord, guild, plain } = await talked();
  discord.search.notIndexed(2, { retryAfterS: 3 });
  const answer = await plain(`/api/v10/guilds/${guild.id}/messages/search`);
  expect(answer.status).toBe(202);
  expect(await answer.json()).toMatchObject({ code: 110_000, retry_after: 3, documents_indexed: 0 });
  expect(await find()).toMatchObject({ code: 110_000 });
  expect((await find()).total_results).toBe(95);
  discord.search.notIndexed();
  expect(await find()).toMatchObject({ code: 110_000 });
  discord.search.clear();
  expect((await find()).total_results).toBe(95);
});

test('a filter that is not served is a fault of the server, so that no count is wrong unseen', async () => {
  const { discord, guild, plain } = await talked();
  const answer = await plain(`/api/v10/guilds/${guild.id}/messages/search?has=link`);
  expect(answer.status).toBe(500);
  expect(discord.oracleFaults).toHaveLength(1);
  discord.oracleFaults.length = 0;
});
