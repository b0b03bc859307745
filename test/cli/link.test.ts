/** Which server may ask about which: by the command line. */
import { beforeEach, describe, expect, it } from 'vitest';
import { isRecordedByBot } from '../../db/access.ts';
import { linkedGuilds, linkGuild, openLinked } from '../../db/linked-guilds.ts';
import { openWriter } from '../../db/write-batch.ts';
import { linkedServers } from '../../reports/linked.ts';
import { typed } from '../support/command-line.ts';
import { useDatabase } from '../support/database.ts';
import { at, batchOf } from '../support/records.ts';

const database = useDatabase();

const [IMPORTED, HOME, OTHER] = ['200000000000000001', '200000000000000002', '200000000000000003'];
const HOUR_MS = 3_600_000;
const UNKNOWN = '200000000000000009';

/** A server that the bot is in. */
async function joined(...guildIds: string[]): Promise<void> {
  await write(
    batchOf({
      guilds: guildIds.map((guildId) => ({ source: 'gateway', observedAt: at(1), guildId, name: 'Home' })),
      guildMoments: guildIds.map((guildId) => ({ guildId, kind: 'available', at: at(1) })),
      roles: guildIds.map((guildId) => ({
        source: 'gateway',
        observedAt: at(1),
        guildId,
        roleId: guildId,
        permissions: '1024',
      })),
    }),
  );
}

async function write(batch: ReturnType<typeof batchOf>): Promise<void> {
  const writer = await openWriter(database.pool, { content: 'full' });
  await writer.write(batch);
  await writer.close();
}

beforeEach(async () => {
  await database.clear();
  const guild = { source: 'dce' as const, observedAt: at(1), guildId: IMPORTED, name: 'Old\u202eHome' };
  await write(batchOf({ guilds: [guild] }));
  await joined(HOME, OTHER);
});

const run = (...words: string[]) => typed(['link', ...words], { DATABASE_URL: database.url });
const link = (guild: string, to: string, ...more: string[]) => run('--guild', guild, '--to', to, ...more);
const linked = (guildId: string) => linkedGuilds(database.db, guildId);

describe('almanac link', () => {
  it('links an imported server, closed to all but managers, and says how it is opened; twice is once', async () => {
    for (const _ of [1, 2]) {
      const { code, stdout } = await link(IMPORTED, HOME);
      expect(code).toBe(0);
      expect(stdout).toContain(`${HOME} may ask about ${IMPORTED}: for now only who may Manage Server`);
      expect(stdout).toContain('/settings server');
      expect(await linked(HOME)).toMatchObject([{ id: IMPORTED, isOpen: false }]);
    }
    await openLinked(database.db, HOME, IMPORTED, true);
    await link(IMPORTED, HOME);
    expect(await linked(HOME)).toMatchObject([{ isOpen: true }]);
  });

  it('takes a link away, and refuses to where there is none', async () => {
    await link(IMPORTED, HOME);
    const { code, stdout } = await link(IMPORTED, HOME, '--remove');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${HOME} may not ask about ${IMPORTED} any more.\n`,
    });
    expect(await linked(HOME)).toEqual([]);
    const again = await link(IMPORTED, HOME, '--remove');
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toContain(`${IMPORTED} is not linked to ${HOME}.`);
  });

  it('answers as JSON', async () => {
    const made = await link(IMPORTED, HOME, '--json');
    expect(JSON.parse(made.stdout)).toEqual({ guildId: IMPORTED, toId: HOME, isLinked: true });
    const removed = await link(IMPORTED, HOME, '--remove', '--format', 'json');
    expect(JSON.parse(removed.stdout)).toEqual({ guildId: IMPORTED, toId: HOME, isLinked: false });
    expect(JSON.parse((await run('--json')).stdout)).toEqual([]);
  });
});

describe('almanac link without a server', () => {
  it('says how to link one, where none is', async () => {
    const { code, stdout, stderr } = await run();
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('npx almanac link --guild IMPORTED --to ID');
  });

  it('lists every link, and who may ask; nobody, once the bot is in it', async () => {
    await link(IMPORTED, HOME);
    await link(IMPORTED, OTHER);
    await openLinked(database.db, OTHER, IMPORTED, true);
    expect((await run()).stdout.split('\n').slice(0, 3)).toEqual([
      expect.stringMatching(/^server +name +linked to +who may ask$/),
      expect.stringMatching(new RegExp(`^${IMPORTED}  Old.Home  ${HOME}  who may Manage Server$`)),
      expect.stringMatching(new RegExp(`^${IMPORTED}  Old.Home  ${OTHER}  everyone$`)),
    ]);
    await joined(IMPORTED);
    expect((await run()).stdout.match(/nobody: the bot has joined it since/g)).toHaveLength(2);
    const [first] = JSON.parse((await run('--json')).stdout);
    expect(first).toMatchObject({ id: IMPORTED, toId: HOME, isOpen: false, isOver: true });
  });
});

describe('a link to a server that the bot has joined since', () => {
  /** The bot was in it, in hours from now. */
  const stay = (fromHours: number, toHours: number) =>
    write(
      batchOf({
        guildMoments: [
          { guildId: IMPORTED, kind: 'available', at: Date.now() + fromHours * HOUR_MS },
          { guildId: IMPORTED, kind: 'left', at: Date.now() + toHours * HOUR_MS },
        ],
      }),
    );

  it('does not come back to life when the bot leaves: what it recorded there is not an import', async () => {
    await link(IMPORTED, HOME);
    expect(await linkedServers(database.db, HOME)).toHaveLength(1);
    await joined(IMPORTED);
    await stay(1, 2);
    expect(await isRecordedByBot(database.db, IMPORTED)).toBe(false);
    expect(await linkedServers(database.db, HOME)).toEqual([]);
    expect((await run()).stdout).toContain('nobody: the bot has joined it since');
  });

  it('is made anew by the operator alone, and is closed then', async () => {
    await linkGuild(database.db, HOME, IMPORTED, new Date(Date.now() - 3 * HOUR_MS));
    await openLinked(database.db, HOME, IMPORTED, true);
    await stay(-2, -1);
    expect(await linkedServers(database.db, HOME)).toEqual([]);
    expect((await link(IMPORTED, HOME)).code).toBe(0);
    expect(await linkedServers(database.db, HOME)).toMatchObject([{ id: IMPORTED, isOpen: false }]);
  });
});

describe('what is not linked', () => {
  const refused = async (answer: ReturnType<typeof run>, reason: string) => {
    const { code, stdout, stderr } = await answer;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
    expect(await linked(HOME)).toEqual([]);
  };

  it('is a server that is not recorded', () =>
    refused(link(UNKNOWN, HOME), `The server ${UNKNOWN} is not recorded.`));

  it('is a server to itself', () => refused(link(HOME, HOME), 'need not be linked to itself'));

  it('is a server that the bot is in: who may read what is known there', () =>
    refused(link(OTHER, HOME), `The bot is in ${OTHER} itself`));

  it('is a server to one that the bot does not record: nobody could ask there', async () => {
    await refused(link(IMPORTED, UNKNOWN), `The bot does not record ${UNKNOWN}`);
    const guild = { source: 'dce' as const, observedAt: at(1), guildId: UNKNOWN, name: 'Imported, too' };
    await write(batchOf({ guilds: [guild] }));
    await refused(link(IMPORTED, UNKNOWN), `The bot does not record ${UNKNOWN}`);
  });

  it('is one of which the other server is not named', async () => {
    for (const words of [['--guild', IMPORTED!], ['--to', HOME!], ['--remove'], ['--remove', '--to', HOME!]])
      await refused(run(...words), 'Name both: --guild');
  });

  it('is one more than can be suggested', async () => {
    const ids = Array.from({ length: 26 }, (_, i) => String(300_000_000_000_000_000n + BigInt(i)));
    const guilds = ids.map((guildId) => ({
      source: 'dce' as const,
      observedAt: at(1),
      guildId,
      name: guildId,
    }));
    await write(batchOf({ guilds }));
    for (const id of ids.slice(0, 25)) expect((await link(id, HOME!)).code).toBe(0);
    expect((await link(ids[25]!, HOME!)).stderr).toContain('has 25 linked servers');
    expect(await linked(HOME!)).toHaveLength(25);
    // What is linked already is no more.
    expect((await link(ids[0]!, HOME!)).code).toBe(0);
  });
});
