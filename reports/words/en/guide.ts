/** What /guide says, in English. Names, words and quotations come escaped; hours as they are shown. */
import { counted, duration, listed, longDate, number } from './numbers.ts';
import { messages, people } from './period.ts';

/** When something was: a date, or how long ago as Discord shows it. */
export type When = { date: string } | { ago: string };

/** A place, and how much there is of it. */
export interface PlaceCount {
  place: string;
  count: number;
}

/** What somebody did: how often, for how many people, where most often, and since when (`2025-03`). */
export interface Deeds {
  times: number;
  askers: number;
  place: string;
  /** So often there. */
  inPlace: number;
  since: string;
  medianMinutes: number | null;
  thanked: number;
}

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const month = (label: string): string => MONTH.format(Date.parse(label));

const said = (when: When): string => ('ago' in when ? when.ago : `on ${longDate(when.date)}`);
const questions = (n: number): string => counted(n, 'question');
const times = (n: number): string => (n === 1 ? 'once' : `${number(n)} times`);
const or = new Intl.ListFormat('en-GB', { type: 'disjunction' });
const quoted = (words: readonly string[]): string => or.format(words.map((word) => `“${word}”`));

/** ", typically after 14 minutes", of several. */
const wait = (minutes: number | null, n: number): string =>
  minutes === null ? '' : `, ${n > 1 ? 'typically ' : ''}after ${duration(minutes)}`;

/** " in #kilns since March 2025", where all of it was. */
const there = ({ times: n, place, inPlace, since }: Deeds): string =>
  `${inPlace >= n ? ` in ${place}` : `, most often in ${place},`} ${n === 1 ? 'in' : 'since'} ${month(since)}`;

const thanks = (n: number): string => (n > 0 ? `; thanked ${times(n)}` : '');

const RECENTLY = 'In the last 90 days,';

/** The sentences of an answer. */
export const guide = {
  command: 'Who and what to turn to: on a topic, or to find your way in here; with links to all of it',
  topic: {
    name: 'topic',
    description: 'A word, a phrase or a whole question; leave it out to see where to start',
  },

  title: (server: string) => `Where to start in ${server}`,
  titleWithoutTopic: 'A topic without words',
  headings: {
    guides: 'Who to turn to',
    nearby: 'Who answers where this comes up',
    answers: 'Answers already given',
    welcomers: 'Who answers newcomers',
    channels: 'What the channels are about',
    liveliest: 'Where most was written in the last 30 days',
    asking: 'How to ask so that you get an answer',
  },

  /** Of words of a topic; told before where it was talked about. */
  missing: (words: string[]) =>
    `Nobody here writes ${quoted(words)} together with the rest; this is what there is without ${words.length > 1 ? 'them' : 'it'}.`,
  /** `rest`: messages in other places. */
  talkedAbout: (by: number, places: PlaceCount[], rest: number, last: When) => {
    const [first, ...others] = places;
    const told = [
      `${first!.place} (${messages(first!.count)})`,
      ...others.map(({ place, count }) => `${place} (${number(count)})`),
      ...(rest > 0 ? [`elsewhere (${number(rest)})`] : []),
    ];
    return `Talked about by ${people(by)} in ${listed(told)}; last ${said(last)}.`;
  },
  silent: {
    everyone: 'Nobody has written about this in what everyone here can read, as far as is recorded.',
    asker: 'Nobody has written about this in what you can read here, as far as is recorded.',
    open: 'Nobody has written about this there, as far as is recorded.',
  },
  nearest: (words: string[]) => `Words near it that are written here: ${listed(words)}.`,
  tryOther: 'Try another word, or leave the topic out to see where to start.',
  wordless:
    'There is no word in this to look for. Type what it is about: a thing, a name, or a whole question.',
  textless:
    'The texts of this server are not kept, so it cannot be looked up what people wrote about. Leave the topic out to see where to start.',
  /** Of a word that nobody writes, those that were looked for in its place. */
  instead: (typed: string, words: string[]) => `Nobody writes “${typed}” here; looked for: ${listed(words)}.`,
  notWritten: (words: string[]) => `Nobody writes ${quoted(words)} here.`,
  unread: (n: number) =>
    `${messages(n)} ${n === 1 ? 'is' : 'are'} not looked through yet, so there may be more: ask again later.`,

  nobody: (place: string) =>
    `Nobody who still writes here and may be named has answered questions on this, as far as is recorded. Ask in ${place}, where most was written about it.`,
  answered: (name: string, deeds: Deeds) => {
    const { times: n, askers, medianMinutes, thanked } = deeds;
    const what = n === 1 ? questions(1) : `${questions(n)} of ${people(askers)}`;
    return `${name} answered ${what}${there(deeds)}${wait(medianMinutes, n)}${thanks(thanked)}.`;
  },
  /** Nothing on the topic, but where it is talked about. */
  answeredNearby: (name: string, { askers, place, inPlace, since, medianMinutes, thanked }: Deeds) => {
    const often = inPlace > askers ? ` (${times(inPlace)})` : '';
    return `${name} has answered ${people(askers)} in ${place}${often} since ${month(since)}${wait(medianMinutes, inPlace)}${thanks(thanked)}. Nothing on this itself.`;
  },
  spokeNext: (name: string, deeds: Deeds) =>
    `${name} spoke next after ${questions(deeds.times)}${there(deeds)}; a guess, since no replies to them are known.`,
  welcomed: (name: string, n: number, place: string, minutes: number | null) =>
    `${name} answered ${counted(n, 'newcomer')} in their first week, ${n > 1 ? 'most often ' : ''}in ${place}${wait(minutes, n)}.`,
  around: (from: string, to: string, last: When) => `Usually here from ${from} to ${to}, last ${said(last)}`,
  lastHere: (last: When) => `Last here ${said(last)}`,
  answerLinks: ['one answer', 'another'],
  messageLinks: ['one message', 'another'],

  /** What an answer is of; `by` where they are named. */
  source: (by: string | undefined, place: string, date: string, isThanked: boolean) =>
    [
      `${by === undefined ? '' : `${by} `}in ${place}`,
      longDate(date),
      ...(isThanked ? ['thanked'] : []),
    ].join(', '),

  begin: (newcomers: number, places: PlaceCount[]) => {
    const [first, ...others] = places;
    if (first!.count === newcomers)
      return `${RECENTLY} ${newcomers === 1 ? 'the one newcomer' : `all ${number(newcomers)} newcomers`} wrote first in ${first!.place}.`;
    const told = [
      `${number(first!.count)} of ${number(newcomers)} newcomers wrote first in ${first!.place}`,
      ...others.map(({ place, count }) => `${number(count)} in ${place}`),
    ];
    return `${RECENTLY} ${listed(told)}.`;
  },
  writtenBy: (n: number, by: number) => `${messages(n)} by ${people(by)}`,
  asking: (n: number, answered: number, minutes: number | null) => {
    const some = `${answered === 0 ? 'none' : number(answered)} of ${questions(n)} ${answered > 1 ? 'were' : 'was'}`;
    const what = n > 1 ? some : `the one question was${answered === 0 ? ' not' : ''}`;
    return `${RECENTLY} ${what} answered within a day${answered === 0 ? '' : wait(minutes, answered)}.`;
  },
  lively: 'Among the liveliest of the last 30 days:',
  best: 'Best places to ask:',
  askedIn: (n: number, of: number, minutes: number | null) =>
    `${number(n)} of ${number(of)} answered${wait(minutes, n)}`,
  askedBetween: (from: string, to: string, minutes: number) =>
    `Questions asked between ${from} and ${to} wait least: typically ${duration(minutes)}.`,
  sparse: 'Too little is written here to say where to start.',
  withTopic: 'Name a topic to see who and what to turn to on it.',

  naming: {
    unname: 'Don’t name me',
    unnamed: 'You are not named in any list of this server any more. What you write still counts in sums.',
    again: 'Name me again',
    named: 'You may be named in lists of this server again.',
    notNamed:
      'You are not named in this answer, so nothing changes in it. You can choose to be named nowhere in this server.',
    nowhere: 'Name me nowhere',
  },

  definitions: {
    onTopic: {
      name: 'the topic',
      meaning:
        'a message has a word of the topic in any form that its language gives it, and where nobody here writes it as it was typed, as what comes nearest. A rare word counts for more than a frequent one, words such as “the” for nothing; on the topic is what has at least half as much of it as the message with most.',
    },
    answers: {
      name: 'questions and answers',
      meaning:
        'a question is a message with a question mark that ends a sentence, or the first post of a forum thread. It is answered by a reply to it by another person, or by a message of another person in its own thread. Bots neither ask nor answer. Questions on a topic count with their answers, which seldom repeat the words.',
    },
    order: {
      name: 'who comes first',
      meaning:
        'whoever answered most, and was answered to. An answer counts by how well it fits the topic, and half as much after every year; more if whoever asked said thanks, reacted or went on, and if that person’s answers are often taken so; less if another was first, or if it is only a word or two. All answers to one person count as one at most: whom many people ask stands before whom one asks often. How much somebody writes does not count.',
    },
    others: {
      name: 'where answers are few',
      meaning:
        'who answers in the channels where it is talked about counts a little, and is told as that. So does who speaks next after questions without a reply, less how often they spoke just before: who speaks all the time gains nothing.',
    },
    named: {
      name: 'who is named',
      meaning:
        'only people who wrote in these channels in the last 90 days: no bot, nobody who left, nobody who chose not to be named. Nothing is concluded about a person; it is told what they answered, with links.',
    },
    around: {
      name: 'usually here',
      meaning:
        'the fewest hours of the day that hold most of what they wrote in the last 90 days. Where these are more than ten, or they wrote too little, none are told.',
    },
    newcomers: {
      name: 'newcomers',
      meaning:
        'people whose first recorded message ever, in the channels that are counted, falls in the last 90 days.',
    },
    welcomers: {
      name: 'who answers newcomers',
      meaning:
        'who replied to what they wrote in their first week, or wrote in its thread, by the number of newcomers.',
    },
    words: {
      name: 'the words of a channel',
      meaning:
        'those that in the last 90 days more of its people used, and more often, than people elsewhere; never names of members. They are told of the channels in which most was written in the last 30 days.',
    },
    asking: {
      name: 'where and when to ask',
      meaning:
        'channels by the share of their questions that were answered within a day, where it is not below that of the whole server; of few questions less is believed. Hours are told where questions asked then wait clearly less.',
    },
  },
};
