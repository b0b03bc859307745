/** What the sections of the weekly report say, in English. */
import { counted, duration, hour, listed, number, percent, weekday } from './numbers.ts';
import { before, during, messages, people, type PeriodWords } from './period.ts';

/** The sentences of the sections. */
export const sections = {
  contributors: {
    blocks: 'Ten-minute blocks are those in which somebody wrote: a flood of messages adds few of them.',
  },

  newcomers: {
    everybodyIsNew: 'The record begins here, so everybody is new to it.',
    none: (period: PeriodWords) => `Nobody wrote for the first time ${during(period)}.`,
    some: (n: number, names: readonly string[]) =>
      `${names.length > 0 ? listed(names) : people(n)} wrote here for the first time.`,
    more: (n: number) => `And ${n === 1 ? 'one more' : `${number(n)} more`}.`,
    again: (again: number, was: number, period: PeriodWords) =>
      `Of the ${was === 1 ? 'one person' : people(was)} who wrote in ${before(period)}, ${again === 0 ? 'nobody' : number(again)} wrote again${again === 0 ? '' : ` (${percent(again / was)})`}.`,
  },

  reacted: {
    line: (n: number, author: string | undefined, place: string, when: string) =>
      `${counted(n, 'reaction')}: ${author === undefined ? '' : `${author} `}in ${place}, ${when}`,
  },

  questions: {
    heading: 'Questions asked',
    summary: (asked: number, answered: number) =>
      answered === asked
        ? `${counted(asked, 'question')} asked, ${asked === 1 ? 'and answered' : 'all answered'}.`
        : `${counted(asked, 'question')} asked, ${number(answered)} answered, ${number(asked - answered)} not.`,
    noReplies: (asked: number, period: PeriodWords) =>
      `${counted(asked, 'question')} asked. Nobody replied to any message ${during(period)}, so whether ${asked === 1 ? 'it was' : 'they were'} answered without a reply is not known.`,
    answer:
      "An answer is a reply by another person, or another person's first message in the question's own thread.",
    newest: (shown: number) => `The newest ${number(shown)}:`,
    line: (author: string | undefined, place: string, when: string, ageHours: number) =>
      `${author === undefined ? '' : `${author} `}in ${place}, ${when}, ${waiting(ageHours)}`,
    median: (minutes: number, p90: number | null) =>
      `Half of the answers came within ${duration(Math.ceil(minutes))}${p90 === null ? '' : `, nine of ten within ${duration(Math.ceil(p90))}`}.`,
    overdue: (n: number) => (n === 0 ? '' : `${counted(n, 'question')} had no answer for 24 hours or more.`),
    within: (minutes: number | null) => (minutes === null ? 'later' : step(minutes)),
    never: 'not answered',
  },

  hours: {
    title: (day: number, from: number) =>
      `Most is written on ${weekday(day)}s from ${hour(from)} to ${hour((from + 1) % 24)}.`,
    over: (weeks: number, zone: string) =>
      `${weeks === 1 ? 'One week' : `${number(weeks)} weeks together`}, by the clock of ${zone}.`,
  },

  share: {
    top: (top1: number, top5: number, top10: number | undefined) =>
      `Of all messages, the most active person wrote ${percent(top1)}, the five most active ${percent(top5)}${top10 === undefined ? '' : `, the ten most active ${percent(top10)}`}.`,
    median: (n: number, by: number) => `Half of the ${people(by)} wrote ${messages(n)} or fewer.`,
    gini: (gini: number) =>
      `The Gini coefficient is ${gini.toFixed(2)}: 0 would be all writing equally much, 1 one person writing alone.`,
  },

  coverage: {
    line: (line: string) => `${line.charAt(0).toUpperCase()}${line.slice(1)}.`,
    whole: (n: number, period: PeriodWords) => {
      const when = `throughout${period.isWeek ? ' the week' : ''}`;
      if (n === 1) return `The one channel that was there is recorded ${when}.`;
      return `${n === 2 ? 'Both' : `All ${number(n)}`} channels and threads that were there are recorded ${when}.`;
    },
    one: (isPartly: boolean) =>
      `The one channel that was there is ${isPartly ? 'recorded in part' : 'not recorded'}.`,
    some: (whole: number, of: number, partly: number, missing: number) =>
      `${number(whole)} of the ${number(of)} channels and threads that were there ${whole === 1 ? 'is' : 'are'} recorded throughout${partly === 0 ? '' : `, ${number(partly)} in part`}${missing === 0 ? '' : `, ${number(missing)} not at all`}.`,
    grades: (verified: number, claimed: number) =>
      verified === 0
        ? 'That is what the exports claim; Discord itself has not been asked.'
        : claimed === 0
          ? 'Discord itself answered for them.'
          : `Discord itself answered for ${number(verified)} of them; for ${number(claimed)} it is what exports claim.`,
    missing: 'What is missing of these days:',
    reasons: {
      before: 'before its record begins',
      between: 'between what is recorded of it',
      after: 'after its record ends',
      'damaged export': 'its export is damaged',
      'empty export': 'its export has no message and cannot tell why',
      never: 'not recorded',
    },
    from: 'from',
    to: 'to',
    why: 'why',
    more: (n: number) => `The ${number(n)} longest gaps are shown.`,
  },
};

/** "15 minutes", "1 hour", "1 day". */
const step = (minutes: number): string =>
  minutes % 1440 === 0
    ? counted(minutes / 1440, 'day')
    : minutes % 60 === 0
      ? counted(minutes / 60, 'hour')
      : counted(minutes, 'minute');

/** "waiting for 3 days". */
const waiting = (ageHours: number): string => `waiting for ${duration(ageHours * 60)}`;
