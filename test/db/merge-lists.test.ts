/** Cases of complete lists, and of what only the gateway tells of people, expressions and roles. */
import { describe, expect, it } from 'vitest';
import type { GuildRecord, MemberRecord } from '../../db/records.ts';
import { openWriter } from '../../db/write-batch.ts';
import { useEveryOrder } from '../support/every-order.ts';
import { at, AUTHOR, batchOf, GUILD } from '../support/records.ts';

const PERSON = '200000000000000001';
const OTHER = '200000000000000002';

const merging = useEveryOrder();
const { database, inEveryOrder } = merging;

async function rows(query: string): Promise<Record<string, unknown>[]> {
  return (await database.pool.query(query)).rows;
}

describe('complete lists', () => {
  const guild = (seconds: number, more: Partial<GuildRecord>) => ({
    source: 'gateway' as const,
    observedAt: at(seconds),
    guildId: GUILD,
    ...more,
  });
  const member = (seconds: number, userId: string, more: Partial<MemberRecord> = {}) =>
    batchOf({ members: [{ ...guild(seconds, {}), userId, ...more }] });
  const membersNow = async () =>
    (
      await rows(`select user_id from members m join guilds g using (guild_id)
        where greatest(joined_at, present_at) > coalesce(left_at, '-infinity')
          and greatest(joined_at, present_at) >= coalesce(members_listed_at, '-infinity') order by user_id`)
    ).map((row) => row.user_id);

  it('who is a member can be told from what is stored', async () => {
    const list = batchOf({
      guilds: [guild(50, { membersListedAt: at(50) })],
      members: [OTHER, AUTHOR].map((userId) => ({ ...guild(50, {}), userId, presentAt: at(50) })),
    });
    await inEveryOrder([
      member(1, PERSON, { joinedAt: at(1) }),
      list,
      member(60, AUTHOR, { leftAt: at(60) }),
    ]);
    expect(await membersNow()).toEqual([OTHER]);
    // One wrote, the other came back.
    await merging.writer.write(member(70, PERSON, { presentAt: at(70) }));
    await merging.writer.write(member(80, AUTHOR, { joinedAt: at(80) }));
    expect(await membersNow()).toEqual([AUTHOR, PERSON, OTHER].toSorted());
  });

  it('an emoji that a later list lacks is no more, and one of which a later list tells is called as there', async () => {
    const list = (seconds: number, names: Record<string, string>) =>
      batchOf({
        guilds: [guild(seconds, { emojiListedAt: at(seconds) })],
        expressions: Object.entries(names).map(([expressionId, name]) => ({
          ...guild(seconds, {}),
          kind: 'emoji' as const,
          expressionId,
          name,
          animated: false,
        })),
      });
    await inEveryOrder([list(1, { 51: 'gull', 52: 'heron' }), list(9, { 52: 'egret' })]);
    expect(
      await rows(`select expression_id as id, e.name, listed_at >= emoji_listed_at as there
        from expressions e join guilds using (guild_id) order by 1`),
    ).toEqual([
      { id: '51', name: 'gull', there: false },
      { id: '52', name: 'egret', there: true },
    ]);
  });

  it('what a role may is known apart from how it looks, which exports tell too', async () => {
    const role = { guildId: GUILD, roleId: '5' };
    const look = { name: 'Keeper', color: null, position: 1 };
    await inEveryOrder([
      batchOf({
        roles: [{ ...role, source: 'gateway', observedAt: at(1), permissions: '2251799813685248' }],
      }),
      batchOf({ roles: [{ ...role, source: 'dce', observedAt: at(9), look }] }),
    ]);
    expect(await rows('select name, permissions from roles')).toEqual([
      { name: 'Keeper', permissions: '2251799813685248' },
    ]);
  });

  it('names of expressions are not kept where texts are not', async () => {
    await database.clear();
    const none = await openWriter(database.pool, { content: 'none' });
    const emoji = { kind: 'emoji' as const, expressionId: '51', name: 'gull', animated: true };
    await none.write(batchOf({ expressions: [{ ...guild(1, {}), ...emoji }] }));
    await none.close();
    expect(await rows('select name, animated from expressions')).toEqual([{ name: null, animated: true }]);
  });
});
