/** German as somebody writes it who grew up with it: its cases, plurals and hours. */
import { describe, expect, it } from 'vitest';
import { activityChart } from '../../../reports/charts/activity.ts';
import { newcomersChart } from '../../../reports/charts/newcomers.ts';
import { de } from '../../../reports/words/de.ts';
import { durationDative, duration } from '../../../reports/words/de/numbers.ts';
import { activityRows } from '../charts/samples.ts';

const { charts, coverage, explanations, weekly } = de;
const WEEK = { isWeek: true, days: 7 };
const DAY = { isWeek: false, days: 1 };
const MONTH = { isWeek: false, days: 30 };
const NOTHING = { channels: 0, threads: 0 };

/** As it is read: a space that no line breaks at is one. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('numbers and times', () => {
  it('are written with points, commas and a space before the percent sign', () => {
    expect(weekly.number(1_204_000)).toBe('1.204.000');
    expect([0, 0.004, 0.12, 0.996, 1].map(weekly.percent)).toEqual(
      ['0 %', 'unter 1 %', '12 %', 'über 99 %', '100 %'].map((text) => text.replaceAll(/ %/g, '\u00a0%')),
    );
    expect(plain(weekly.share.gini(0.344))).toContain('ist 0,34:');
  });

  it('are dates and hours as they are said', () => {
    expect(weekly.dates('2026-11-09', '2026-11-15')).toBe('9.–15. November 2026');
    expect(weekly.dates('2026-10-26', '2026-11-01')).toBe('26. Oktober – 1. November 2026');
    expect(weekly.moment('2026-11-15T09:02')).toBe('So., 15. Nov., 09:02 Uhr');
    expect(weekly.span('2026-11-09', '2026-11-15', 'Europe/Vienna')).toBe(
      'Montag, 9. November, bis Sonntag, 15. November 2026. Alle Zeiten sind die von Europe/Vienna.',
    );
    expect(weekly.span('2025-12-29', '2026-01-04', 'UTC')).toMatch(/^Montag, 29\. Dezember 2025, bis /);
    expect(weekly.hours.title(7, 23)).toBe('Am meisten wird sonntags von 23 bis 24 Uhr geschrieben.');
  });

  it.for([
    [0.4, 'weniger als 1 Minute', 'weniger als einer Minute'],
    [1, '1 Minute', 'einer Minute'],
    [89, '89 Minuten', '89 Minuten'],
    [90, '2 Stunden', '2 Stunden'],
    [1440, '24 Stunden', '24 Stunden'],
    [2880, '2 Tage', '2 Tagen'],
  ] as const)('%d minutes alone are %s, behind a preposition %s', ([minutes, alone, behind]) => {
    expect([duration(minutes), durationDative(minutes)]).toEqual([alone, behind]);
  });
});

describe('comparisons', () => {
  it.for([
    [82, 100, WEEK, '18 % weniger als in der Woche davor'],
    [112, 100, DAY, '12 % mehr als am Tag davor'],
    [999, 1000, WEEK, 'unter 1 % weniger als in der Woche davor'],
    [5, 5, MONTH, 'so viele wie in den 30 Tagen davor'],
    [4, 1, WEEK, '4-mal so viele wie in der Woche davor'],
    [1, 0, WEEK, 'nach keiner in der Woche davor'],
  ] as const)('of %d with %d', ([now, was, period, text]) => {
    expect(plain(weekly.lead.compared(now, 1, was, period))).toMatch(
      new RegExp(`^${now} Nachricht(en)? von 1 Person, ${text}\\.$`),
    );
  });

  it('of figures', () => {
    expect([weekly.delta(5, 5), weekly.delta(3, 0), weekly.delta(50, 100)].map(plain)).toEqual([
      'unverändert',
      '+3 (davor keine)',
      '−50 (−50 %)',
    ]);
    expect([WEEK, DAY, MONTH].map(weekly.heads.against)).toEqual([
      'gegenüber der Woche davor',
      'gegenüber dem Tag davor',
      'gegenüber den 30 Tagen davor',
    ]);
    expect([WEEK, DAY, MONTH].map(weekly.heads.now)).toEqual(['diese Woche', 'dieser Tag', 'diese 30 Tage']);
  });
});

describe('one and many', () => {
  it('have their own verbs and endings', () => {
    const { lead, newcomers, questions, coverage: told } = weekly;
    expect([lead.newcomers(1, ['Ada']), lead.newcomers(2, ['Ada', 'Ben']), lead.newcomers(1, [])]).toEqual([
      'Ada schrieb zum ersten Mal.',
      'Ada und Ben schrieben zum ersten Mal.',
      '1 Person schrieb zum ersten Mal.',
    ]);
    expect([lead.unanswered(1, 17), lead.unanswered(10, 17), lead.unanswered(17, 17)]).toEqual([
      'Von 17 Fragen ist noch 1 unbeantwortet.',
      'Von 17 Fragen sind noch 10 unbeantwortet.',
      'Von 17 Fragen ist noch keine beantwortet.',
    ]);
    expect(
      [newcomers.again(0, 1, WEEK), newcomers.again(1, 29, WEEK), newcomers.again(0, 29, DAY)].map(plain),
    ).toEqual([
      'Die eine Person, die in der Woche davor schrieb, kam nicht wieder.',
      'Von den 29 Personen, die in der Woche davor schrieben, kam 1 wieder (3 %).',
      'Von den 29 Personen, die am Tag davor schrieben, kam niemand wieder.',
    ]);
    expect([questions.overdue(1), questions.overdue(2)]).toEqual([
      '1 Frage blieb 24 Stunden oder länger ohne Antwort.',
      '2 Fragen blieben 24 Stunden oder länger ohne Antwort.',
    ]);
    expect([told.some(0, 9, 1, 8), told.some(1, 9, 0, 8), told.some(5, 9, 4, 0)]).toEqual([
      'Von den 9 Kanälen und Threads, die es gab, ist keiner durchgehend aufgezeichnet, 1 teilweise, 8 gar nicht.',
      'Von den 9 Kanälen und Threads, die es gab, ist 1 durchgehend aufgezeichnet, 8 gar nicht.',
      'Von den 9 Kanälen und Threads, die es gab, sind 5 durchgehend aufgezeichnet, 4 teilweise.',
    ]);
  });

  it('have them in explanations, too', () => {
    const none = { rows: 0, people: 0, bots: 0, system: 0, deleted: 0, hidden: 0, bare: 0 };
    expect([
      explanations.counted({ ...none, rows: 1, people: 1 }),
      explanations.counted({ rows: 6, people: 1, bots: 1, system: 1, deleted: 1, hidden: 1, bare: 1 }),
      explanations.counted({ ...none, rows: 1345, deleted: 1340, bare: 5 }),
    ]).toEqual([
      'Gezählt: 1 von 1 aufgezeichneten Eintrag im Zeitraum.',
      'Gezählt: 1 von 6 aufgezeichneten Einträgen im Zeitraum; weggelassen: 1 von Bots und Webhooks, 1 Systemhinweis, 1 gelöschter, 1 in ausgeschlossenen oder gelöschten Kanälen, 1, von dem nur die ID bekannt ist.',
      'Gezählt: 0 von 1.345 aufgezeichneten Einträgen im Zeitraum; weggelassen: 1.340 gelöschte, 5, von denen nur die ID bekannt ist.',
    ]);
  });
});

describe('coverage', () => {
  const line = (more: Partial<Parameters<typeof coverage.line>[0]>): string =>
    plain(
      coverage.line({
        verified: 0.71,
        claimed: 0.22,
        pending: NOTHING,
        notReadable: { names: [], ...NOTHING },
        ...more,
      }),
    );

  it.for([
    [{ since: '2021-03' }, '71 % bestätigt, 22 % importiert, seit März 2021'],
    [{ verified: 1, claimed: 0, since: '2026-11-03' }, 'vollständig bestätigt seit dem 3. November 2026'],
    [{ verified: 0, claimed: 0.0001 }, 'unter 1 % importiert'],
    [{ verified: 0.706, claimed: 1 - 0.706 }, '70 % bestätigt, 30 % importiert'],
    [{ verified: 0, claimed: 0 }, 'nichts ist abgedeckt'],
  ] as const)('of %j', ([words, text]) => {
    expect(line(words)).toBe(text);
  });

  it('tells behind it what is pending, under way and not readable', () => {
    const told = line({
      pending: { channels: 1, threads: 1200 },
      backfill: { state: 'running', share: 0.999 },
      notReadable: { names: ['#mods'], channels: 1, threads: 1 },
    });
    expect(told).toBe(
      '71 % bestätigt, 22 % importiert; 1 Kanal und 1.200 Threads stehen noch aus; der Verlauf wird eingelesen, über 99 % erledigt; #mods, 1 weiterer und 1 Thread nicht lesbar',
    );
    expect(line({ pending: { channels: 0, threads: 1 } })).toContain('; 1 Thread steht noch aus');
  });
});

describe('charts', () => {
  const span = '9.–15. November 2026';
  const chart = (unit: 'hour' | 'day' | 'week' | 'month', from: string, messages: number[]) =>
    activityChart({ unit, span, rows: activityRows(from, unit, messages) }, charts)!;

  it('name the time in which most was written', () => {
    expect(chart('hour', '2026-11-09T22:00', [1, 2, 5]).title).toBe(
      'Am meisten los war am Dienstag, 10. November, um 0 Uhr: 5 Nachrichten',
    );
    expect(chart('day', '2026-11-09', [1, 2000, 5]).title).toBe(
      'Am meisten los war am Dienstag, 10. November: 2.000 Nachrichten',
    );
    expect(chart('week', '2026-11-02', [1, 2]).title).toBe(
      'Am meisten los war in der Woche ab 9. November: 2 Nachrichten',
    );
    expect(chart('month', '2026-11-01', [1, 0]).title).toBe(
      'Am meisten los war im November 2026: 1 Nachricht',
    );
    expect(chart('day', '2026-11-09', [3, 3, 1]).title).toBe('Höchstens 3 Nachrichten pro Tag');
  });

  it('have German axes', () => {
    const { config } = chart('day', '2026-03-02', [1, 2, 3]);
    expect(config.data.labels).toEqual([
      ['Mo', '2.3.'],
      ['Di', '3.3.'],
      ['Mi', '4.3.'],
    ]);
    expect(config.options!.locale).toBe('de');
    expect(chart('month', '2026-03-01', [1, 2]).config.data.labels).toEqual([['Mär', '2026'], 'Apr']);
    const rows = [{ week: '2026-W05', newcomers: 1, returning: 2 }];
    expect(newcomersChart({ rows, span }, charts)!.config.data.labels).toEqual([['KW', '5']]);
  });

  it.for([
    [charts.heatMap.title(2, 19), 'Am meisten los ist dienstags von 19 bis 20 Uhr'],
    [charts.contributors.title(['Mira'], 14, 0.14), 'Mira schrieb 14 % aller Nachrichten'],
    [charts.contributors.title(['Mira'], 14, 1), 'Mira schrieb alle Nachrichten'],
    [charts.channels.title(['#bar'], 14, 0.14), 'Aus #bar kommen 14 % aller Nachrichten'],
    [charts.channels.title(['#a', '#b'], 3, 0.3), '#a und #b führen mit je 3 Nachrichten'],
    [charts.contributors.title(['a', 'b', 'c'], 1, 0.3), '3 liegen mit je 1 Nachricht gemeinsam vorn'],
    [charts.newcomers.title(1, 55, '2026-W46'), 'In KW 46 schrieb 1 von 55 Personen zum ersten Mal'],
    [charts.firstReply.title(5, 60), 'Die Hälfte der Antworten kam innerhalb von einer Stunde'],
    [charts.firstReply.title(5, 10_080), 'Die Hälfte der Antworten kam innerhalb von 7 Tagen'],
    [charts.firstReply.titleLonger(1, 1440), 'Die Antwort brauchte länger als einen Tag'],
    [charts.voices.title(5, 60), '5 Personen schreiben 60 von 100 Nachrichten'],
    [charts.heatMap.upTo(40_000), '≤ 40k'],
    [charts.heatMap.upTo(1200), '≤ 1,2k'],
  ] as const)('say: %s', ([said, text]) => {
    expect(plain(said)).toBe(text);
  });
});
