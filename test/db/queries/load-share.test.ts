import { beforeAll, describe, expect, it } from 'vitest';
import { loadShare, onePersonChannels, writerSizes } from '../../../db/queries/load-share.ts';
import { peopleAndBots } from '../../../db/queries/people-and-bots.ts';
import type { Scope } from '../../../db/queries/scope.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { byId, groupBy, nameOf, rounded, sumOf, writtenIn } from '../../support/naive.ts';
import { AUTHOR, CHANNEL, GUILD } from '../../support/records.ts';
import { posts, write } from '../../support/written.ts';

const database = useDatabase();
const folder = useFolder();
let guild: AskedGuild;
beforeAll(async () => {
  guild = await askedGuild(database, `${folder.path}/asked`);
});

/** Messages of each who wrote, fewest first. */
const counts = (scope: Scope): number[] =>
  [...groupBy(writtenIn(guild.naive, scope), (m) => m.authorId).values()]
    .map((own) => own.length)
    .toSorted((a, b) => a - b);

const shareOf = (part: number, whole: number) => (whole === 0 ? null : rounded(part / whole, 4));

/** By its definition: the mean difference between two people, over twice the mean. */
function naiveGini(of: number[]): number | null {
  if (of.length === 0) return null;
  const mean = sumOf(of, (n) => n) / of.length;
  const differences = sumOf(of, (a) => sumOf(of, (b) => Math.abs(a - b))) / of.length ** 2;
  return rounded(differences / (2 * mean), 4);
}

describe('load-share', () => {
  it('is what a naive pass counts, in every scope', async () => {
    for (const [name, scope] of Object.entries(guild.scopes)) {
      const each = counts(scope);
      const messages = sumOf(each, (n) => n);
      const top = (first: number) =>
        shareOf(
          sumOf(each.slice(-first), (n) => n),
          messages,
        );
      const middle = [each[Math.floor((each.length - 1) / 2)], each[Math.floor(each.length / 2)]];
      const [row] = await loadShare(database.db, scope);
      expect(row, name).toEqual({
        people: each.length,
        messages,
        median: each.length === 0 ? null : (middle[0]! + middle[1]!) / 2,
        top1Share: top(1),
        top5Share: top(5),
        top10Share: top(10),
        gini: naiveGini(each),
      });
    }
  });

  const window = { fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2026, 1, 1), timeZone: 'UTC' };
  const of = async (numbers: number[]) => {
    await database.pool.query('delete from messages where guild_id = $1', [GUILD]);
    await write(
      database,
      numbers.flatMap((n, i) => posts(n, `2026-01-0${i + 1}T10:00Z`, { authorId: String(71 + i) })),
    );
    return (await loadShare(database.db, { guildId: GUILD, window }))[0];
  };

  it('of one person is all, and no inequality; of equals is none; of 1 and 3 a quarter', async () => {
    expect(await of([7])).toMatchObject({ top1Share: 1, top10Share: 1, gini: 0, median: 7 });
    expect(await of([4, 4, 4, 4])).toMatchObject({ top1Share: 0.25, gini: 0 });
    expect(await of([1, 3])).toMatchObject({ gini: 0.25, median: 2 });
  });
});

describe('writer-sizes', () => {
  it('are what a naive pass counts, in every scope', async () => {
    for (const [name, scope] of Object.entries(guild.scopes)) {
      const each = counts(scope);
      const size = (text: string, least: number, most: number) => {
        const own = each.filter((n) => n >= least && n <= most);
        return {
          size: text,
          people: own.length,
          share: shareOf(own.length, each.length),
          messages: sumOf(own, (n) => n),
        };
      };
      expect(await writerSizes(database.db, scope), name).toEqual([
        size('fewer than 5', 1, 4),
        size('5 to 20', 5, 20),
        size('more than 20', 21, Infinity),
      ]);
    }
  });
});

describe('people-and-bots', () => {
  it('are what a naive pass counts, in every scope, bots too', async () => {
    for (const [name, scope] of Object.entries(guild.scopes)) {
      const all = writtenIn(guild.naive, { ...scope, bots: true });
      const row = (kind: string, isBot: boolean) => {
        const own = all.filter((m) => guild.naive.bots.has(m.authorId) === isBot);
        const accounts = new Set(own.map((m) => m.authorId)).size;
        return { kind, accounts, messages: own.length, share: shareOf(own.length, all.length) };
      };
      expect(await peopleAndBots(database.db, scope), name).toEqual([
        row('people', false),
        row('bots', true),
      ]);
    }
  });
});

describe('one-person-channels', () => {
  it('are those of a naive pass, in every scope', async () => {
    for (const [name, scope] of Object.entries(guild.scopes)) {
      const naive = [...groupBy(writtenIn(guild.naive, scope), (m) => m.channelId)]
        .filter(([id]) => ![10, 11, 12].includes(guild.naive.channels.get(id)?.type as number))
        .map(([channelId, list]) => {
          const people = [...groupBy(list, (m) => m.authorId)].toSorted(
            ([a, x], [b, y]) => y.length - x.length || byId(a, b),
          );
          const [topId, own] = people[0]!;
          const isNamed = !guild.naive.unranked.has(topId);
          return {
            channelId,
            channel: guild.naive.channels.get(channelId)?.name ?? null,
            messages: list.length,
            people: people.length,
            topId: isNamed ? topId : null,
            topName: isNamed ? nameOf(guild.naive, topId) : null,
            share: rounded(own.length / list.length, 4),
          };
        })
        .filter(({ messages, share }) => messages >= 20 && share >= 0.8)
        .toSorted((a, b) => b.messages - a.messages || byId(a.channelId, b.channelId))
        .slice(0, scope.limit);
      expect(await onePersonChannels(database.db, scope), name).toEqual(naive);
    }
  });

  it('have twenty messages, four of five by one; who is not to be named is not', async () => {
    const window = { fromMs: Date.UTC(2026, 2, 1), toMs: Date.UTC(2026, 3, 1), timeZone: 'UTC' };
    const thread = {
      source: 'rest' as const,
      observedAt: 1,
      guildId: GUILD,
      channelId: '33',
      type: 11,
      parentId: CHANNEL,
    };
    await database.pool.query(
      `insert into choices (guild_id, user_id, choice, since) values ($1, 72, 'unranked', now())`,
      [GUILD],
    );
    await write(
      database,
      [
        ...posts(16, '2026-03-01T10:00Z'),
        ...posts(4, '2026-03-01T11:00Z', { authorId: '72' }),
        ...posts(15, '2026-03-02T10:00Z', { channelId: '31' }),
        ...posts(5, '2026-03-02T11:00Z', { channelId: '31', authorId: '72' }),
        ...posts(21, '2026-03-03T11:00Z', { channelId: '32', authorId: '72' }),
        ...posts(30, '2026-03-04T11:00Z', { channelId: '33' }),
        ...posts(19, '2026-03-05T11:00Z', { channelId: '34' }),
      ],
      { channels: [thread] },
    );
    expect(await onePersonChannels(database.db, { guildId: GUILD, window, limit: 10 })).toEqual([
      { channelId: '32', channel: '32', messages: 21, people: 1, topId: null, topName: null, share: 1 },
      {
        channelId: CHANNEL,
        channel: 'general',
        messages: 20,
        people: 2,
        topId: AUTHOR,
        topName: AUTHOR,
        share: 0.8,
      },
    ]);
  });
});
