/** `almanac gaps`: what was missed, and what became of that. */
import { beforeEach, expect, it } from 'vitest';
import { finishGap, openGaps } from '../../db/gaps.ts';
import { emptyBatch } from '../../db/records.ts';
import { openWriter } from '../../db/write-batch.ts';
import { noteLost, noteNotReadable, openCard } from '../../ingest/live/catch-up/card.ts';
import { typed } from '../support/command-line.ts';
import { useDatabase } from '../support/database.ts';
import { GUILD } from '../support/records.ts';

const database = useDatabase();
const OTHER = '100000000000000009';
const NOON = Date.UTC(2026, 0, 15, 12);

beforeEach(async () => {
  await database.clear();
  const writer = await openWriter(database.pool, { content: 'full' });
  const known = (guildId: string) => ({ source: 'gateway' as const, observedAt: NOON, guildId, name: 'g' });
  await writer.write({ ...emptyBatch(), guilds: [known(GUILD), known(OTHER)] });
  await writer.close();
});

const gaps = (...more: string[]) =>
  typed(['gaps', '--guild', GUILD, ...more], { DATABASE_URL: database.url });
const json = async (...more: string[]) => JSON.parse((await gaps('--json', ...more)).stdout);

async function open(
  fromMs: number,
  toMs: number,
  guildId = GUILD,
  reason: 'overflow' | 'new session' = 'new session',
) {
  const client = await database.pool.connect();
  await openGaps(client, { reason, guildIds: [guildId], fromMs }, { at: toMs });
  client.release();
  return { guildId, fromMs, lastFromMs: fromMs, toMs };
}

async function repaired(fromMs: number, toMs: number): Promise<void> {
  const card = { ...openCard({}), messages: 1234, deletions: 2, channelsRead: 7 };
  await finishGap(database.pool, await open(fromMs, toMs), 'repaired', card, toMs + 60_000);
}

async function partly(fromMs: number, toMs: number, firstMs = fromMs): Promise<void> {
  const card = openCard({});
  noteLost(card, 'unchecked-deletions');
  noteNotReadable(card, '42', 'permission');
  noteNotReadable(card, '43', 'closed');
  const gap = { ...(await open(fromMs, toMs)), fromMs: firstMs };
  await finishGap(database.pool, gap, 'partly', card, toMs + 60_000);
}

const HOUR = 3_600_000;

it('lists them newest first, with how long, why, what was found and what was not', async () => {
  await repaired(NOON, NOON + 12_400);
  await partly(NOON + HOUR, NOON + 28 * HOUR + 90_000);
  await open(NOON + 48 * HOUR, NOON + 48 * HOUR + 400, GUILD, 'overflow');
  await open(NOON, NOON + HOUR, OTHER);
  await typed(['settings', 'time-zone', 'Europe/Vienna', '--guild', GUILD], { DATABASE_URL: database.url });
  const { code, stdout, stderr } = await gaps();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [table, zone, never, besides, ...more] = stdout.trimEnd().split('\n\n');
  expect(table!.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
    ['from', 'to', 'how long', 'why', 'state', 'messages found', 'deletions inferred'],
    [
      '2026-01-17 13:00:00',
      '2026-01-17 13:00:00',
      'under 1 s',
      'memory and disk were full',
      'open',
      '0',
      '0',
    ],
    [
      '2026-01-15 14:00:00',
      '2026-01-16 17:01:30',
      '1 d 3 h',
      'the bot was away, or not connected',
      'partly',
      '0',
      '0',
    ],
    [
      '2026-01-15 13:00:00',
      '2026-01-15 13:00:12',
      '12 s',
      'the bot was away, or not connected',
      'repaired',
      '1234',
      '2',
    ],
  ]);
  expect(zone).toBe('Times are those of Europe/Vienna.');
  expect(never!.split('\n')).toHaveLength(6);
  expect(never).toContain('  - Who was in which voice channel.');
  expect(besides!.split('\n')).toEqual([
    'Of the gap from 2026-01-15 14:00:00 besides:',
    '  - Whether some messages were deleted; they were too many to ask for.',
    '  - What was said in 2 channels that the bot may not read.',
  ]);
  expect(more).toEqual([]);
});

it('JSON has each gap whole, with a sentence for all that is not recovered', async () => {
  await partly(NOON, NOON + HOUR);
  const [gap, ...others] = await json();
  expect(others).toEqual([]);
  expect(gap).toMatchObject({
    from: '2026-01-15T12:00:00.000Z',
    to: '2026-01-15T13:00:00.000Z',
    durationMs: HOUR,
    reason: 'new session',
    state: 'partly',
    repairedAt: '2026-01-15T13:01:00.000Z',
    notReadableCount: 2,
    notReadable: [
      { channelId: '42', reason: 'permission' },
      { channelId: '43', reason: 'closed' },
    ],
  });
  expect(gap.notRecovered.map(({ key }: { key: string }) => key)).toEqual([
    ...openCard({}).notRecovered,
    'unchecked-deletions',
  ]);
  for (const { text } of gap.notRecovered) expect(text).toMatch(/^[A-Z].*\.$/);
});

it('gaps that were repaired together share their figures, which the newest tells', async () => {
  await open(NOON, NOON + HOUR);
  await partly(NOON + 2 * HOUR, NOON + 3 * HOUR, NOON);
  const { stdout } = await gaps();
  expect(stdout.match(/partly +0 +0$/gm)).toHaveLength(1);
  expect(stdout.match(/partly +as above +as above$/gm)).toHaveLength(1);
  expect(stdout.match(/^Of the gap from /gm)).toHaveLength(1);
  expect(await json()).toMatchObject([
    { from: '2026-01-15T14:00:00.000Z', repairedWith: null, messages: 0 },
    { from: '2026-01-15T12:00:00.000Z', repairedWith: '2026-01-15T14:00:00.000Z', messages: null },
  ]);
});

it('CSV is a line each, and --limit keeps the newest', async () => {
  await repaired(NOON, NOON + HOUR);
  await open(NOON + 2 * HOUR, NOON + 3 * HOUR);
  const lines = (await gaps('--format', 'csv')).stdout.trimEnd().split('\r\n');
  expect(lines.map((line) => line.split(',')[0])).toEqual([
    'from',
    '2026-01-15T14:00:00.000Z',
    '2026-01-15T12:00:00.000Z',
  ]);
  expect((await json('--limit', '1')).map(({ state }: { state: string }) => state)).toEqual(['open']);
});

it('a server without gaps is told so in a sentence, and as an empty list', async () => {
  expect(await gaps()).toEqual({
    code: 0,
    stdout: '',
    stderr: 'Live recording has noted no gap in this server.\n',
  });
  expect(await json()).toEqual([]);
});

it('a server that is not recorded is refused with the way to those that are', async () => {
  const { code, stdout, stderr } = await typed(['gaps', '--guild', '5'], { DATABASE_URL: database.url });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe('The server 5 is not recorded. See those that are with: npx almanac guilds\n');
});
