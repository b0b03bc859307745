import { describe, expect, it } from 'vitest';
import { type BackfillCard, openBackfillCard } from '../../../ingest/backfill/card.ts';
import { figure, Speed, type Stretch } from '../../../ingest/backfill/figures.ts';
import { talked, town } from './acts.ts';
import { bigGuild, useScenes } from './scene.ts';

const open = useScenes();
const hour = (n: number): bigint => BigInt(n * 3_600_000) << 22n;

/** A channel of so many hours, read down to one of them by so many pages. */
const stretch = (hours: number, readTo: number, pages: number, more: Partial<Stretch> = {}): Stretch => ({
  channelId: '7',
  name: 'general',
  holes: readTo > 0 ? [{ from: 0n, cursor: hour(readTo) }] : [],
  newestId: hour(hours),
  pages,
  messages: pages * 100,
  isReading: true,
  ...more,
});

function figured(stretches: Stretch[], marks: [at: number, messages: number, requests: number][] = []) {
  const card = { ...openBackfillCard({}), pages: stretches.reduce((sum, { pages }) => sum + pages, 0) };
  const speed = new Speed();
  for (const [at, messagesSeen, requests] of marks) speed.mark(at, { ...card, messagesSeen, requests });
  figure(card, stretches, speed);
  return card;
}

describe('figures', () => {
  it('what is left is as dense as what was read, and as long as what was not', () => {
    const card = figured(
      [stretch(100, 75, 10)],
      [
        [0, 0, 0],
        [10_000, 1_000, 10],
      ],
    );
    expect(card.share).toBeCloseTo(10 / 41);
    expect(card.messagesPerSecond).toBe(100);
    expect(card.requestsPerSecond).toBe(1);
    // 30 pages and one that finds nothing more, one a second.
    expect(card.leftMs).toBe(31_000);
  });

  it('nothing is left where all is read, and how long it takes is not known where nothing is', () => {
    expect(figured([stretch(100, 0, 10)])).toMatchObject({ share: 1, leftMs: 0, reading: [] });
    expect(figured([stretch(100, 100, 0)])).toMatchObject({ share: 0, leftMs: null });
  });

  it('of an earlier part of a run the share stays until it is known what is left', () => {
    const card = openBackfillCard({ pages: 14, share: 0.3 });
    figure(card, [], new Speed());
    expect(card).toMatchObject({ share: 0.3, leftMs: null });
  });

  it('five channels are named, those where the newest is read, with how far they are', () => {
    const stretches = [3, 9, 5, 7, 1, 8].map((n) => stretch(10, n, 1, { channelId: String(n) }));
    expect(figured(stretches).reading.map(({ channelId }) => channelId)).toEqual(['9', '8', '7', '5', '3']);
    expect(figured([stretch(10, 2, 1)]).reading).toEqual([
      { channelId: '7', name: 'general', untilMs: 1_420_070_400_000 + 2 * 3_600_000 },
    ]);
  });

  it('the share goes up to 1, and the time that is left is about what is then needed', async () => {
    const scene = await open({ limits: { isOn: true } });
    const { guild, readable } = bigGuild(scene, { messages: 3_500, channels: 24, threads: 40 });
    const cards: { at: number; card: BackfillCard }[] = [];
    const end = await scene.run(await scene.order(guild), {}, (card) =>
      cards.push({ at: Date.now(), card: structuredClone(card) }),
    );
    const doneAt = Date.now();
    expect(end.card).toMatchObject({ share: 1, leftMs: 0, reading: [] });
    const pages = [...readable.values()].reduce((sum, count) => sum + Math.ceil(count / 100), 0);
    const first = cards.find(({ card }) => card.pages >= pages / 10 && card.leftMs !== null)!;
    const tookMs = Math.max(1_000, doneAt - first.at);
    expect(first.card.leftMs).toBeGreaterThan(tookMs / 3);
    expect(first.card.leftMs).toBeLessThan(tookMs * 3);
    expect(cards.some(({ card }) => card.reading.length > 0)).toBe(true);
    for (const { card } of cards) expect(card.share >= 0 && card.share <= 1).toBe(true);
  }, 60_000);

  it('after a stop they go on from where they were', async () => {
    const scene = await open();
    const here = town(scene);
    for (let n = 0; n < 6; n++) talked(scene, here, 400);
    const stop = new AbortController();
    const run = await scene.order(here.guild);
    let pages = 0;
    const calls = {
      get: (...[route, query, signal]: Parameters<typeof scene.rest.calls.get>) => {
        if (route.endsWith('/messages') && ++pages === 16) stop.abort();
        return scene.rest.calls.get<never>(route, query, signal);
      },
    };
    const { card } = await scene.run(run, { calls, signal: stop.signal, requestsAtOnce: () => 2 });
    const shares: number[] = [];
    await scene.run({ ...run, state: 'running' }, {}, (one) => shares.push(one.share));
    expect(card.share).toBeGreaterThan(0.3);
    expect(shares[0]).toBeGreaterThanOrEqual(card.share * 0.5);
  });
});
