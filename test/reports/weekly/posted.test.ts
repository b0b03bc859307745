/** What is kept of a report that was posted, and how its numbers are had again. */
import { beforeEach, describe, expect, it } from 'vitest';
import { chooseUnranked, forgetPerson } from '../../../db/choices.ts';
import { dropIfNaming, readPost } from '../../../db/posts.ts';
import { saveSettings } from '../../../db/settings.ts';
import { buildFromInputs, buildWeekly, figuresNow, figuresOf, hydrated } from '../../../reports/weekly.ts';
import { useDatabase } from '../../support/database.ts';
import { AUTHOR, CHANNEL, GUILD, idAt, told } from '../../support/records.ts';
import { post, posts, write } from '../../support/written.ts';
import { openChannels } from '../../commands/asking/scene.ts';
import { postWeek } from './a-post.ts';

const database = useDatabase();
const STAFF = '100000000000000021';
const [ANNA, BELA, CARL] = ['200000000000000001', '200000000000000002', '200000000000000003'];
const WEEK = { guildId: GUILD, report: 'weekly', period: '2026-W03' };
const MONDAY_MS = Date.parse('2026-01-19T09:00Z');
const member = (userId: string, name: string) =>
  ({ source: 'rest', observedAt: 0, guildId: GUILD, userId, name }) as const;
const says = (authorId: string, content: string) => ({ authorId, body: { content, fidelity: 3 as const } });
const QUESTION = post('2026-01-13T10:00Z', says(ANNA, 'Where is the larch?'));

/** Week 3: Anna asks, Bela writes and gets a reaction, and the staff has a channel of its own. */
beforeEach(async () => {
  await database.clear();
  await database.pool.query('delete from posts');
  const liked = { key: '👍', count: 3 };
  await write(
    database,
    [
      post('2026-01-06T10:00Z', says(BELA, 'the week before')),
      QUESTION,
      post('2026-01-14T10:00Z', {
        ...says(BELA, 'A heron!'),
        reactions: { at: Date.parse('2026-01-14T11:00Z'), counts: [liked] },
      }),
      ...posts(4, '2026-01-15T10:00Z', { ...says(CARL, 'psst'), channelId: STAFF }),
      post('2026-01-18T23:59Z', says(BELA, 'good night')),
    ],
    { members: [member(ANNA, 'anna'), member(BELA, 'bela'), member(CARL, 'carl')] },
  );
  await openChannels(database, GUILD, [STAFF]);
});

const put = () => postWeek(database, { week: '2026-W03', nowMs: MONDAY_MS });
const keptText = async () => JSON.stringify((await readPost(database.pool, WEEK))!.built);
const shown = async () => hydrated(database.db, (await readPost(database.pool, WEEK))!.built);

describe('what is kept of a post', () => {
  it('has all of the report but the texts, and has them again when it is shown', async () => {
    const { report } = await put();
    expect(report.questions.waiting[0]).toMatchObject({ text: 'Where is the larch?', author: 'anna' });
    expect(report.reacted[0]).toMatchObject({ text: 'A heron!', reactions: 3 });
    expect(await keptText()).not.toMatch(/larch|heron/);
    expect(await shown()).toEqual(report);
  });

  it('shows no text of a message that was deleted since', async () => {
    const { report } = await put();
    const goneAt = MONDAY_MS + 1;
    await write(database, [told(0, QUESTION.messageId, { observedAt: goneAt, goneAt })]);
    const { questions, reacted } = (await shown())!;
    expect(questions.waiting[0]).toEqual({ ...report.questions.waiting[0], text: null });
    expect(reacted).toEqual(report.reacted);
  });

  it('shows no text of a channel that was excluded since', async () => {
    await put();
    await saveSettings(database.db, GUILD, { excludedChannels: [CHANNEL] }, new Date());
    const { questions, reacted } = (await shown())!;
    expect([...questions.waiting, ...reacted].map(({ text }) => text)).toEqual([null, null]);
  });

  it('is nothing that an older version may have kept otherwise', async () => {
    const { report } = await put();
    for (const kept of [null, 'x', report, { report }, { shape: 0, report }])
      expect(await hydrated(database.db, kept)).toBeUndefined();
  });

  it.for([ANNA, BELA])('is dropped when somebody in it is forgotten, with their name (%s)', async (id) => {
    await put();
    const receipt = await forgetPerson(database.pool, GUILD, id, new Date());
    expect(receipt.posts).toBe(1);
    expect(await keptText()).toBe('null');
    expect(await readPost(database.pool, WEEK)).toMatchObject({ state: 'posted', channelId: CHANNEL });
  });

  it('is dropped when somebody in it chooses not to be named, and stays for all others', async () => {
    await put();
    for (const other of [CARL, AUTHOR, '2']) {
      await chooseUnranked(database.db, GUILD, other, true, new Date());
      expect((await forgetPerson(database.pool, GUILD, other, new Date())).posts).toBe(0);
    }
    await chooseUnranked(database.db, '4', ANNA, true, new Date());
    await chooseUnranked(database.db, GUILD, ANNA, false, new Date());
    expect(await shown()).toBeDefined();
    await chooseUnranked(database.db, GUILD, ANNA, true, new Date());
    expect(await keptText()).toBe('null');
  });

  it('goes, too, where somebody chose that while it was made', async () => {
    await chooseUnranked(database.db, GUILD, CARL, true, new Date());
    const { report } = await put();
    expect(await dropIfNaming(database.pool, WEEK)).toBe(false);
    await chooseUnranked(database.db, GUILD, ANNA, true, new Date());
    await database.pool.query(`update posts set built = $1`, [JSON.stringify({ shape: 1, report })]);
    expect(await dropIfNaming(database.pool, WEEK)).toBe(true);
    expect(await keptText()).toBe('null');
  });
});

describe('a post built again from its inputs', () => {
  it('is the same, whatever was written since', async () => {
    const { report, inputs } = await put();
    const reference = { type: 0, messageId: QUESTION.messageId, channelId: CHANNEL };
    await write(database, [
      post('2026-01-19T09:05Z', { ...says(BELA, 'Behind the pond.'), type: 19, reference }),
      ...posts(9, '2026-01-20T10:00Z', says(CARL, 'hello')),
    ]);
    expect(await buildFromInputs(database.db, JSON.parse(JSON.stringify(inputs)))).toEqual(report);
    expect(await figuresNow(database.db, inputs)).toEqual(figuresOf(report));
    // Without a time as of which it is asked, there is an answer.
    const { asOfMs: _, ...open } = inputs;
    expect((await buildWeekly(database.db, { ...open, nowMs: MONDAY_MS }))!.questions.answered).toBe(1);
  });

  it('is the same where threads go on, answer its questions, and are archived', async () => {
    const old = post('2026-01-06T11:00Z', says(BELA, 'an old matter'));
    const threads = [QUESTION, old].map(({ messageId }) => messageId);
    const parts = { source: 'rest', observedAt: 1, guildId: GUILD } as const;
    const thread = (channelId: string) => ({ ...parts, channelId, type: 11, name: 'so', parentId: CHANNEL });
    const inThread = (time: string, channelId: string, by: string) =>
      post(time, { ...says(by, 'so it is'), channelId }, 1);
    const archived = { archived: false, locked: false, archivedAt: Date.parse('2026-01-06T11:00Z') };
    await write(
      database,
      [
        old,
        inThread('2026-01-13T10:05Z', threads[0]!, ANNA),
        inThread('2026-01-06T11:05Z', threads[1]!, ANNA),
      ],
      {
        channels: threads.map((id) => ({ ...thread(id), archiving: archived })),
        coverage: [
          {
            guildId: GUILD,
            channelId: CHANNEL,
            fromId: '1',
            toId: idAt(MONDAY_MS),
            source: 'rest',
            grade: 'read',
            at: MONDAY_MS,
          },
        ],
      },
    );
    const { report, inputs } = await put();
    expect(report.threads.map(({ id }) => id)).toEqual([threads[0]]);
    expect(report.questions).toMatchObject({ asked: 1, answered: 0 });
    // Nobody read the threads.
    expect(report.coverage).toMatchObject({ channels: 3, verified: 1, missing: 2 });
    const again = () => buildFromInputs(database.db, inputs);
    await write(
      database,
      threads.map((id, i) => inThread(`2026-01-20T1${i}:00Z`, id, BELA)),
    );
    expect(await again()).toEqual(report);
    const later = { ...archived, archived: true, archivedAt: Date.parse('2026-01-21T10:00Z') };
    await write(database, [], {
      channels: threads.map((id) => ({ ...thread(id), observedAt: 2, archiving: later })),
    });
    expect(await again()).toEqual(report);
  });

  it('is the same while the recorder goes on, and after it is gone', async () => {
    const { pool, db } = database;
    await pool.query(
      `insert into shards (application_id, shard_id, shard_count, alive_at) values (1, 0, 1, $1)`,
      [new Date(MONDAY_MS - 7_200_000.5)],
    );
    const moment = `insert into guild_moments (guild_id, kind, at) values ($1, $2, $3)`;
    await pool.query(moment, [GUILD, 'available', new Date(MONDAY_MS - 9_000_000)]);
    const { report, inputs } = await put();
    // What is not known to have been silent is not known.
    expect(report.record!.lastMs).toBe(MONDAY_MS - 7_200_001);
    expect(inputs.asOfMs).toBe(report.record!.lastMs);
    await pool.query('update shards set alive_at = $1', [new Date(MONDAY_MS + 9_999_999)]);
    expect(await buildFromInputs(db, inputs)).toEqual(report);
    await pool.query(moment, [GUILD, 'left', new Date(MONDAY_MS + 10_000_000)]);
    expect(await buildFromInputs(db, inputs)).toEqual(report);
  });

  it('counts what came late, and leaves out channels that its readers could not read', async () => {
    const { report, inputs } = await put();
    expect(figuresOf(report)).toEqual({ messages: 3, people: 2 });
    await write(database, [
      ...posts(2, '2026-01-16T10:00Z', says(CARL, 'late')),
      ...posts(7, '2026-01-16T11:00Z', { ...says(CARL, 'psst'), channelId: STAFF }),
    ]);
    expect(await figuresNow(database.db, inputs)).toEqual({ messages: 5, people: 3 });
    expect(figuresOf((await buildFromInputs(database.db, inputs))!)).toEqual({ messages: 5, people: 3 });
  });

  it('is without a person who was forgotten: neither their messages nor their name', async () => {
    const { inputs } = await put();
    await forgetPerson(database.pool, GUILD, BELA, new Date());
    const again = (await buildFromInputs(database.db, inputs))!;
    expect(figuresOf(again)).toEqual({ messages: 1, people: 1 });
    expect(JSON.stringify(again)).not.toMatch(new RegExp(`bela|${BELA}`));
    const { rows } = await database.pool.query<{ row: string }>('select p::text as row from posts p');
    expect(rows.map(({ row }) => row).join()).not.toMatch(new RegExp(`bela|${BELA}`));
  });

  it('of a guild that is not recorded, or of no week, is nothing', async () => {
    const { inputs } = await put();
    expect(await buildFromInputs(database.db, { ...inputs, guildId: '4' })).toBeUndefined();
    expect(await buildFromInputs(database.db, { ...inputs, week: '2026-W99' })).toBeUndefined();
    expect(await figuresNow(database.db, { ...inputs, week: 'x' })).toEqual({ messages: 0, people: 0 });
  });
});
