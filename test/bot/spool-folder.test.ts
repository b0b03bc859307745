import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { takeSpoolFolder } from '../../bot/spool-folder.ts';
import { useFolder } from '../support/folder.ts';

const root = useFolder();
let folder = '';
let runs = 0;
beforeEach(() => {
  folder = join(root.path, `spool-${++runs}`);
});

const take = (wait = async (_ms: number) => {}) => takeSpoolFolder({ folder, name: '1-0', wait });

/** A folder as its owner has left it, with something in it. */
async function leave(name: string, owner?: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, '1.log'), 'events');
  if (owner) await writeFile(join(folder, name, 'owner'), `${owner}\n1\n`);
}

const mine = async () => (await readFile(join(folder, '1-0', 'owner'), 'utf8')).split('\n')[0]!;
/** A process of this machine that is no more, and one of which nobody here knows. */
const dead = async () => JSON.stringify(Object.assign(JSON.parse(await mine()), { 1: 2 ** 22, 2: '1' }));
const strange = JSON.stringify(['another machine', 1, '1']);

describe('the folder of a spool', () => {
  it('is made where there is none, and is free again when it is let go', async () => {
    const first = await take();
    expect(first).toMatchObject({ path: join(folder, '1-0'), left: [] });
    await first.release();
    const second = await take();
    expect(second.path).toBe(first.path);
    await second.release();
  });

  it('is another one where its owner lives', async () => {
    const first = await take();
    const second = await take();
    expect(second.path).toBe(join(folder, '1-0.2'));
    const third = await take();
    expect(third.path).toBe(join(folder, '1-0.3'));
    await Promise.all([first, second, third].map((one) => one.release()));
  });

  it('of a process that is dead is taken over at once, with all that others have left', async () => {
    const first = await take();
    const gone = await dead();
    await first.release();
    await leave('1-0', gone);
    await leave('1-0.2', gone);
    await leave('1-00', gone);
    const taken = await take(() => expect.fail('waited'));
    expect(taken).toMatchObject({ path: join(folder, '1-0'), left: [join(folder, '1-0.2')] });
    expect(await readdir(taken.path)).toContain('1.log');
    await taken.release();
  });

  it('of a process of which nothing is known is taken over when its mark stands still', async () => {
    await leave('1-0', strange);
    const waits: number[] = [];
    const taken = await take(async (ms) => void waits.push(ms));
    expect([taken.path, waits.length]).toEqual([join(folder, '1-0'), 1]);
    await taken.release();
  });

  it('and is left alone where the mark stirs', async () => {
    await leave('1-0', strange);
    const taken = await take(() => writeFile(join(folder, '1-0', 'owner'), `${strange}\n2\n`));
    expect(taken).toMatchObject({ path: join(folder, '1-0.2'), left: [] });
    await taken.release();
  });
});
