import { describe, expect, it } from 'vitest';
import { at, GUILD } from '../../support/records.ts';
import { iso, member, PERSON, profile, told, user } from './payloads.ts';

const gateway = (seconds: number) => ({ source: 'gateway', observedAt: at(seconds), guildId: GUILD });

describe('a member', () => {
  const of = { guild_id: GUILD };

  it('joins by the time that Discord says', () => {
    const { batch } = told(9, 'GUILD_MEMBER_ADD', { ...of, ...member(PERSON, { joined_at: iso(8) }) });
    expect(batch.moments).toEqual([
      { guildId: GUILD, userId: PERSON, kind: 'joined', at: at(8), source: 'gateway' },
    ]);
    expect(batch.members[0]).toMatchObject({ joinedAt: at(8), firstSeenAt: at(8), lastSeenAt: at(8) });
  });

  it('leaves at receipt, which is no sign of life', () => {
    const { batch } = told(9, 'GUILD_MEMBER_REMOVE', { ...of, user: user(PERSON) });
    expect(batch.moments).toEqual([
      { guildId: GUILD, userId: PERSON, kind: 'left', at: at(9), source: 'gateway' },
    ]);
    expect(batch.members).toEqual([
      { ...gateway(9), userId: PERSON, name: 'user01', isBot: false, leftAt: at(9) },
    ]);
  });

  it('is banned and no more banned', () => {
    const kinds = ['GUILD_BAN_ADD', 'GUILD_BAN_REMOVE'].map(
      (t) => told(9, t, { ...of, user: user(PERSON) }).batch.moments[0]!.kind,
    );
    expect(kinds).toEqual(['banned', 'unbanned']);
  });

  it('has no nickname, or one that is not readable; without it what others see is unknown', () => {
    const shown = (nick: unknown) =>
      told(9, 'GUILD_MEMBER_UPDATE', { ...of, ...member(PERSON), nick }).batch.members[0]!;
    expect(shown(null)).toMatchObject({ nick: null, displayName: 'Global 01' });
    expect([shown(7).nick, shown(7).displayName]).toEqual([undefined, undefined]);
    const plain = { ...member(PERSON), user: user(PERSON, { global_name: null }) };
    expect(told(9, 'GUILD_MEMBER_UPDATE', { ...of, ...plain }).batch.members[0]!.displayName).toBe('user01');
  });

  it('keeps its known roles where the list is not readable', () => {
    const update = { ...of, ...member(PERSON), roles: ['300000000000000001', 7] };
    expect(told(9, 'GUILD_MEMBER_UPDATE', update).batch.members[0]!.roles).toBeUndefined();
    const none = { ...of, ...member(PERSON, { roles: [] }) };
    expect(told(9, 'GUILD_MEMBER_UPDATE', none).batch.members[0]!.roles).toEqual([]);
  });

  it('has a name of bearable length', () => {
    const long = { ...of, user: user(PERSON, { username: `${'x'.repeat(99)}😀` }), ...profile() };
    expect(told(9, 'GUILD_MEMBER_UPDATE', long).batch.members[0]!.name).toBe(`${'x'.repeat(99)}\ufffd`);
  });

  it('comes in parts of a list, which says which it is unless somebody in it is not readable', () => {
    const chunk = { ...of, members: [member(PERSON)], chunk_index: 1, chunk_count: 3, nonce: 'n' };
    const whole = told(9, 'GUILD_MEMBERS_CHUNK', chunk);
    expect(whole.chunk).toEqual({ nonce: 'n', index: 1, count: 3 });
    expect(whole.batch.members[0]!.presentAt).toBe(at(9));
    expect(whole.batch.moments).toEqual([]);
    const broken = told(9, 'GUILD_MEMBERS_CHUNK', { ...chunk, members: [member(PERSON), {}] });
    expect(broken.batch.members).toHaveLength(1);
    expect(broken.chunk).toBeUndefined();
  });
});
