/** The sections about the whole: its hours, how the load is shared, and what is known at all. */
import { coverageText } from '../coverage.ts';
import { momentIn, placeIn } from './names.ts';
import { hasShape, PEOPLE_MIN } from './charts.ts';
import type { Section } from './section.ts';
import type { Telling } from './sections.ts';

/** From nothing to the most. */
const SHADES = ['·', '░', '▒', '▓', '█'];
const HOURS = 24;
const HOUR_STEP = 6;

/** When the server is awake. */
export function hoursSection({ report, words }: Telling): Section | undefined {
  const { weekly } = words;
  const { hours, trend } = report;
  if (!hasShape(hours)) return undefined;
  const peak = hours.toSorted((a, b) => b.messages - a.messages)[0]!;
  const shadeOf = (messages: number) => SHADES[Math.ceil((messages / peak.messages) * (SHADES.length - 1))]!;
  const rows = Map.groupBy(hours, (row) => row.weekday);
  const label = (text: string) => text.padEnd(5);
  const heads = Array.from({ length: HOURS / HOUR_STEP }, (_, i) =>
    weekly.hour(i * HOUR_STEP).padEnd(HOUR_STEP * 2),
  ).join('');
  return {
    id: 'hours',
    heading: weekly.headings.hours,
    sentences: [weekly.hours.over(trend.weeks.length, trend.span.timeZone)],
    finding: weekly.hours.title(peak.weekday, peak.hour),
    chart: 'hours',
    drawing: [
      (label('') + heads).trimEnd(),
      ...[...rows].map(([weekday, cells]) =>
        (
          label(weekly.shortWeekday(weekday)) + cells.map((cell) => shadeOf(cell.messages).repeat(2)).join('')
        ).trimEnd(),
      ),
    ],
  };
}

/** How the load is shared. */
export function shareSection({ report, words }: Telling): Section | undefined {
  const { weekly } = words;
  const { people, top1Share, top5Share, top10Share, gini, median } = report.share;
  if (people < PEOPLE_MIN) return undefined;
  return {
    id: 'share',
    heading: weekly.headings.share,
    sentences: [
      weekly.share.top(top1Share!, top5Share!, people > 10 ? top10Share! : undefined),
      weekly.share.median(Math.floor(median!), people),
      weekly.share.gini(gini!),
    ],
    chart: 'share',
  };
}

/** What is recorded of the window, and what is not. */
export function coverageSection({ report, markup, words }: Telling): Section | undefined {
  const { weekly } = words;
  const { coverage, period, span } = report;
  const { line, channels, verified, claimed, partly, missing, gaps } = coverage;
  if (channels === 0) return undefined;
  const whole = verified + claimed;
  const { coverage: told } = weekly;
  const nameOf = (channel: { id: string; name: string | null }) => placeIn(markup, channel, weekly);
  const sentences = [
    told.line(coverageText(line, span, words, nameOf)),
    whole === channels
      ? told.whole(channels, period)
      : channels === 1
        ? told.one(partly === 1)
        : told.some(whole, channels, partly, missing),
    ...(whole > 0 ? [told.grades(verified, claimed)] : []),
  ];
  const rows = gaps.map((gap) => [
    nameOf({ id: gap.channelId, name: gap.channel }),
    momentIn(gap.fromAt, span.timeZone, weekly),
    momentIn(gap.toAt, span.timeZone, weekly),
    told.reasons[gap.reason],
  ]);
  return {
    id: 'coverage',
    heading: weekly.headings.coverage,
    sentences: rows.length > 0 ? [...sentences, told.missing] : sentences,
    ...(rows.length > 0 && {
      table: { heads: [weekly.heads.channel, told.from, told.to, told.why], rows, textColumns: 4 },
    }),
    ...(partly + missing > rows.length && rows.length > 0 && { notes: [told.more(rows.length)] }),
  };
}
