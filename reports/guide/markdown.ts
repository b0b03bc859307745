/** A guide in plain Markdown: for a terminal, where hours are those of the guild's zone. */
import { dateIn } from '../../db/window.ts';
import { coverageText } from '../coverage.ts';
import { markdown } from '../markdown.ts';
import { dateOf, placeIn } from '../weekly/names.ts';
import type { Words } from '../words.ts';
import type { Guide } from './report.ts';
import type { Section, Telling } from './telling.ts';
import { toldOf } from './told.ts';

/** The same as the message, with hours and dates in words. */
export function guideMarkdown(guide: Guide, words: Words): string {
  const { title, lead, sections, notes } = toldOf(guide, plainTelling(guide, words));
  const parts = [
    `# ${title}`,
    [markdown.text(guide.guildName), words.stats.clock(markdown.text(guide.window.timeZone))]
      .filter((part) => part !== '')
      .join(' · '),
    lead.join(' '),
    ...sections.map(sectionIn),
    ...notes.map((note) => `_${note}_`),
    `_${footOf(guide, words)}_`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function sectionIn({ heading, sentences, items }: Section): string {
  const lines = items.flatMap(({ line, below }) => [
    `- ${line}`,
    ...(below === undefined ? [] : [`  - ${below}`]),
  ]);
  return [`## ${heading}`, sentences.join(' '), lines.join('\n')].filter((part) => part !== '').join('\n\n');
}

function plainTelling({ guildId, window }: Guide, words: Words): Telling {
  const date = (iso: string) => dateOf(Date.parse(iso), window.timeZone);
  return {
    guildId,
    markup: markdown,
    words,
    date,
    hour: (hour) => words.weekly.hour(hour % 24),
    when: (iso) => ({ date: date(iso) }),
  };
}

/** What it rests on, and as of when. */
function footOf({ coverage, window, asOfMs }: Guide, words: Words): string {
  const nameOf = (channel: { id: string; name: string | null }) => placeIn(markdown, channel, words.weekly);
  return [
    words.answering.recorded(coverageText(coverage, window, words, nameOf)),
    ...(asOfMs === undefined ? [] : [words.answering.asOf(String(dateIn(asOfMs, window.timeZone)))]),
  ].join(' ');
}
