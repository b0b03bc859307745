/** The numbers of a period at a glance, against a naive pass over the raw rows. */
import { beforeAll, describe, expect, it } from 'vitest';
import { recordSpan } from '../../../db/queries/record-span.ts';
import type { Window } from '../../../db/window.ts';
import { periodOf } from '../../../reports/period.ts';
import { buildStats, type StatsRequest } from '../../../reports/stats.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { byId, everIn, groupBy, localParts, pieceStart, sumOf, writtenIn } from '../../support/naive.ts';

const TIME_ZONE = 'Europe/Vienna';
const database = useDatabase();
const folder = useFolder();
let guild: AskedGuild;
let all: string[];
let span: { firstMs: number; lastMs: number };
beforeAll(async () => {
  guild = await askedGuild(database, `${folder.path}/asked`);
  all = [...new Set(guild.naive.messages.map((m) => m.channelId))];
  span = (await recordSpan(database.db, { guildId: guild.guildId, channels: all }))!;
});

function requestOf(words: string, more: Partial<StatsRequest> = {}): StatsRequest {
  const basis = { timeZone: TIME_ZONE, nowMs: span.lastMs, firstMs: span.firstMs };
  return {
    guildId: guild.guildId,
    guildName: 'asked',
    channels: all,
    bots: false,
    period: periodOf(words, basis)!,
    isRecorded: true,
    firstMs: basis.firstMs,
    nowMs: basis.nowMs,
    countedFor: 'everyone',
    ...more,
  };
}

const counts = async (words: string, more?: Partial<StatsRequest>) =>
  (await buildStats(database.db, requestOf(words, more))).counts!;

function naiveFigures({ guildId, channels, bots }: StatsRequest, window: Window) {
  const scope = { guildId, channels, bots, window };
  const list = writtenIn(guild.naive, scope);
  const firsts = groupBy(everIn(guild.naive, scope), (m) => m.authorId);
  return {
    messages: list.length,
    people: new Set(list.map((m) => m.authorId)).size,
    newcomers: [...firsts.values()].filter(([first]) => first!.ms >= window.fromMs && first!.ms < window.toMs)
      .length,
    replies: list.filter((m) => m.isReply).length,
    reactions: sumOf(list, (m) => sumOf(m.reactions, (r) => r.total)),
  };
}

describe('the figures', () => {
  it('are those of a naive pass, and so are those of before', async () => {
    const some = all.filter((_, i) => i % 3 === 0);
    for (const words of [
      'day',
      'week',
      'month',
      'quarter',
      'year',
      'this-week',
      'this-month',
      'this-year',
      '2025-03-01..2025-03-20',
    ]) {
      for (const more of [{}, { bots: true }, { channels: some }]) {
        const request = requestOf(words, more);
        const { window, before } = request.period;
        const { figures } = (await buildStats(database.db, request)).counts!;
        const [now, was] = [naiveFigures(request, window), naiveFigures(request, before!)];
        const expected = Object.entries(now).map(([figure, value]) => [
          figure,
          figure === 'newcomers' && span.firstMs >= before!.fromMs
            ? { value }
            : { value, before: was[figure as keyof typeof was] },
        ]);
        expect(figures, `${words} ${JSON.stringify(more).slice(0, 20)}`).toEqual(
          Object.fromEntries(expected),
        );
      }
    }
  });

  it('are compared with nothing where all is asked for, and everybody is new', async () => {
    const { figures } = await counts('all');
    const { newcomers, ...others } = naiveFigures(requestOf('all'), requestOf('all').period.window);
    expect(newcomers).toBe(others.people);
    expect(figures).toEqual(
      Object.fromEntries(Object.entries(others).map(([name, value]) => [name, { value }])),
    );
  });

  it('are compared where something of the time before is recorded; its newcomers only where all of it is', async () => {
    const { fromMs, toMs } = requestOf('month').period.window;
    const before = requestOf('month').period.before!;
    const knownFrom = async (firstMs: number) => {
      const { messages, newcomers } = (await counts('month', { firstMs })).figures;
      return [messages.before !== undefined, newcomers !== undefined, newcomers?.before !== undefined];
    };
    expect(await knownFrom(before.fromMs - 1)).toEqual([true, true, true]);
    expect(await knownFrom(before.fromMs + 1)).toEqual([true, true, false]);
    expect(await knownFrom(fromMs - 1)).toEqual([true, true, false]);
    expect(await knownFrom(fromMs)).toEqual([false, false, false]);
    expect(await knownFrom(toMs - 1)).toEqual([false, false, false]);
  });
});

describe('what is drawn and listed', () => {
  it('is activity by pieces that suit the length, as a naive pass counts them', async () => {
    for (const [words, unit, rows] of [
      ['day', 'hour', 24],
      ['week', 'day', 7],
      ['month', 'day', undefined],
      ['quarter', 'day', undefined],
      ['year', 'month', 12],
      ['2024-12-30..2025-09-07', 'week', 36],
      ['all', 'month', undefined],
    ] as const) {
      const request = requestOf(words);
      const { activity } = (await buildStats(database.db, request)).counts!;
      const list = writtenIn(guild.naive, { ...request, window: request.period.window });
      expect(activity.unit, words).toBe(unit);
      if (rows) expect(activity.rows, words).toHaveLength(rows);
      const pieces = groupBy(list, (m) => pieceStart(m.ms, TIME_ZONE, unit));
      expect(
        activity.rows.filter((row) => row.messages > 0),
        words,
      ).toEqual(
        [...pieces]
          .map(([start, of]) => ({
            start,
            messages: of.length,
            people: new Set(of.map((m) => m.authorId)).size,
          }))
          .toSorted((a, b) => (a.start < b.start ? -1 : 1)),
      );
    }
  });

  it('is the week by its hours, where there is a whole one', async () => {
    const request = requestOf('quarter');
    const { hours } = (await buildStats(database.db, request)).counts!;
    const list = writtenIn(guild.naive, { ...request, window: request.period.window });
    const slots = groupBy(list, ({ ms }) => {
      const { weekday, hour } = localParts(ms, TIME_ZONE);
      return `${weekday} ${hour}`;
    });
    expect(hours).toHaveLength(168);
    for (const { weekday, hour, messages } of hours!)
      expect(messages).toBe(slots.get(`${weekday} ${hour}`)?.length ?? 0);
    expect(await counts('day')).not.toHaveProperty('hours');
    expect(await counts('2025-03-01..2025-03-06')).not.toHaveProperty('hours');
  });

  it('are the five busiest places, of how many', async () => {
    const request = requestOf('quarter');
    const { places } = (await buildStats(database.db, request)).counts!;
    const list = writtenIn(guild.naive, { ...request, window: request.period.window });
    const byPlace = [...groupBy(list, (m) => m.channelId)];
    const isThread = (id: string) => [10, 11, 12].includes(guild.naive.channels.get(id)!.type as number);
    expect(places.busiest.map(({ id, messages }) => [id, messages])).toEqual(
      byPlace
        .map(([id, of]) => [id, of.length] as const)
        .toSorted(([a, n], [b, m]) => m - n || byId(a, b))
        .slice(0, 5),
    );
    expect(places.of).toEqual({
      channels: byPlace.filter(([id]) => !isThread(id)).length,
      threads: byPlace.filter(([id]) => isThread(id)).length,
    });
  });
});

describe('where nothing can be known', () => {
  it('nothing is counted: nothing recorded, before the record, or still to come', async () => {
    const ofStanding = async (words: string, more: Partial<StatsRequest> = {}) =>
      (await buildStats(database.db, requestOf(words, more))).counts;
    expect(await ofStanding('week', { isRecorded: false })).toBeUndefined();
    expect(await ofStanding('2020-05')).toBeUndefined();
    expect(await ofStanding('2090')).toBeUndefined();
    expect((await ofStanding('week'))!.figures.messages.value).toBeGreaterThan(0);
  });

  it('no channel may count, so everything is nought', async () => {
    const { figures, places } = await counts('month', { channels: [] });
    expect([figures.messages.value, figures.people.value, places.busiest.length]).toEqual([0, 0, 0]);
  });
});
