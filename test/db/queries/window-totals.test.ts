import { beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../../db/queries/scope.ts';
import { totals, windowTotals } from '../../../db/queries/window-totals.ts';
import { windowBefore } from '../../../db/window.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { writtenIn } from '../../support/naive.ts';
import { AUTHOR, GUILD } from '../../support/records.ts';
import { post, write } from '../../support/written.ts';

const database = useDatabase();
const folder = useFolder();
let guild: AskedGuild;
beforeAll(async () => {
  guild = await askedGuild(database, `${folder.path}/asked`);
});

function naiveTotals(scope: Scope) {
  const { naive } = guild;
  const list = writtenIn(naive, scope);
  const sum = (value: (of: (typeof list)[number]) => number) => list.reduce((n, m) => n + value(m), 0);
  const isThread = (id: string) => [10, 11, 12].includes(naive.channels.get(id)?.type as number);
  const places = [...new Set(list.map((m) => m.channelId))];
  const deleted = naive.deleted.filter(
    ({ ms, channelId, authorId, type }) =>
      ms >= scope.window.fromMs &&
      ms < scope.window.toMs &&
      (type === null || [0, 19, 20, 23].includes(type)) &&
      (!scope.channels || scope.channels.includes(channelId!)) &&
      (authorId === null ? !scope.members : scope.bots || !naive.bots.has(authorId)) &&
      (!scope.members || scope.members.includes(authorId!)),
  );
  return {
    messages: list.length,
    people: new Set(list.map((m) => m.authorId)).size,
    channels: places.filter((id) => !isThread(id)).length,
    threads: places.filter(isThread).length,
    replies: sum((m) => (m.isReply ? 1 : 0)),
    reactions: sum((m) => m.reactions.reduce((n, r) => n + r.total, 0)),
    attachments: sum((m) => m.attachments.length),
    links: sum((m) => m.links.length),
    edits: sum((m) => (m.edited ? 1 : 0)),
    deletions: deleted.length,
  };
}

describe('totals', () => {
  it('are what a naive pass counts, in every scope', async () => {
    for (const [name, scope] of Object.entries(guild.scopes)) {
      expect(await windowTotals(database.db, scope), name).toEqual(naiveTotals(scope));
    }
    const everything = naiveTotals(guild.scopes['a zone of a quarter hour, and bots']!);
    expect(Object.entries(everything).filter(([, value]) => value === 0)).toEqual([]);
  });

  it('stand beside those of the window before, with the difference', async () => {
    const scope = guild.scopes['a window over both turns of summer time']!;
    const window = { ...scope.window, fromMs: Date.UTC(2025, 7, 1) };
    const [now, before] = [window, windowBefore(window)].map((of) => naiveTotals({ ...scope, window: of }));
    const rows = await totals(database.db, { ...scope, window });
    expect(rows.map(({ figure, value, before: was }) => [figure, value, was])).toEqual(
      Object.entries(now!).map(([figure, value]) => [figure, value, before![figure as keyof typeof before]]),
    );
    for (const { value, before: was, delta } of rows) expect(delta).toBe(value - was);
    expect(rows.some(({ delta }) => delta < 0)).toBe(true);
  });
});

describe('a deletion', () => {
  const window = { fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2026, 1, 1), timeZone: 'UTC' };
  const deletions = async (more: Partial<Scope> = {}) =>
    (await windowTotals(database.db, { guildId: GUILD, window, ...more })).deletions;

  beforeAll(async () => {
    const goneAt = Date.UTC(2026, 0, 20);
    const told = { source: 'gateway' as const, observedAt: goneAt, guildId: GUILD };
    const { body: _, authorId: __, type: ___, ...unknown } = post('2026-01-04T10:00Z');
    await write(
      database,
      [
        post('2026-01-02T10:00Z', { goneAt }),
        post('2026-01-02T11:00Z', { goneAt, channelId: '31' }),
        post('2026-01-02T12:00Z', { goneAt, authorId: '99' }),
        post('2026-01-02T13:00Z', { goneAt, type: 7 }),
        post('2025-12-02T10:00Z', { goneAt }),
        { ...unknown, goneAt },
        post('2026-01-05T10:00Z', { channelId: '32' }),
      ],
      { members: [{ ...told, userId: '99', isBot: true }] },
    );
    await database.pool.query(
      'update messages set absent_at = now() where guild_id = $1 and channel_id = 32',
      [GUILD],
    );
  });

  it('counts where the message was written in the window, told or inferred, of an author who is not known too', async () => {
    expect(await deletions()).toBe(4);
  });

  it('of a bot counts with bots only', async () => {
    expect(await deletions({ bots: true })).toBe(5);
  });

  it('of somebody unknown is nobody’s, and in no channel but its own', async () => {
    expect(await deletions({ members: [AUTHOR] })).toBe(3);
    expect(await deletions({ channels: ['31'] })).toBe(1);
    expect(await deletions({ channels: ['32'] })).toBe(1);
    expect(await deletions({ channels: [] })).toBe(0);
  });

  it('takes the message out of every other figure', async () => {
    const { deletions: _, ...others } = await windowTotals(database.db, { guildId: GUILD, window });
    expect(Object.values(others)).toEqual(Object.values(others).map(() => 0));
  });
});
