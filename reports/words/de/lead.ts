/** What the weekly report begins with, in German. */
import type { lead as english } from '../en/lead.ts';
import { counted, durationDative, listed, number } from './numbers.ts';
import { against, messages, people } from './period.ts';

/** The sentences of the lead. */
export const lead: typeof english = {
  written: (n, by) => `${messages(n)} von ${people(by)}.`,
  partly: (n, by, days) =>
    `${messages(n)} von ${people(by)} ${days === 1 ? 'an dem einen Tag, der aufgezeichnet ist' : `in den ${number(days)} Tagen, die aufgezeichnet sind`}.`,
  compared: (n, by, was, period) => `${messages(n)} von ${people(by)}, ${against(n, was, period)}.`,
  allIn: (place) => `Alles in ${place}.`,
  busiest: (place, n) => `Am meisten los war in ${place} mit ${messages(n)}.`,
  most: (name, n, days, of) =>
    of === 1
      ? `${name} schrieb am meisten: ${messages(n)}.`
      : `${name} schrieb am meisten: ${messages(n)} an ${counted(days, 'Tag', 'Tagen')}.`,
  newcomers: (n, names) =>
    `${names.length === n && n <= 3 ? listed(names) : people(n)} ${n === 1 ? 'schrieb' : 'schrieben'} zum ersten Mal.`,
  answered: (asked, medianMinutes) =>
    asked <= 2
      ? `${asked === 1 ? 'Die einzige Frage wurde' : 'Beide Fragen wurden'} beantwortet.`
      : `Alle ${number(asked)} Fragen wurden beantwortet, die Hälfte davon innerhalb von ${durationDative(Math.ceil(medianMinutes))}.`,
  unanswered: (waiting, asked) =>
    asked === 1
      ? 'Die einzige Frage ist noch unbeantwortet.'
      : waiting === asked
        ? `Von ${number(asked)} Fragen ist noch keine beantwortet.`
        : `Von ${number(asked)} Fragen ${waiting === 1 ? 'ist' : 'sind'} noch ${number(waiting)} unbeantwortet.`,
};
