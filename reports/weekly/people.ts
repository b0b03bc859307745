/** The sections about people. */
import { isComparable } from './lead.ts';
import { memberIn, placeIn } from './names.ts';
import type { Section } from './section.ts';
import type { Telling } from './sections.ts';

/** So many names fit into a sentence. */
const FEW = 3;

/** Who wrote most. */
export function contributorsSection({ report, markup, words }: Telling): Section | undefined {
  const { weekly } = words;
  const { heads } = weekly;
  if (report.share.people < 2 || report.contributors.length === 0) return undefined;
  return {
    id: 'contributors',
    heading: weekly.headings.contributors,
    sentences: [],
    chart: 'contributors',
    table: {
      heads: [heads.member, heads.messages, heads.days, heads.blocks],
      rows: report.contributors.map((row) => [
        memberIn(markup, row),
        weekly.number(row.messages),
        weekly.number(row.activeDays),
        weekly.number(row.blocks),
      ]),
    },
    notes: [weekly.contributors.blocks],
  };
}

/** Who wrote for the first time, and who came back. */
export function newcomersSection({ report, markup, words }: Telling): Section | undefined {
  const { weekly } = words;
  const { newcomers, returning, period, totals } = report;
  if (totals.messages.value === 0) return undefined;
  const base = { id: 'newcomers', heading: weekly.headings.newcomers } as const;
  if (!isComparable(report)) return { ...base, sentences: [weekly.newcomers.everybodyIsNew] };
  const { heads } = weekly;
  const rows = newcomers.named.map((row) => [
    memberIn(markup, row),
    placeIn(markup, { id: row.channelId, name: row.channel }, weekly),
    weekly.number(row.messages),
  ]);
  const more = newcomers.people - rows.length;
  const isFew = more === 0 && rows.length <= FEW;
  return {
    ...base,
    sentences: [
      newcomers.people === 0
        ? weekly.newcomers.none(period)
        : weekly.newcomers.some(newcomers.people, isFew ? rows.map(([name]) => name!) : []),
      ...(returning.before > 0 ? [weekly.newcomers.again(returning.again, returning.before, period)] : []),
    ],
    chart: 'newcomers',
    ...(rows.length > 0 &&
      !isFew && {
        table: { heads: [heads.member, heads.place, heads.messages], rows, textColumns: 2 },
      }),
    ...(more > 0 && rows.length > 0 && { notes: [weekly.newcomers.more(more)] }),
  };
}
