/** Questions about channels. */
import { beforeAll, describe, expect, it } from 'vitest';
import { channelPeople } from '../../../db/queries/channel-people.ts';
import { channels, channelTypes } from '../../../db/queries/channels.ts';
import { firstMessages } from '../../../db/queries/first-messages.ts';
import { channelLengths, lengths } from '../../../db/queries/lengths.ts';
import { liveThreads } from '../../../db/queries/live-threads.ts';
import type { Asked } from '../../../db/queries/question.ts';
import { quietChannels } from '../../../db/queries/quiet-channels.ts';
import { topChannels } from '../../../db/queries/top-channels.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { byId, everIn, groupBy, nameOf, type NaiveMessage, writtenIn } from '../../support/naive.ts';
import { channelName, firstBy, listedOf, medianOf, peopleOf, sumOf } from '../../support/naive-rows.ts';

const database = useDatabase();
const folder = useFolder();
let guild: AskedGuild;
beforeAll(async () => {
  guild = await askedGuild(database, `${folder.path}/asked`);
});

const WORDS: Record<number, string> = { 0: 'text', 2: 'voice', 5: 'announcement', 11: 'thread', 15: 'forum' };
const isThread = (id: string) => [10, 11, 12].includes(guild.naive.channels.get(id)?.type as number);
const parentOf = (id: string) =>
  (guild.naive.channels.get(id)?.parent_id as string | null | undefined) ?? null;
const isShown = (id: string, { channels: allowed }: Asked) =>
  !hiddenIds.has(id) && (!allowed || allowed.includes(id));
const parentName = (id: string, scope: Asked) => {
  const parent = parentOf(id);
  return parent !== null && isShown(parent, scope) ? channelName(guild.naive, parent) : null;
};
const inEveryScope = async (check: (scope: Asked, name: string) => Promise<void>) => {
  for (const [name, scope] of Object.entries(guild.scopes)) await check(scope, name);
};
const byChannel = (scope: Asked) =>
  [...groupBy(writtenIn(guild.naive, scope), (m) => m.channelId)].map(([id, list]) => ({ id, list }));

let hiddenIds: Set<string>;
beforeAll(async () => {
  const { rows } = await database.pool.query<{ id: string }>(
    'select channel_id::text as id from excluded_channels where guild_id = $1',
    [guild.guildId],
  );
  const excluded = new Set(rows.map(({ id }) => id));
  hiddenIds = new Set(
    [...guild.naive.channels.keys()].filter((id) => {
      for (let at: string | null = id; at !== null; at = parentOf(at)) if (excluded.has(at)) return true;
      return false;
    }),
  );
});

describe('in every scope, by a naive pass', () => {
  it('something is hidden', () => expect(hiddenIds.size).toBeGreaterThan(0));

  it('top-channels', () =>
    inEveryScope(async (scope, name) => {
      const naive = byChannel(scope).map(({ id, list }) => ({
        id,
        name: channelName(guild.naive, id),
        isThread: isThread(id),
        messages: list.length,
        people: peopleOf(list),
      }));
      const first = firstBy(
        naive,
        scope.limit,
        (row) => row.messages,
        (row) => row.id,
      );
      expect(await topChannels(database.db, scope), name).toEqual(first);
    }));

  it('live-threads', () =>
    inEveryScope(async (scope, name) => {
      const naive = byChannel(scope)
        .filter(({ id }) => isThread(id))
        .map(({ id, list }) => ({
          id,
          name: channelName(guild.naive, id),
          parentId: parentOf(id),
          parent: parentName(id, scope),
          messages: list.length,
          people: peopleOf(list),
          lastAt: new Date(list.at(-1)!.ms).toISOString(),
        }));
      const first = firstBy(
        naive,
        scope.limit,
        (row) => row.messages,
        (row) => row.id,
      );
      expect(await liveThreads(database.db, scope), name).toEqual(first);
    }));

  it('channels and channel-types', () =>
    inEveryScope(async (scope, name) => {
      const written = new Map(byChannel(scope).map(({ id, list }) => [id, list]));
      const known = [...guild.naive.channels.keys()].filter(
        (id) => isShown(id, scope) && guild.naive.channels.get(id)!.type !== 4,
      );
      const naive = [...new Set([...known, ...written.keys()])].map((id) => ({
        id,
        name: channelName(guild.naive, id),
        type: WORDS[guild.naive.channels.get(id)?.type as number] ?? 'unknown',
        parent: parentName(id, scope),
        messages: written.get(id)?.length ?? 0,
        people: peopleOf(written.get(id) ?? []),
      }));
      const first = firstBy(
        naive,
        scope.limit,
        (row) => row.messages,
        (row) => row.id,
      );
      expect(await channels(database.db, scope), name).toEqual(first);

      const types = await channelTypes(database.db, scope);
      const byType = [...groupBy(naive, (row) => row.type)].map(([type, list]) => ({
        type,
        channels: list.length,
        active: list.filter((row) => row.messages > 0).length,
        messages: sumOf(list, (row) => row.messages),
      }));
      const order = (a: { type: string }, b: { type: string }) => (a.type < b.type ? -1 : 1);
      expect(types.toSorted(order), name).toEqual(byType.toSorted(order));
    }));

  it('quiet-channels, also where a short window leaves most of them silent', async () => {
    const endMs = guild.scopes['all time']!.window.toMs;
    const window = { fromMs: endMs - 100 * 3_600_000, toMs: endMs - 50 * 3_600_000, timeZone: 'UTC' };
    await check({ ...guild.scopes['all time']!, window, limit: 100 }, 'a short window');
    await inEveryScope(check);

    async function check(scope: Asked, name: string) {
      const { toMs } = scope.window;
      const before = everIn(guild.naive, scope).filter(({ ms }) => ms < toMs);
      const written = new Set(writtenIn(guild.naive, scope));
      const threads = [...guild.naive.channels.keys()].filter((id) => isThread(id) && isShown(id, scope));
      const naive = [...guild.naive.channels]
        .filter(([id, { type }]) => {
          const isPlace =
            type === null ? threadsOf(id).length > 0 : [0, 2, 5, 13, 15, 16].includes(type as number);
          return isShown(id, scope) && isPlace;
        })
        .map(([id, { type }]) => {
          const hasPosts = type === null || type === 15 || type === 16;
          const places = new Set([
            id,
            ...(hasPosts ? threads.filter((thread) => parentOf(thread) === id) : []),
          ]);
          const list = before.filter((m) => places.has(m.channelId));
          const last = list.at(-1);
          return {
            id,
            name: channelName(guild.naive, id),
            type: WORDS[type as number] ?? 'unknown',
            messages: list.filter((m) => written.has(m)).length,
            lastAt: last ? new Date(last.ms).toISOString() : null,
            silentDays: last ? Math.floor((toMs - last.ms) / 86_400_000) : null,
          };
        });
      const first = naive
        .toSorted(
          (a, b) =>
            a.messages - b.messages ||
            Date.parse(a.lastAt ?? '1970-01-01') - Date.parse(b.lastAt ?? '1970-01-01') ||
            byId(a.id, b.id),
        )
        .slice(0, scope.limit);
      expect(await quietChannels(database.db, scope), name).toEqual(first);
    }
  });

  it('channel-people', () =>
    inEveryScope(async (scope, name) => {
      const named = writtenIn(guild.naive, scope).filter((m) => !guild.naive.unranked.has(m.authorId));
      const naive = [...groupBy(named, (m) => `${m.channelId} ${m.authorId}`).values()].map((list) => ({
        channelId: list[0]!.channelId,
        channel: channelName(guild.naive, list[0]!.channelId),
        id: list[0]!.authorId,
        name: nameOf(guild.naive, list[0]!.authorId),
        messages: list.length,
      }));
      const first = firstBy(
        naive,
        scope.limit,
        (row) => row.messages,
        (row) => row.channelId,
        (row) => row.id,
      );
      expect(await channelPeople(database.db, scope), name).toEqual(first);
    }));

  it('first-messages', () =>
    inEveryScope(async (scope, name) => {
      const firsts: NaiveMessage[] = byChannel(scope).map(({ list }) => list[0]!);
      const naive = firsts
        .toSorted((a, b) => byId(a.id, b.id))
        .slice(0, scope.limit)
        .map((m) => listedOf(guild.naive, m));
      expect(await firstMessages(database.db, scope), name).toEqual(naive);
    }));

  it('lengths and channel-lengths', () =>
    inEveryScope(async (scope, name) => {
      const figures = (list: NaiveMessage[]) => ({
        messages: list.length,
        averageLength: expect.closeTo(sumOf(list, (m) => m.length) / list.length, 0),
        medianLength: medianOf(list.map((m) => m.length)),
      });
      const list = writtenIn(guild.naive, scope);
      const all = {
        ...figures(list),
        averageWords: expect.closeTo(sumOf(list, (m) => m.words) / list.length, 0),
      };
      expect(await lengths(database.db, scope), name).toEqual(list.length > 0 ? [all] : []);

      const naive = byChannel(scope)
        .filter((one) => one.list.length >= 20)
        .map((one) => ({ ...one, average: sumOf(one.list, (m) => m.length) / one.list.length }));
      const first = firstBy(
        naive,
        scope.limit,
        (row) => row.average,
        (row) => row.id,
      );
      expect(await channelLengths(database.db, scope), name).toEqual(
        first.map((row) => ({ id: row.id, name: channelName(guild.naive, row.id), ...figures(row.list) })),
      );
    }));
});

const threadsOf = (id: string) =>
  [...guild.naive.channels.keys()].filter((thread) => isThread(thread) && parentOf(thread) === id);
