import { beforeAll, describe, expect, it } from 'vitest';
import questions, { memberChannels, memberProfile } from '../../../db/queries/member-profile.ts';
import type { Asked } from '../../../db/queries/question.ts';
import { topContributors } from '../../../db/queries/top-contributors.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { byId, groupBy, localDate, nameOf, rounded, sumOf, writtenIn } from '../../support/naive.ts';

const database = useDatabase();
const folder = useFolder();
let guild: AskedGuild;
beforeAll(async () => {
  guild = await askedGuild(database, `${folder.path}/asked`);
});

/** The first three, an unranked person, a bot, and somebody who never wrote. */
function someMembers(): string[] {
  const writers = [...groupBy(guild.naive.messages, (m) => m.authorId)].toSorted(
    ([, a], [, b]) => b.length - a.length,
  );
  const ids = writers.map(([id]) => id);
  const first = (of: Set<string>) => ids.find((id) => of.has(id))!;
  return [...ids.slice(0, 3), first(guild.naive.unranked), first(guild.naive.bots), '5'];
}

const iso = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());

/** What a naive pass tells of a member; blocks and replies are those of top-contributors, which has its own test. */
function naiveProfile(scope: Asked, id: string) {
  const { members: _, ...everybody } = scope;
  const all = writtenIn(guild.naive, everybody);
  const own = all.filter((m) => m.authorId === id);
  const ranked = [...groupBy(all, (m) => m.authorId)]
    .filter(([author]) => !guild.naive.unranked.has(author))
    .toSorted(([a, x], [b, y]) => y.length - x.length || byId(a, b))
    .map(([author]) => author);
  const days = groupBy(own, (m) => localDate(m.ms, scope.window.timeZone));
  const [busiest] = [...days].toSorted(([, a], [, b]) => b.length - a.length);
  const isKnown = guild.naive.members.has(id) && !guild.naive.unranked.has(id);
  return {
    name: isKnown ? nameOf(guild.naive, id) : null,
    messages: own.length,
    rank: ranked.includes(id) ? ranked.indexOf(id) + 1 : null,
    share: all.length === 0 ? null : rounded(own.length / all.length, 4),
    activeDays: days.size,
    reactions: sumOf(own, (m) => sumOf(m.reactions, (r) => r.total)),
    replies: own.filter((m) => m.isReply).length,
    questions: own.filter((m) => m.asks).length,
    attachments: sumOf(own, (m) => m.attachments.length),
    links: sumOf(own, (m) => m.links.length),
    edited: own.filter((m) => m.edited).length,
    averageLength: own.length === 0 ? null : rounded(sumOf(own, (m) => m.length) / own.length, 1),
    channels: new Set(own.map((m) => m.channelId)).size,
    firstAt: iso(own[0]?.ms),
    lastAt: iso(own.at(-1)?.ms),
    busiestDay: busiest?.[0] ?? null,
    busiestDayMessages: busiest?.[1].length ?? 0,
  };
}

describe('member-profile', () => {
  it('is what a naive pass tells of somebody, in every scope', async () => {
    for (const [name, scope] of Object.entries(guild.scopes)) {
      for (const id of someMembers()) {
        const profile = await memberProfile(database.db, scope, id);
        expect(profile, `${name}, ${id}`).toMatchObject(naiveProfile(scope, id));
      }
    }
  });

  it('agrees with the list of contributors', async () => {
    const scope = guild.scopes['all time']!;
    for (const [i, { id, isBot: _, ...figures }] of (await topContributors(database.db, scope)).entries()) {
      expect(await memberProfile(database.db, scope, id)).toMatchObject({ ...figures, rank: i + 1 });
    }
  });

  it('of an unranked person has no rank and no name', async () => {
    const [id] = guild.naive.unranked;
    const profile = await memberProfile(database.db, guild.scopes['all time']!, id!);
    expect(profile).toMatchObject({ name: null, rank: null });
    expect(profile.messages).toBeGreaterThan(0);
  });

  it('is a row a figure; without a member there is none', async () => {
    const [profile] = questions;
    const scope = guild.scopes['one member']!;
    const rows = await profile!.ask(database.db, scope);
    expect(rows).toHaveLength(19);
    expect(rows[1]).toEqual({ figure: 'messages', value: naiveProfile(scope, scope.members![0]!).messages });
    expect(await profile!.ask(database.db, guild.scopes['all time']!)).toEqual([]);
  });
});

describe('member-channels', () => {
  it('are what a naive pass counts, in every scope', async () => {
    for (const [name, scope] of Object.entries(guild.scopes)) {
      for (const id of someMembers()) {
        const asked = { ...scope, members: [id], limit: 3 };
        const own = writtenIn(guild.naive, asked);
        const naive = [...groupBy(own, (m) => m.channelId)]
          .toSorted(([a, x], [b, y]) => y.length - x.length || byId(a, b))
          .slice(0, 3)
          .map(([channelId, list]) => ({
            channelId,
            channel: guild.naive.channels.get(channelId)?.name ?? null,
            messages: list.length,
            share: rounded(list.length / own.length, 4),
            lastAt: iso(list.at(-1)!.ms),
          }));
        expect(await memberChannels(database.db, asked), name).toEqual(naive);
      }
    }
  });
});
