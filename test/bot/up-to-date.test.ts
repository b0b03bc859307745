import { describe, expect, it } from 'vitest';
import { makeUpToDate } from '../../bot/up-to-date.ts';
import { emptyBatch, type RecordBatch } from '../../db/records.ts';
import type { LiveEvent } from '../../ingest/live/live-event.ts';

const [GUILD, OTHER] = ['10', '11'];
const told = { source: 'gateway' as const, observedAt: 1, guildId: GUILD };

/** A recorder that writes when the test says so. */
function scene() {
  const writes: (() => void)[] = [];
  const state = { isSpooling: false };
  const upToDate = makeUpToDate({
    flushed: () => new Promise((resolve) => writes.push(resolve)),
    state: () => state as never,
  });
  const note = (batch: Partial<RecordBatch>, more: Partial<LiveEvent> = {}) =>
    upToDate.note({
      dispatch: 'ANY',
      guildId: GUILD,
      batch: { ...emptyBatch(), ...batch },
      ...more,
    } as LiveEvent);
  /** What is told within a turn; undefined: it is waited for. */
  const now = (guildId = GUILD) =>
    Promise.race([upToDate.of(guildId), new Promise((resolve) => setImmediate(resolve, undefined))]);
  return { ...upToDate, note, now, writes, state };
}

const RULES: [what: string, batch: Partial<RecordBatch>][] = [
  ['a role', { roles: [{ ...told, roleId: '5', permissions: '0' }] }],
  ['a role that is gone', { roles: [{ ...told, roleId: '5', deletedAt: 1 }] }],
  ['a channel', { channels: [{ ...told, channelId: '7', type: 0 }] }],
  ['a channel that is hidden', { channels: [{ ...told, channelId: '7', hiddenAt: 1 }] }],
  ['a private thread', { channels: [{ ...told, channelId: '7', type: 12 }] }],
  ['a thread that is gone', { channels: [{ ...told, channelId: '7', type: 11, deletedAt: 1 }] }],
  ['another owner', { guilds: [{ ...told, ownerId: '3' }] }],
];

describe('what decides who may read what', () => {
  it.each(RULES)('is waited for until it is written: %s', async (_, batch) => {
    const { note, now, of, writes } = scene();
    note(batch);
    expect([await now(), await now(OTHER)]).toEqual([undefined, true]);
    const waiting = of(GUILD);
    writes[0]!();
    expect([await waiting, await now()]).toEqual([true, true]);
  });

  it('is waited for to the last of it', async () => {
    const { note, now, writes } = scene();
    note(RULES[0]![1]);
    note(RULES[2]![1]);
    writes[0]!();
    expect(await now()).toBe(undefined);
    writes[1]!();
    expect(await now()).toBe(true);
  });

  it('is no message, public thread, or member: not the bot itself, who answers', async () => {
    const { note, now } = scene();
    note({ messages: [{ ...told, channelId: '7', messageId: '8' }] });
    note({ channels: [{ ...told, channelId: '9', type: 11 }] });
    note({ members: [{ ...told, userId: '99', roles: ['5'] }] });
    expect(await now()).toBe(true);
  });

  it('is not there while events wait on the disk', async () => {
    const { now, state } = scene();
    state.isSpooling = true;
    expect(await now()).toBe(false);
  });

  it('is not there of a new session until the guild is told anew, or the bot is out of it', async () => {
    const { note, now, writes } = scene();
    const gap = { reason: 'new session' as const, guildIds: [GUILD, OTHER] };
    note({}, { dispatch: 'READY', guildId: '0', gap });
    expect([await now(), await now(OTHER), await now('12')]).toEqual([false, false, true]);
    note(RULES[0]![1], { dispatch: 'GUILD_CREATE' });
    writes[0]!();
    expect([await now(), await now(OTHER)]).toEqual([true, false]);
    note({}, { dispatch: 'GUILD_DELETE', guildId: OTHER });
    expect(await now(OTHER)).toBe(true);
  });
});
