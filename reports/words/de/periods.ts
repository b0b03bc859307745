/** How a period that somebody asks for is called, in German, and by which words it is asked for. Dates are as 2026-11-15. */
import type { periods as Form, PeriodUnitWords } from '../en/periods.ts';
import { dateRange, longDay, number } from './numbers.ts';

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('de', { ...options, timeZone: 'UTC' });
const MONTH = format({ month: 'long' });
const MONTH_OF_YEAR = format({ month: 'long', year: 'numeric' });
const DAY = format({ day: 'numeric', month: 'long' });

const range = (of: Intl.DateTimeFormat, from: string, to: string): string =>
  of.formatRange(Date.parse(from), Date.parse(to)).replaceAll('\u2009', ' ');
const yearOf = (date: string): string => date.slice(0, 4);

const BEFORE = {
  day: 'am Tag davor',
  week: 'in der Woche davor',
  month: 'im Monat davor',
  quarter: 'im Quartal davor',
  year: 'im Jahr davor',
};
const before = (unit: PeriodUnitWords, days: number): string =>
  unit === 'days' ? `in den ${number(days)} Tagen davor` : BEFORE[unit];

export const periods: typeof Form = {
  typed: {
    day: ['tag'],
    days: ['tage', 'tagen'],
    week: ['woche', 'kalenderwoche', 'kw'],
    weeks: ['wochen', 'kalenderwochen'],
    month: ['monat'],
    months: ['monate', 'monaten'],
    quarter: ['quartal'],
    quarters: ['quartale', 'quartalen'],
    year: ['jahr'],
    years: ['jahre', 'jahren'],
    last: [
      'letzte',
      'letzter',
      'letztes',
      'letzten',
      'letztem',
      'vorige',
      'voriger',
      'voriges',
      'vorigen',
      'vorigem',
      'vergangene',
      'vergangener',
      'vergangenes',
      'vergangenen',
      'vergangenem',
    ],
    this: [
      'diese',
      'dieser',
      'dieses',
      'diesen',
      'diesem',
      'aktuelle',
      'aktueller',
      'aktuelles',
      'laufende',
      'laufender',
      'laufendes',
    ],
    today: ['heute'],
    yesterday: ['gestern'],
    all: ['alles', 'alle', 'gesamt', 'insgesamt', 'immer'],
    to: ['bis'],
    filler: ['der', 'die', 'das', 'den', 'dem', 'des', 'im', 'am', 'vom', 'von', 'zum', 'seit', 'zeit'],
  },
  months: [
    ['januar', 'jänner', 'jan'],
    ['februar', 'feber', 'feb'],
    ['märz', 'maerz', 'mär', 'mrz'],
    ['april', 'apr'],
    ['mai'],
    ['juni', 'jun'],
    ['juli', 'jul'],
    ['august', 'aug'],
    ['september', 'sep', 'sept'],
    ['oktober', 'okt'],
    ['november', 'nov'],
    ['dezember', 'dez'],
  ],

  title: {
    day: longDay,
    week: (week, year, from, to) =>
      `Kalenderwoche ${week}/${year} (${yearOf(from) === yearOf(to) ? range(DAY, from, to) : dateRange(from, to)})`,
    month: (from) => MONTH_OF_YEAR.format(Date.parse(from)),
    quarter: (quarter, from, to) => `${quarter}. Quartal ${yearOf(from)} (${range(MONTH, from, to)})`,
    year: yearOf,
    days: dateRange,
    all: 'Alles, was aufgezeichnet ist',
  },
  soFar: (title) => `${title}, bis jetzt`,

  last: {
    day: 'Gestern',
    week: 'Letzte Woche',
    month: 'Letzter Monat',
    quarter: 'Letztes Quartal',
    year: 'Letztes Jahr',
  },
  running: {
    day: 'Heute',
    week: 'Diese Woche bis jetzt',
    month: 'Dieser Monat bis jetzt',
    quarter: 'Dieses Quartal bis jetzt',
    year: 'Dieses Jahr bis jetzt',
  },
  meaning: (name, title) => `${name}: ${title}`,

  before,
  beforeSoFar: (unit, days) => `${before(unit, days)} bis zur selben Uhrzeit`,
};
