/** What charts say, in English. */
import { counted, hour, listed, number, percent, shortWeekday, weekday } from './numbers.ts';

const LOCALE = 'en';
const compact = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumFractionDigits: 1 });

const dates = (options: Intl.DateTimeFormatOptions): ((start: string) => string) => {
  const format = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: 'UTC' });
  // A time on the clock of the zone is taken for UTC's, so that it is said as it is.
  return (start) => format.format(Date.parse(start.includes('T') ? `${start}:00Z` : start));
};
const weekdayOf = dates({ weekday: 'long' });
const dayOf = dates({ day: 'numeric' });
const monthOf = dates({ month: 'long' });
const yearOf = dates({ year: 'numeric' });
const short = (name: string): string => name.slice(0, 3);
const longDay = (start: string): string => `${dayOf(start)} ${monthOf(start)}`;
const hourOf = (start: string): string => hour(Number(start.slice(11, 13)));

/** Of buckets of time. */
export type Unit = 'hour' | 'day' | 'week' | 'month';

/** "Tuesday 10 November, 19:00", "Tuesday 10 November", "the week of 9 November", "November 2026". */
function moment(unit: Unit, start: string): string {
  if (unit === 'hour') return `${weekdayOf(start)} ${longDay(start)}, ${hourOf(start)}`;
  if (unit === 'day') return `${weekdayOf(start)} ${longDay(start)}`;
  if (unit === 'week') return `the week of ${longDay(start)}`;
  return `${monthOf(start)} ${yearOf(start)}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Of a step that is a whole number of them: "15 minutes", "1 hour", "7 days". */
function duration(minutes: number): string {
  if (minutes % 1440 === 0) return counted(minutes / 1440, 'day');
  if (minutes % 60 === 0) return counted(minutes / 60, 'hour');
  return counted(minutes, 'minute');
}

/** "15 min", "1 h", "7 d". */
function shortDuration(minutes: number): string {
  if (minutes % 1440 === 0) return `${minutes / 1440} d`;
  if (minutes % 60 === 0) return `${minutes / 60} h`;
  return `${minutes} min`;
}

/** Names the leader, or leaders where they are even. */
function leaders(names: string[], verb: string, amount: string, share: string, whole: string): string {
  if (names.length === 1)
    return share === '100%' ? `${names[0]} ${verb} ${whole}` : `${names[0]} ${verb} ${share} of ${whole}`;
  if (names.length === 2) return `${listed(names)} lead with ${amount} each`;
  return `${names.length} share the lead with ${amount} each`;
}

/** The bars of a ranking, read aloud. */
const ranked = (bars: readonly { name: string; value: string }[]): string =>
  `Bars, from most to fewest messages: ${bars.map((bar) => `${bar.name} ${bar.value}`).join(', ')}.`;

/** Every sentence of the charts. */
export const charts = {
  locale: LOCALE,
  number,
  shortWeekday,
  hour,
  unknownChannel: (id: string) => `channel ${id}`,

  activity: {
    title: (unit: Unit, start: string, messages: number) =>
      `${capital(moment(unit, start))}${unit === 'hour' ? ',' : ''} was busiest: ${counted(messages, 'message')}`,
    titleOfTie: (unit: Unit, messages: number) =>
      `${unit === 'hour' ? 'An' : 'A'} ${unit} had ${counted(messages, 'message')} at most`,
    /** Where there is one bucket only. */
    titleOfOne: (messages: number, people: number) =>
      `${counted(messages, 'message')} by ${counted(people, 'person', 'people')}`,
    caption: (unit: Unit) => `Messages and people per ${unit}`,
    messages: 'messages (left)',
    people: 'people writing (right)',
    label: {
      hour: hourOf,
      weekday: (start: string) => short(weekdayOf(start)),
      day: (start: string) => `${dayOf(start)} ${short(monthOf(start))}`,
      month: (start: string) => short(monthOf(start)),
      year: yearOf,
    },
    alt: (unit: Unit, buckets: number, total: number, lowest: { start: string; messages: number }) =>
      `Bars show ${counted(total, 'message')} over ${counted(buckets, unit)}, a line the people who wrote them. ` +
      `The fewest, ${number(lowest.messages)}: ${moment(unit, lowest.start)}.`,
  },

  heatMap: {
    title: (day: number, from: number) =>
      `The server is most awake on ${weekday(day)}s, ${hour(from)} to ${hour((from + 1) % 24)}`,
    titleOfTie: (messages: number) => `No hour of the week has more than ${counted(messages, 'message')}`,
    caption: 'Messages by weekday and hour',
    upTo: (messages: number) => (messages === 0 ? '0' : `≤ ${compact.format(messages)}`),
    alt: (messages: number, busiestDay: number, quietHours: number) =>
      `A map of 7 weekdays by 24 hours, brighter where more was written, ${counted(messages, 'message')} at most. ` +
      `${weekday(busiestDay)} is the busiest day; in ${number(quietHours)} of the 168 hours nothing was written.`,
  },

  contributors: {
    title: (names: string[], messages: number, share: number) =>
      leaders(names, 'wrote', counted(messages, 'message'), percent(share), 'all messages'),
    caption: 'Messages of those who wrote most',
    alt: ranked,
  },

  channels: {
    title: (names: string[], messages: number, share: number) =>
      leaders(names, 'had', counted(messages, 'message'), percent(share), 'all messages'),
    caption: 'Messages in the busiest channels, and people writing there',
    value: (messages: number, people: number) =>
      `${number(messages)} by ${counted(people, 'person', 'people')}`,
    alt: ranked,
  },

  newcomers: {
    title: (newcomers: number, people: number, week: string) =>
      newcomers === 0
        ? `Nobody wrote for the first time in week ${weekNumber(week)}`
        : `${number(newcomers)} of ${counted(people, 'person', 'people')} in week ${weekNumber(week)} wrote for the first time`,
    caption: 'People writing per week',
    axis: 'people',
    newcomers: 'for the first time',
    returning: 'had written before',
    /** In one line or more. */
    week: (week: string): string | string[] => `W${weekNumber(week)}`,
    alt: (weeks: readonly { week: string; newcomers: number; returning: number }[]) =>
      'Stacked bars of the people who wrote each week, newcomers and those who had written before: ' +
      `${weeks.map((row) => `week ${weekNumber(row.week)} ${number(row.newcomers)} and ${number(row.returning)}`).join(', ')}.`,
  },

  firstReply: {
    title: (answers: number, withinMinutes: number) =>
      `${answers === 1 ? 'The answer' : 'Half of the answers'} came within ${duration(withinMinutes)}`,
    titleLonger: (answers: number, thanMinutes: number) =>
      `${answers === 1 ? 'The answer' : 'Half of the answers'} took longer than ${duration(thanMinutes)}`,
    titleNone: (questions: number) =>
      questions === 1
        ? 'The one question was not answered'
        : `None of ${number(questions)} questions was answered`,
    caption: 'Questions by the time until another person answered',
    axis: 'questions',
    upTo: (minutes: number) => `≤ ${shortDuration(minutes)}`.split(/ (?=min)/),
    longer: ['later'],
    unanswered: ['no', 'answer'],
    alt: (bars: readonly { label: string[]; questions: number }[]) =>
      `Bars of questions by the time to their first answer: ${bars.map((bar) => `${bar.label.join(' ')}: ${number(bar.questions)}`).join(', ')}.`,
  },

  voices: {
    title: (people: number, of100: number) =>
      people === 1
        ? `One person writes ${number(of100)} of every 100 messages`
        : `${people} people write ${number(of100)} of every 100 messages`,
    titleAlone: 'One person wrote every message',
    titleFew: (people: number) => `All messages are by ${number(people)} people`,
    caption: 'Each square is 1 of 100 messages',
    group: (from: number, to: number, squares: number) =>
      `${from === to ? ordinal(from) : `${ordinal(from)} to ${ordinal(to)}`}: ${number(squares)}`,
    rest: (people: number, squares: number) =>
      `${people === 1 ? '1 other' : `${number(people)} others`}: ${number(squares)}`,
    alt: (groups: string[]) =>
      `A hundred squares for all messages, by who wrote most of them: ${groups.join('; ')}.`,
  },
};

/** Of "2026-W46", 46. */
const weekNumber = (week: string): number => Number(week.slice(-2));

function ordinal(n: number): string {
  return n === 1 ? '1st' : n === 2 ? '2nd' : n === 3 ? '3rd' : `${n}th`;
}

/** The words that charts are given. */
export type ChartWords = typeof charts;
