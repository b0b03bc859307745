/** What /guide says, in German. Names, words and quotations come escaped; hours as they are shown. */
import type { Deeds, guide as english, When } from '../en/guide.ts';
import { counted, duration, durationDative, listed, longDate, number } from './numbers.ts';
import { messages, people } from './period.ts';

const MONTH = new Intl.DateTimeFormat('de', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const month = (label: string): string => MONTH.format(Date.parse(label));

const said = (when: When): string => ('ago' in when ? when.ago : `am ${longDate(when.date)}`);
const questions = (n: number): string => counted(n, 'Frage', 'Fragen');

const after = (minutes: number | null, n: number): string | null =>
  minutes === null ? null : `${n > 1 ? 'meist ' : ''}nach ${durationDative(minutes)}`;

/** Behind a comma, as far as there is anything to add. */
const added = (...parts: (string | null)[]): string => {
  const told = parts.filter((part) => part !== null);
  return told.length === 0 ? '' : `, ${told.join(' und ')}`;
};

const times = (n: number): string => (n === 1 ? 'einmal' : `${number(n)}-mal`);

const or = new Intl.ListFormat('de', { type: 'disjunction' });
const quoted = (words: readonly string[]): string => or.format(words.map((word) => `„${word}“`));

const RECENTLY = 'In den letzten 90 Tagen';

/** "seit März 2025 in #brennofen", where all of it was. */
const since = ({ since: label, place }: Deeds, isAllThere: boolean): string =>
  `seit ${month(label)} ${isAllThere ? `in ${place}` : 'insgesamt'}`;

const thanks = (n: number): string => (n > 0 ? `; ${times(n)} kam Dank` : '');

/** The sentences of an answer. */
export const guide: typeof english = {
  command: 'An wen und woran du dich halten kannst: zu einem Thema oder für den Anfang; mit Links zu allem',
  topic: {
    name: 'thema',
    description: 'Ein Wort oder eine ganze Frage; ohne Thema siehst du, wo du anfangen kannst',
  },

  title: (server) => `Wo du in ${server} anfangen kannst`,
  titleWithoutTopic: 'Ein Thema ohne Worte',
  headings: {
    guides: 'Wen du fragen kannst',
    nearby: 'Wer antwortet, wo es darum geht',
    answers: 'Antworten, die es schon gibt',
    welcomers: 'Wer Neuen antwortet',
    channels: 'Worum es in den Kanälen geht',
    liveliest: 'Wo in den letzten 30 Tagen am meisten geschrieben wurde',
    asking: 'So fragst du, dass du Antwort bekommst',
  },

  missing: (words) =>
    `Zusammen mit dem Rest schreibt hier niemand ${quoted(words)}; das gibt es ohne ${words.length > 1 ? 'diese Wörter' : 'dieses Wort'}.`,
  talkedAbout: (by, places, rest, last) => {
    const [first, ...others] = places;
    const told = [
      `${first!.place} (${messages(first!.count)})`,
      ...others.map(({ place, count }) => `${place} (${number(count)})`),
      ...(rest > 0 ? [`anderswo (${number(rest)})`] : []),
    ];
    return `Darüber ${by === 1 ? 'schrieb' : 'schrieben'} ${people(by)} in ${listed(told)}; zuletzt ${said(last)}.`;
  },
  silent: {
    everyone: 'Darüber hat niemand geschrieben, wo hier alle lesen können, soweit es aufgezeichnet ist.',
    asker: 'Darüber hat niemand geschrieben, wo du hier lesen kannst, soweit es aufgezeichnet ist.',
    open: 'Darüber hat dort niemand geschrieben, soweit es aufgezeichnet ist.',
  },
  nearest: (words) => `Ähnliche Wörter, die hier vorkommen: ${listed(words)}.`,
  tryOther:
    'Versuch es mit einem anderen Wort, oder lass das Thema weg: Dann siehst du, wo du anfangen kannst.',
  wordless:
    'Darin ist kein Wort, nach dem sich suchen lässt. Schreib, worum es geht: ein Ding, einen Namen oder eine ganze Frage.',
  textless:
    'Von diesem Server werden keine Texte aufbewahrt; darum lässt sich nicht nachsehen, worüber geschrieben wurde. Lass das Thema weg: Dann siehst du, wo du anfangen kannst.',
  instead: (typed, words) => `„${typed}“ schreibt hier niemand; gesucht wurde nach: ${listed(words)}.`,
  notWritten: (words) => `${quoted(words)} schreibt hier niemand.`,
  unread: (n) =>
    `${messages(n)} ${n === 1 ? 'ist' : 'sind'} noch nicht durchgesehen; vielleicht gibt es mehr: Frag später noch einmal.`,

  nobody: (place) =>
    `Niemand, der hier noch schreibt und genannt werden darf, hat Fragen dazu beantwortet, soweit es aufgezeichnet ist. Frag in ${place}; dort wurde am meisten darüber geschrieben.`,
  answered: (name, deeds) => {
    const { times: n, askers, place, inPlace, medianMinutes, thanked } = deeds;
    const waited = after(medianMinutes, n);
    if (n === 1)
      return `${name} hat im ${month(deeds.since)} in ${place} ${waited === null ? '' : `${waited} `}eine Frage beantwortet${thanks(thanked)}.`;
    const isAllThere = inPlace >= n;
    const mostly = added(isAllThere ? null : `am häufigsten in ${place}`, waited);
    return `${name} hat ${since(deeds, isAllThere)} ${questions(n)} von ${people(askers)} beantwortet${mostly}${thanks(thanked)}.`;
  },
  answeredNearby: (name, deeds) => {
    const { askers, inPlace, medianMinutes, thanked } = deeds;
    const often = inPlace > askers ? ` (${times(inPlace)})` : '';
    return `${name} hat ${since(deeds, true)} ${people(askers)} geantwortet${often}${added(after(medianMinutes, inPlace))}${thanks(thanked)}. Direkt dazu nichts.`;
  },
  spokeNext: (name, deeds) => {
    const isAllThere = deeds.inPlace >= deeds.times;
    const mostly = added(isAllThere ? null : `am häufigsten in ${deeds.place}`);
    return `${name} schrieb ${since(deeds, isAllThere)} nach ${questions(deeds.times)} als Nächstes${mostly}; eine Vermutung, denn direkte Antworten darauf sind nicht bekannt.`;
  },
  welcomed: (name, n, place, minutes) =>
    n === 1
      ? `${name} hat einer neuen Person in deren erster Woche in ${place} geantwortet${added(after(minutes, 1))}.`
      : `${name} hat ${number(n)} Neuen in deren erster Woche geantwortet${added(`am häufigsten in ${place}`, after(minutes, n))}.`,
  around: (from, to, last) => `Meist hier von ${from} bis ${to}, zuletzt ${said(last)}`,
  lastHere: (last) => `Zuletzt hier ${said(last)}`,
  answerLinks: ['eine Antwort', 'noch eine'],
  messageLinks: ['eine Nachricht', 'noch eine'],

  source: (by, place, date, isThanked) =>
    [
      `${by === undefined ? '' : `${by} `}in ${place}`,
      longDate(date),
      ...(isThanked ? ['mit Dank'] : []),
    ].join(', '),

  begin: (newcomers, places) => {
    const [first, ...others] = places;
    if (first!.count === newcomers)
      return newcomers === 1
        ? `${RECENTLY} schrieb die eine neue Person zuerst in ${first!.place}.`
        : `${RECENTLY} schrieben alle ${number(newcomers)} Neuen zuerst in ${first!.place}.`;
    const told = [
      `${number(first!.count)} von ${number(newcomers)} Neuen zuerst in ${first!.place}`,
      ...others.map(({ place, count }) => `${number(count)} in ${place}`),
    ];
    return `${RECENTLY} ${first!.count === 1 ? 'schrieb' : 'schrieben'} ${listed(told)}.`;
  },
  writtenBy: (n, by) => `${messages(n)} von ${people(by)}`,
  asking: (n, answered, minutes) => {
    const some = `${answered > 1 ? 'wurden' : 'wurde'} ${answered === 0 ? 'keine' : number(answered)} von ${questions(n)}`;
    const what = n > 1 ? some : `wurde die eine Frage${answered === 0 ? ' nicht' : ''}`;
    return `${RECENTLY} ${what} binnen eines Tages beantwortet${answered === 0 ? '' : added(after(minutes, answered))}.`;
  },
  lively: 'Unter den lebhaftesten der letzten 30 Tage:',
  best: 'Am besten fragst du hier:',
  askedIn: (n, of, minutes) => `${number(n)} von ${number(of)} beantwortet${added(after(minutes, n))}`,
  askedBetween: (from, to, minutes) =>
    `Am kürzesten warten Fragen zwischen ${from} und ${to}: meist ${duration(minutes)}.`,
  sparse: 'Hier ist zu wenig geschrieben, um zu sagen, wo du anfangen kannst.',
  withTopic: 'Nenn ein Thema, um zu sehen, an wen und woran du dich dazu halten kannst.',

  naming: {
    unname: 'Mich nicht nennen',
    unnamed:
      'Du wirst in keiner Liste dieses Servers mehr genannt. Was du schreibst, zählt in Summen weiter mit.',
    again: 'Mich wieder nennen',
    named: 'Du darfst in Listen dieses Servers wieder genannt werden.',
    notNamed:
      'In dieser Antwort wirst du nicht genannt; darum ändert sich an ihr nichts. Du kannst wählen, auf diesem Server nirgends genannt zu werden.',
    nowhere: 'Mich nirgends nennen',
  },

  definitions: {
    onTopic: {
      name: 'zum Thema',
      meaning:
        'Eine Nachricht hat ein Wort des Themas in jeder Form, die ihre Sprache ihm gibt, und wo hier niemand es so schreibt, als das, was ihm am nächsten kommt. Ein seltenes Wort zählt mehr als ein häufiges, Wörter wie „und“ zählen nichts; zum Thema gehört, was mindestens halb so viel davon hat wie die Nachricht mit dem meisten.',
    },
    answers: {
      name: 'Fragen und Antworten',
      meaning:
        'Eine Frage ist eine Nachricht mit einem Fragezeichen, das einen Satz beendet, oder der erste Beitrag eines Forum-Threads. Beantwortet wird sie durch eine direkte Antwort einer anderen Person, oder durch deren Nachricht im eigenen Thread der Frage. Bots fragen und antworten nicht. Fragen zu einem Thema zählen mit ihren Antworten, die die Wörter selten wiederholen.',
    },
    order: {
      name: 'wer zuerst kommt',
      meaning:
        'wer am meisten beantwortet hat. Eine Antwort zählt danach, wie gut sie zum Thema passt, und nach jedem Jahr halb so viel; mehr, wenn sich bedankt, reagiert oder weitergeschrieben hat, wer fragte, und wenn das bei Antworten dieser Person oft so ist; weniger, wenn andere schneller waren oder wenn es nur ein, zwei Wörter sind. Alle Antworten an eine Person zählen zusammen höchstens als eine: Wen viele fragen, steht vor dem, den eine Person oft fragt. Wie viel jemand schreibt, zählt nicht.',
    },
    others: {
      name: 'wo es wenige Antworten gibt',
      meaning:
        'Ein wenig zählt auch, wer in den Kanälen antwortet, in denen es darum geht, und das wird dazugesagt. Ebenso, wer nach Fragen ohne direkte Antwort als Nächstes schreibt, abzüglich dessen, wie oft kurz davor: Wer immer schreibt, gewinnt damit nichts.',
    },
    named: {
      name: 'wer genannt wird',
      meaning:
        'nur, wer in diesen Kanälen in den letzten 90 Tagen geschrieben hat: keine Bots, niemand, der gegangen ist, niemand, der nicht genannt werden will. Über niemanden wird etwas gefolgert; gesagt wird, was jemand beantwortet hat, mit Links.',
    },
    around: {
      name: 'meist hier',
      meaning:
        'die wenigsten Stunden des Tages, in die das meiste fällt, was jemand in den letzten 90 Tagen schrieb. Wo es mehr als zehn sind oder zu wenig geschrieben wurde, werden keine genannt.',
    },
    newcomers: {
      name: 'Neue',
      meaning:
        'Personen, deren erste aufgezeichnete Nachricht überhaupt, in den gezählten Kanälen, in die letzten 90 Tage fällt.',
    },
    welcomers: {
      name: 'wer Neuen antwortet',
      meaning:
        'wer direkt auf etwas geantwortet hat, was sie in ihrer ersten Woche schrieben, oder in dessen Thread schrieb; nach der Zahl der Neuen.',
    },
    words: {
      name: 'die Wörter eines Kanals',
      meaning:
        'die, die dort in den letzten 90 Tagen mehr Personen verwendet haben, und öfter, als anderswo; nie Namen von Mitgliedern. Gesagt werden sie von den Kanälen, in denen in den letzten 30 Tagen am meisten geschrieben wurde.',
    },
    asking: {
      name: 'wo und wann du fragst',
      meaning:
        'Kanäle nach dem Anteil ihrer Fragen, die binnen eines Tages beantwortet wurden, wo er nicht unter dem des ganzen Servers liegt; wenigen Fragen wird weniger geglaubt. Stunden werden genannt, wo Fragen deutlich kürzer warten.',
    },
  },
};
