/** What commands share, in German. */
import type { answering as english } from '../en/answering.ts';
import { listed, longDate } from './numbers.ts';

export const answering: typeof english = {
  howCounted: 'Wie wurde das gezählt?',
  howCountedTitle: 'Wie das gezählt wurde',
  earlier: 'Früher',
  later: 'Später',

  options: {
    period: {
      name: 'zeitraum',
      description: 'Tag, Woche, Monat, Quartal, Jahr, alles; oder Daten wie 1.11.2026-15.11.2026',
    },
    channel: {
      name: 'kanal',
      description: 'Nur diesen Kanal, diesen Thread, dieses Forum oder diese Kategorie zählen',
    },
    server: { name: 'server', description: 'Ein Server, der importiert und mit diesem verknüpft wurde' },
    private: { name: 'privat', description: 'Die Antwort nur mir zeigen; gezählt wird, was ich lesen kann' },
    includeBots: { name: 'mit-bots', description: 'Auch Bots und Webhooks zählen' },
  },

  recorded: (line) => `Aufgezeichnet: ${line}.`,
  countedFor: {
    everyone: 'Gezählt wird, was hier alle lesen können.',
    asker: 'Gezählt wird, was du lesen kannst.',
    open: 'Gezählt wird der ganze importierte Server.',
  },
  withBots: 'Bots zählen mit.',
  asOf: (date) => `Stand: ${longDate(date)}; dort endet die Aufzeichnung.`,
  botsCount: 'Bots und Webhooks zählen mit.',
  botsDoNot: 'Bots und Webhooks zählen nicht mit.',
  unranked: 'Wer nicht genannt werden will, wird gezählt und nicht aufgeführt.',

  refusals: {
    notHere: 'Das geht nur auf einem Server.',
    notAllowed:
      'Auf diesem Server dürfen deine Rollen diesen Befehl nicht verwenden. Wer den Server verwalten darf, kann das mit /settings ändern.',
    managersOnly: 'Dafür brauchst du das Recht „Server verwalten“.',
    notRecorded:
      'Von diesem Server ist noch nichts aufgezeichnet. Sobald der Bot beigetreten ist, zeichnet er auf, was geschrieben wird; und wer den Server verwalten darf, kann ihn nachlesen lassen, was davor war: /backfill start.',
    permissionsUnknown:
      'Der Bot weiß nicht, wer auf diesem Server welchen Kanal lesen darf; darum sagt er nichts. Er weiß es, sobald er beigetreten ist.',
    nothingPublic:
      'Keinen Kanal, der aufgezeichnet ist, können alle lesen, die diesen hier sehen. Frag noch einmal mit privat: True nach dem, was du selbst lesen kannst.',
    nothingPrivate:
      'Kein Kanal, den du lesen kannst, ist aufgezeichnet. Wer den Server verwalten darf, kann mit /backfill status nachsehen, was es ist.',
    noChannel: (typed) => `Es gibt keinen Kanal „${typed}“, den du lesen kannst. Wähle einen aus der Liste.`,
    channelNotPublic: (channel) =>
      `Nicht alle, die diesen Kanal sehen, können ${channel} lesen. Frag noch einmal mit privat: True.`,
    noPeriod: (typed) =>
      `„${typed}“ ist kein Zeitraum. Versuch es mit Woche, Monat, 2026-11, 2026-W46, 16.11.2026 oder 1.11.2026-15.11.2026.`,
    noServer: (typed) => `Mit diesem Server ist kein Server „${typed}“ verknüpft. Wähle einen aus der Liste.`,
    serverClosed:
      'Nach jenem Server darf nur fragen, wer diesen hier verwalten darf. Mit /settings lässt er sich für alle öffnen.',
    serverPrivateOnly:
      'Jener Server ist noch nicht für alle geöffnet; darum wird öffentlich nichts von ihm gezeigt. Frag noch einmal mit privat: True, oder öffne ihn mit /settings.',
    catchingUp:
      'Der Bot holt noch nach, was hier gerade geschehen ist, und weiß noch nicht, wer jetzt was lesen darf. Versuch es in einer Minute noch einmal.',
    databaseAway: 'Die Datenbank ist gerade nicht zu erreichen. Versuch es in einer Minute noch einmal.',
    discordAway: 'Discord hat dem Bot nicht geantwortet. Versuch es in einer Minute noch einmal.',
    tooMany: 'Das sind gerade zu viele Fragen auf einmal. Versuch es in einer Minute noch einmal.',
    tooLong:
      'Das hat zu lange gedauert und wurde beendet. Frag nach einem kürzeren Zeitraum oder nach einem Kanal.',
    unexpected: (reference) =>
      `Es ist etwas schiefgegangen, das nicht hätte schiefgehen dürfen. Sag es dem Betreiber des Bots: Im Protokoll steht es unter ${reference}.`,
    oldButton: 'Dieser Knopf stammt aus einer älteren Version. Verwende den Befehl noch einmal.',
    stopping: 'Der Bot wird gerade neu gestartet. Versuch es in einer Minute noch einmal.',
  },
  listed,
};
