import { expect, it } from 'vitest';
import { queueRun, setRunState } from '../../../db/runs.ts';
import { openWriter } from '../../../db/write-batch.ts';
import { type BackfillStatus, buildBackfillStatus } from '../../../reports/backfill/status.ts';
import { useDatabase } from '../../support/database.ts';
import { batchOf, GUILD, idAt } from '../../support/records.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const database = useDatabase();

it('who looks again and again asks for the line of coverage once a minute, and when the state changes', async () => {
  const order = { guildId: GUILD, channelIds: null, sinceId: '0', withReactors: false, isAgain: false };
  const run = await queueRun(database.pool, order, NOW);
  // Somebody who can read something.
  const told = { source: 'rest' as const, observedAt: NOW, guildId: GUILD };
  const writer = await openWriter(database.pool, { content: 'full' });
  const roles = [{ ...told, roleId: GUILD, permissions: '8' }];
  const channels = [{ ...told, channelId: idAt(NOW), type: 0, name: 'general' }];
  await writer.write(batchOf({ roles, channels })).finally(() => writer.close());
  const asked = { guildId: GUILD, asker: { id: '2', roles: [] } };
  const look = (nowMs: number, earlier?: BackfillStatus) =>
    buildBackfillStatus({ ...database, botId: '1' }, asked, nowMs, earlier);
  const first = await look(NOW);
  const soon = await look(NOW + 59_000, first);
  expect(first.coverage).toBeDefined();
  expect(soon.coverage).toBe(first.coverage);
  const later = await look(NOW + 60_000, soon);
  expect(later.coverage).not.toBe(first.coverage);
  await setRunState(database.pool, run, 'done', { nowMs: NOW });
  const ended = await look(NOW + 61_000, later);
  expect(ended.coverage).not.toBe(later.coverage);
});
