/** What /top-contributors says, in English. Names come escaped; those of charts don't. */
import { counted, duration, listed, number, percent } from './numbers.ts';
import { messages, people } from './period.ts';

const reactions = (n: number): string => counted(n, 'reaction');
const replies = (n: number): string => counted(n, 'reply', 'replies');
const answers = (n: number): string => counted(n, 'answer');
const days = (n: number): string => counted(n, 'day');

/** "1st", "22nd", "113th". */
function ordinal(n: number): string {
  const ending =
    n % 100 > 10 && n % 100 < 14 ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' } as Record<number, string>)[n % 10];
  return `${number(n)}${ending ?? 'th'}`;
}

/** Where one is first, their share of the whole; where several are even, what each of them has. */
const leaders =
  (verb: string, amount: (n: number) => string, whole: string) =>
  (names: string[], merit: number, share: number, even: number): string => {
    if (even > 2) return `${number(even)} people ${verb} ${amount(merit)} each`;
    if (even === 2 && names.length === 2) return `${listed(names)} ${verb} ${amount(merit)} each`;
    return share === 1 ? `${names[0]} ${verb} ${whole}` : `${names[0]} ${verb} ${percent(share)} of ${whole}`;
  };

const onDays = (names: string[], merit: number, of: number, even: number): string => {
  const when =
    merit === of ? (of === 1 ? 'that day' : `on all ${days(of)}`) : `on ${number(merit)} of ${days(of)}`;
  return `${even > 2 ? `${number(even)} people` : listed(names)} wrote ${when}`;
};

/** Bars, read aloud. */
const ranked =
  (of: string) =>
  (bars: readonly { name: string; value: string }[]): string =>
    `Bars, from most to fewest ${of}: ${bars.map((bar) => `${bar.name} ${bar.value}`).join(', ')}.`;

/** "; these ten wrote 71% of them", where there are more. */
const ofThese = (shown: number, of: number, verb: string, share: number): string =>
  shown >= of ? '' : `; the ${shown === 1 ? 'one' : number(shown)} below ${verb} ${percent(share)} of them`;

/** The sentences of an answer. */
export const contributors = {
  command: 'Who contributed most, and where you stand',
  by: { name: 'by', description: 'What counts; messages, if you say nothing' },
  /** What ranks, as a choice. */
  merits: {
    messages: 'messages',
    activeDays: 'active days',
    reactions: 'reactions received',
    replied: 'replies received',
    answers: 'answers',
  },

  titles: {
    messages: 'Who wrote most',
    activeDays: 'Who wrote on the most days',
    reactions: 'Whose messages got the most reactions',
    replied: 'Whose messages got the most replies',
    answers: 'Who answered the most questions',
  },
  /** The period first: a name at the beginning of a line could make a list of it. */
  about: (period: string, guild: string, channel: string | undefined) =>
    [period, guild, ...(channel === undefined ? [] : [channel])].join(' · '),

  /** `shown` of the people have a line below, and `share` of the whole. */
  lead: {
    messages: (total: number, by: number, shown: number, share: number) =>
      `${messages(total)} by ${people(by)}${ofThese(shown, by, 'wrote', share)}.`,
    /** `every`: how many wrote on every day. */
    activeDays: (by: number, every: number, of: number) => {
      if (of === 1) return `${people(by)} wrote that day.`;
      if (by === 1)
        return every === 1 ? `1 person wrote, on every one of the ${days(of)}.` : '1 person wrote.';
      const who = every === 0 ? 'nobody' : by === every ? 'all of them' : `${number(every)} of them`;
      return `${people(by)} wrote, ${who} on every one of the ${days(of)}.`;
    },
    reactions: (total: number, by: number, shown: number, share: number) =>
      `${reactions(total)} to messages of ${people(by)}${ofThese(shown, by, 'got', share)}.`,
    replied: (total: number, by: number, shown: number, share: number) =>
      `${replies(total)} to messages of ${people(by)}${ofThese(shown, by, 'got', share)}.`,
    answers: (total: number, by: number, shown: number, share: number) =>
      `${people(by)} ${total === 1 ? 'answered 1 question' : `answered ${counted(total, 'question')} first`}${ofThese(shown, by, 'answered', share)}.`,
  },

  /** What stands behind a name: what ranks, and one figure more. */
  line: {
    messages: (n: number, on: number | undefined) =>
      on === undefined ? messages(n) : `${messages(n)} on ${days(on)}`,
    activeDays: (n: number, wrote: number) => `${days(n)}, ${messages(wrote)}`,
    reactions: (n: number, wrote: number) => `${reactions(n)} to ${messages(wrote)}`,
    replied: (n: number, wrote: number) => `${replies(n)} to ${messages(wrote)}`,
    answers: (n: number, minutes: number) =>
      `${answers(n)}, ${n === 1 ? 'after' : 'typically after'} ${duration(minutes)}`,
  },

  own: {
    messages: (place: number, of: number, n: number) =>
      `You: ${ordinal(place)} of ${number(of)} with ${messages(n)}.`,
    activeDays: (place: number, of: number, n: number) =>
      `You: ${ordinal(place)} of ${number(of)} with ${counted(n, 'active day')}.`,
    reactions: (place: number, of: number, n: number) =>
      `You: ${ordinal(place)} of ${number(of)} with ${reactions(n)}.`,
    replied: (place: number, of: number, n: number) =>
      `You: ${ordinal(place)} of ${number(of)} with ${replies(n)}.`,
    answers: (place: number, of: number, n: number) =>
      `You: ${ordinal(place)} of ${number(of)} with ${answers(n)}.`,
  },

  notYet:
    'Nothing that people wrote here is recorded yet. What is written from now on is; what was written before can be read with /backfill by those who may Manage Server.',
  beforeRecord: (date: string) =>
    `The record begins on ${date}; this is before it. What was written then can be read with /backfill by those who may Manage Server.`,
  empty: {
    messages: 'Nobody wrote, as far as is recorded. Ask about another period or channel.',
    activeDays: 'Nobody wrote, as far as is recorded. Ask about another period or channel.',
    reactions:
      'Nothing that was written got a reaction, as far as is recorded. Ask about another period or channel.',
    replied:
      'Nothing that was written got a reply, as far as is recorded. Ask about another period or channel.',
    answers: 'No question was answered, as far as is recorded. Ask about another period or channel.',
  },
  nobodyNamed: (by: number) =>
    by === 1
      ? 'The one person whom this would name chose not to be named.'
      : `All ${number(by)} people whom this would name chose not to be named.`,
  noPicture: 'The chart could not be drawn.',

  chart: {
    messages: {
      title: leaders('wrote', messages, 'all messages'),
      caption: 'Messages of those who wrote most',
      alt: ranked('messages'),
    },
    activeDays: {
      title: onDays,
      caption: 'Days on which they wrote',
      alt: ranked('days'),
    },
    reactions: {
      title: leaders('got', reactions, 'all reactions'),
      caption: 'Reactions to what they wrote',
      alt: ranked('reactions'),
    },
    replied: {
      title: leaders('got', replies, 'all replies'),
      caption: 'Replies by other people to what they wrote',
      alt: ranked('replies'),
    },
    answers: {
      title: leaders('gave', answers, 'all first answers'),
      caption: 'Questions of others that they were the first to answer',
      alt: ranked('answers'),
    },
  },

  /** What ranks, as db/queries/README.md defines it. */
  definitions: {
    messages:
      'Ranked by messages that they wrote: no system notices, nothing deleted, nothing in channels that are excluded or deleted. Beside it: the calendar days on which they wrote.',
    activeDays:
      'Ranked by the calendar days on which they wrote at least one message. Beside it: their messages.',
    reactions:
      'Ranked by the reactions to what they wrote in this time, whoever gave them and whenever. Beside it: their messages.',
    replied:
      'Ranked by the replies to what they wrote in this time: by other people, never bots, in the same channel, whenever they came. Beside it: their messages.',
    answers:
      'Ranked by the questions of other people, asked in this time, that they were the first to answer. A question is a message with a question mark that ends a sentence outside of links, code and quotes, or the first post of a forum thread. It is answered by a reply, or by the first message of another person in its own thread. Bots neither ask nor answer. The typical time is the middle one.',
  },
  places:
    'Of equals the older account stands first. A place is one in this list, so people who chose not to be named take none; they count in all sums and shares.',
};
