/** What is said of a weekly report that is posted by itself, in German. */
import type { posting as english, Hindrance } from '../en/posting.ts';
import { listed, moment, number } from './numbers.ts';
import { messages, people } from './period.ts';
import { settings } from './settings.ts';

function causeOf(why: Hindrance): string {
  switch (why.is) {
    case 'gone':
      return 'Der Kanal war gelöscht';
    case 'unknown':
      return 'Der Bot sah den Kanal nicht';
    case 'lacks':
      return `Dem Bot ${why.permissions.length === 1 ? 'fehlte' : 'fehlten'} in dem Kanal ${listed(why.permissions)}`;
    case 'left':
      return 'Der Bot war nicht auf diesem Server';
    case 'rules-unknown':
      return 'Der Bot wusste nicht, wer hier was lesen darf';
    case 'catching-up':
      return 'Der Bot las noch, was er versäumt hatte';
    case 'unsure':
      return 'Discord sagte nicht, ob es angekommen ist, und der Bot konnte nicht nachsehen';
    case 'unanswered':
      return 'Discord antwortete nicht';
    case 'refused':
      return `Discord lehnte es ab (Fehler ${why.code})`;
    case 'down':
      return 'Almanac lief nicht';
  }
}

function remedyOf(why: Hindrance): string {
  switch (why.is) {
    case 'gone':
      return `Wähle einen anderen mit ${settings.options.weeklyChannel.name}.`;
    case 'unknown':
      return 'Erlaube seiner Rolle dort „Kanal anzeigen“.';
    case 'lacks':
      return 'Erlaube das seiner Rolle in den Einstellungen des Kanals.';
    case 'unsure':
      return `Damit nichts doppelt kommt, erlaube seiner Rolle in ${why.channel} „Kanal anzeigen“ und „Nachrichtenverlauf anzeigen“.`;
    case 'refused':
      return 'Es wird von selbst wieder versucht. Wenn das so bleibt, sag es denen, die den Bot betreiben.';
    default:
      return 'Es wird von selbst wieder versucht.';
  }
}

/** Of 2026-W46: "Kalenderwoche 46/2026". */
const week = (label: string): string => `Kalenderwoche ${Number(label.slice(-2))}/${label.slice(0, 4)}`;

/** The sentences of the post beside those of the report, and of what became of it. */
export const posting: typeof english = {
  mine: 'Was ich lesen kann',
  late: (local) => `Fällig war dieser Bericht ${moment(local)}; da konnte Almanac ihn nicht posten.`,
  updated: ([messagesBefore, messagesNow], [peopleBefore, peopleNow]) =>
    `Neu gezählt, denn die Aufzeichnung dieser Woche hat sich geändert: ${messages(messagesNow)} von ${people(peopleNow)}. Beim Posten: ${number(messagesBefore)} von ${number(peopleBefore)}.`,
  skippedBefore: (label) => `Der Bericht über ${week(label)} wurde nicht gepostet. /weekly zeigt ihn.`,

  posted: (label, local) => `Zuletzt gepostet: ${week(label)}, ${moment(local)}.`,
  edited: (local) => `Neu gezählt: ${moment(local)}.`,
  waits: (label, why) => `${week(label)} ist noch nicht gepostet: ${causeOf(why)}. ${remedyOf(why)}`,
  waitsForThat: (label) => `${week(label)} wartet darauf.`,
  until: (local) => `Das geht noch bis ${moment(local)}.`,
  begun: (label) => `${week(label)} wird gerade gepostet.`,
  notBegun: (label) =>
    `${week(label)} ist fällig, und nichts postet es: Sag denen, die den Bot betreiben, dass sein Begleiter (companion) nicht läuft.`,
  tooLate: (label, why) =>
    `${week(label)} wurde nicht rechtzeitig gepostet: ${causeOf(why)}. /weekly zeigt sie.`,
  turnedOff: (label) => `${week(label)} wurde nicht gepostet: Der Wochenbericht war abgestellt.`,
};
