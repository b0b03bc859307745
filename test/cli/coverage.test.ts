/** `almanac coverage`: what is recorded, what is not and why, and what to do about it; and the line beside every answer. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChannelRecord } from '../../db/records.ts';
import { typed } from '../support/command-line.ts';
import { useDatabase } from '../support/database.ts';
import { at, GUILD, idAt } from '../support/records.ts';
import { post, write } from '../support/written.ts';

const DAY = 86_400;
const [GENERAL, HELP, MODS, IDEAS, OLD] = [1, 2, 3, 4, 5].map((low) => idAt(at(0), low)) as [
  string,
  string,
  string,
  string,
  string,
];
const threads = [1, 2, 3].map((low) => idAt(at(DAY), low));

const database = useDatabase();
const run = (...words: string[]) => typed(words, { DATABASE_URL: database.url });
const shown = async (...words: string[]) => {
  const { code, stdout, stderr } = await run('coverage', '--guild', GUILD, ...words);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.trimEnd();
};

const known = (channelId: string, name: string, more: Partial<ChannelRecord> = {}): ChannelRecord => ({
  source: 'rest',
  observedAt: at(1),
  guildId: GUILD,
  channelId,
  type: 0,
  name,
  ...more,
});
const insert = (table: string, ...values: unknown[]) =>
  database.pool.query(
    `insert into ${table} values (${values.map((_, i) => `$${i + 1}`).join(', ')})`,
    values,
  );
const span = (id: string, from: number, to: number, grade = 'verified') =>
  insert(
    'coverage',
    GUILD,
    id,
    idAt(at(from)),
    idAt(at(to)),
    grade === 'claimed' ? 'dce' : 'rest',
    grade,
    new Date(at(to)),
  );
const access = (id: string, word: string) =>
  insert('channel_access', GUILD, id, new Date(at(50 * DAY)), word);
const message = (id: string, day: number, low = 0) =>
  post(new Date(at(day * DAY)).toISOString(), { channelId: id }, low);

/** A hundred days, of which #general is verified but for the last, and the others less. */
beforeEach(async () => {
  await database.clear();
  await write(
    database,
    [
      message(GENERAL, 0, 9),
      message(GENERAL, 100),
      message(HELP, 0.1),
      message(HELP, 99),
      message(OLD, 0.2),
      ...threads.map((id, i) => message(id, 1 + i / 100, 9)),
    ],
    {
      channels: [
        known(HELP, 'help'),
        known(MODS, 'mods'),
        known(IDEAS, 'ideas', { type: 15 }),
        known(OLD, 'old'),
        known(GENERAL, 'general'),
        ...threads.map((id, i) => known(id, `thread \u202e${i}`, { type: 11, parentId: HELP })),
      ],
    },
  );
  await span(GENERAL, 0, 99 * DAY);
  await span(HELP, 0, 20 * DAY, 'claimed');
  await span(HELP, 60 * DAY, 70 * DAY);
  await span(HELP, 80 * DAY, 101 * DAY);
  await span(OLD, 0, 101 * DAY);
  for (const id of threads) await span(id, 0, 101 * DAY);
});

const read = `npx almanac backfill --guild ${GUILD}`;

describe('almanac coverage', () => {
  it('says in a line what is covered, lists what is not, most missing first, and sums up the rest', async () => {
    for (const id of [GENERAL, HELP, OLD]) await access(id, 'readable');
    await access(MODS, 'no view');
    await access(IDEAS, 'no connect');
    const [line, table, rest, out, ends, advice, ...more] = (await shown()).split('\n\n');
    expect(more).toEqual([]);
    expect(ends).toBe('The record ends on 2026-04-11.');
    expect(line).toBe(
      '59 % verified, 4 % imported, since 2026-01; 2 channels pending; #mods and #ideas not readable',
    );
    expect(table!.split('\n').map((row) => row.split(/ {2,}/))).toEqual([
      ['channel', 'verified', 'imported', 'since', 'longest time missing', 'why'],
      ['#mods', '100 d from 2026-01-01', 'no View Channel'],
      ['#help', '30 %', '19 %', '2026-01-01', '40 d from 2026-01-21, and 1 more', 'pending'],
      ['#general', '99 %', '2026-01-01', '24 h from 2026-04-10', 'pending'],
    ]);
    expect(rest).toBe('All else is verified in full: 1 channel and 3 threads.');
    expect(out!.split('\n')).toEqual([
      'Not readable: #ideas. The bot needs Connect.',
      'Not readable: #mods. The bot needs View Channel.',
    ]);
    expect(advice).toBe(`To read what is pending: ${read}`);
    expect(table!.split('\n').every((row) => row.length <= 100)).toBe(true);
  });

  it('puts the threads of a channel together, unless they are asked for', async () => {
    await access(HELP, 'readable');
    await database.pool.query('delete from coverage where channel_id = any($1)', [threads.slice(1)]);
    const together = await shown();
    expect(together).toMatch(/^#help › 3 threads +33 % +2026-01-02 .* 2 pending$/m);
    const each = await shown('--channel', threads[0]!, threads[1]!);
    expect(each).toMatch(/^› thread 1 .* pending$/m);
    expect(each).toMatch(/^› thread 0 +100 % /m);
    expect(each).not.toContain('\u202e');
    expect(each).not.toContain('#general');
  });

  it('lists the forty of which most is missing, and says how many more there are', async () => {
    const many = Array.from({ length: 50 }, (_, i) => known(idAt(at(0), 200 + i), `c${i}`));
    await write(database, [], { channels: many });
    const text = await shown();
    expect(text.match(/^#.*Discord not asked$/gm)).toHaveLength(40);
    expect(text).toContain('And 13 channels more, of which less is missing; --format csv lists all.');
    expect((await shown('--format', 'csv')).split('\r\n')).toHaveLength(1 + 50 + 7);
  });

  it('of a server that was only imported says how it could be verified', async () => {
    await database.pool.query(`update coverage set grade = 'claimed', source = 'dce'`);
    const text = await shown();
    expect(text).toMatch(/^\d+ % imported, since 2026-01\n/);
    expect(text).toMatch(/^#general .* Discord not asked$/m);
    expect(text.split('\n').at(-1)).toBe(
      `No bot has looked at this server yet. With one in it, Discord's own answers can be added: ${read}`,
    );
  });

  it('of a server that is verified in full says that in two lines', async () => {
    await database.pool.query('delete from channels where channel_id = any($1)', [[MODS, IDEAS]]);
    await database.pool.query('delete from coverage');
    for (const id of [GENERAL, HELP, OLD, ...threads]) {
      await span(id, 0, 101 * DAY);
      await access(id, 'readable');
    }
    expect(await shown()).toBe(
      'verified in full since 2026-01\n\nAll of it is verified in full: 3 channels and 3 threads.\n\nThe record ends on 2026-04-11.',
    );
  });

  it('names what the settings leave out', async () => {
    await run('settings', 'excluded-channels', `${MODS},${IDEAS}`, '--guild', GUILD);
    const text = await shown();
    expect(text).toContain('Excluded by the settings: #mods, #ideas.');
    expect(text).not.toMatch(/^#mods/m);
  });

  it('is about the window that is asked for', async () => {
    expect(await shown('--from', '2026-02-01', '--to', '2026-03-01', '--channel', GENERAL)).toMatch(
      /^verified in full\n/,
    );
    expect(await shown('--from', '2026-01-11', '--to', '2026-01-31', '--channel', HELP)).toMatch(
      /^50 % imported\n/,
    );
  });

  it('as JSON and CSV has every channel and thread', async () => {
    await access(MODS, 'hidden');
    const found = JSON.parse(await shown('--json'));
    expect(found).toMatchObject({
      guildId: GUILD,
      from: null,
      to: null,
      timeZone: 'UTC',
      coverage: { sinceAt: '2026-01-01T00:00:00.000Z', notReadable: { named: [{ id: MODS, name: 'mods' }] } },
      leftOut: [{ channelId: MODS, reason: 'hidden' }],
    });
    const ids = [GENERAL, HELP, MODS, OLD, ...threads].toSorted();
    expect(found.channels.map((row: { channelId: string }) => row.channelId)).toEqual(ids);
    const lines = (await shown('--format', 'csv')).split('\r\n');
    expect(lines[0]).toMatch(
      /^channelId,channel,type,isThread,parentId,parent,fromAt,toAt,weight,verifiedShare,/,
    );
    expect(lines.slice(1).map((row) => row.split(',')[0])).toEqual(ids);
  });

  it('of a server that is not recorded is refused with the way to those that are', async () => {
    expect(await run('coverage', '--guild', '5')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'The server 5 is not recorded. See those that are with: npx almanac guilds\n',
    });
  });
});

describe('the line of coverage', () => {
  const LINE = /^\d+ % verified, \d+ % imported/m;

  it('stands beside every answer to a person, and in every one to a program', async () => {
    for (const question of ['top-channels', 'guild-totals']) {
      const words = ['query', question, '--guild', GUILD];
      const { stdout, stderr } = await run(...words);
      expect(stderr).toMatch(LINE);
      expect(stdout).not.toMatch(LINE);
      const { coverage } = JSON.parse((await run(...words, '--json')).stdout);
      expect(coverage).toMatchObject({
        verifiedShare: expect.any(Number),
        pending: { channels: 0, threads: 0 },
      });
    }
  });

  it('is about the channels and the window that are asked about', async () => {
    const { stderr } = await run(
      'query',
      'totals',
      '--guild',
      GUILD,
      '--channel',
      GENERAL,
      '--to',
      '2026-02-01',
    );
    expect(stderr).toMatch(/^verified in full$/m);
  });

  it('stands in the weekly report', async () => {
    const { stdout } = await run('report', 'weekly', '--guild', GUILD, '--week', '2026-W08');
    expect(stdout).toMatch(/^## What these numbers rest on\n\n\d+ % verified\. /m);
    const { coverage } = JSON.parse((await run('report', 'weekly', '--guild', GUILD, '--json')).stdout);
    expect(coverage.line).toMatchObject({ verifiedShare: expect.any(Number), notReadable: { channels: 0 } });
  });
});
