/** The sections about channels, threads and single messages. */
import type { ThreadRow } from '../../db/queries/live-threads.ts';
import { authorIn, momentIn, placeIn, quoteIn } from './names.ts';
import type { Section } from './section.ts';
import type { Telling } from './sections.ts';

/** Where most was written. */
export function channelsSection({ report, markup, words }: Telling): Section | undefined {
  const { weekly } = words;
  const { heads } = weekly;
  if (report.channels.length < 2) return undefined;
  return {
    id: 'channels',
    heading: weekly.headings.channels,
    sentences: [],
    chart: 'channels',
    table: {
      heads: [heads.channel, heads.messages, heads.people],
      rows: report.channels.map((row) => [
        placeIn(markup, row, weekly),
        weekly.number(row.messages),
        weekly.number(row.people),
      ]),
      isChart: true,
    },
  };
}

/** Threads and posts in which most was written. */
export function threadsSection({ report, markup, words }: Telling): Section | undefined {
  const { weekly } = words;
  const { heads } = weekly;
  if (report.threads.length === 0) return undefined;
  const threadIn = (row: ThreadRow): string => {
    const title = placeIn(markup, { ...row, isThread: true }, weekly);
    return row.parent === null
      ? title
      : weekly.place.within(title, placeIn(markup, { id: row.parentId!, name: row.parent }, weekly));
  };
  return {
    id: 'threads',
    heading: weekly.headings.threads,
    sentences: [],
    table: {
      heads: [heads.thread, heads.messages, heads.people],
      rows: report.threads.map((row) => [
        threadIn(row),
        weekly.number(row.messages),
        weekly.number(row.people),
      ]),
    },
  };
}

/** The messages that got most reactions. */
export function reactedSection({ report, markup, words }: Telling): Section | undefined {
  const { weekly } = words;
  if (report.reacted.length === 0) return undefined;
  return {
    id: 'reacted',
    heading: weekly.headings.reacted,
    sentences: [],
    messages: report.reacted.map((row) => {
      const place = placeIn(markup, { id: row.channelId, name: row.channel }, weekly);
      const when = momentIn(row.at, report.span.timeZone, weekly);
      const quote = quoteIn(markup, row.text, weekly);
      return {
        line: weekly.reacted.line(row.reactions, authorIn(markup, row), place, when),
        ...(quote !== undefined && { quote }),
        url: row.url,
      };
    }),
  };
}
