import { describe, expect, it } from 'vitest';
import { makeAnswers } from '../../../bot/answering/answers.ts';
import type { Question, Telling } from '../../../commands/command.ts';

const question: Question = { guildId: '1', language: 'en', options: { period: '2026-W46' } };
const telling: Telling = () => ({ blocks: [] });

/** Answers by a clock of the test's own, and how often they were worked on. */
function scene() {
  let at = 0;
  let worked = 0;
  const answers = makeAnswers(() => at);
  const work = async () => {
    worked++;
    await Promise.resolve();
    return telling;
  };
  return {
    ask: (asked: object = question, command = 'stats') => answers.to(command, asked as Question, work),
    fail: () => answers.to('stats', question, () => Promise.reject(new Error('away'))),
    answers,
    pass: (ms: number) => (at += ms),
    worked: () => worked,
  };
}

describe('answers of the last minute', () => {
  it('work once for a hundred who ask the same at once', async () => {
    const { ask, worked } = scene();
    const told = await Promise.all(Array.from({ length: 100 }, () => ask()));
    expect(worked()).toBe(1);
    expect(new Set(told)).toEqual(new Set([telling]));
  });

  it('are kept for a minute, and no longer', async () => {
    const { ask, pass, worked } = scene();
    await ask();
    pass(59_999);
    await ask();
    expect(worked()).toBe(1);
    pass(1);
    await ask();
    expect(worked()).toBe(2);
  });

  it('are of one command, guild, language, period and set of channels each', async () => {
    const { ask, worked } = scene();
    await ask();
    await ask(question, 'weekly');
    await ask({ ...question, guildId: '2' });
    await ask({ ...question, language: 'de' });
    await ask({ ...question, options: { period: '2026-W45' } });
    await ask({ ...question, scope: { channels: ['1', '2'] } });
    await ask({ ...question, scope: { channels: ['1'] } });
    expect(worked()).toBe(7);
  });

  it('that failed are worked on anew by the next', async () => {
    const { ask, fail, worked } = scene();
    await expect(fail()).rejects.toThrow('away');
    await ask();
    expect(worked()).toBe(1);
  });

  it('of a guild are dropped when somebody chose not to be named there; those of others stay', async () => {
    const { ask, answers, worked } = scene();
    await ask();
    await ask({ ...question, guildId: '2' });
    answers.drop('1');
    await ask({ ...question, guildId: '2' });
    expect(worked()).toBe(2);
    await ask();
    expect(worked()).toBe(3);
  });

  it('that are worked on in that moment are worked on again, before they are told to anybody', async () => {
    const { answers } = scene();
    const works = [1, 2, 3].map(() => Promise.withResolvers<Telling>());
    let worked = 0;
    const ask = () => answers.to('guide', question, () => works[worked++]!.promise);
    const [before, meanwhile, after]: Telling[] = [1, 2, 3].map(() => () => ({ blocks: [] }));
    const asked = [ask(), ask()];
    answers.drop('1');
    asked.push(ask());
    works[1]!.resolve(meanwhile!);
    works[0]!.resolve(before!);
    expect(await Promise.all(asked)).toEqual([meanwhile, meanwhile, meanwhile]);
    expect(worked).toBe(2);
    answers.drop('1');
    works[2]!.resolve(after!);
    expect(await ask()).toBe(after);
  });

  it('are bounded in number', async () => {
    const { ask, worked } = scene();
    for (let i = 0; i <= 64; i++) await ask({ ...question, guildId: String(i) });
    await ask({ ...question, guildId: '64' });
    expect(worked()).toBe(65);
    await ask({ ...question, guildId: '0' });
    expect(worked()).toBe(66);
  });
});
