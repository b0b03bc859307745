/** What /stats says, in English. Names come escaped; dates are as 2026-11-15. */
import { counted, longDate, number, percent } from './numbers.ts';
import { messages, people } from './period.ts';

/** Of fewer a share tells less than the number. */
const SHARE_MIN = 10;
/** From here on "so many times" is plainer than a share. */
const TIMES_MIN = 3;

const moreOrFewer = (now: number, was: number): string =>
  `${number(Math.abs(now - was))} ${now > was ? 'more' : 'fewer'}`;

/** "309 messages · −29% (125 fewer)"; `shown` is the number, with weight. */
const figure =
  (one: string, many = `${one}s`) =>
  (shown: string, n: number, delta: string | undefined): string =>
    [`${shown} ${n === 1 ? one : many}`, ...(delta === undefined ? [] : [delta])].join(' · ');

/** The sentences of an answer. */
export const stats = {
  command: 'A period at a glance: messages, people, newcomers, replies, reactions; when, and where',
  clock: (zone: string) => `${zone} time`,
  number,

  lead: {
    written: (n: number, by: number) => `${messages(n)} by ${people(by)}`,
    /** `before`: "the week before". */
    compared: (now: number, was: number, before: string) => {
      if (was === 0) return `${messages(now)}, after none ${before}`;
      if (now === was) return `As many messages as ${before}`;
      if (was < SHARE_MIN)
        return `${moreOrFewer(now, was)} ${Math.abs(now - was) === 1 ? 'message' : 'messages'} than ${before}`;
      if (now / was >= TIMES_MIN)
        return `${number(Math.round(now / was))} times as many messages as ${before}`;
      return `${percent(Math.abs(now / was - 1))} ${now > was ? 'more' : 'fewer'} messages than ${before}`;
    },
    busiest: (what: string, place: string, n: number) => `${what}; busiest was ${place} (${number(n)}).`,
    allIn: (what: string, place: string) => `${what}, all in ${place}.`,
    alone: (what: string) => `${what}.`,
  },

  figures: {
    messages: figure('message'),
    people: figure('person wrote', 'people wrote'),
    newcomers: figure('newcomer'),
    replies: figure('reply', 'replies'),
    reactions: figure('reaction'),
  },
  delta: (now: number, was: number) => {
    if (now === was) return 'as before';
    if (was === 0) return 'none before';
    if (was < SHARE_MIN) return moreOrFewer(now, was);
    if (now / was >= TIMES_MIN) return `${number(Math.round(now / was))} times as many`;
    return `${now > was ? '+' : '−'}${percent(Math.abs(now / was - 1))} (${moreOrFewer(now, was)})`;
  },

  places: (channels: number, threads: number) =>
    `Busiest of ${[
      ...(channels > 0 ? [counted(channels, 'channel')] : []),
      ...(threads > 0 ? [counted(threads, 'thread')] : []),
    ].join(' and ')}`,
  place: (place: string, n: number) => `${place} · ${messages(n)}`,
  noPicture: 'A chart could not be drawn.',

  notes: {
    /** Moments; `then`: of the period before. */
    open: (now: string, then: string | undefined) =>
      then === undefined
        ? `Not over yet: counted up to ${now}.`
        : `Not over yet: counted up to ${now}, the one before up to ${then}.`,
    beginsWithin: (date: string, isEverybodyNew: boolean) =>
      `The record begins on ${longDate(date)}, so there is nothing to compare with${isEverybodyNew ? ', and everybody is new' : ''}.`,
    beginsBefore: (date: string, before: string) =>
      `The record begins on ${longDate(date)}: it knows only a part of ${before}, so compare with care.`,
  },

  definitions: {
    newcomers: {
      name: 'newcomers',
      meaning:
        'people whose first recorded message ever, in the channels that are counted, falls in this time',
    },
    before:
      'Compared with as many days before; a month, a quarter or a year with the one before it; what is not over yet with as much of the one before.',
  },

  empty: {
    unrecorded: 'Nothing that people wrote here is recorded yet.',
    /** So many days ago, where that says something. */
    tooEarly: (date: string, days: number | undefined) =>
      `Recorded since ${days === 0 ? 'today' : days === 1 ? 'yesterday' : longDate(date)}, so nothing is known of this time.`,
    toCome: 'This is still to come. Ask about an earlier period.',
    afterRecord: (date: string) =>
      `The record ends on ${longDate(date)}, before this begins. Ask about an earlier period.`,
    nothing: (isOpen: boolean): string =>
      isOpen ? 'Nobody has written yet, as far as is recorded.' : 'Nobody wrote, as far as is recorded.',
    before: (before: string, n: number) =>
      `${before.charAt(0).toUpperCase()}${before.slice(1)}: ${messages(n)}.`,
    askOther: 'Ask about another period or channel.',
    askForAll: 'For all that there is, ask with period: all.',
    noBackfill:
      'What is written from now on is recorded; what was written before can be read with /backfill by those who may Manage Server.',
    backfill: {
      queued: (_: string | undefined) =>
        'A backfill is about to read what was written before: ask again later.',
      running: (share: string | undefined) =>
        `A backfill is reading what was written before${share === undefined ? '' : ` (${share} done)`}: ask again later.`,
      paused: (share: string | undefined) =>
        `A backfill of what was written before is paused${share === undefined ? '' : ` (${share} done)`}; those who may Manage Server can go on with /backfill resume.`,
    },
  },
};
