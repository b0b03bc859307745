import { beforeAll, describe, expect, it } from 'vitest';
import { answerers } from '../../../db/queries/answerers.ts';
import type { Merit } from '../../../db/queries/merits.ts';
import type { Asked } from '../../../db/queries/question.ts';
import { standings } from '../../../db/queries/standings.ts';
import { keepSums, refreshSums } from '../../../db/rollups/refresh.ts';
import { topContributors } from '../../../db/queries/top-contributors.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import {
  byId,
  everIn,
  groupBy,
  localDate,
  type NaiveMessage,
  sumOf,
  writtenIn,
} from '../../support/naive.ts';
import { questionsOf } from '../../support/naive-questions.ts';

const database = useDatabase();
const folder = useFolder();
let guild: AskedGuild;
beforeAll(async () => {
  guild = await askedGuild(database, `${folder.path}/asked`);
});

const MERITS = ['messages', 'activeDays', 'reactions', 'replied', 'answers'] as const satisfies Merit[];

/** How much everybody has, named or not. */
function naive(scope: Asked, by: (typeof MERITS)[number]): [string, number][] {
  if (by === 'answers') {
    const answers = questionsOf(guild.naive, scope).flatMap(({ answer }) => answer ?? []);
    return [...groupBy(answers, (m) => m.authorId)].map(([id, own]) => [id, own.length]);
  }
  const { members: _, bots: __, ...anyone } = scope;
  const replies = groupBy(
    everIn(guild.naive, anyone).filter((m) => m.isReply && m.replyTo !== null),
    (m) => m.replyTo!,
  );
  const repliesTo = (m: NaiveMessage) =>
    (replies.get(m.id) ?? []).filter((r) => r.authorId !== m.authorId && r.channelId === m.channelId).length;
  const merit = (own: NaiveMessage[]) =>
    ({
      messages: () => own.length,
      activeDays: () => new Set(own.map((m) => localDate(m.ms, scope.window.timeZone))).size,
      reactions: () => sumOf(own, (m) => sumOf(m.reactions, (r) => r.total)),
      replied: () => sumOf(own, repliesTo),
    })[by]();
  return [...groupBy(writtenIn(guild.naive, scope), (m) => m.authorId)]
    .map(([id, own]): [string, number] => [id, merit(own)])
    .filter(([, n]) => n > 0);
}

describe('standings', () => {
  it.for(MERITS)('by %s are those of a naive pass, in every scope', async (by) => {
    for (const [name, scope] of Object.entries(guild.scopes)) {
      const everybody = naive(scope, by).toSorted(([a, x], [b, y]) => y - x || byId(a, b));
      const isNamed = ([id]: [string, number]) => !guild.naive.unranked.has(id);
      expect(await standings(database.db, scope, by), name).toEqual({
        places: everybody.filter(isNamed),
        unnamed: everybody.filter((one) => !isNamed(one)).map(([, n]) => n),
        people: everybody.length,
        total: sumOf(everybody, ([, n]) => n),
      });
    }
  });

  it('hold more people than a list shows, and some who are not to be named', async () => {
    for (const by of MERITS) {
      const { places, unnamed } = await standings(database.db, guild.scopes['all time']!, by);
      expect(places.length, by).toBeGreaterThan(10);
      expect(unnamed.length, by).toBeGreaterThan(0);
    }
  });

  it('are the same where sums are kept', async () => {
    const { db } = database;
    const scope = guild.scopes['some of the channels']!;
    const all = () => Promise.all(MERITS.map((by) => standings(db, scope, by)));
    const counted = await all();
    await keepSums(db, guild.guildId, 'UTC', 1);
    for await (const _ of refreshSums(database, guild.guildId));
    expect(await all()).toEqual(counted);
  });

  it('begin with those whom the lists name', async () => {
    const scope = guild.scopes['all time']!;
    for (const by of MERITS) {
      const listed: { id: string }[] =
        by === 'answers'
          ? await answerers(database.db, scope)
          : await topContributors(database.db, scope, by);
      const { places } = await standings(database.db, scope, by);
      const first = places.slice(0, listed.length).map(([id]) => id);
      expect(first, by).toEqual(listed.map(({ id }) => id));
    }
  });
});
