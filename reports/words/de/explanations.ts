/** What each figure of the weekly report means, in German: as db/queries/README.md defines it, for whoever reads one. */
import type { ExplanationWords } from '../en/explanations.ts';
import { counted, number } from './numbers.ts';

const MESSAGE =
  'Als Nachricht zählt, was eine Person geschrieben hat: nichts von Bots und Webhooks, kein Systemhinweis, nichts Gelöschtes und nichts aus ausgeschlossenen oder gelöschten Kanälen.';
const QUESTION =
  'Eine Frage ist eine Nachricht mit einem Fragezeichen, das außerhalb von Links, Code und Zitaten einen Satz beendet, oder der erste Beitrag eines Forum-Threads. Beantwortet ist sie, wenn eine andere Person direkt auf sie antwortet oder als Erste in ihren eigenen Thread schreibt.';

/** Behind "von": "1 aufgezeichneten Eintrag". */
const entries = (n: number): string => counted(n, 'aufgezeichneten Eintrag', 'aufgezeichneten Einträgen');

export const explanations: ExplanationWords = {
  sections: {
    questions: `${QUESTION} Aufgeführt sind die des Zeitraums, die bis zum Ende der Aufzeichnung ohne Antwort blieben.`,
    totals: MESSAGE,
    trend:
      'Nachrichten und die Personen, die sie schrieben, nach Kalenderwoche. Die erste und die letzte Woche zählen, soweit der Zeitraum reicht.',
    contributors:
      'Personen nach Nachrichten, bei Gleichstand nach ID. Tage sind Kalendertage, an denen sie schrieben, Blöcke die Zehn-Minuten-Stücke dieser Tage, in denen sie es taten.',
    newcomers:
      'Neu ist, wessen allererste aufgezeichnete Nachricht in den Zeitraum fällt. Wiedergekommen ist, wer in ihm und auch im Zeitraum davor schrieb.',
    channels:
      'Kanäle nach den Nachrichten, die Personen dort schrieben, bei Gleichstand nach ID. Ein Thread ist ein eigener Kanal.',
    threads:
      'Threads und Forenbeiträge nach den Nachrichten, die Personen dort schrieben, bei Gleichstand nach ID.',
    reacted: 'Nachrichten des Zeitraums nach der Summe der Reaktionen auf sie, egal, von wem und wann.',
    hours: 'Nachrichten nach Wochentag und Uhrzeit.',
    replies: `${QUESTION} Gemessen ist die Zeit bis zur ersten Antwort, bei den Fragen, die eine haben, egal, wann sie kam.`,
    share:
      'Die Nachrichten derer, die am meisten schrieben, gemessen an allen. Der Gini-Koeffizient rechnet mit denen, die schrieben, und lässt weg, wer nur las.',
    coverage:
      'Bestätigt ist ein Kanal, wo Discord für eine Zeitspanne vollständig geantwortet hat oder der Bot live dabei war; importiert, wo ihn nur ein unbeschädigter Export belegt. Betrachtet wird der Teil des Zeitraums, in dem es den Kanal gab, bis zum Ende der Aufzeichnung; Anteile beziehen sich auf diese Zeit.',
  },
  figures: {
    messages: 'Nachrichten, die Personen geschrieben haben',
    people: 'Personen, die mindestens eine davon geschrieben haben',
    channels: 'Kanäle, in denen sie schrieben, ohne Threads',
    threads: 'Threads und Forenbeiträge, in denen sie schrieben',
    replies: 'die davon, die in Discord als Antwort auf eine andere geschrieben sind',
    reactions: 'die Summe der Reaktionen auf sie, egal, von wem und wann',
    attachments: 'Dateien, die an ihnen hängen',
    links: 'http- und https-Adressen in ihnen, jede so oft, wie sie vorkommt',
    edits: 'die davon, die einmal oder öfter bearbeitet wurden',
    deletions:
      'Nachrichten des Zeitraums, von denen bekannt ist, dass sie gelöscht sind; sie zählen sonst nirgends',
  },
  means: (figure, meaning) => `${figure}: ${meaning}`,
  window: (from, to, hours, zone) =>
    `Zeitraum: ${from} bis ${to}, ${zone}, ${number(hours)} Std.; das Ende gehört nicht mehr dazu.`,
  against: (from, to, hours) =>
    `Verglichen mit: ${from} bis ${to}, ${number(hours)} Std., ebenso viele Kalendertage.`,
  counted: ({ rows, people, bots, system, deleted, hidden, bare }) => {
    const left = [
      [bots, ' von Bots und Webhooks'],
      [system, system === 1 ? ' Systemhinweis' : ' Systemhinweise'],
      [deleted, deleted === 1 ? ' gelöschter' : ' gelöschte'],
      [hidden, ' in ausgeschlossenen oder gelöschten Kanälen'],
      [bare, `, von ${bare === 1 ? 'dem' : 'denen'} nur die ID bekannt ist`],
    ] as const;
    const parts = left.filter(([n]) => n > 0).map(([n, what]) => number(n) + what);
    return `Gezählt: ${number(people)} von ${entries(rows)} im Zeitraum${parts.length === 0 ? '' : `; weggelassen: ${parts.join(', ')}`}.`;
  },
  fromQuestions: (asked) => `Darunter gefunden: ${counted(asked, 'Frage', 'Fragen')}.`,
  everFirst: (from) => `Erste Nachrichten werden vom Beginn der Aufzeichnung an gesucht, ${from}.`,
  reactions: (n) => `Darauf: ${counted(n, 'Reaktion', 'Reaktionen')}.`,
};
