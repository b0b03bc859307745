/** What of a server's channels `/backfill` tells, and to whom: to manage it is not to see all of it. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Asker } from '../../../commands/command.ts';
import type { ChannelStep } from '../../../db/run-channels.ts';
import type { ChannelRecord } from '../../../db/records.ts';
import { GUILD, idAt, rest } from '../../support/records.ts';
import { BORN, ENDED, GENERAL, GOING, labelsOf, NOW, OUTLOOK, textOf, useBackfill } from './scene.ts';

const { database, write, use, look, complete, begun, end } = useBackfill();

const VIEW = 1n << 10n;
const HISTORY = 1n << 16n;
const MODS_ROLE = idAt(BORN, 60);
const MANAGER: Asker = { id: idAt(BORN, 61), roles: [], isManager: true };
const MODERATOR: Asker = { ...MANAGER, roles: [MODS_ROLE] };
const [STAFF, STAFF_THREAD, PRIVATE, HIDDEN, CATEGORY, OPEN_THREAD] = [70, 71, 72, 73, 74, 75].map((low) =>
  idAt(BORN, low),
) as [string, string, string, string, string, string];
const SECRET = [STAFF, STAFF_THREAD, PRIVATE, HIDDEN, CATEGORY];

const told = { source: 'rest' as const, observedAt: NOW + 1, guildId: GUILD };
const overwrite = (id: string, allow: bigint, deny = 0n) => ({
  id,
  type: 0,
  allow: String(allow),
  deny: String(deny),
});
const staffOnly = [overwrite(GUILD, 0n, VIEW), overwrite(MODS_ROLE, VIEW)];
const place = (
  channelId: string,
  name: string,
  type: number,
  parentId: string | null,
  rules?: object[],
): ChannelRecord => ({
  ...told,
  channelId,
  name,
  type,
  parentId,
  ...(rules && { details: { topic: null, overwrites: rules } }),
});

beforeEach(async () => {
  const message = (channelId: string, low: number) =>
    rest(0, idAt(BORN, low), { guildId: GUILD, channelId, observedAt: NOW });
  await write({
    roles: [
      { ...told, roleId: GUILD, permissions: String(VIEW | HISTORY) },
      { ...told, roleId: MODS_ROLE, permissions: String(1n << 34n) },
    ],
    channels: [
      place(GENERAL, 'general', 0, null, []),
      place(STAFF, 'canary-staff', 0, CATEGORY, staffOnly),
      place(STAFF_THREAD, 'canary plans', 11, STAFF),
      place(PRIVATE, 'canary party', 12, GENERAL),
      place(OPEN_THREAD, 'open plans', 11, GENERAL),
      place(CATEGORY, 'Canary rooms', 4, null, staffOnly),
      place(HIDDEN, 'canary-owners', 0, null, []),
      { ...told, observedAt: NOW + 2, channelId: HIDDEN, hiddenAt: NOW + 2 },
    ],
    messages: [message(GENERAL, 200), message(STAFF, 201)],
  });
});

/** All that anybody could find in an answer. */
const everything = (shown: unknown): string => JSON.stringify(shown);
const CANARY = /canary/i;
const closed: ChannelStep[] = [...SECRET, OPEN_THREAD].map((channelId, i) => ({
  channelId,
  state: 'closed',
  reason: ['no view', 'no history', 'gone'][i % 3]!,
}));
const reading = SECRET.map((channelId) => ({ channelId, name: 'canary', untilMs: BORN }));

describe('a name that is not theirs to see', () => {
  it('is not in a plan, nor are the figures of its channel', async () => {
    const channels = [
      { id: STAFF, name: 'canary-staff', messages: 4_711, threads: 1 },
      { id: GENERAL, name: 'general', messages: 450, threads: 0 },
    ];
    const notRead = SECRET.map((id) => ({ id, name: 'canary', reason: 'excluded', isThread: false }));
    const plan = () => Promise.resolve({ ...OUTLOOK, channels, notRead });
    const shown = await use({ subcommand: 'plan', plan, asker: MANAGER });
    expect(everything(shown)).not.toMatch(CANARY);
    expect(textOf(shown[1]!)).toContain('- #general: 450 messages\n- 1 channel that you cannot see\n');
    expect(textOf(shown[1]!)).toContain(`- <#${STAFF}>, <#${STAFF_THREAD}>, `);
    expect(textOf(shown[1]!)).not.toContain('4,711');
    const [, moderators] = await use({ subcommand: 'plan', plan, asker: MODERATOR });
    expect(textOf(moderators!)).toContain('- #canary-staff: 4,711 messages, 1 thread\n');
    expect(textOf(moderators!)).not.toContain('cannot see');
  });

  it('is in no part of what a run shows: what is asked for, what is read now, and what is not', async () => {
    await begun({ ...GOING, reading }, { channelIds: [...SECRET] }, closed);
    const shown = await look({ subcommand: 'status', asker: MANAGER });
    expect(everything(shown)).not.toMatch(CANARY);
    const text = textOf(shown);
    expect(text).toContain(`Asked for: <#${STAFF}>, <#${STAFF_THREAD}>, <#${PRIVATE}>`);
    expect(text).toContain(`**Now**\n- <#${STAFF}>, back to`);
    // What was deleted Discord shows nobody.
    expect(text).toContain(`channel ${PRIVATE} and ↳ open plans: deleted`);
    const moderators = textOf(await look({ subcommand: 'status', asker: MODERATOR }));
    expect(moderators).toContain(
      `Asked for: #canary-staff, ↳ canary plans, ↳ canary party, <#${HIDDEN}> and Canary rooms.`,
    );
    expect(moderators).toContain('**Now**\n- #canary-staff, back to');
  });

  it('is in no line of coverage, which counts what they can read', async () => {
    await end(await begun(ENDED), 'done');
    await database.pool.query(
      `insert into channel_access (guild_id, channel_id, at, access) select $1, id, $2, 'no history' from unnest($3::bigint[]) as t(id)`,
      [GUILD, new Date(NOW), [STAFF, GENERAL]],
    );
    const line = async (asker: Asker) =>
      textOf(await look({ subcommand: 'status', asker }))
        .split('\n')
        .at(-1);
    expect(await line(MODERATOR)).toContain('#general and #canary-staff');
    expect(await line(MANAGER)).toMatch(/^-# Recorded of what you can read: .*#general not readable/);
    expect(await line(MANAGER)).not.toMatch(CANARY);
  });

  it('is not suggested, and no channel can be asked for by it', async () => {
    expect(everything(await complete('', 'channel', MANAGER))).not.toMatch(CANARY);
    expect(await complete('canary', 'channel', MANAGER)).toEqual([]);
    expect(await complete('plans', 'channel', MANAGER)).toEqual([
      { name: '↳ open plans', value: OPEN_THREAD },
    ]);
    const names = (await complete('canary', 'channel', MODERATOR)).map(({ name }) => name);
    expect(names.toSorted()).toEqual(['#canary-staff', 'Canary rooms', '↳ canary party', '↳ canary plans']);
    for (const channel of ['canary-staff', STAFF, `<#${HIDDEN}>`, 'Canary rooms'])
      for (const subcommand of ['plan', 'start'])
        await expect(use({ subcommand, options: { channel }, asker: MANAGER })).rejects.toThrow(
          'that you and the bot can see',
        );
  });

  it('is behind no button: who cannot see the channel of a run does not ask for it again', async () => {
    await end(await begun(ENDED, { channelIds: [STAFF] }), 'failed', 'an unexpected error (RangeError)');
    expect(labelsOf(await look({ subcommand: 'status', asker: MANAGER }))).toEqual(['Refresh']);
    expect(labelsOf(await look({ subcommand: 'status', asker: MODERATOR }))).toEqual([
      'Refresh',
      'Try again',
    ]);
  });
});

it('who can read nothing is told how a backfill is, and nothing of what is recorded', async () => {
  await write({ roles: [{ ...told, observedAt: NOW + 9, roleId: GUILD, permissions: '0' }] });
  await end(await begun(ENDED), 'done');
  const text = textOf(await look({ subcommand: 'status', asker: MANAGER }));
  expect(text).toContain('18 of 42 channels and threads read');
  expect(text).not.toContain('Recorded of');
});
