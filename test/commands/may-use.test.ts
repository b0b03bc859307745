import { describe, expect, it } from 'vitest';
import { mayUse } from '../../commands/may-use.ts';

const [HELPERS, MODS] = ['200000000000000001', '200000000000000002'];

describe('who may use a command', () => {
  const member = (...roles: string[]) => ({ roles, isManager: false });
  const rules = { commandRoles: { stats: [HELPERS, MODS], weekly: [] } };
  it('is everybody, where there is no rule', () => {
    expect(mayUse({ commandRoles: {} }, 'stats', member())).toBe(true);
    expect(mayUse(rules, 'top-contributors', member())).toBe(true);
    expect(mayUse({ commandRoles: {} }, 'constructor', member())).toBe(true);
  });
  it('is who has one of the roles of its rule; nobody, where there are none', () => {
    expect(mayUse(rules, 'stats', member('1', MODS))).toBe(true);
    expect(mayUse(rules, 'stats', member('1'))).toBe(false);
    expect(mayUse(rules, 'weekly', member(HELPERS))).toBe(false);
  });
  it('is who may Manage Server, always', () => {
    for (const name of ['stats', 'weekly', 'settings'])
      expect(mayUse(rules, name, { roles: [], isManager: true })).toBe(true);
  });
});
