/** What /stats says, in German. Names come escaped; dates are as 2026-11-15. */
import type { stats as Form } from '../en/stats.ts';
import { capital, counted, longDate, number, percent } from './numbers.ts';
import { messages, people } from './period.ts';

/** Of fewer a share tells less than the number. */
const SHARE_MIN = 10;
/** From here on "so many times" is plainer than a share. */
const TIMES_MIN = 3;

const times = (now: number, was: number): string => `${number(Math.round(now / was))}-mal so viele`;
const share = (now: number, was: number): string => percent(Math.abs(now / was - 1));
const moreOrFewer = (now: number, was: number): string => (now > was ? 'mehr' : 'weniger');

const figure =
  (one: string, many: string) =>
  (shown: string, n: number, delta: string | undefined): string =>
    [`${shown} ${n === 1 ? one : many}`, ...(delta === undefined ? [] : [delta])].join(' · ');

/** The sentences of an answer. */
export const stats: typeof Form = {
  command: 'Ein Zeitraum auf einen Blick: Nachrichten, Personen, Neue, Antworten, Reaktionen; wann und wo',
  clock: (zone) => `Zeitzone ${zone}`,
  number,

  lead: {
    written: (n, by) => `${messages(n)} von ${people(by)}`,
    compared: (now, was, before) => {
      if (was === 0) return `${messages(now)}, ${before} keine`;
      if (now === was) return `So viele Nachrichten wie ${before}`;
      if (was < SHARE_MIN) return `${messages(Math.abs(now - was))} ${moreOrFewer(now, was)} als ${before}`;
      if (now / was >= TIMES_MIN) return `${times(now, was)} Nachrichten wie ${before}`;
      return `${share(now, was)} ${moreOrFewer(now, was)} Nachrichten als ${before}`;
    },
    busiest: (what, place, n) => `${what}; am meisten los war in ${place} (${number(n)}).`,
    allIn: (what, place) => `${what}, alle in ${place}.`,
    alone: (what) => `${what}.`,
  },

  figures: {
    messages: figure('Nachricht', 'Nachrichten'),
    people: figure('Person schrieb', 'Personen schrieben'),
    newcomers: figure('neu dabei', 'neu dabei'),
    replies: figure('Antwort', 'Antworten'),
    reactions: figure('Reaktion', 'Reaktionen'),
  },
  delta: (now, was) => {
    if (now === was) return 'wie davor';
    if (was === 0) return 'davor keine';
    const difference = `${number(Math.abs(now - was))} ${moreOrFewer(now, was)}`;
    if (was < SHARE_MIN) return difference;
    if (now / was >= TIMES_MIN) return times(now, was);
    return `${now > was ? '+' : '−'}${share(now, was)} (${difference})`;
  },

  places: (channels, threads) =>
    `Am meisten los in ${[
      ...(channels > 0 ? [counted(channels, 'Kanal', 'Kanälen')] : []),
      ...(threads > 0 ? [counted(threads, 'Thread', 'Threads')] : []),
    ].join(' und ')}`,
  place: (place, n) => `${place} · ${messages(n)}`,
  noPicture: 'Ein Diagramm konnte nicht gezeichnet werden.',

  notes: {
    open: (now, then) =>
      then === undefined
        ? `Noch nicht zu Ende: gezählt bis ${now}.`
        : `Noch nicht zu Ende: gezählt bis ${now}, davor bis ${then}.`,
    beginsWithin: (date, isEverybodyNew) =>
      `Die Aufzeichnung beginnt am ${longDate(date)}: Einen Vergleich gibt es darum nicht${isEverybodyNew ? ', und alle sind neu' : ''}.`,
    beginsBefore: (date, before) =>
      `Die Aufzeichnung beginnt am ${longDate(date)}: ${capital(before)} kennt sie nur einen Teil, also Vorsicht beim Vergleichen.`,
  },

  definitions: {
    newcomers: {
      name: 'neu dabei',
      meaning:
        'Personen, deren erste aufgezeichnete Nachricht überhaupt, in den gezählten Kanälen, in diese Zeit fällt',
    },
    before:
      'Verglichen wird mit ebenso vielen Tagen davor; ein Monat, ein Quartal oder ein Jahr mit dem davor; was noch nicht zu Ende ist, mit ebenso viel davon.',
  },

  empty: {
    unrecorded: 'Hier ist noch nichts aufgezeichnet, was jemand geschrieben hat.',
    tooEarly: (date, days) =>
      `Aufgezeichnet wird seit ${days === 0 ? 'heute' : days === 1 ? 'gestern' : `dem ${longDate(date)}`}; über die Zeit davor ist nichts bekannt.`,
    toCome: 'Das kommt erst noch. Frag nach einem früheren Zeitraum.',
    afterRecord: (date) =>
      `Die Aufzeichnung endet am ${longDate(date)}, bevor dieser Zeitraum beginnt. Frag nach einem früheren.`,
    nothing: (isOpen) =>
      isOpen
        ? 'Bisher hat niemand geschrieben, soweit es aufgezeichnet ist.'
        : 'Niemand hat geschrieben, soweit es aufgezeichnet ist.',
    before: (before, n) => `${capital(before)}: ${messages(n)}.`,
    askOther: 'Frag nach einem anderen Zeitraum oder Kanal.',
    askForAll: 'Nach allem, was es gibt, fragst du mit zeitraum: alles.',
    noBackfill:
      'Was von nun an geschrieben wird, wird aufgezeichnet; was davor geschrieben wurde, kann mit /backfill einlesen lassen, wer den Server verwalten darf.',
    backfill: {
      queued: () => 'Was davor geschrieben wurde, wird demnächst eingelesen: Frag später noch einmal.',
      running: (part) =>
        `Was davor geschrieben wurde, wird gerade eingelesen${part === undefined ? '' : ` (${part} erledigt)`}: Frag später noch einmal.`,
      paused: (part) =>
        `Das Einlesen dessen, was davor geschrieben wurde, ruht${part === undefined ? '' : ` (${part} erledigt)`}; wer den Server verwalten darf, setzt es mit /backfill resume fort.`,
    },
  },
};
