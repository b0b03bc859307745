/** What charts say, in German. */
import type { ChartWords, Unit } from '../en/charts.ts';
import { counted, hour, listed, number, percent, shortWeekday, stepOf, timeIn, weekday } from './numbers.ts';
import { messages as messagesIn, people as peopleIn } from './period.ts';

const LOCALE = 'de';
const compact = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumFractionDigits: 1 });
/** "1,2k", "4 Mio.": German has no short thousand of its own, and six long ones don't fit beside each other. */
const short = (n: number): string =>
  n < 1000 || n >= 1e6 ? compact.format(n) : `${compact.format(n / 1000)}k`;

const dates = (options: Intl.DateTimeFormatOptions): ((start: string) => string) => {
  const format = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: 'UTC' });
  // A time on the clock of the zone is taken for UTC's, so that it is said as it is.
  return (start) => format.format(Date.parse(start.includes('T') ? `${start}:00Z` : start));
};
const weekdayAndDate = dates({ weekday: 'long', day: 'numeric', month: 'long' });
const dayAndMonth = dates({ day: 'numeric', month: 'long' });
const monthAndYear = dates({ month: 'long', year: 'numeric' });
const hourOf = (start: string): string => hour(Number(start.slice(11, 13)));

const UNITS: Record<Unit, [one: string, many: string]> = {
  hour: ['Stunde', 'Stunden'],
  day: ['Tag', 'Tage'],
  week: ['Woche', 'Wochen'],
  month: ['Monat', 'Monate'],
};

/** "am Dienstag, 10. November, um 19 Uhr", "am Dienstag, 10. November", "in der Woche ab 9. November", "im November 2026". */
function when(unit: Unit, start: string): string {
  if (unit === 'hour') return `am ${weekdayAndDate(start)}, um ${hourOf(start)}`;
  if (unit === 'day') return `am ${weekdayAndDate(start)}`;
  if (unit === 'week') return `in der Woche ab ${dayAndMonth(start)}`;
  return `im ${monthAndYear(start)}`;
}

/** "15 Min.", "1 Std.", "7 Tage"; in two lines. */
function shortStep(minutes: number): string[] {
  const [n, unit] = stepOf(minutes);
  return [`≤ ${n}`, { minute: 'Min.', hour: 'Std.', day: n === 1 ? 'Tag' : 'Tage' }[unit]];
}

/** Leaders that are even. */
const even = (names: string[], messages: number): string =>
  names.length === 2
    ? `${listed(names)} führen mit je ${messagesIn(messages)}`
    : `${number(names.length)} liegen mit je ${messagesIn(messages)} gemeinsam vorn`;

/** "14 % aller Nachrichten". */
const shareOfAll = (share: number): string =>
  share === 1 ? 'alle Nachrichten' : `${percent(share)} aller Nachrichten`;

/** The bars of a ranking, read aloud. */
const ranked = (bars: readonly { name: string; value: string }[]): string =>
  `Balken, von den meisten zu den wenigsten Nachrichten: ${bars.map((bar) => `${bar.name} ${bar.value}`).join(', ')}.`;

/** Of "2026-W46", 46. */
const weekNumber = (week: string): number => Number(week.slice(-2));

/** Every sentence of the charts. */
export const charts: ChartWords = {
  locale: LOCALE,
  number,
  shortWeekday,
  hour,
  unknownChannel: (id) => `Kanal ${id}`,

  activity: {
    title: (unit, start, messages) => `Am meisten los war ${when(unit, start)}: ${messagesIn(messages)}`,
    titleOfTie: (unit, messages) => `Höchstens ${messagesIn(messages)} pro ${UNITS[unit][0]}`,
    titleOfOne: (messages, people) => `${messagesIn(messages)} von ${peopleIn(people)}`,
    caption: (unit) => `Nachrichten und Schreibende pro ${UNITS[unit][0]}`,
    messages: 'Nachrichten (links)',
    people: 'Schreibende (rechts)',
    label: {
      hour: hourOf,
      weekday: dates({ weekday: 'short' }),
      // With the months' names these would touch each other.
      day: dates({ day: 'numeric', month: 'numeric' }),
      month: dates({ month: 'short' }),
      year: dates({ year: 'numeric' }),
    },
    alt: (unit, buckets, total, lowest) =>
      `Die Balken zeigen ${messagesIn(total)}, verteilt auf ${counted(buckets, ...UNITS[unit])}, die Linie zeigt, wie viele Personen schrieben. ` +
      `Die wenigsten Nachrichten, ${number(lowest.messages)}, fielen ${when(unit, lowest.start)} an.`,
  },

  heatMap: {
    // An hour that ends the day ends at 24.
    title: (day, from) =>
      `Am meisten los ist ${weekday(day).toLowerCase()}s von ${number(from)} bis ${hour(from + 1)}`,
    titleOfTie: (messages) => `Keine Stunde der Woche hat mehr als ${messagesIn(messages)}`,
    caption: 'Nachrichten nach Wochentag und Uhrzeit',
    upTo: (messages) => (messages === 0 ? '0' : `≤ ${short(messages)}`),
    alt: (messages, busiestDay, quietHours) =>
      `Ein Raster aus 7 Wochentagen und 24 Stunden, heller, wo mehr geschrieben wurde, höchstens ${messagesIn(messages)}. ` +
      `Der Tag mit den meisten Nachrichten ist ${weekday(busiestDay)}; in ${number(quietHours)} der 168 Stunden wurde nichts geschrieben.`,
  },

  contributors: {
    title: (names, messages, share) =>
      names.length === 1 ? `${names[0]} schrieb ${shareOfAll(share)}` : even(names, messages),
    caption: 'Wer die meisten Nachrichten schrieb',
    alt: ranked,
  },

  channels: {
    title: (names, messages, share) =>
      names.length === 1 ? `Aus ${names[0]} kommen ${shareOfAll(share)}` : even(names, messages),
    caption: 'Nachrichten in den lebhaftesten Kanälen (und Schreibende)',
    value: (messages, people) => `${number(messages)} (${peopleIn(people)})`,
    alt: ranked,
  },

  newcomers: {
    title: (newcomers, people, week) =>
      newcomers === 0
        ? `In KW ${weekNumber(week)} schrieb niemand zum ersten Mal`
        : `In KW ${weekNumber(week)} ${newcomers === 1 ? 'schrieb' : 'schrieben'} ${number(newcomers)} von ${peopleIn(people)} zum ersten Mal`,
    caption: 'Schreibende pro Woche',
    axis: 'Personen',
    newcomers: 'zum ersten Mal',
    returning: 'schon früher dabei',
    week: (week) => ['KW', String(weekNumber(week))],
    alt: (weeks) =>
      'Gestapelte Balken der Personen, die in jeder Woche schrieben, die neuen und die, die schon früher dabei waren: ' +
      `${weeks.map((row) => `KW ${weekNumber(row.week)} ${number(row.newcomers)} und ${number(row.returning)}`).join(', ')}.`,
  },

  firstReply: {
    title: (answers, withinMinutes) =>
      `${answers === 1 ? 'Die Antwort' : 'Die Hälfte der Antworten'} kam innerhalb von ${timeIn('dative', stepOf(withinMinutes))}`,
    titleLonger: (answers, thanMinutes) =>
      `${answers === 1 ? 'Die Antwort' : 'Die Hälfte der Antworten'} brauchte länger als ${timeIn('accusative', stepOf(thanMinutes))}`,
    titleNone: (questions) =>
      questions === 1
        ? 'Die einzige Frage wurde nicht beantwortet'
        : `Keine der ${number(questions)} Fragen wurde beantwortet`,
    caption: 'Fragen nach der Zeit, bis jemand anderes antwortete',
    axis: 'Fragen',
    upTo: shortStep,
    longer: ['später'],
    unanswered: ['ohne', 'Antwort'],
    alt: (bars) =>
      `Balken der Fragen nach der Zeit bis zur ersten Antwort: ${bars.map((bar) => `${bar.label.join(' ')}: ${number(bar.questions)}`).join(', ')}.`,
  },

  voices: {
    title: (people, of100) =>
      people === 1
        ? `Eine Person schreibt ${number(of100)} von 100 Nachrichten`
        : `${number(people)} Personen schreiben ${number(of100)} von 100 Nachrichten`,
    titleAlone: 'Eine Person schrieb alle Nachrichten',
    titleFew: (people) => `Alle Nachrichten stammen von ${peopleIn(people)}`,
    caption: 'Jedes Quadrat steht für 1 von 100 Nachrichten',
    group: (from, to, squares) => `Platz ${from === to ? from : `${from}–${to}`}: ${number(squares)}`,
    rest: (people, squares) => `${number(people)} weitere: ${number(squares)}`,
    alt: (groups) =>
      `Hundert Quadrate stehen für alle Nachrichten, geordnet nach denen, die am meisten schrieben: ${groups.join('; ')}.`,
  },
};
