/** What /top-contributors says, in German. Names come escaped; those of charts don't. */
import type { contributors as english } from '../en/contributors.ts';
import { counted, durationDative, listed, number, percent } from './numbers.ts';
import { messages, people } from './period.ts';

const reactions = (n: number): string => counted(n, 'Reaktion', 'Reaktionen');
const replies = (n: number): string => counted(n, 'Antwort', 'Antworten');
const questions = (n: number): string => counted(n, 'Frage', 'Fragen');
const days = (n: number): string => counted(n, 'Tag', 'Tage');
const inDays = (n: number): string => (n === 1 ? 'einem Tag' : `${number(n)} Tagen`);
const onMessages = (n: number): string => (n === 1 ? 'eine Nachricht' : messages(n));

/** Where one is first, their share of the whole; where several are even, what each of them has. */
const leaders =
  (one: string, many: string, amount: (n: number) => string, whole: string, of: string) =>
  (names: string[], merit: number, share: number, even: number): string => {
    if (even > 2) return `${number(even)} Personen ${many} je ${amount(merit)}`;
    if (even === 2 && names.length === 2) return `${listed(names)} ${many} je ${amount(merit)}`;
    return share === 1 ? `${names[0]} ${one} ${whole}` : `${names[0]} ${one} ${percent(share)} ${of}`;
  };

const onDays = (names: string[], merit: number, of: number, even: number): string => {
  const isMany = even > 1;
  const when =
    merit < of
      ? `an ${number(merit)} von ${inDays(of)}`
      : of === 1
        ? 'an diesem Tag'
        : `an allen ${inDays(of)}`;
  return `${even > 2 ? `${number(even)} Personen` : listed(names)} ${isMany ? 'schrieben' : 'schrieb'} ${when}`;
};

/** Bars, read aloud. */
const ranked =
  (of: string) =>
  (bars: readonly { name: string; value: string }[]): string =>
    `Balken, von den meisten zu den wenigsten ${of}: ${bars.map((bar) => `${bar.name} ${bar.value}`).join(', ')}.`;

/** "; 71 % davon schrieben die zehn unten", where there are more. */
const ofThese = (shown: number, of: number, share: number): string =>
  shown >= of
    ? ''
    : `; ${percent(share)} davon von ${shown === 1 ? 'der einen' : `den ${number(shown)}`} unten`;

const toThese = (shown: number, of: number, share: number): string =>
  shown >= of
    ? ''
    : `; ${percent(share)} davon an ${shown === 1 ? 'die eine' : `die ${number(shown)}`} unten`;

const own = (place: number, of: number, what: string): string =>
  `Du: Platz ${number(place)} von ${number(of)} mit ${what}.`;

/** The sentences of an answer. */
export const contributors: typeof english = {
  command: 'Wer am meisten beitrug, und wo du stehst',
  by: { name: 'nach', description: 'Was zählt; ohne Angabe Nachrichten' },
  merits: {
    messages: 'Nachrichten',
    activeDays: 'aktive Tage',
    reactions: 'erhaltene Reaktionen',
    replied: 'erhaltene Antworten',
    answers: 'beantwortete Fragen',
  },

  titles: {
    messages: 'Wer am meisten schrieb',
    activeDays: 'Wer an den meisten Tagen schrieb',
    reactions: 'Wer die meisten Reaktionen bekam',
    replied: 'Wer die meisten Antworten bekam',
    answers: 'Wer die meisten Fragen beantwortete',
  },
  about: (period, guild, channel) => [period, guild, ...(channel === undefined ? [] : [channel])].join(' · '),

  lead: {
    messages: (total, by, shown, share) =>
      `${messages(total)} von ${people(by)}${ofThese(shown, by, share)}.`,
    activeDays: (by, every, of) => {
      const wrote = `${people(by)} ${by === 1 ? 'schrieb' : 'schrieben'}`;
      if (of === 1) return `${wrote} an diesem Tag.`;
      if (by === 1 && every === 0) return `${wrote}.`;
      const who =
        every === 0 ? 'niemand davon' : every === by ? (by === 1 ? 'und zwar' : 'alle') : number(every);
      return `${wrote}, ${who} an allen ${inDays(of)}.`;
    },
    reactions: (total, by, shown, share) =>
      `${reactions(total)} auf Nachrichten von ${people(by)}${toThese(shown, by, share)}.`,
    replied: (total, by, shown, share) =>
      `${replies(total)} auf Nachrichten von ${people(by)}${toThese(shown, by, share)}.`,
    answers: (total, by, shown, share) =>
      `${questions(total)}, von ${people(by)} als Erste beantwortet${ofThese(shown, by, share)}.`,
  },

  line: {
    messages: (n, on) => (on === undefined ? messages(n) : `${messages(n)} an ${inDays(on)}`),
    activeDays: (n, wrote) => `${days(n)}, ${messages(wrote)}`,
    reactions: (n, wrote) => `${reactions(n)} auf ${onMessages(wrote)}`,
    replied: (n, wrote) => `${replies(n)} auf ${onMessages(wrote)}`,
    answers: (n, minutes) => `${questions(n)}, ${n === 1 ? 'nach' : 'meist nach'} ${durationDative(minutes)}`,
  },

  own: {
    messages: (place, of, n) => own(place, of, messages(n)),
    activeDays: (place, of, n) => own(place, of, n === 1 ? '1 aktiven Tag' : `${number(n)} aktiven Tagen`),
    reactions: (place, of, n) => own(place, of, reactions(n)),
    replied: (place, of, n) => own(place, of, replies(n)),
    answers: (place, of, n) =>
      own(place, of, n === 1 ? '1 beantworteten Frage' : `${number(n)} beantworteten Fragen`),
  },

  notYet:
    'Hier ist noch nichts aufgezeichnet, was Personen schrieben. Was von jetzt an geschrieben wird, wird es; was davor geschrieben wurde, kann mit /backfill einlesen lassen, wer den Server verwalten darf.',
  beforeRecord: (date) =>
    `Die Aufzeichnung beginnt am ${date}; das liegt davor. Was damals geschrieben wurde, kann mit /backfill einlesen lassen, wer den Server verwalten darf.`,
  empty: {
    messages: 'Niemand schrieb, soweit es aufgezeichnet ist. Frag nach einem anderen Zeitraum oder Kanal.',
    activeDays: 'Niemand schrieb, soweit es aufgezeichnet ist. Frag nach einem anderen Zeitraum oder Kanal.',
    reactions:
      'Auf nichts, was geschrieben wurde, gab es eine Reaktion, soweit es aufgezeichnet ist. Frag nach einem anderen Zeitraum oder Kanal.',
    replied:
      'Auf nichts, was geschrieben wurde, gab es eine Antwort, soweit es aufgezeichnet ist. Frag nach einem anderen Zeitraum oder Kanal.',
    answers:
      'Keine Frage wurde beantwortet, soweit es aufgezeichnet ist. Frag nach einem anderen Zeitraum oder Kanal.',
  },
  nobodyNamed: (by) =>
    by === 1
      ? 'Die eine Person, die hier stünde, will nicht genannt werden.'
      : `Alle ${number(by)} Personen, die hier stünden, wollen nicht genannt werden.`,
  noPicture: 'Das Diagramm konnte nicht gezeichnet werden.',

  chart: {
    messages: {
      title: leaders('schrieb', 'schrieben', messages, 'alle Nachrichten', 'aller Nachrichten'),
      caption: 'Nachrichten derer, die am meisten schrieben',
      alt: ranked('Nachrichten'),
    },
    activeDays: {
      title: onDays,
      caption: 'Tage, an denen sie schrieben',
      alt: ranked('Tagen'),
    },
    reactions: {
      title: leaders('bekam', 'bekamen', reactions, 'alle Reaktionen', 'aller Reaktionen'),
      caption: 'Reaktionen auf das, was sie schrieben',
      alt: ranked('Reaktionen'),
    },
    replied: {
      title: leaders('bekam', 'bekamen', replies, 'alle Antworten', 'aller Antworten'),
      caption: 'Antworten anderer auf das, was sie schrieben',
      alt: ranked('Antworten'),
    },
    answers: {
      title: leaders('gab', 'gaben', replies, 'alle ersten Antworten', 'aller ersten Antworten'),
      caption: 'Fragen anderer, die sie als Erste beantworteten',
      alt: ranked('Fragen'),
    },
  },

  definitions: {
    messages:
      'Gereiht nach Nachrichten, die sie schrieben: keine Systemhinweise, nichts Gelöschtes, nichts in ausgeschlossenen oder gelöschten Kanälen. Daneben: die Kalendertage, an denen sie schrieben.',
    activeDays:
      'Gereiht nach den Kalendertagen, an denen sie mindestens eine Nachricht schrieben. Daneben: ihre Nachrichten.',
    reactions:
      'Gereiht nach den Reaktionen auf das, was sie in dieser Zeit schrieben, von wem und wann auch immer. Daneben: ihre Nachrichten.',
    replied:
      'Gereiht nach den Antworten auf das, was sie in dieser Zeit schrieben: von anderen Personen, nie von Bots, im selben Kanal, wann auch immer. Daneben: ihre Nachrichten.',
    answers:
      'Gereiht nach den Fragen anderer aus dieser Zeit, die sie als Erste beantworteten. Eine Frage ist eine Nachricht mit einem Fragezeichen, das einen Satz außerhalb von Links, Code und Zitaten beendet, oder der erste Beitrag eines Forum-Threads. Beantwortet ist sie durch eine Antwort darauf oder durch die erste Nachricht einer anderen Person in ihrem eigenen Thread. Bots fragen und antworten hier nicht. Die übliche Zeit ist die mittlere.',
  },
  places:
    'Von Gleichen steht das ältere Konto voran. Ein Platz ist einer in dieser Liste; wer nicht genannt werden will, belegt also keinen, zählt aber in allen Summen und Anteilen.',
};
