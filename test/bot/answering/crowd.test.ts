/** Many at once: one piece of work for equal questions, whoever asks; what differs in anything that decides it is another. */
import { describe, expect, it } from 'vitest';
import { CANARY, textOf, useTown } from './town.ts';

const town = useTown();

/** The charts that are drawn for what is done. */
async function drawnFor<T>(work: () => Promise<T>): Promise<[charts: number, of: T]> {
  const before = town.drawn.length;
  const of = await work();
  return [town.drawn.length - before, of];
}

describe('a hundred people at once', () => {
  it('who ask the same are told the same, from one piece of work', async () => {
    const { world, whole } = town;
    const people = Array.from(
      { length: 100 },
      (_, i) => world.addUser(`asker-${i}`, { guildId: whole.guild.id }).id,
    );
    const [charts, messages] = await drawnFor(() =>
      Promise.all(people.map((by) => town.ask('stats', {}, { by }))),
    );
    expect(charts).toBe(1);
    expect(new Set(messages.map(textOf)).size).toBe(1);
    expect(messages.every(({ attachments }) => attachments.length === 1)).toBe(true);
    expect(town.discord.requests.filter(({ status = 0 }) => status >= 400)).toEqual([]);
  });
});

describe('what is asked within a minute', () => {
  const questions: [what: string, ...asked: Parameters<typeof town.use>][] = [
    [
      'of the channel in which it is asked',
      'stats',
      {},
      {
        where: {
          get id() {
            return town.hidden.channel.id;
          },
        },
      },
    ],
    ['for oneself', 'stats', { private: true }],
    ['in another language', 'stats', {}, { locale: 'de' }],
    ['of another period', 'stats', { period: '2026-W45' }],
    ['of one channel', 'stats', { channel: 'general' }],
  ];

  it.each(questions)('%s is another question', async (_, ...asked) => {
    await town.ask('stats');
    const [first] = await drawnFor(() => town.ask(...asked));
    const [again, message] = await drawnFor(() => town.ask(...asked));
    expect([first, again]).toEqual([1, 0]);
    expect(textOf(message)).not.toBe(textOf(await town.ask('stats')));
  });

  it('is one, however the period is called and whoever may ask it', async () => {
    const [charts] = await drawnFor(async () => {
      await town.ask('stats', { period: 'month', channel: 'chat' });
      await town.ask('stats', { period: 'October 2026', channel: town.whole.chat.id }, { by: town.ada });
      await town.ask('stats', { period: '2026-10', channel: '#chat' }, { where: town.whole.chat });
    });
    expect(charts).toBeLessThanOrEqual(1);
    const [, [bens, adas]] = await drawnFor(() =>
      Promise.all([town.ben, town.ada].map((by) => town.ask('stats', { private: true }, { by }))),
    );
    expect(textOf(bens!)).toContain(CANARY);
    expect(textOf(adas!)).not.toContain(CANARY);
  });

  it('tells each their own rank', async () => {
    const { world, whole, ada } = town;
    const people = Array.from(
      { length: 12 },
      (_, i) => world.addUser(`rank-${i}`, { guildId: whole.guild.id }).id,
    );
    for (const [i, author] of people.entries())
      for (let n = 0; n < 20 - i; n++) world.send(whole.chat.id, { author, content: 'hello' });
    await town.written();
    const options = { period: 'today', channel: 'chat' };
    const [charts, told] = await drawnFor(() =>
      Promise.all([...people.slice(9), ada].map((by) => town.ask('top-contributors', options, { by }))),
    );
    expect(charts).toBe(1);
    expect(told.map((message) => /[Yy]ou\D+(\d+)/.exec(textOf(message))?.[1])).toEqual([
      undefined,
      '11',
      '12',
      undefined,
    ]);
  });
});
