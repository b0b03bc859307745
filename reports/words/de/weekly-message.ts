/** What the weekly report says as a message, beside what it says as a page, in German. Names come escaped. */
import type { weeklyMessage as english } from '../en/weekly-message.ts';
import { counted, listed, number } from './numbers.ts';
import { messages } from './period.ts';

/** The sentences of /weekly, and of the weekly post. */
export const weeklyMessage: typeof english = {
  command: 'Was in einer Woche geschah, mit dem ganzen Bericht als Seite',
  week: {
    name: 'woche',
    description: 'Etwa 2026-W46, 46 oder ein Datum darin; ohne Angabe die letzte ganze Woche',
  },

  figures: {
    messages: (n) => (n === 1 ? 'Nachricht' : 'Nachrichten'),
    people: (n) => (n === 1 ? 'Person schrieb' : 'Personen schrieben'),
    replies: (n) => (n === 1 ? 'direkte Antwort' : 'direkte Antworten'),
    reactions: (n) => (n === 1 ? 'Reaktion' : 'Reaktionen'),
  },
  figure: (value, label, delta) => `${value} ${label}${delta === '' ? '' : ` · ${delta}`}`,
  deltas: 'Verglichen mit der Woche davor.',
  more: (n) => `Die neuesten ${number(n)} stehen auf der angehängten Seite.`,
  person: (name, n) => `${name} ${number(n)}`,
  names: (names, more) =>
    `${more === 0 ? listed(names) : `${names.join(', ')} und ${counted(more, 'weitere Person', 'weitere')}`}.`,
  thread: (title, n, by) =>
    `${title}: ${messages(n)} von ${by === 1 ? 'einer Person' : `${number(by)} Personen`}`,
  noPicture: 'Ein Diagramm konnte nicht gezeichnet werden.',
  attached: 'Der ganze Bericht steht auf der angehängten Seite. Öffne sie in einem Browser.',
  notYet:
    'Was von jetzt an geschrieben wird, wird aufgezeichnet; was davor geschrieben wurde, kann mit /backfill einlesen lassen, wer den Server verwalten darf.',

  footerWithBots:
    'Bots und Webhooks sind mitgezählt wie Personen. Systemhinweise (Beitritte, Anheftungen, Boosts) sind keine Nachrichten. Wer nicht genannt werden will, ist mitgezählt und steht in keiner Liste.',
  messageWithBots:
    'Eine Nachricht ist, was eine Person, ein Bot oder ein Webhook geschrieben hat: kein Systemhinweis, nicht gelöscht, in einem Kanal, der weder ausgeschlossen noch gelöscht ist.',
  withBots:
    'Bots und Webhooks sind mitgezählt wie Personen, außer bei Fragen und Antworten: die sind von Personen allein.',

  noWeek: (typed) =>
    `„${typed}“ ist keine Woche. Versuche 2026-W46, 46 oder ein Datum darin, etwa 12.11.2026; oder wähle eine aus der Liste.`,
  toCome: 'Diese Woche hat noch nicht begonnen.',
};
