/** What /backfill says, in German. Names come escaped. */
import type { Words } from '../en.ts';
import { counted, duration, durationDative, listed, longDate, number } from './numbers.ts';

const MINUTE_MS = 60_000;

/** A time that is left, as roughly as it is known. */
const about = (ms: number): string =>
  ms < MINUTE_MS ? 'weniger als eine Minute' : `etwa ${duration(Math.ceil(ms / MINUTE_MS))}`;

/** A time that has passed, behind "in". */
const took = (ms: number): string =>
  ms < 100_000 ? counted(Math.round(ms / 1_000), 'Sekunde', 'Sekunden') : durationDative(ms / MINUTE_MS);

const messages = (count: number): string => counted(count, 'Nachricht', 'Nachrichten');
const requests = (count: number): string => counted(count, 'Anfrage', 'Anfragen');
const channels = (count: number): string => counted(count, 'Kanal', 'Kanäle');
const places = (count: number): string => `${counted(count, 'Kanal', 'Kanälen')} und Threads`;
const speed = (perSecond: number | undefined): string =>
  perSecond === undefined ? '' : `; ${number(perSecond)} pro Sekunde`;

/** Why a channel is not read. */
const notRead: Record<string, string> = {
  'no view': 'dem Bot fehlt das Recht „Kanal anzeigen“',
  'no history': 'dem Bot fehlt das Recht „Nachrichtenverlauf anzeigen“',
  'no connect': 'dem Bot fehlt das Recht „Verbinden“, das die Texte eines Sprachkanals verlangen',
  hidden: 'vor dem Bot verborgen',
  'not joined': 'privat, und der Bot wurde nicht hinzugefügt',
  gone: 'gelöscht',
  excluded: 'in den Einstellungen ausgenommen',
  refused: 'Discord verweigert es, obwohl es lesbar sein sollte; nach einem Tag wird es wieder versucht',
  'refused before': 'Discord hat es innerhalb eines Tages verweigert, obwohl es lesbar sein sollte',
  'request refused': 'Discord hält die Anfrage für falsch',
  'repeated page': 'Discord hat dieselbe Seite noch einmal geschickt; was davor kam, ist aufgezeichnet',
};

/** Why a run was paused, or has failed. */
const because: Record<string, string> = {
  'paused in Discord': 'mit /backfill pause',
  'paused by almanac backfill pause': 'auf der Kommandozeile',
  'stopped by Ctrl+C': 'auf der Kommandozeile',
  'stopped by SIGTERM': 'auf der Kommandozeile',
  'The server is closed to the bot: it is not in it any more, or Discord has an outage.':
    'der Server ist für den Bot geschlossen: Er ist nicht mehr darin, oder Discord hat eine Störung',
};

/** What no reading can tell afterwards. */
const notKnown: Record<string, string> = {
  'unsure-counts': 'Die richtige Zahl mancher Reaktionen, die sich beim Lesen änderten.',
  'unlisted-reactors': 'Von wem manche Reaktionen sind. Ihre Zahlen stimmen.',
  'unchecked-deletions':
    'Ob manche Nachrichten gelöscht wurden, von denen nur Exporte wissen; es waren zu viele, um nach allen zu fragen.',
  'unchecked-channels': 'Ob manche Kanäle gelöscht wurden; es waren zu viele, um nach allen zu fragen.',
  'refused-payloads': 'Manche Nachrichten, die Discord auf eine Weise schickt, die nicht verstanden wird.',
};

export const backfill: Words['backfill'] = {
  description: 'Den Verlauf aus der Zeit vor dem Bot nachlesen',
  subcommands: {
    plan: 'Zeigen, was gelesen würde, was nicht gelesen werden kann, und wie lange es dauert',
    start: 'Den Verlauf lesen, das Neueste zuerst; Aufgezeichnetes wird nicht noch einmal gelesen',
    pause: 'Zwischen zwei Seiten anhalten; was gelesen ist, bleibt',
    resume: 'Dort weiterlesen, wo angehalten wurde',
    status: 'Zeigen, wie weit es ist',
  },
  options: {
    channel: {
      name: 'kanal',
      description: 'Nur diesen Kanal, Thread, dieses Forum oder diese Kategorie lesen',
    },
    since: { name: 'seit', description: 'Nichts lesen, was älter ist als dieser Tag, etwa 1.11.2026' },
    reactionUsers: {
      name: 'reaktionen-von',
      description: 'Auch lesen, wer reagiert hat: eine Anfrage für jedes Emoji einer Nachricht',
    },
    again: { name: 'nochmal', description: 'Auch lesen, was schon vollständig aufgezeichnet ist' },
  },
  buttons: {
    start: 'Starten',
    plan: 'Plan zeigen',
    refresh: 'Aktualisieren',
    pause: 'Anhalten',
    resume: 'Weiterlesen',
    retry: 'Noch einmal versuchen',
  },
  refusals: {
    channel: (typed) =>
      `Hier gibt es keinen Kanal „${typed}“, den du und der Bot sehen können. Wähle einen aus der Liste.`,
    since: (typed) =>
      `„${typed}“ ist kein Datum. Ein Datum sieht so aus: 16.11.2026 oder 2026-11-16; auch 2026-11 und 2026 gehen.`,
    future: 'Dieser Tag kommt erst noch: Seitdem wurde nichts geschrieben.',
    closed:
      'Discord zeigt dem Bot gerade nichts von diesem Server. Vielleicht ist es eine Störung; versuche es in ein paar Minuten noch einmal.',
  },

  asking: 'Discord wird gefragt, was es zu lesen gibt. Bei einem großen Server dauert das eine Minute.',
  asked: ({ names, more, since, withReactors, isAgain }) => {
    const all = [...names, ...(more > 0 ? [`${number(more)} weitere`] : [])];
    const parts = [
      all.length > 0 ? listed(all) : 'alle Kanäle',
      ...(since === undefined ? [] : [`seit dem ${longDate(since)}`]),
      ...(withReactors ? ['mit allen, die reagiert haben'] : []),
      ...(isAgain ? ['auch schon Aufgezeichnetes'] : []),
    ];
    return `Gewünscht: ${parts.join(', ')}.`;
  },

  plan: {
    title: 'Das würde gelesen',
    all: (count, asked, ms) =>
      `Etwa **${messages(count)}**, die neuesten zuerst. Das braucht etwa ${requests(asked)}: **${about(ms)}**.`,
    unknown: (count) =>
      `Nicht mitgezählt: ${channels(count)}, bei ${count === 1 ? 'dem' : 'denen'} Discord nicht sagt, wie viel darin steht.`,
    reactors: 'Auch nicht die Anfragen danach, wer auf noch nicht Gelesenes reagiert hat.',
    row: (place, count, threads) =>
      `${place}: ${count === null ? 'Umfang nicht bekannt' : messages(count)}${threads > 0 ? `, ${counted(threads, 'Thread', 'Threads')}` : ''}`,
    more: (count) => `und ${counted(count, 'weiterer Kanal', 'weitere Kanäle')}`,
    unseen: (count) => `${channels(count)}, ${count === 1 ? 'den' : 'die'} du nicht sehen kannst`,
    covered: (count) =>
      count === 1
        ? 'Ein Kanal oder Thread ist schon vollständig aufgezeichnet.'
        : `${number(count)} Kanäle und Threads sind schon vollständig aufgezeichnet.`,
    nothing: 'Nichts: Alles, was der Bot lesen darf, ist schon aufgezeichnet.',
    footer: 'Gelesen wird erst, wenn jemand es startet.',
  },
  noChannel:
    'Dem Bot wird kein Kanal dieses Servers gezeigt, in dem geschrieben wird. Gib seiner Rolle das Recht „Kanäle anzeigen“: Servereinstellungen, Rollen.',

  notRead: {
    title: 'Nicht gelesen',
    because: (reason) => (reason === null ? 'warum, ist nicht bekannt' : (notRead[reason] ?? reason)),
    more: (count) => `${number(count)} weitere`,
    line: (names, reason) => `${listed(names)}: ${reason}`,
    help: {
      allow:
        'Damit ein Kanal gelesen wird: Kanal (oder seine Kategorie) bearbeiten, Berechtigungen, die Rolle des Bots hinzufügen und erlauben, was fehlt.',
      join: 'Damit private Threads gelesen werden: Füge ihnen den Bot hinzu, oder erlaube seiner Rolle „Threads verwalten“.',
      settings: 'Damit ausgenommene Kanäle gelesen werden: /settings.',
    },
  },

  none: {
    title: 'Noch nichts angefordert',
    text: '`/backfill plan` zeigt, was es aus der Zeit vor dem Bot zu lesen gibt, und `/backfill start` liest es.',
  },
  titles: {
    queued: 'Der Verlauf wird gleich gelesen',
    running: 'Der Verlauf wird gelesen',
    paused: 'Das Lesen ist angehalten',
    done: 'Der ganze Verlauf, den der Bot lesen darf, ist aufgezeichnet',
    partly: 'Der Verlauf, den der Bot lesen darf, ist bis auf einiges aufgezeichnet',
    failed: 'Das Lesen ist fehlgeschlagen',
    doneInPart: 'Was gewünscht war, ist aufgezeichnet',
    partlyInPart: 'Was gewünscht war, ist bis auf einiges aufgezeichnet',
  },
  because: (reason) => {
    const [, unexpected] = /^an unexpected error \((.*)\)$/.exec(reason) ?? [];
    return unexpected === undefined
      ? (because[reason] ?? reason)
      : `ein Fehler, mit dem niemand gerechnet hat (${unexpected})`;
  },
  paused: (reason) => `Angehalten: ${reason}.`,
  failed: (reason) => `Was geschehen ist: ${reason}.`,

  percent: (whole) => `${number(whole)}\u00a0%`,
  left: (ms) => `noch ${about(ms)}`,
  seen: (seen, isNew, perSecond) =>
    `**${messages(seen)}** gelesen${isNew < seen ? `, davon ${number(isNew)} neu` : ''}${speed(perSecond)}`,
  pages: (pages, asked, perSecond) =>
    `${counted(pages, 'Seite', 'Seiten')} mit ${requests(asked)}${speed(perSecond)}`,
  reading: 'Gerade',
  backTo: (place, date) => `${place}, zurück bis ${longDate(date)}`,
  found: ({ messages: isNew, messagesSeen, deletions, members }) =>
    `${[
      `**${counted(isNew, 'neue Nachricht', 'neue Nachrichten')}**`,
      ...(messagesSeen > isNew ? [`${number(messagesSeen)} insgesamt gelesen`] : []),
      `${counted(deletions, 'Löschung', 'Löschungen')} gefunden`,
      ...(members > 0 ? [`${counted(members, 'Mitglied', 'Mitglieder')} erfasst`] : []),
    ].join(', ')}.`,
  took: (asked, ms) => `${requests(asked)} in ${took(ms)}.`,
  channels: ({ channels: all, read, closed, failed, deleted }) => {
    const rare = [
      [closed, 'für den Bot geschlossen'],
      [failed, 'fehlgeschlagen'],
      [deleted, 'als gelöscht erkannt'],
    ] as const;
    return `${[
      `${number(read)} von ${places(all)} gelesen`,
      ...rare.filter(([count]) => count > 0).map(([count, what]) => `${number(count)} ${what}`),
    ].join('; ')}.`;
  },
  notKnown: (key) => notKnown[key],
  notKnownTitle: 'Nicht bekannt',
  until: (date, clock) =>
    `Aufgezeichnet ist, was am ${longDate(date)} um ${clock} Uhr da war, als es begann. Was danach kam, zeichnet der Bot selbst auf.`,

  waitsForTurn: 'Es beginnt in wenigen Sekunden, oder sobald fertig ist, was davor an der Reihe ist.',
  behind: (runs) =>
    runs === 1
      ? 'Danach wird noch ein Auftrag dieses Servers gelesen.'
      : `Danach werden noch ${number(runs)} Aufträge dieses Servers gelesen.`,
  othersPaused: (runs) =>
    runs === 1
      ? 'Ein weiterer Auftrag dieses Servers ist angehalten.'
      : `${number(runs)} weitere Aufträge dieses Servers sind angehalten.`,
  silent: (ms) =>
    `Seit ${durationDative(ms / MINUTE_MS)} nichts Neues. Es geht von selbst weiter, sobald Discord und die Datenbank antworten.`,
  recorded: (line) => `Aufgezeichnet von dem, was du lesen kannst: ${line}.`,
  away: 'Die Datenbank antwortet nicht; so war es zuletzt.',
  next: {
    paused: '`/backfill resume` liest dort weiter.',
    retry: '`/backfill start` versucht noch einmal, was fehlt, und liest nichts doppelt.',
  },
  pausing: (runs) =>
    runs === 1
      ? 'Nach der nächsten Seite wird angehalten. Was gelesen ist, bleibt.'
      : `Alle ${number(runs)} halten nach der nächsten Seite an. Was gelesen ist, bleibt.`,
  nothingToPause: 'Es wird nichts gelesen, also wurde nichts angehalten.',
  resumed: (runs) =>
    runs === 1
      ? 'Es geht weiter, wo angehalten wurde.'
      : `Alle ${number(runs)} gehen weiter, wo angehalten wurde.`,
  nothingToResume: 'Nichts ist angehalten, also gibt es nichts fortzusetzen.',
  unwatched: 'Wird nicht mehr von selbst aktualisiert: Drücke „Aktualisieren“.',
};
