/** The sections about questions. */
import { authorIn, momentIn, placeIn, quoteIn } from './names.ts';
import { isRepliedTo } from './lead.ts';
import { QUESTIONS_MIN } from './charts.ts';
import type { Section } from './section.ts';
import type { Telling } from './sections.ts';

/** Questions without an answer: what somebody can still do something about, so the newest. */
export function waitingSection({ report, markup, words }: Telling): Section | undefined {
  const { weekly } = words;
  const { asked, answered, unanswered, waiting } = report.questions;
  if (waiting.length === 0) return undefined;
  const isKnown = isRepliedTo(report);
  // Where nothing is known of answers, a list of many says nothing.
  const isListed = isKnown || unanswered <= waiting.length;
  return {
    id: 'questions',
    heading: isKnown ? weekly.headings.questions : weekly.questions.heading,
    sentences: [
      ...(isKnown
        ? [weekly.questions.summary(asked, answered), weekly.questions.answer]
        : [weekly.questions.noReplies(asked, report.period)]),
      ...(isListed && unanswered > waiting.length ? [weekly.questions.newest(waiting.length)] : []),
    ],
    ...(isListed && {
      messages: waiting.map((row) => {
        const place = placeIn(markup, { id: row.channelId, name: row.channel }, weekly);
        const when = momentIn(row.at, report.span.timeZone, weekly);
        const quote = quoteIn(markup, row.text, weekly);
        return {
          line: weekly.questions.line(authorIn(markup, row), place, when, row.ageHours),
          ...(quote !== undefined && { quote }),
          url: row.url,
        };
      }),
    }),
  };
}

/** How long the others waited. */
export function repliesSection({ report, words }: Telling): Section | undefined {
  const { weekly } = words;
  const { asked, answered, unanswered, unansweredAfter24h, medianMinutes, p90Minutes, waits } =
    report.questions;
  if (asked < QUESTIONS_MIN || answered === 0) return undefined;
  return {
    id: 'replies',
    heading: weekly.headings.replies,
    sentences: [
      ...(unanswered === 0 ? [weekly.questions.summary(asked, answered)] : []),
      // Nine of ten says something where there are ten.
      weekly.questions.median(medianMinutes!, answered >= 10 ? p90Minutes : null),
      ...(unansweredAfter24h > 0 ? [weekly.questions.overdue(unansweredAfter24h)] : []),
    ],
    chart: 'first-reply',
    table: {
      heads: [weekly.heads.wait, weekly.heads.questions],
      rows: [
        ...waits
          .filter((row) => row.questions > 0)
          .map((row) => [weekly.questions.within(row.upToMinutes), weekly.number(row.questions)]),
        ...(unanswered > 0 ? [[weekly.questions.never, weekly.number(unanswered)]] : []),
      ],
      isChart: true,
    },
  };
}
