/** What was deleted on Discord since an export was made. */
import { describe, expect, it } from 'vitest';
import type { Export } from '../../support/discord/exports/export.ts';
import { iso } from '../../support/exports.ts';
import { at, CHANNEL, idAt } from '../../support/records.ts';
import { recordLive } from './live.ts';
import { FEW_MESSAGES, NEWS, NOTES, POST, smallGuild, THREAD } from './guilds.ts';
import { inEveryOrder, type Past, usePasts } from './scene.ts';

const open = usePasts();

interface Deleted {
  messages: string[];
  channels: string[];
}

/** Deletes a thread and a channel, where there is another, and of all others the newest, a middle and the oldest message. */
function deleteSome({ world, guild }: Past): Deleted {
  const places = [...guild.channels.values()].filter(({ messages }) => messages.size > 0);
  const thread = places.find((one) => one.thread);
  const [channel] = places
    .filter((one) => !one.thread)
    .toSorted((a, b) => a.messages.size - b.messages.size)
    .slice(0, -1);
  const messages = places
    .filter((one) => one !== thread && one !== channel && one.parentId !== channel?.id)
    .flatMap((one) => endsAndMiddle(one).map((id) => ({ channelId: one.id, id })));
  for (const key of messages) world.deleteMessage(key);
  if (thread) world.deleteThread(thread.id);
  if (channel) world.deleteChannel(channel.id);
  const channels = [thread, channel].flatMap((one) => one?.id ?? []);
  return { messages: messages.map(({ id }) => id).toSorted(), channels: channels.toSorted() };
}

function endsAndMiddle({ messages }: { messages: ReadonlyMap<string, unknown> }): string[] {
  const ids = [...messages.keys()].toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
  return [...new Set([ids[0]!, ids[ids.length >> 1]!, ids.at(-1)!])];
}

async function foundDeleted({ rows }: Past): Promise<Deleted> {
  const found = await rows<{ id: string; isChannel: boolean }>(
    `select message_id::text as id, false as "isChannel" from messages where absent_at is not null
     union all select channel_id::text, true from channels where deleted_at is not null`,
  );
  const ids = (isChannel: boolean) =>
    found.flatMap((one) => (one.isChannel === isChannel ? one.id : [])).toSorted();
  return { messages: ids(false), channels: ids(true) };
}

describe('what was deleted since an export', () => {
  it.for(FEW_MESSAGES)('is found so, in every order, and nothing else is: $name', async ({ load }) => {
    const exports = await load();
    const past = await open(exports);
    const deleted = deleteSome(past);
    const differs = await inEveryOrder(past, exports, async (order) => {
      expect(await foundDeleted(past), order).toEqual(deleted);
    });
    expect(differs).toEqual([]);
  });

  it('is asked for once, and what is there is asked for by no id', async () => {
    const exports = smallGuild();
    const past = await open(exports);
    const { world, guild } = past;
    const ends = endsAndMiddle(guild.channels.get(CHANNEL)!).map((id) => ({ channelId: CHANNEL, id }));
    const deleted = [...ends, { channelId: NOTES, id: idAt(at(42)) }];
    for (const key of deleted) world.deleteMessage(key);
    world.deleteThread(POST);
    world.deleteChannel(NEWS);
    await past.take(exports);
    for (let n = 0; n < 3; n++) await past.ask();
    const asked = (path: RegExp) =>
      past.discord.requests.flatMap((one) => path.exec(one.path)?.[1] ?? []).toSorted();
    // Below the first message of a channel one answer proves that there is nothing.
    const newest = [ends.at(-1)!, deleted.at(-1)!].map(({ id }) => id);
    expect(asked(/^\/channels\/\d+\/messages\/(\d+)$/)).toEqual(newest.toSorted());
    expect(asked(/^\/channels\/(\d+)$/)).toEqual([NEWS, POST].toSorted());
  });

  it('is found where everything was read before, and recorded live since', async () => {
    const exports = smallGuild();
    const past = await open(exports);
    await recordLive(past);
    const deleted = deleteSome(past);
    await past.ask();
    await past.take(exports);
    await past.ask();
    expect(await foundDeleted(past)).toEqual(deleted);
  });

  it.for([true, false])(
    'a channel emptied, whether it names its last message (%s) or none',
    async (isNamed) => {
      const exports = smallGuild();
      const past = await open(exports);
      const notes = past.guild.channels.get(NOTES)!;
      const ids = [...notes.messages.keys()].toSorted();
      past.world.bulkDelete(NOTES, ids);
      if (!isNamed) notes.lastMessageId = null;
      const differs = await inEveryOrder(past, exports, async (order) => {
        expect(await foundDeleted(past), order).toEqual({ messages: ids, channels: [] });
      });
      expect(differs).toEqual([]);
    },
  );

  it('a channel that the bot may not see is not taken for deleted, nor asked for again and again', async () => {
    const exports = smallGuild();
    const past = await open(exports);
    past.world.hideChannel(NOTES);
    past.world.hideChannel(CHANNEL);
    await past.take(exports);
    for (let n = 0; n < 3; n++) await past.ask();
    expect(await foundDeleted(past)).toEqual({ messages: [], channels: [] });
    const refused = past.discord.requests.filter(({ status }) => status! >= 400);
    // Each that is in no list, once; its thread is as the channel.
    expect(refused.map(({ path }) => path).toSorted()).toEqual([
      `/channels/${CHANNEL}`,
      `/channels/${NOTES}`,
    ]);
    past.world.showChannel(NOTES);
    await past.ask();
    expect(await past.rows('select by_api from messages where channel_id = $1', NOTES)).toEqual(
      Array.from({ length: 3 }, () => ({ by_api: true })),
    );
  });

  it('elsewhere than a run reads, or of a time before it, is left for another run', async () => {
    const exports = smallGuild();
    const past = await open(exports);
    past.world.deleteChannel(NEWS);
    past.world.deleteThread(THREAD);
    await past.take(exports);
    await past.ask({ channelIds: [NOTES] });
    expect(await foundDeleted(past)).toEqual({ messages: [], channels: [] });
    // Which threads were archived before, Discord was not asked.
    await past.ask({ sinceId: idAt(past.now() - 60_000) });
    expect(await foundDeleted(past)).toEqual({ messages: [], channels: [NEWS] });
    await past.ask({ channelIds: [CHANNEL] });
    expect(await foundDeleted(past)).toEqual({ messages: [], channels: [NEWS, THREAD].toSorted() });
  });

  it('below a channel that is deleted is not asked for', async () => {
    const exports = smallGuild();
    const past = await open(exports);
    past.world.deleteChannel(CHANNEL);
    await past.take(exports);
    await past.ask();
    expect(await foundDeleted(past)).toEqual({ messages: [], channels: [CHANNEL] });
  });
});

describe('an export', () => {
  const LATER = Date.UTC(2060, 0, 1);
  /** Made, as it says, so long after the words. */
  const madeAt = (ms: number): Export[] => smallGuild().map((one) => ({ ...one, exportedAt: iso(ms) }));

  it.for([
    ['before it was deleted', at(90_000)],
    ['just now', undefined],
    ['in thirty years and more', LATER],
  ] as const)('made, as it says, %s raises nothing that Discord has deleted', async ([, exportedMs]) => {
    const past = await open(smallGuild());
    const told = () => past.take(madeAt(exportedMs ?? past.now()));
    await past.ask();
    const deleted = deleteSome(past);
    await past.ask({ isAgain: true });
    const before = await foundDeleted(past);
    await told();
    expect(await foundDeleted(past)).toEqual(before);
    await past.ask({ isAgain: true });
    expect(await foundDeleted(past)).toEqual(deleted);
    // Nor where Discord has never shown it.
    await past.database.clear();
    await past.ask();
    await told();
    const [first, middle] = endsAndMiddle({
      messages: new Map(smallGuild()[0]!.messages.map((m) => [m.id, m])),
    });
    expect((await foundDeleted(past)).messages).toEqual(expect.arrayContaining([first, middle]));
  });

  it('that lacks a message which Discord has deletes nothing', async () => {
    const exports = smallGuild();
    const past = await open(exports);
    const fewer = (ms: number) =>
      madeAt(ms).map((one) => ({ ...one, messages: one.messages.filter((_, n) => n % 3 !== 1) }));
    const isWhole = async (order: string) => {
      expect(await foundDeleted(past), order).toEqual({ messages: [], channels: [] });
      const [row] = await past.rows<{ count: number }>('select count(*)::int as count from messages');
      expect(row!.count, order).toBe(exports.reduce((sum, { messages }) => sum + messages.length, 0));
    };
    expect(await inEveryOrder(past, fewer(at(90_000)), isWhole)).toEqual([]);
    await past.take(fewer(past.now()));
    await isWhole('an import at last');
  });

  it('brings back no message, thread or channel that live recording heard deleted', async () => {
    const exports = smallGuild();
    const past = await open(exports);
    const live = await recordLive(past);
    past.world.deleteMessage({ channelId: NOTES, id: idAt(at(41)) });
    past.world.deleteThread(THREAD);
    past.world.deleteChannel(NEWS);
    await live.recorded();
    await past.take(exports);
    await past.ask();
    expect(await past.rows('select content, words from messages where gone_at is not null')).toEqual([
      { content: null, words: null },
    ]);
    expect((await foundDeleted(past)).channels).toEqual([NEWS, THREAD].toSorted());
    expect((await foundDeleted(past)).channels).not.toContain(POST);
  });
});
