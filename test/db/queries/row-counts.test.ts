import { beforeAll, describe, expect, it } from 'vitest';
import { rowCounts } from '../../../db/queries/row-counts.ts';
import { windowTotals } from '../../../db/queries/window-totals.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { idRange } from '../../../db/window.ts';

const database = useDatabase();
const folder = useFolder();

describe('the rows that figures are counted from', () => {
  let asked: AskedGuild;
  beforeAll(async () => {
    asked = await askedGuild(database, folder.path);
  });

  it('are all rows of the window, each counted once, and those of people as the totals have them', async () => {
    for (const [name, scope] of Object.entries(asked.scopes)) {
      const { members: _, bots: _bots, ...ours } = scope;
      const { rows, people, ...left } = await rowCounts(database.db, ours);
      const sum = people + left.deleted + left.bare + left.hidden + left.system + left.bots;
      expect([name, sum]).toEqual([name, rows]);
      expect([name, people]).toEqual([name, (await windowTotals(database.db, ours)).messages]);
      if (ours.channels) expect([name, left.hidden]).toEqual([name, 0]);
    }
  });

  it('are as many as a naive count finds', async () => {
    const { window } = asked.scopes['a window over both turns of summer time']!;
    const { fromId, toId } = idRange(window);
    const { rows } = await database.pool.query<{ rows: number; deleted: number }>(
      `select count(*)::int as rows, (count(*) filter (where gone_at is not null or absent_at is not null))::int as deleted
       from messages where guild_id = $1 and message_id >= $2 and message_id < $3`,
      [asked.guildId, fromId, toId],
    );
    const counted = await rowCounts(database.db, { guildId: asked.guildId, window });
    expect(counted).toMatchObject(rows[0]!);
    expect(counted.hidden).toBeGreaterThan(0);
    expect(counted.bots).toBeGreaterThan(0);
    expect(counted.system).toBeGreaterThan(0);
  });
});
