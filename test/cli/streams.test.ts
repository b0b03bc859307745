/** The streams of the real process. */
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { useFolder } from '../support/folder.ts';
import { ROOT } from '../support/sources.ts';

const database = useDatabase();
const folder = useFolder();

/** Runs a line of bash in the folder, where `almanac` is the program. */
function bash(line: string, settings: Record<string, string>) {
  const { DATABASE_URL: _d, ALMANAC_DATA: _a, STORE_CONTENT: _s, ...env } = process.env;
  const almanac = `almanac() { ${JSON.stringify(process.execPath)} ${JSON.stringify(join(ROOT, 'almanac.ts'))} "$@"; }`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${almanac}; ${line}`], {
    cwd: folder.path,
    encoding: 'utf8',
    env: { ...env, ...settings },
  });
  return { status, stdout, stderr };
}

describe('the program in a shell', () => {
  it('an answer whose reader has seen enough ends in order', () => {
    const { status, stderr } = bash('almanac guilds --json | true', { DATABASE_URL: database.url });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('settings in a .env file count, and the environment counts more', async () => {
    await writeFile(
      join(folder.path, '.env'),
      `# ours\nDATABASE_URL="${database.url}"\nSTORE_CONTENT=none\n`,
    );
    expect(bash('almanac guilds --json', {})).toEqual({ status: 0, stdout: '[]\n', stderr: '' });
    const other = bash('almanac guilds --json', { STORE_CONTENT: 'nothing' });
    expect(other).toEqual({
      status: 2,
      stdout: '',
      stderr: 'STORE_CONTENT must be full or none, not "nothing".\n',
    });
  });
});
