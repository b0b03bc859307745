import { ChannelType, PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import {
  ALL_PERMISSIONS,
  mayRead,
  type Overwrite,
  permissionsIn,
  type Standing,
} from '../../db/permissions.ts';

const GUILD = '1';
const ME = '2';
const [ROLE_A, ROLE_B] = ['3', '4'];
const standing = (everyone: bigint, more: Partial<Standing> = {}): Standing => ({
  guildId: GUILD,
  ownerId: '9',
  roles: [
    { id: GUILD, permissions: String(everyone) },
    { id: ROLE_A, permissions: '0' },
    { id: ROLE_B, permissions: '0' },
  ],
  memberId: ME,
  memberRoles: [ROLE_A, ROLE_B],
  ...more,
});
const READ = Bits.ViewChannel | Bits.ReadMessageHistory;
const rule = (id: string, allow: bigint, deny: bigint): Overwrite => ({
  id,
  type: id === ME ? 1 : 0,
  allow: String(allow),
  deny: String(deny),
});

/** What one overwrite may say of one permission. */
type Say = 'allows' | 'denies' | 'nothing';
const SAYS: Say[] = ['allows', 'denies', 'nothing'];

describe('permissions', () => {
  it('are in every case as the page that defines them says', () => {
    const bit = Bits.ViewChannel;
    const one = (id: string, say: Say) => rule(id, say === 'allows' ? bit : 0n, say === 'denies' ? bit : 0n);
    let cases = 0;
    for (const granted of [true, false])
      for (const everyone of SAYS)
        for (const a of SAYS)
          for (const b of SAYS)
            for (const mine of SAYS)
              for (const has of [[], [ROLE_A], [ROLE_A, ROLE_B]]) {
                const overwrites = [one(ME, mine), one(ROLE_B, b), one(GUILD, everyone), one(ROLE_A, a)];
                const roles = [a, b].filter((_, i) => has.length > i);
                let expected = granted;
                if (everyone !== 'nothing') expected = everyone === 'allows';
                if (roles.includes('denies')) expected = false;
                if (roles.includes('allows')) expected = true;
                if (mine !== 'nothing') expected = mine === 'allows';
                const who = standing(granted ? bit : 0n, { memberRoles: has });
                expect((permissionsIn(who, overwrites) & bit) !== 0n, `${++cases}`).toBe(expected);
              }
    expect(cases).toBe(486);
  });

  it('are all for the owner, and for an administrator, whatever a channel denies', () => {
    const denied = [rule(GUILD, 0n, ALL_PERMISSIONS)];
    expect(permissionsIn(standing(0n, { ownerId: ME }), denied)).toBe(ALL_PERMISSIONS);
    expect(permissionsIn(standing(Bits.Administrator), denied)).toBe(ALL_PERMISSIONS);
  });

  it('of roles that one does not have, and of other people, are none of ours', () => {
    const others = [rule('7', READ, 0n), { ...rule('8', READ, 0n), type: 1 }];
    const who = standing(0n, { roles: [{ id: '7', permissions: String(READ) }] });
    expect(permissionsIn(who, others)).toBe(0n);
  });

  it('a role and an account of one id are two: an overwrite is for the one that its type says', () => {
    const who = standing(0n, { memberRoles: [ME] });
    expect(permissionsIn(who, [rule(ME, READ, 0n), { ...rule(ME, 0n, READ), type: 0 }])).toBe(READ);
  });
});

describe('who may read', () => {
  const text = { type: ChannelType.GuildText };

  it('a text channel takes both to see it and to read its past', () => {
    expect(mayRead(standing(READ), text)).toBe(true);
    expect(mayRead(standing(Bits.ViewChannel), text)).toBe(false);
    expect(mayRead(standing(Bits.ReadMessageHistory), text)).toBe(false);
  });

  it.each([ChannelType.GuildVoice, ChannelType.GuildStageVoice])(
    'what is written in voice (%d) takes Connect, too',
    (type) => {
      expect(mayRead(standing(READ), { type })).toBe(false);
      expect(mayRead(standing(READ | Bits.Connect), { type })).toBe(true);
    },
  );

  it('a private thread takes being in it, or managing threads', () => {
    const thread = { type: ChannelType.PrivateThread };
    expect(mayRead(standing(READ), thread)).toBe(false);
    expect(mayRead(standing(READ), { ...thread, isJoined: true })).toBe(true);
    expect(mayRead(standing(READ | Bits.ManageThreads), thread)).toBe(true);
    expect(mayRead(standing(0n), { ...thread, isJoined: true })).toBe(false);
  });
});
