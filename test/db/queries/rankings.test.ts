import { beforeAll, describe, expect, it } from 'vitest';
import type { Asked } from '../../../db/queries/question.ts';
import * as rankings from '../../../db/queries/rankings.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import {
  byId,
  groupBy,
  localDate,
  type NaiveMessage,
  nameOf,
  naiveRanking,
  rounded,
  sumOf,
  writtenIn,
} from '../../support/naive.ts';
import { AUTHOR, GUILD } from '../../support/records.ts';
import { post, posts, write } from '../../support/written.ts';

const database = useDatabase();
const folder = useFolder();
let guild: AskedGuild;
beforeAll(async () => {
  guild = await askedGuild(database, `${folder.path}/asked`);
});

/** What a naive pass ranks of everybody, before the limit. */
const naive: Record<string, (asked: Asked) => object[]> = {
  topByAttachments: (asked) =>
    rank(
      asked,
      (own) => ({ attachments: sumOf(own, (m) => m.attachments.length), messages: own.length }),
      'attachments',
    ),
  topByQuestions: (asked) =>
    rank(
      asked,
      (own) => ({ questions: own.filter((m) => m.asks).length, messages: own.length }),
      'questions',
    ),
  topByEditShare: (asked) =>
    rank(
      asked,
      (own) => {
        const edited = own.filter((m) => m.edited).length;
        return { messages: own.length, edited, share: edited / own.length };
      },
      'share',
      (row) => row.messages >= 20,
    ).map((row) => ({ ...row, share: rounded(row.share, 4) })),
  topByLength: (asked) =>
    rank(
      asked,
      (own) => ({
        messages: own.length,
        averageLength: sumOf(own, (m) => m.length) / own.length,
        averageWords: sumOf(own, (m) => m.words) / own.length,
      }),
      'averageLength',
      (row) => row.messages >= 20,
    ).map((row) => ({
      ...row,
      averageLength: rounded(row.averageLength, 1),
      averageWords: rounded(row.averageWords, 1),
    })),
  topByLifespan: (asked) =>
    rank(
      asked,
      (own) => ({
        lifespan: own.at(-1)!.ms - own[0]!.ms,
        firstAt: new Date(own[0]!.ms).toISOString(),
        lastAt: new Date(own.at(-1)!.ms).toISOString(),
      }),
      'lifespan',
    ).map(({ lifespan, ...row }) => ({ ...row, lifespanMinutes: Math.floor(lifespan / 60_000) })),
  topByBurst: (asked) =>
    rank(
      asked,
      (own) => {
        const days = groupBy(own, (m) => localDate(m.ms, asked.window.timeZone));
        const [day, list] = [...days].toSorted(([, a], [, b]) => b.length - a.length)[0]!;
        return { day, messages: list.length };
      },
      'messages',
    ),
  topByReactionKinds: (asked) =>
    rank(
      asked,
      (own) => {
        const given = own.flatMap((m) => m.reactions).filter((r) => r.total > 0);
        return { kinds: new Set(given.map((r) => r.key)).size, reactions: sumOf(given, (r) => r.total) };
      },
      'kinds',
    ),
  topByMentions: (asked) => {
    const told = writtenIn(guild.naive, asked).flatMap((m) =>
      m.mentions.filter((id) => id !== m.authorId).map((id) => ({ id, by: m.authorId })),
    );
    return [...groupBy(told, ({ id }) => id)]
      .filter(([id]) => !guild.naive.unranked.has(id) && (asked.bots || !guild.naive.bots.has(id)))
      .map(([id, list]) => ({
        id,
        name: nameOf(guild.naive, id),
        mentions: list.length,
        people: new Set(list.map(({ by }) => by)).size,
      }))
      .toSorted((a, b) => b.mentions - a.mentions || byId(a.id, b.id));
  },
};

function rank<Row extends object>(
  asked: Asked,
  figures: (own: NaiveMessage[]) => Row,
  by: string,
  takesPart: (row: Row) => boolean = () => true,
) {
  const figure = (row: Row) => (row as Record<string, unknown>)[by] as number;
  return naiveRanking(guild.naive, writtenIn(guild.naive, asked), figures, figure).filter(
    (row) => takesPart(row) && figure(row) > 0,
  );
}

const asks = rankings as unknown as Record<
  string,
  (db: typeof database.db, asked: Asked) => Promise<object[]>
>;

describe('people ranked', () => {
  it.for(Object.keys(naive))('%s is what a naive pass ranks, in every scope', async (name) => {
    for (const [of, scope] of Object.entries(guild.scopes)) {
      const expected = naive[name]!(scope).slice(0, scope.limit);
      expect(await asks[name]!(database.db, scope), of).toEqual(expected);
    }
    expect(naive[name]!(guild.scopes['all time']!).length).toBeGreaterThan(0);
  });
});

describe('who wins by little', () => {
  const window = { fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2026, 1, 1), timeZone: 'UTC' };
  const asked = { guildId: GUILD, window, limit: 10 };
  const [BELA, CARL, ROBOT] = ['72', '73', '74'];

  beforeAll(async () => {
    await write(
      database,
      [
        ...posts(20, '2026-01-05T10:00Z', { body: { content: 'hello', fidelity: 3 } }),
        post('2026-01-05T11:00Z', { authorId: BELA!, body: { content: 'a very long message', fidelity: 3 } }),
        ...['2026-01-06T10:00Z', '2026-01-06T10:01Z'].map((at) =>
          post(at, { authorId: BELA!, editedAt: Date.parse('2026-01-07T10:00Z') }),
        ),
        post('2026-01-07T10:00Z', {
          authorId: CARL!,
          reactions: {
            at: Date.parse('2026-01-08T10:00Z'),
            counts: [
              { key: '👍', count: 3 },
              { key: '🎈', count: 3 },
              { key: '🐟', count: 1 },
            ],
          },
          mentions: [
            { kind: 'user', targetId: CARL! },
            { kind: 'user', targetId: BELA! },
            { kind: 'user', targetId: ROBOT! },
          ],
          body: { content: 'see https://a.example/?q=1 and `why?`', fidelity: 3 },
        }),
        post('2026-01-07T11:00Z', {
          reactions: { at: Date.parse('2026-01-08T10:00Z'), counts: [{ key: '👍', count: 9 }] },
          body: { content: 'why?', fidelity: 3 },
        }),
      ],
      { members: [{ source: 'rest', observedAt: 0, guildId: GUILD, userId: ROBOT!, isBot: true }] },
    );
    await database.pool.query(`update reactions set total = 0 where guild_id = $1 and emoji_key = '🐟'`, [
      GUILD,
    ]);
  });

  it('needs twenty messages for a share of edits or an average length', async () => {
    expect(await rankings.topByLength(database.db, asked)).toMatchObject([{ id: AUTHOR, messages: 21 }]);
    expect(await rankings.topByEditShare(database.db, asked)).toEqual([]);
  });

  it('is not who mentions, nor who mentions themselves, nor a bot', async () => {
    expect(await rankings.topByMentions(database.db, asked)).toMatchObject([
      { id: BELA, mentions: 1, people: 1 },
    ]);
    expect(await rankings.topByMentions(database.db, { ...asked, bots: true })).toHaveLength(2);
  });

  it('is ranked by different emoji, not by different counts of them', async () => {
    expect(await rankings.topByReactionKinds(database.db, asked)).toMatchObject([
      { id: CARL, kinds: 2, reactions: 6 },
      { id: AUTHOR, kinds: 1, reactions: 9 },
    ]);
  });

  it('asks in words, and not in links or code', async () => {
    expect(await rankings.topByQuestions(database.db, asked)).toMatchObject([{ id: AUTHOR, questions: 1 }]);
  });
});
