/** What a backfill says, before, while and after: pure functions. */
import { describe, expect, it } from 'vitest';
import { backfillCardJson, backfillCardText } from '../../cli/backfill/card.ts';
import { backfillDisplay, progressLine, readingLines } from '../../cli/backfill/display.ts';
import type { NamedPlan } from '../../cli/backfill/door.ts';
import { planText } from '../../cli/backfill/plan.ts';
import { statusText } from '../../cli/backfill/runs.ts';
import type { Run } from '../../db/runs.ts';
import { type BackfillCard, openBackfillCard } from '../../ingest/backfill/card.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const GUILD = '100000000000000001';
const card = (more: Partial<BackfillCard> = {}) => openBackfillCard({ ...more });
const run = (more: Partial<Run> = {}): Run => ({
  guildId: GUILD,
  askedAtMs: NOW,
  channelIds: null,
  sinceId: '0',
  withReactors: false,
  isAgain: false,
  state: 'running',
  card: {},
  reason: null,
  startedAtMs: NOW,
  updatedAtMs: NOW,
  finishedAtMs: null,
  ...more,
});

describe('progress', () => {
  const going = card({
    share: 0.347,
    leftMs: 170_000,
    messages: 9_000,
    messagesSeen: 12_345,
    messagesPerSecond: 4511.6,
    requestsPerSecond: 80.1,
    reading: [
      { channelId: '1', name: 'general', untilMs: Date.UTC(2024, 2, 1) },
      { channelId: '2', name: 'a\u001b[31mb', untilMs: Date.UTC(2025, 0, 12) },
      { channelId: '3', name: null, untilMs: Date.UTC(2025, 0, 13) },
    ],
  });

  it('is one line for all, and one for each channel that is read', () => {
    expect(progressLine(going)).toBe(
      '34 %, about 3 min left; 12,345 messages (9,000 new), 4,512/s; 48 of 48 requests/s',
    );
    // What is not written yet is not worth telling.
    expect(progressLine(card({ messages: 950, messagesSeen: 1_000 }))).toContain('; 950 messages, 0/s');
    expect(progressLine(card())).toBe('0 %; 0 messages, 0/s; 0 of 48 requests/s');
    expect(readingLines(going)).toEqual([
      '  general    back to 2024-03-01',
      '  a�[31mb    back to 2025-01-12',
      '  channel 3  back to 2025-01-13',
    ]);
  });

  it('is drawn over itself on a terminal, no wider than that, and leaves nothing behind', () => {
    let shown = '';
    const stream = { isTTY: true, columns: 40, write: (text: string) => (shown += text) };
    const display = backfillDisplay(stream, () => 0);
    display.show(going);
    expect(shown.split('\n').map((line) => line.length)).toEqual([39, 31, 31, 31, 0]);
    expect(shown).toMatch(/^███░{7} 34 %, about 3 min left; /);
    shown = '';
    display.say('said once');
    display.show(card(), 'waits for its turn');
    display.end();
    display.end();
    expect(shown).toMatch(/^\u001b\[4A\r\u001b\[Jsaid once\n░{10} 0 %; .*\n\u001b\[1A\r\u001b\[J$/);
  });

  it('is a plain line every five seconds elsewhere', () => {
    let shown = '';
    let now = 0;
    const display = backfillDisplay({ write: (text: string) => (shown += text) }, () => now);
    for (now = 1_000; now <= 11_000; now += 1_000) display.show(card(), 'nothing new for 20 s');
    display.end();
    expect(shown).toBe(
      'Backfill: 0 %; 0 messages, 0/s; 0 of 48 requests/s; nothing new for 20 s\n'.repeat(2),
    );
  });
});

describe('the plan', () => {
  const planned = (channelId: string, more: object = {}) => ({
    channelId,
    name: `c${channelId}`,
    type: 0,
    parentId: null,
    messages: 100,
    requests: 2,
    fromMs: null,
    ...more,
  });
  const plan = (more: Partial<NamedPlan> = {}): NamedPlan => ({
    channels: [],
    covered: 0,
    notReadable: [],
    listingRequests: 5,
    pageRequests: 0,
    reactorRequests: null,
    hasUnknownReactors: false,
    memberRequests: null,
    messages: 0,
    unknown: 0,
    tookMs: 0,
    estimateMs: 0,
    parents: [],
    ...more,
  });
  const text = (more: Partial<NamedPlan>) =>
    planText(plan(more), { id: GUILD, name: 'Harbour' }, 'npx almanac backfill --guild 1');

  it('groups threads under their channels, the biggest first, and counts what it does not list', () => {
    const threads = Array.from({ length: 3 }, (_, i) =>
      planned(`9${i}`, { type: 11, parentId: '7', messages: 200, requests: 3, fromMs: Date.UTC(2025, i) }),
    );
    const small = Array.from({ length: 31 }, (_, i) => planned(String(100 + i), { messages: 31 - i }));
    const told = text({
      channels: [...small, planned('1', { messages: null, requests: null }), ...threads],
      parents: [{ channelId: '7', name: 'help', type: 15 }],
      messages: 1_096,
      unknown: 1,
      pageRequests: 73,
      memberRequests: 2,
      reactorRequests: 40,
      hasUnknownReactors: true,
      estimateMs: 200_000,
      covered: 4,
    });
    const lines = told.split('\n');
    expect(lines[2]).toMatch(/^channel +threads +messages +requests +back to$/);
    expect(lines[3]).toMatch(/^#help +3 +600 +9 +2025-01-01$/);
    expect(lines[4]).toMatch(/^#c100 +31 +2 +its beginning$/);
    expect(lines.slice(3).findIndex((line) => line === 'and 3 more')).toBe(30);
    expect(told).toContain(
      '4 channels and threads are recorded in full. In all about 1,096 messages, and those of 1 channel',
    );
    expect(told).toContain(
      'About 120 requests (73 for messages, 5 for lists of channels and threads, 40 for who reacted, 2 for members, and those for who reacted to what is not read yet): about 4 min.',
    );
    expect(told).toContain('Nothing was written. To read it: npx almanac backfill --guild 1');
  });

  it('of a server that shows the bot no channel is not taken for read', () => {
    const told = text({ notReadable: [], covered: 0 });
    expect(told).toContain('nothing. The bot is shown no channel of this server');
    expect(told).not.toContain('recorded already');
    expect(text({ notReadable: [], covered: 3 })).toContain('recorded already');
  });

  it('says what is not read, why, and what helps', () => {
    const told = text({
      notReadable: [
        { channelId: '1', name: 'mods', type: 0, reason: 'no view' },
        { channelId: '2', name: 'staff', type: 0, reason: 'no view' },
        { channelId: '3', name: 'lounge', type: 2, reason: 'no connect' },
        { channelId: '4', name: 'quiet', type: 12, reason: 'not joined' },
        { channelId: '5', name: 'spam', type: 0, reason: 'excluded' },
      ] as NamedPlan['notReadable'],
    });
    expect(told).toContain('nothing: all that the bot may read is recorded already.');
    expect(told).toContain('  #mods, #staff: the bot lacks View Channel\n');
    expect(told).toContain('  #lounge: the bot lacks Connect, which texts of a voice channel take\n');
    expect(told).toContain('  thread "quiet": private, and the bot was not added\n');
    expect(told).toMatch(
      /Edit Channel.*\nTo have private threads read: .*\nTo have excluded channels read: npx almanac settings excluded-channels --guild 100000000000000001/,
    );
  });
});

describe('the card', () => {
  const ended = (more: Partial<Run>, troubled: object[] = []) => ({
    run: run({ state: 'done', ...more }),
    guildName: 'Harbour',
    troubled: troubled as never,
  });

  it('says in words what came of it', () => {
    const text = backfillCardText(
      ended(
        {
          state: 'partly',
          card: card({
            messages: 12_345,
            messagesSeen: 45_000,
            deletions: 1,
            members: 600,
            requests: 480,
            activeMs: 12_300,
            channels: 124,
            channelsRead: 120,
            channelsClosed: 3,
            channelsFailed: 1,
            notRecovered: ['swapped-reactions', 'unsure-counts'],
          }),
        },
        [{ channelId: '1', name: 'mods', type: 0, parentId: null, state: 'closed', reason: 'no history' }],
      ),
    );
    expect(text.split('\n\n').slice(0, 4)).toEqual([
      'All history of Harbour that the bot may read is recorded, but for some of it.',
      '12,345 messages new, of 45,000 read, 1 deletion found, 600 members listed; 480 requests in 12 s.\n' +
        '120 of 124 channels and threads read; 3 closed to the bot; 1 failed.',
      "Not read, or not to the end:\n  #mods: the bot lacks Read Message History\nTo have a channel read: in Discord, Edit Channel (or its category), Permissions, add the bot's role, and allow what is lacking.",
      'Not known:\n  The right number of some reactions, which changed while they were read.',
    ]);
    expect(text).toContain(`npx almanac backfill --guild ${GUILD}`);
  });

  it('of what failed and what was paused says why, and what to do', () => {
    const failed = backfillCardText(ended({ state: 'failed', reason: 'it is closed to the bot.' }));
    expect(failed).toMatch(/^The backfill of Harbour failed: it is closed to the bot\.\n/);
    expect(failed).toContain('npx almanac doctor');
    const paused = backfillCardText(ended({ state: 'paused', reason: 'by hand' }));
    expect(paused).toMatch(/^The backfill of Harbour is paused \(by hand\)\./);
    expect(paused).toContain(`npx almanac backfill resume --guild ${GUILD}`);
  });

  it('is as JSON without what only mattered on the way', () => {
    const json = backfillCardJson(ended({ finishedAtMs: NOW, card: card({ messages: 3, share: 1 }) }));
    expect(json).toMatchObject({ guildId: GUILD, state: 'done', share: 1, messages: 3, notRead: [] });
    expect(json).toMatchObject({
      askedAt: '2026-11-21T12:00:00.000Z',
      finishedAt: '2026-11-21T12:00:00.000Z',
    });
    expect(Object.keys(json)).not.toContain('reading');
  });
});

describe('the list', () => {
  const listed = (more: Partial<Run> & { guildName?: string }) => ({
    guildName: 'Harbour',
    ...run(more),
    ...more,
  });

  it('tells a run that goes on from one whose process is gone, and what to do about each', () => {
    const going = { card: card({ share: 0.5, messages: 1_000, messagesPerSecond: 99.6, leftMs: 90_000 }) };
    const text = statusText(
      [
        listed(going),
        listed({ ...going, guildId: '2', guildName: 'Away', updatedAtMs: NOW - 90_000 }),
        listed({ guildId: '3', state: 'paused', reason: 'stopped by Ctrl+C' }),
        listed({ guildId: '4', state: 'queued' }),
        listed({ guildId: '5', state: 'partly' }),
        listed({ guildId: '6', state: 'done', askedAtMs: NOW + 1 }),
        listed({ guildId: '6', state: 'failed' }),
      ],
      NOW,
    );
    expect(text).toMatch(/^Harbour +2026-11-21 12:00 UTC +running +50 % +1000 +100 +about 2 min$/m);
    expect(text).toMatch(/^Away +2026-11-21 12:00 UTC +broken off +50 % +1000$/m);
    expect(text).toMatch(/paused goes on with:\n +npx almanac backfill resume --guild 3\n/);
    expect(text).toMatch(
      /broken off goes on with npx almanac start, or with:\n +npx almanac backfill --guild 2\n/,
    );
    expect(text).toContain('What is queued is taken up by npx almanac start');
    // A later backfill of the same server has made up for the one that failed.
    expect(text).toMatch(/tried again by:\n +npx almanac backfill --guild 5$/);
  });
});
