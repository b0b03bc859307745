import { beforeAll, describe, expect, it } from 'vitest';
import type { Asked } from '../../../db/queries/question.ts';
import { type Merit, topContributors } from '../../../db/queries/top-contributors.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { everIn, groupBy, localParts, naiveRanking, sumOf, writtenIn } from '../../support/naive.ts';
import { AUTHOR, GUILD, idAt } from '../../support/records.ts';
import { post, posts, write } from '../../support/written.ts';

const database = useDatabase();
const folder = useFolder();
let guild: AskedGuild;
beforeAll(async () => {
  guild = await askedGuild(database, `${folder.path}/asked`);
  // Without it Postgres takes the tables for empty, and joins them row by row.
  await database.pool.query('analyze');
});

const MERITS: Merit[] = ['messages', 'activeDays', 'blocks', 'reactions', 'replied'];

/** Everybody who may be named, by one merit. */
function naive(asked: Asked, by: Merit) {
  const { members: _, bots: __, ...anyone } = asked;
  // By people, whenever.
  const replies = groupBy(
    everIn(guild.naive, anyone).filter((m) => m.isReply && m.replyTo !== null),
    (m) => m.replyTo!,
  );
  const { timeZone } = asked.window;
  // Blocks are those of a local day.
  const blockOf = (ms: number) => Math.floor((ms + (timeZone === 'Asia/Kathmandu' ? 300_000 : 0)) / 600_000);
  return naiveRanking(
    guild.naive,
    writtenIn(guild.naive, asked),
    (own) => ({
      isBot: guild.naive.bots.has(own[0]!.authorId),
      messages: own.length,
      activeDays: new Set(own.map((m) => localParts(m.ms, timeZone).date)).size,
      blocks: new Set(own.map((m) => blockOf(m.ms))).size,
      reactions: sumOf(own, (m) => sumOf(m.reactions, (r) => r.total)),
      replied: sumOf(
        own,
        (m) =>
          (replies.get(m.id) ?? []).filter((r) => r.authorId !== m.authorId && r.channelId === m.channelId)
            .length,
      ),
    }),
    (row) => row[by],
  ).filter((row) => row[by] > 0);
}

describe('top-contributors', () => {
  it.for(MERITS)('are those of a naive pass by %s, in every scope', async (by) => {
    for (const [name, scope] of Object.entries(guild.scopes)) {
      const expected = naive(scope, by).slice(0, scope.limit);
      expect(await topContributors(database.db, scope, by), name).toEqual(expected);
      expect(await topContributors(database.db, { ...scope, limit: 2 }, by), name).toEqual(
        expected.slice(0, 2),
      );
    }
  });

  it('have something to be ranked by, of every merit', () => {
    const scope = guild.scopes['all time']!;
    for (const by of MERITS) expect(naive(scope, by).length, by).toBeGreaterThan(3);
    expect(everIn(guild.naive, scope).some((m) => guild.naive.unranked.has(m.authorId))).toBe(true);
  });
});

describe('blocks', () => {
  const window = { fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2026, 1, 1), timeZone: 'Asia/Kathmandu' };
  const asked = { guildId: GUILD, window, limit: 10 };

  it('are not won by spam', async () => {
    const BELA = '100000000000000004';
    await write(database, [
      ...posts(300, '2026-01-05T10:00Z'),
      ...['2026-01-05T11:00Z', '2026-01-05T11:10Z'].map((at) => post(at, { authorId: BELA })),
    ]);
    const [first, second] = await topContributors(database.db, asked, 'blocks');
    expect([first, second]).toMatchObject([
      { id: BELA, messages: 2, blocks: 2 },
      { id: AUTHOR, messages: 300, blocks: 1 },
    ]);
    expect((await topContributors(database.db, asked))[0]).toMatchObject({ id: AUTHOR });
  });
});

describe('a reply', () => {
  const window = { fromMs: Date.UTC(2026, 2, 1), toMs: Date.UTC(2026, 3, 1), timeZone: 'UTC' };
  const [ANNA, BELA, ROBOT] = ['71', '72', '73'];
  const time = '2026-03-05T10:00Z';
  const reply = (at: string, authorId: string, channelId = '31') =>
    post(at, { authorId, channelId, type: 19, reference: { messageId: idAt(Date.parse(time)) } });

  it('counts for whom it answers, whenever it came, where it is by another person and in the same channel', async () => {
    await write(
      database,
      [
        post(time, { authorId: ANNA!, channelId: '31' }),
        reply('2026-03-05T10:01Z', BELA!),
        reply('2026-03-05T10:02Z', ANNA!),
        reply('2026-03-05T10:03Z', ROBOT!),
        reply('2026-03-05T10:04Z', BELA!, '32'),
        reply('2026-04-05T10:05Z', BELA!),
      ],
      { members: [{ source: 'rest', observedAt: 0, guildId: GUILD, userId: ROBOT!, isBot: true }] },
    );
    const asked = { guildId: GUILD, window, limit: 10 };
    expect(await topContributors(database.db, asked, 'replied')).toMatchObject([{ id: ANNA, replied: 2 }]);
    expect(await topContributors(database.db, { ...asked, channels: ['32'] }, 'replied')).toEqual([]);
    expect(await topContributors(database.db, { ...asked, members: [BELA!] }, 'replied')).toEqual([]);
    expect(await topContributors(database.db, { ...asked, members: [ANNA!] }, 'replied')).toMatchObject([
      { id: ANNA, messages: 2, replied: 2 },
    ]);
  });
});
