/** Every sentence of the weekly report, in German. Names in them come escaped; nothing else in them needs to be. */
import type { WeeklyWords } from '../en/weekly.ts';
import {
  capital,
  counted,
  dateRange,
  hour,
  longDate,
  longDay,
  moment,
  number,
  percent,
  shortDate,
  shortWeekday,
  weekday,
} from './numbers.ts';
import { lead } from './lead.ts';
import { before, beforeDative, delta, during, messages, people } from './period.ts';
import { sections } from './sections.ts';

/** The sentences of the report. */
export const weekly: WeeklyWords = {
  before,
  during,
  delta,
  moment,
  number,
  percent,
  shortDate,
  weekday,
  shortWeekday,
  hour,

  title: (guild, label, period, to) =>
    period.isWeek
      ? `${guild}: Kalenderwoche ${Number(label.slice(-2))}/${label.slice(0, 4)}`
      : `${guild}: ${counted(period.days, 'Tag', 'Tage')} bis zum ${longDate(to)}`,
  dates: dateRange,
  span: (from, to, zone) =>
    from === to
      ? `${longDay(from)}. Alle Zeiten sind die von ${zone}.`
      : `${longDay(from).replace(/ \d{4}$/, (year) => (year.trim() === to.slice(0, 4) ? '' : year))}, bis ${longDay(to)}. Alle Zeiten sind die von ${zone}.`,
  recordsLast: (date) => `Die Aufzeichnung endet am ${longDay(date)}; dies ist ihre letzte Woche.`,
  isItsLast: 'Dies ist die letzte Woche der Aufzeichnung.',
  recordEndsWithin: (date, day, days) =>
    `Die Aufzeichnung endet am ${longDay(date)}, an Tag ${number(day)} von ${number(days)}: Was danach kam, ist nicht bekannt, also Vorsicht beim Vergleichen.`,
  recordBeginsWithin: (date, period) =>
    `Die Aufzeichnung beginnt am ${longDay(date)}, ein Vergleich mit ${beforeDative(period)} ist deshalb nicht möglich.`,
  recordBeginsBefore: (date, period) =>
    `Die Aufzeichnung beginnt am ${longDay(date)} und kennt von ${beforeDative(period)} nur einen Teil, also Vorsicht beim Vergleichen.`,
  neverWritten: 'Hier ist noch nichts aufgezeichnet, was jemand geschrieben hat.',
  empty: (period) => `${capital(during(period))} hat niemand geschrieben, soweit es aufgezeichnet ist.`,
  emptyAfter: (n, by, period) => `${capital(before(period))}: ${messages(n)} von ${people(by)}.`,

  lead,
  headings: {
    questions: 'Wartet auf eine Antwort',
    totals: 'In Zahlen',
    trend: 'Die Wochen bis hierher',
    contributors: 'Wer am meisten schrieb',
    newcomers: 'Wer neu war und wer wiederkam',
    channels: 'Wo etwas los war',
    threads: 'Die lebhaftesten Threads',
    reacted: 'Worauf reagiert wurde',
    hours: 'Wann der Server wach ist',
    replies: 'Wie schnell Fragen beantwortet werden',
    share: 'Wie sich das Schreiben verteilt',
    coverage: 'Worauf diese Zahlen beruhen',
  },

  heads: {
    figure: 'Kennzahl',
    now: (period) =>
      period.isWeek ? 'diese Woche' : period.days === 1 ? 'dieser Tag' : `diese ${number(period.days)} Tage`,
    against: (period) => `gegenüber ${beforeDative(period)}`,
    week: 'Woche ab',
    messages: 'Nachrichten',
    people: 'Personen',
    newcomers: 'neu',
    member: 'Mitglied',
    days: 'Tage',
    blocks: 'Zehn-Minuten-Blöcke',
    channel: 'Kanal',
    thread: 'Thread',
    first: 'erste Nachricht',
    place: 'wo',
    wait: 'Wartezeit höchstens',
    questions: 'Fragen',
  },

  figures: {
    messages: 'Nachrichten',
    people: 'Schreibende',
    channels: 'aktive Kanäle',
    threads: 'aktive Threads',
    replies: 'direkte Antworten',
    reactions: 'Reaktionen',
    attachments: 'Anhänge',
    links: 'Links',
    edits: 'bearbeitete Nachrichten',
    deletions: 'gelöschte Nachrichten',
  },

  ...sections,
  place: {
    unknown: (id) => `Kanal ${id}`,
    within: (thread, channel) => `${thread} in ${channel}`,
  },

  quote: {
    text: (quoted) => `„${quoted}“`,
    spoiler: '[Spoiler]',
    member: '@Mitglied',
    role: '@Rolle',
    channel: '#Kanal',
    time: '[Zeit]',
    notKept: 'kein Text',
  },

  open: 'öffnen',
  openInDiscord: 'In Discord öffnen',
  asTable: 'Dasselbe als Tabelle',
  noPicture: 'Das Diagramm dazu konnte nicht gezeichnet werden.',
  howCounted: 'Wie das gezählt wird',
  audience: {
    all: 'Gezählt: alle aufgezeichneten Kanäle, auch solche, die nicht alle lesen können.',
    some: 'Gezählt: die gewünschten Kanäle, auch wo nicht alle sie lesen können.',
    place: (place: string) => `Gezählt für alle, die ${place} lesen können.`,
  },
  postedIn: (place: string, local: string) => `Veröffentlicht in ${place}, ${moment(local)}.`,
  footer:
    'Bots und Webhooks zählen nicht. Systemhinweise (Beitritte, Anheftungen, Boosts) sind keine Nachrichten. Wer nicht genannt werden will, zählt mit und steht in keiner Liste.',
};
