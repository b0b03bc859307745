import { beforeAll, describe, expect, it } from 'vitest';
import { tokenOf } from '../../db/tokens.ts';
import { typed } from '../support/command-line.ts';
import { useDatabase } from '../support/database.ts';
import { GUILD } from '../support/records.ts';
import { post, write } from '../support/written.ts';

const database = useDatabase();
beforeAll(() => write(database, [post('2026-01-05T10:00Z')]));

const token = (...words: string[]) => typed(['token', ...words], { DATABASE_URL: database.url });
const create = (...words: string[]) => token('create', '--guild', GUILD, '--name', 'my dashboard', ...words);

describe('almanac token', () => {
  it('create prints the token, once, and nothing else', async () => {
    const { code, stdout, stderr } = await create();
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^almanac_${GUILD}_[0-9a-f]{12}_[\\w-]{43}\\n$`));
    expect(stderr).not.toContain(stdout.trim());
    expect(stderr).toMatch(/is good until it is revoked\. It is told what every member can read/);
    expect(await tokenOf(database.pool, stdout.trim(), Date.now())).toMatchObject({
      name: 'my dashboard',
      audience: 'everyone',
    });
  });

  it('list shows which there are, and revoke ends one', async () => {
    const { stdout } = await create('--audience', 'all', '--expires', '30');
    const [, , tokenId] = stdout.trim().split('_');
    const listed = async () => {
      const { stdout: json } = await token('list', '--guild', GUILD, '--json');
      return (JSON.parse(json) as { tokenId: string; state: string; expiresAt: string | null }[]).find(
        (one) => one.tokenId === tokenId,
      )!;
    };
    expect(await listed()).toMatchObject({ audience: 'all', state: 'good', expiresAt: expect.any(String) });
    const table = await token('list');
    expect(table.stdout).toContain('my dashboard');
    expect(table.stdout).not.toContain(stdout.trim().slice(-30));
    expect(await token('revoke', tokenId!, '--guild', GUILD)).toMatchObject({
      code: 0,
      stdout: `Token ${tokenId} of server ${GUILD} is refused from now on.\n`,
    });
    expect(await listed()).toMatchObject({ state: 'revoked' });
    expect(await tokenOf(database.pool, stdout.trim(), Date.now())).toBeUndefined();
    const again = await token('revoke', tokenId!, '--guild', GUILD);
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toContain('npx almanac token list');
  });

  it.for([
    [['--guild', '5'], /The server 5 is not recorded/],
    [['--guild', '0'], /Direct messages are for nobody but their writers/],
    [['--name', ' '], /a name has 1 to 100 characters/],
    [['--audience', 'some'], /Allowed choices are everyone, all/],
    [['--expires', '0'], /a whole number from 1/],
  ] as const)('create refuses %s', async ([words, said]) => {
    const { code, stdout, stderr } = await create(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(said);
  });
});
