/** `/backfill`: what it does, and what it shows one after the other. */
import { describe, expect, it } from 'vitest';
import type { PlanOrder } from '../../commands/command.ts';
import { connect } from '../../db/connect.ts';
import { saveRunProgress } from '../../db/run-channels.ts';
import { listRuns, queueRun, type Run, setRunState, startRun } from '../../db/runs.ts';
import { openBackfillCard } from '../../ingest/backfill/card.ts';
import type { Message } from '../../reports/message.ts';
import { UserError } from '../../reports/user-error.ts';
import { GUILD, idAt } from '../support/records.ts';
import {
  BORN,
  buttonsOf,
  ENDED,
  GENERAL,
  GOING,
  labelsOf,
  MODS,
  NOW,
  order,
  OUTLOOK,
  textOf,
  THREAD,
  useBackfill,
} from './backfill/scene.ts';

const { database, name, use, look, acting, complete, begun, end } = useBackfill();

describe('the plan', () => {
  it('is asked of Discord, which takes a while, and then shown with a button that starts the same', async () => {
    const asked: PlanOrder[] = [];
    const options = { channel: '#General', since: '1.11.2026', 'reaction-users': true, again: true };
    const plan = (given: PlanOrder) => (asked.push(given), Promise.resolve(OUTLOOK));
    const [first, last, ...more] = await use({ subcommand: 'plan', options, plan });
    expect(more).toEqual([]);
    expect(textOf(first!)).toMatch(/^Asking Discord/);
    expect(textOf(last!)).toContain('About **120,450 messages**');
    const [{ press } = {}] = buttonsOf(last!);
    expect(press).toEqual({
      act: 'again',
      command: 'backfill',
      subcommand: 'start',
      options: { channel: GENERAL, since: '2026-11-01', 'reaction-users': true, again: true },
    });
    await use({ subcommand: 'start', options: press!.options, meanwhile: () => pauseAll() });
    const [run] = await listRuns(database.pool, { guildId: GUILD, limit: 1 });
    expect(run).toMatchObject(asked[0]!);
    expect(asked[0]!.sinceId).toBe(idAt(Date.UTC(2026, 10, 1)));
  });

  const pauseAll = () => use({ subcommand: 'pause' });

  it('says where nothing is to be read, and has nothing to start', async () => {
    const nothing = { ...OUTLOOK, channels: [], notRead: [], messages: 0 };
    const plan = () => Promise.resolve({ ...nothing, covered: 12 });
    const [, told] = await use({ subcommand: 'plan', plan });
    expect(told!.buttons ?? []).toEqual([]);
    const [, blind] = await use({ subcommand: 'plan', plan: () => Promise.resolve(nothing) });
    expect(textOf(blind!)).toContain('shown no channel');
  });

  it('of a server that Discord does not show is a sentence', async () => {
    const asked = use({ subcommand: 'plan', plan: () => Promise.resolve(undefined) });
    await expect(asked).rejects.toThrow(UserError);
    await expect(asked).rejects.toThrow('Discord shows the bot nothing of this server now');
  });
});

describe('what is asked for', () => {
  it.each([
    [{ channel: 'nowhere' }, 'There is no channel “nowhere” here'],
    [{ channel: '999999999999999999' }, 'There is no channel'],
    [{ since: '@everyone' }, '“@\u2060everyone” is no date'],
    [{ since: '2026-02-30' }, 'is no date'],
    [{ since: '2027-01-01' }, 'still to come'],
  ])('is refused with a sentence where it is wrong: %o', async (options, sentence) => {
    for (const subcommand of ['plan', 'start'])
      await expect(use({ subcommand, options })).rejects.toThrow(sentence);
    expect(await listRuns(database.pool, { limit: 1 })).toEqual([]);
  });

  it('is suggested: channels, threads and forums by a part of the name, 25 at most', async () => {
    await name(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [idAt(BORN, 100 + i), `room-${i}`])));
    await name({ [THREAD]: 'Plans for autumn' }, 11);
    expect(await complete('AUTUMN')).toEqual([{ name: '↳ Plans for autumn', value: THREAD }]);
    expect(await complete('#mod')).toEqual([{ name: '#mods', value: MODS }]);
    expect(await complete('')).toHaveLength(25);
    expect(await complete('', 'since')).toEqual([]);
  });
});

describe('a backfill that was started', () => {
  it('is queued, and followed until it has ended, by edits only where something differs', async () => {
    let run: Run | undefined;
    const shown = await use({
      subcommand: 'start',
      async meanwhile(n) {
        run ??= (await listRuns(database.pool, { limit: 1 }))[0]!;
        if (n === 2) {
          await startRun(database.pool, run, NOW);
          await saveRunProgress(database.pool, run, [], openBackfillCard(GOING), NOW);
        }
        if (n === 5)
          await setRunState(database.pool, run, 'done', { card: openBackfillCard(ENDED), nowMs: NOW });
      },
    });
    expect(shown.map((message) => textOf(message).split('\n')[0])).toEqual([
      '## The history is to be read',
      '## Reading the history',
      '## All history that the bot may read is recorded',
    ]);
    expect(shown.map(labelsOf)).toEqual([['Refresh', 'Pause'], ['Refresh', 'Pause'], ['Refresh']]);
    expect(run).toMatchObject(order());
  });

  it('is no longer followed after 13 minutes, so that its last message is in time', async () => {
    await begun(GOING);
    let waits = 0;
    const shown = await use({ subcommand: 'status', meanwhile: () => void waits++ });
    expect(waits * 5).toBe(12 * 60);
    expect(textOf(shown.at(-1)!)).toContain('No longer updated by itself: press Refresh.');
    expect(labelsOf(shown.at(-1)!)).toEqual(['Refresh', 'Pause']);
  });

  it('shows that nobody works on it', async () => {
    await begun(GOING);
    const told = await look({ subcommand: 'status', context: { nowMs: NOW + 300_000 } });
    expect(textOf(told)).toContain('Nothing new for 5 minutes.');
  });

  it('stays as it was last seen where the database is away, and says so', async () => {
    await begun(GOING);
    const store = connect(database.url, 2);
    const asking = { subcommand: 'status', context: { db: store.db, pool: store.pool } };
    const shown: Message[] = [];
    let waits = 0;
    const seeing = async () => {
      const meanwhile = (n: number) => (waits++, n === 0 ? store.close() : undefined);
      for await (const message of acting({ ...asking, meanwhile })) shown.push(message);
    };
    // The third look in a row that finds no database is an error.
    await expect(seeing()).rejects.not.toThrow(UserError);
    expect(waits).toBe(3);
    const [first, away, ...more] = shown;
    expect(more).toEqual([]);
    expect(textOf(away!)).toContain('The database does not answer; this is how it was last.');
    expect(textOf(away!)).toContain(textOf(first!));
    await expect(use(asking)).rejects.not.toThrow(UserError);
  });
});

describe('pause and resume', () => {
  it('say what they did, and the backfill goes on from there', async () => {
    await begun(GOING);
    const [paused] = await use({ subcommand: 'pause' });
    expect(textOf(paused!)).toContain('It stops at the next page. What was read is kept.');
    expect(textOf(paused!)).toContain('Paused: by /backfill pause.');
    expect(labelsOf(paused!)).toEqual(['Refresh', 'Resume']);
    const resumed = await look({ subcommand: 'resume' });
    expect(textOf(resumed)).toContain('It goes on where it was.');
    expect(await listRuns(database.pool, { limit: 1 })).toMatchObject([{ state: 'queued', reason: null }]);
  });

  it('say that there was nothing to do', async () => {
    const [nothing] = await use({ subcommand: 'pause' });
    expect(textOf(nothing!)).toContain('nothing was paused');
    expect(labelsOf(nothing!)).toEqual(['Show the plan', 'Start']);
    await end(await begun(ENDED), 'done');
    const [done] = await use({ subcommand: 'resume' });
    expect(textOf(done!)).toContain('nothing was resumed');
  });
});

describe('several backfills of a server', () => {
  it('are one that is worked on, and some that wait or are paused', async () => {
    await end(await begun(GOING, { sinceId: '7' }), 'paused', 'paused in Discord');
    await begun(GOING, { isAgain: true });
    await queueRun(database.pool, order(), NOW);
    await queueRun(database.pool, order({ channelIds: [MODS] }), NOW);
    const told = await look({ subcommand: 'status' });
    expect(textOf(told)).toContain('## Reading the history\nAsked for: all channels, what is recorded, too.');
    expect(textOf(told)).toContain('2 more backfills of this server wait behind it.');
    expect(textOf(told)).toContain('Another backfill of this server is paused.');
    expect(labelsOf(told)).toEqual(['Refresh', 'Pause', 'Resume']);
    const [paused] = await use({ subcommand: 'pause' });
    expect(textOf(paused!)).toContain('All 3 stop at the next page.');
  });

  it('that have ended: the one of which there is news last', async () => {
    await end(await begun(ENDED), 'done');
    const later = await begun(GOING, { channelIds: [GENERAL] });
    await setRunState(database.pool, later, 'failed', {
      nowMs: NOW + 1,
      reason: 'an unexpected error (RangeError)',
    });
    const [told] = await use({ subcommand: 'status' });
    expect(textOf(told!)).toContain('## Reading the history has failed\nAsked for: #general.');
    expect(buttonsOf(told!).at(-1)).toEqual({
      label: 'Try again',
      press: { act: 'again', command: 'backfill', subcommand: 'start', options: { channel: GENERAL } },
    });
  });
});
