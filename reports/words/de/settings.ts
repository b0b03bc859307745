/** What /settings says, in German. */
import type { settings as english } from '../en/settings.ts';
import { counted, hour, listed, longDate, moment, number, weekday } from './numbers.ts';

const or = new Intl.ListFormat('de', { type: 'disjunction' });

const options: typeof english.options = {
  weeklyChannel: { name: 'wochenbericht-kanal', description: 'Wohin der Wochenbericht kommt' },
  weeklyDay: { name: 'wochentag', description: 'An welchem Tag er kommt, oder aus' },
  weeklyHour: { name: 'stunde', description: 'Um wie viel Uhr in der Zeitzone, 0 bis 23' },
  weeklyLateDays: {
    name: 'nachholtage',
    description: 'Wie viele Tage lang ein versäumter Bericht noch nachgeholt wird, 0 bis 7',
  },
  helpChannel: {
    name: 'hilfe-kanal',
    description:
      'Wo die Moderation erreichbar ist, für alle, die vielleicht einen Menschen brauchen; oder aus',
  },
  timeZone: {
    name: 'zeitzone',
    description: 'Wo Tage und Wochen beginnen: gib eine Stadt oder ein Land ein',
  },
  language: { name: 'sprache', description: 'Die Sprache dessen, was gepostet wird' },
  exclude: {
    name: 'ausschließen',
    description: 'Ein Kanal oder eine Kategorie: wird ab jetzt weder aufgezeichnet noch gezählt',
  },
  include: {
    name: 'einschließen',
    description: 'Ein ausgeschlossener Kanal: wird wieder aufgezeichnet und gezählt',
  },
  countBots: {
    name: 'bots-zählen',
    description: 'Ob Bots und Webhooks zählen, wo nichts anderes gefragt ist',
  },
  command: { name: 'befehl', description: 'Der Befehl, um den es bei erlauben oder rolle geht' },
  allow: { name: 'erlauben', description: 'Wer diesen Befehl benutzen darf' },
  role: { name: 'rolle', description: 'Eine Rolle, die diesen Befehl auch benutzen darf' },
  server: { name: 'server', description: 'Ein verknüpfter Server, um den es bei offen geht' },
  open: { name: 'offen', description: 'Ob hier alle nach diesem Server fragen dürfen' },
};

/** The sentences of the settings. */
export const settings: typeof english = {
  command: 'Zeigt oder ändert, wie Almanac auf diesem Server arbeitet',
  options,
  values: { off: 'aus', everyone: 'alle', managers: 'nur wer den Server verwalten darf' },
  languages: { en: 'Englisch', de: 'Deutsch' },

  title: (server) => `Einstellungen von ${server}`,
  changed: 'Geändert',
  unchanged: 'Es musste nichts geändert werden: Es war schon so.',
  headings: {
    weekly: 'Wochenbericht',
    counted: 'Was aufgezeichnet ist und zählt',
    help: 'Hilfe',
    rules: 'Wer was benutzen darf',
    linked: 'Verknüpfte Server',
  },
  hint: 'Um etwas zu ändern, benutze den Befehl noch einmal mit seinen Optionen.',
  more: (count) => `${number(count)} weitere`,
  listed,

  posted: (channel, day, atHour, lateDays) =>
    `Der Wochenbericht kommt jeden ${weekday(day)} um ${hour(atHour)} in ${channel}${lateDays === 0 ? '' : `, notfalls bis zu ${counted(lateDays, 'Tag', 'Tage')} später`}.`,
  next: (local) => `Nächster Bericht: ${moment(local)}.`,
  postedNowhere: (day, atHour) =>
    `Der Wochenbericht kommt in keinen Kanal. Wähle einen mit ${options.weeklyChannel.name}; er käme jeden ${weekday(day)} um ${hour(atHour)}.`,
  cannotPost: {
    gone: `Das geht nicht: Der Kanal ist gelöscht. Wähle einen anderen mit ${options.weeklyChannel.name}.`,
    unknown: 'Das geht nicht: Der Bot sieht diesen Kanal nicht. Erlaube seiner Rolle dort „Kanal anzeigen“.',
    lacks: (permissions) =>
      `Das geht nicht: Dem Bot ${permissions.length === 1 ? 'fehlt' : 'fehlen'} dort ${listed(permissions)}. Erlaube das seiner Rolle in den Einstellungen des Kanals.`,
  },
  permissions: {
    viewChannel: '„Kanal anzeigen“',
    sendMessages: '„Nachrichten senden“',
    readMessageHistory: '„Nachrichtenverlauf anzeigen“',
    attachFiles: '„Dateien anhängen“',
  },

  helped: (channel) => `Wer /guide nach Selbstverletzung oder Ähnlichem fragt, wird an ${channel} verwiesen.`,
  helpedNowhere: `Wer /guide nach Selbstverletzung oder Ähnlichem fragt, wird an die Moderation verwiesen, aber nicht wohin: Wähle einen Kanal mit ${options.helpChannel.name}.`,
  cannotHelp: {
    gone: `Aber der Kanal ist gelöscht. Wähle einen anderen mit ${options.helpChannel.name}.`,
    closed:
      'Aber wer keine Rolle hat, sieht diesen Kanal nicht, soweit der Bot weiß. Erlaube dort allen „Kanal anzeigen“, oder wähle einen anderen.',
  },

  zone: (zone, clock) => `Es gilt die Zeit von ${zone}; dort ist es jetzt ${clock} Uhr.`,
  language: (name) => `Gepostet wird auf ${name}, geantwortet in der Sprache, in der jemand Discord benutzt.`,

  botsCount: 'Bots und Webhooks zählen.',
  botsDoNot: 'Bots und Webhooks zählen nicht, außer wo es ausdrücklich verlangt wird.',
  noneExcluded: 'Kein Kanal ist ausgeschlossen.',
  allExcluded: (places) => `Ausgeschlossen, also weder aufgezeichnet noch gezählt: ${listed(places)}.`,
  excluded: (place) => `${place} ist ausgeschlossen und wird ab jetzt weder aufgezeichnet noch gezählt.`,
  included: (place) =>
    `${place} wird wieder aufgezeichnet und gezählt. Was dort in der Zwischenzeit geschrieben wurde, lässt sich mit /backfill lesen.`,
  deletedChannel: (id) => `ein gelöschter Kanal (${id})`,

  everyone: 'alle',
  managers: 'nur wer „Server verwalten“ darf',
  roles: (roles) => `${listed(roles)}, und wer „Server verwalten“ darf`,
  deletedRole: 'eine gelöschte Rolle',
  rule: (commands, whom) => `${listed(commands)}: ${whom}`,

  linkedOpen: (server) => `${server}: Alle dürfen danach fragen`,
  linkedClosed: (server) => `${server}: nur wer „Server verwalten“ darf, und nur privat`,

  firstMessage: (date) => `Die erste Nachricht, die du lesen kannst, ist vom ${longDate(date)}.`,
  noMessage:
    'Noch ist nichts aufgezeichnet, was du lesen kannst. Was vor dem Bot geschrieben wurde, liest /backfill.',

  refusals: {
    channelAndOff: `${options.weeklyDay.name}: aus und ${options.weeklyChannel.name} widersprechen sich. Gib eines davon an.`,
    noZone: (typed, nearest) =>
      `Eine Zeitzone „${typed}“ gibt es nicht. Vielleicht ${or.format(nearest)}? Wähle eine aus der Liste.`,
    noChannel: (typed) =>
      `Es gibt keinen Kanal und keine Kategorie „${typed}“, die du sehen kannst. Wähle aus der Liste.`,
    noHelpChannel: (typed) =>
      `Es gibt keinen Kanal „${typed}“, den du sehen kannst. Wähle einen aus der Liste.`,
    notExcluded: (typed) => `„${typed}“ ist nicht ausgeschlossen. Wähle aus der Liste, was es ist.`,
    nothingExcluded: 'Kein Kanal ist ausgeschlossen, also gibt es keinen einzuschließen.',
    excludedAndIncluded: `Bei ${options.exclude.name} und ${options.include.name} steht derselbe Kanal. Gib eines davon an.`,
    whichCommand: `Sag auch, welcher Befehl: ${options.allow.name} und ${options.role.name} gehören zu ${options.command.name}.`,
    whoMayUse: `Sag auch, wer ihn benutzen darf: Zu ${options.command.name} gehört ${options.allow.name} oder ${options.role.name}.`,
    noRule: (command) => `Für „${command}“ gibt es keine Regel. Wähle einen Befehl aus der Liste.`,
    everyoneAndRole: `Wo alle einen Befehl benutzen dürfen, ändert eine Rolle nichts. Gib ${options.allow.name}: alle an oder ${options.role.name}.`,
    whichServer: `Sag auch, welcher Server: ${options.open.name} gehört zu ${options.server.name}.`,
    whetherOpen: `Sag auch, ob alle danach fragen dürfen: Zu ${options.server.name} gehört ${options.open.name}.`,
    noSuchValue: (option) => `Das ist kein Wert für ${option}. Wähle einen aus der Liste.`,
  },
};
