/** What the weekly report begins with, in English. */
import { counted, duration, listed, number } from './numbers.ts';
import { against, messages, people, type PeriodWords } from './period.ts';

/** The sentences of the lead. */
export const lead = {
  written: (n: number, by: number) => `${messages(n)} by ${people(by)}.`,
  partly: (n: number, by: number, days: number) =>
    `${messages(n)} by ${people(by)} in the ${days === 1 ? 'one day' : `${number(days)} days`} that ${days === 1 ? 'is' : 'are'} recorded.`,
  compared: (n: number, by: number, was: number, period: PeriodWords) =>
    `${messages(n)} by ${people(by)}, ${against(n, was, period)}.`,
  allIn: (place: string) => `All of it in ${place}.`,
  busiest: (place: string, n: number) => `Busiest was ${place} with ${messages(n)}.`,
  most: (name: string, n: number, days: number, of: number) =>
    of === 1
      ? `${name} wrote most: ${messages(n)}.`
      : `${name} wrote most: ${messages(n)} on ${counted(days, 'day')}.`,
  newcomers: (n: number, names: readonly string[]) =>
    names.length === n && n <= 3
      ? `${listed(names)} wrote for the first time.`
      : `${people(n)} wrote for the first time.`,
  answered: (asked: number, medianMinutes: number) =>
    asked <= 2
      ? `${asked === 1 ? 'The one question was' : 'Both questions were'} answered.`
      : `All ${number(asked)} questions were answered, half of them within ${duration(Math.ceil(medianMinutes))}.`,
  unanswered: (waiting: number, asked: number) =>
    asked === 1
      ? 'The one question is still unanswered.'
      : waiting === asked
        ? `None of the ${number(asked)} questions is answered yet.`
        : `${number(waiting)} of ${number(asked)} questions ${waiting === 1 ? 'is' : 'are'} still unanswered.`,
};
