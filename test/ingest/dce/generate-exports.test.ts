import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TRUTH_FILE } from '../../../ingest/dce/generate.ts';
import { takeTurns, type Turn } from '../../../ingest/dce/generate/scene.ts';
import { snowflake } from '../../../ingest/dce/generate/snowflake.ts';
import type { ExportDocument, ExportMessage } from './count-community.ts';
import { exportsOf, filesOf, generated, removeFolders } from './generated.ts';

afterAll(removeFolders);

describe('an export', () => {
  let files: Map<string, string>;
  let documents: ExportDocument[];
  beforeAll(async () => {
    const { folder } = await generated({ seed: 11, messages: 12_000, channels: 40 });
    files = await filesOf(folder);
    documents = await exportsOf(folder);
  });

  test('is written as DiscordChatExporter writes: two spaces, raw text but for astral characters, no last newline', () => {
    files.delete(TRUTH_FILE);
    for (const text of files.values()) expect(text).toBe(layoutOf(text));
  });

  test('is named after server, parent and channel, with an id that tells it from others', () => {
    for (const { guild, channel } of documents) {
      const parts = [guild.name, channel.category, channel.name].filter((part) => part !== null);
      expect(files.has(`${parts.join(' - ')} [${channel.id}].json`.replaceAll(/[/\\:*?"<>|]/g, '_'))).toBe(
        true,
      );
    }
  });

  test('has ids that ascend, that no other file has, and that tell the time of their message', () => {
    const ids = documents.flatMap(({ messages }) => messages.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const { messages } of documents) {
      messages.forEach(({ id, timestamp }, at) => {
        expect(timeOf(id)).toBe(Date.parse(timestamp));
        expect(at === 0 || BigInt((messages[at - 1] as ExportMessage).id) < BigInt(id)).toBe(true);
      });
    }
  });

  test('has replies only to earlier messages of other people in the same place', () => {
    for (const { messages, channel } of documents) {
      const earlier = new Map<string, string>();
      for (const { id, type, author, reference } of messages) {
        if (type === 'Reply') {
          expect(reference?.channelId).toBe(channel.id);
          const target = earlier.get(reference?.messageId ?? '');
          expect(target).toBeDefined();
          expect(target).not.toBe(author.id);
        }
        earlier.set(id, author.id);
      }
    }
  });

  test('of a forum post begins with the message whose id the post has', () => {
    const posts = documents.filter(({ channel }) => channel.category === 'help-desk');
    expect(posts.length).toBeGreaterThan(5);
    for (const { channel, messages } of posts)
      expect(messages[0]).toMatchObject({ id: channel.id, type: 'Default' });
  });

  test('of a thread begins with the notice of the message in its channel whose id the thread has', () => {
    const threads = documents.filter(({ messages }) => messages[0]?.type === '21');
    expect(threads.length).toBeGreaterThan(5);
    for (const { channel, messages } of threads) {
      const parent = documents.find((document) => document.channel.id === channel.categoryId);
      expect(messages[0]?.reference).toMatchObject({ messageId: channel.id, channelId: parent?.channel.id });
      expect(parent?.messages.find(({ id }) => id === channel.id)?.type).toBe('Default');
      const notice = parent?.messages.find(
        ({ type, reference }) => type === 'ThreadCreated' && reference?.channelId === channel.id,
      );
      expect(notice?.timestamp).toBe(messages[0]?.timestamp);
    }
  });

  test('has an account joining once, and everybody who writes, reacts or is mentioned has joined before', () => {
    const joins = documents.flatMap(({ messages }) =>
      messages.filter(({ type }) => type === 'GuildMemberJoin'),
    );
    const joined = new Map(joins.map(({ author, id }) => [author.id, BigInt(id)]));
    expect(joined.size).toBe(joins.length);
    for (const { id, author, mentions, reactions } of documents.flatMap(({ messages }) => messages)) {
      const users = [author, ...mentions, ...reactions.flatMap((reaction) => reaction.users)];
      for (const user of users.filter(({ isBot }) => !isBot)) {
        expect(joined.get(user.id)).toBeLessThanOrEqual(BigInt(id));
      }
    }
  });

  test('shows the same account everywhere', () => {
    const accounts = new Map<string, unknown>();
    for (const { author, mentions } of documents.flatMap(({ messages }) => messages)) {
      for (const user of [author, ...mentions]) {
        expect(accounts.get(user.id) ?? user).toEqual(user);
        accounts.set(user.id, user);
      }
    }
  });

  test('holds what an importer must understand', () => {
    const messages = documents.flatMap((document) => document.messages);
    const types = new Set(messages.map(({ type }) => type));
    expect([...types].toSorted().join(' ')).toBe(
      '20 21 23 8 ChannelPinnedMessage Default GuildMemberJoin Reply ThreadCreated',
    );
    const text = messages.map(({ content }) => content).join('\n');
    for (const script of 'Cyrillic Greek Han Hiragana Hangul Arabic Hebrew Thai Devanagari'.split(' ')) {
      expect(text).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'));
    }
    for (const mark of ['?', '？', '؟', ';', '```', '\n> ', '@everyone', ':liftoff:'])
      expect(text).toContain(mark);
    expect(messages.some(({ forwardedMessage }) => forwardedMessage)).toBe(true);
    expect(messages.some(({ reactions }) => reactions.some(({ count, users }) => count > users.length))).toBe(
      true,
    );
    expect(messages.some(({ author }) => author.isBot && author.discriminator === '0000')).toBe(true);
  });
});

function turn(ms: number, isFirst: boolean): Turn {
  return { ms, isFirst, write: () => expect.fail('not yet') };
}

test('of the turns of one millisecond the one whose id is known comes first', () => {
  const late = turn(9, false);
  const other = turn(5, false);
  const first = turn(5, true);
  const early = turn(4, false);
  const scene = { turns: [late, other, first, early] };
  expect(takeTurns(scene, 9)).toEqual([early, first, other]);
  expect(scene.turns).toEqual([late]);
});

test('a snowflake is the one of exact arithmetic', () => {
  for (const ms of [1_420_070_400_000, 1_600_000_099_999, 1_763_251_199_999, 4_102_444_800_000]) {
    for (const low of [0, 1, 99_999, 4_194_303]) {
      expect(snowflake(ms, low).padStart(19, '0')).toBe(
        String((BigInt(ms - 1_420_070_400_000) << 22n) | BigInt(low)).padStart(19, '0'),
      );
    }
  }
});

const realExports = process.env.DCE_EXPORTS;
describe.skipIf(!realExports)('beside real exports (skipped unless DCE_EXPORTS names their folder)', () => {
  test.each(['ferry', 'numberball'])(
    'every object has its keys in the order of those in %s',
    async (kind) => {
      const ours = ordersByPath(await exportsOf((await generated({ seed: 6, messages: 2000 })).folder));
      const theirs = ordersByPath(await exportsOf(join(realExports as string, kind)));
      const common = [...theirs].filter(([path]) => ours.has(path));
      expect(common.length).toBeGreaterThan(8);
      for (const [path, keys] of common) {
        const made = ours.get(path) as string[];
        expect([path, ...made.filter((key) => keys.includes(key))]).toEqual([
          path,
          ...keys.filter((key) => made.includes(key)),
        ]);
      }
    },
  );

  test('a real one has the layout that ours are compared with', async () => {
    const texts = [...(await filesOf(join(realExports as string, 'ferry'))).values()];
    const real = texts.filter((text) => text.startsWith('{\n  "guild"'));
    expect(real.length).toBe(3);
    for (const text of real) expect(text).toBe(layoutOf(text));
  });
});

/** A snowflake's instant, by arithmetic of its own. */
function timeOf(id: string): number {
  return Number((BigInt(id) >> 22n) + 1_420_070_400_000n);
}

/** The keys of the fullest object at each path of some documents, in their order. */
function ordersByPath(documents: readonly unknown[]): Map<string, string[]> {
  const orders = new Map<string, string[]>();
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const element of value) visit(element, `${path}[]`);
    else if (value !== null && typeof value === 'object') {
      const keys = Object.keys(value);
      if (keys.length > (orders.get(path)?.length ?? 0)) orders.set(path, keys);
      for (const [key, inner] of Object.entries(value)) visit(inner, `${path}.${key}`);
    }
  };
  for (const document of documents) visit(document, '');
  return orders;
}

/** A document as .NET's indented writer puts it, with the escapes that DiscordChatExporter has. */
function layoutOf(text: string): string {
  return JSON.stringify(JSON.parse(text), null, 2).replaceAll(/[\u{10000}-\u{10FFFF}]/gu, (character) =>
    Array.from({ length: 2 }, (_, at) => `\\u${character.charCodeAt(at).toString(16).toUpperCase()}`).join(
      '',
    ),
  );
}
