import { describe, expect, it } from 'vitest';
import { createToken, listTokens, revokeToken, tokenOf } from '../../db/tokens.ts';
import { useDatabase } from '../support/database.ts';
import { GUILD } from '../support/records.ts';

const database = useDatabase();
const NOW_MS = Date.UTC(2026, 10, 20);
const make = (guildId = GUILD) =>
  createToken(database.pool, { guildId, name: 'dashboard', audience: 'everyone' }, NOW_MS);

describe('a token', () => {
  it('is kept as a hash alone', async () => {
    const { token, tokenId } = await make();
    const { rows } = await database.pool.query(
      'select t::text as row from api_tokens t where token_id = $1',
      [tokenId],
    );
    const secret = token.split('_').slice(3).join('_');
    expect(secret).toHaveLength(43);
    expect(rows[0].row).not.toContain(secret);
    expect(rows[0].row).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
  });

  it('is found by all of it, and by nothing less', async () => {
    const { token, tokenId } = await make();
    const another = await make();
    expect(await tokenOf(database.pool, token, NOW_MS)).toMatchObject({
      guildId: GUILD,
      tokenId,
      audience: 'everyone',
    });
    const secretOf = (text: string) => text.split('_').slice(3).join('_');
    const wrong = [
      '',
      token.slice(0, -1),
      `${token}a`,
      ` ${token}`,
      token.replace(GUILD, '1'),
      token.replace(tokenId, another.tokenId),
      token.replace(secretOf(token), secretOf(another.token)),
    ];
    for (const text of wrong) expect(await tokenOf(database.pool, text, NOW_MS), text).toBeUndefined();
  });

  it('is none any more once it is revoked, or its time is over', async () => {
    const { token, tokenId } = await make();
    expect(await revokeToken(database.pool, '1', tokenId, NOW_MS)).toBe(false);
    expect(await tokenOf(database.pool, token, NOW_MS)).toBeDefined();
    expect(await revokeToken(database.pool, GUILD, tokenId, NOW_MS)).toBe(true);
    expect(await revokeToken(database.pool, GUILD, tokenId, NOW_MS)).toBe(false);
    expect(await tokenOf(database.pool, token, NOW_MS)).toBeUndefined();
    const asked = { guildId: GUILD, name: 'short', audience: 'all', expiresAtMs: NOW_MS + 1 } as const;
    const short = await createToken(database.pool, asked, NOW_MS);
    expect(await tokenOf(database.pool, short.token, NOW_MS)).toBeDefined();
    expect(await tokenOf(database.pool, short.token, NOW_MS + 1)).toBeUndefined();
  });

  it('is listed with its guild, without what it is known by', async () => {
    const { token, tokenId } = await make('55');
    const listed = await listTokens(database.pool, '55');
    expect(listed).toEqual([
      {
        guildId: '55',
        tokenId,
        name: 'dashboard',
        audience: 'everyone',
        createdAtMs: NOW_MS,
        expiresAtMs: null,
        lastUsedAtMs: null,
        revokedAtMs: null,
      },
    ]);
    expect(JSON.stringify(listed)).not.toContain(token.slice(-20));
  });
});
