/** What the sections of the weekly report say, in German. */
import type { sections as english } from '../en/sections.ts';
import {
  capital,
  counted,
  durationDative,
  hour,
  listed,
  number,
  percent,
  stepOf,
  timeIn,
  weekday,
} from './numbers.ts';
import { before, during, messages, people } from './period.ts';

const questions = (n: number): string => counted(n, 'Frage', 'Fragen');
const index = new Intl.NumberFormat('de', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** The sentences of the sections. */
export const sections: typeof english = {
  contributors: {
    blocks: 'Ein Zehn-Minuten-Block zählt einmal, egal, wie viel jemand darin schreibt.',
  },

  newcomers: {
    everybodyIsNew: 'Hier beginnt die Aufzeichnung, deshalb sind für sie alle neu.',
    none: (period) => `${capital(during(period))} schrieb niemand zum ersten Mal.`,
    some: (n, names) =>
      `${names.length > 0 ? listed(names) : people(n)} ${n === 1 ? 'schrieb' : 'schrieben'} hier zum ersten Mal.`,
    more: (n) => (n === 1 ? 'Und noch jemand.' : `Und ${number(n)} weitere.`),
    again: (again, was, period) => {
      if (was === 1)
        return `Die eine Person, die ${before(period)} schrieb, kam ${again === 0 ? 'nicht ' : ''}wieder.`;
      const came = again === 0 ? 'kam niemand' : again === 1 ? 'kam 1' : `kamen ${number(again)}`;
      return `Von den ${people(was)}, die ${before(period)} schrieben, ${came} wieder${again === 0 ? '' : ` (${percent(again / was)})`}.`;
    },
  },

  reacted: {
    line: (n, author, place, when) =>
      `${counted(n, 'Reaktion', 'Reaktionen')}: ${author === undefined ? '' : `${author} `}in ${place}, ${when}`,
  },

  questions: {
    heading: 'Gestellte Fragen',
    summary: (asked, answered) =>
      answered === asked
        ? `${questions(asked)} gestellt${asked === 1 ? ' und beantwortet' : ', alle beantwortet'}.`
        : `${questions(asked)} gestellt, ${number(answered)} beantwortet, ${number(asked - answered)} nicht.`,
    noReplies: (asked, period) =>
      `${questions(asked)} gestellt. Niemand hat ${during(period)} direkt auf eine Nachricht geantwortet; ob sie auf andere Weise beantwortet ${asked === 1 ? 'wurde' : 'wurden'}, ist nicht bekannt.`,
    answer:
      'Als Antwort zählt die direkte Antwort einer anderen Person oder die erste Nachricht einer anderen Person im Thread der Frage.',
    newest: (shown) => (shown === 1 ? 'Die neueste:' : `Die neuesten ${number(shown)}:`),
    line: (author, place, when, ageHours) =>
      `${author === undefined ? '' : `${author} `}in ${place}, ${when}, offen seit ${durationDative(ageHours * 60)}`,
    median: (minutes, p90) =>
      `Die Hälfte der Antworten kam innerhalb von ${durationDative(Math.ceil(minutes))}${p90 === null ? '' : `, neun von zehn innerhalb von ${durationDative(Math.ceil(p90))}`}.`,
    overdue: (n) =>
      n === 0 ? '' : `${questions(n)} ${n === 1 ? 'blieb' : 'blieben'} 24 Stunden oder länger ohne Antwort.`,
    within: (minutes) => (minutes === null ? 'länger' : timeIn('nominative', stepOf(minutes))),
    never: 'unbeantwortet',
  },

  hours: {
    title: (day, from) =>
      `Am meisten wird ${weekday(day).toLowerCase()}s von ${number(from)} bis ${hour(from + 1)} geschrieben.`,
    over: (weeks, zone) =>
      `${weeks === 1 ? 'Eine Woche' : `${number(weeks)} Wochen zusammen`}, nach der Uhr von ${zone}.`,
  },

  share: {
    top: (top1, top5, top10) =>
      `Von allen Nachrichten kommen ${percent(top1)} von der aktivsten Person, ${percent(top5)} von den fünf aktivsten${top10 === undefined ? '' : `, ${percent(top10)} von den zehn aktivsten`}.`,
    median: (n, by) => `Die Hälfte der ${people(by)} schrieb höchstens ${messages(n)}.`,
    gini: (gini) =>
      `Der Gini-Koeffizient ist ${index.format(gini)}: Bei 0 schrieben alle gleich viel, bei 1 schriebe eine Person alles.`,
  },

  coverage: {
    line: (line) => `${capital(line)}.`,
    whole: (n, period) => {
      const isRecorded = `${period.isWeek ? 'über die ganze Woche' : 'durchgehend'} aufgezeichnet`;
      if (n === 1) return `Der einzige Kanal, den es gab, ist ${isRecorded}.`;
      return `${n === 2 ? 'Beide' : `Alle ${number(n)}`} Kanäle und Threads, die es gab, sind ${isRecorded}.`;
    },
    one: (isPartly) =>
      `Der einzige Kanal, den es gab, ist ${isPartly ? 'nur teilweise' : 'nicht'} aufgezeichnet.`,
    some: (whole, of, partly, missing) => {
      const some = whole === 0 ? 'ist keiner' : `${whole === 1 ? 'ist' : 'sind'} ${number(whole)}`;
      return `Von den ${number(of)} Kanälen und Threads, die es gab, ${some} durchgehend aufgezeichnet${partly === 0 ? '' : `, ${number(partly)} teilweise`}${missing === 0 ? '' : `, ${number(missing)} gar nicht`}.`;
    },
    grades: (verified, claimed) =>
      verified === 0
        ? 'Das geben die Exporte an; Discord selbst wurde nicht gefragt.'
        : claimed === 0
          ? 'Discord selbst hat für sie geantwortet.'
          : `Für ${number(verified)} davon hat Discord selbst geantwortet, für ${number(claimed)} geben es die Exporte an.`,
    missing: 'Was von diesen Tagen fehlt:',
    reasons: {
      before: 'vor Beginn der Aufzeichnung',
      between: 'zwischen dem, was aufgezeichnet ist',
      after: 'nach Ende der Aufzeichnung',
      'damaged export': 'der Export ist beschädigt',
      'empty export': 'der Export hat keine Nachricht und verrät nicht, warum',
      never: 'nicht aufgezeichnet',
    },
    from: 'von',
    to: 'bis',
    why: 'warum',
    more: (n) =>
      n === 1 ? 'Gezeigt ist die längste Lücke.' : `Gezeigt sind die ${number(n)} längsten Lücken.`,
  },
};
