/** The weekly report in Markdown: for a terminal, a code host and Discord. */
import { markdown, markdownTable } from '../markdown.ts';
import type { Words } from '../words/en.ts';
import { type Explanation, explanationsOf } from './explain.ts';
import type { WeeklyReport } from './report.ts';
import type { ChartId, ListedLine, Section } from './section.ts';
import { footerOf, headOf, type Remarks, sectionsOf } from './sections.ts';

/**
 * Where the pictures are, from the file; null of those that could not be drawn. Only their titles stand in for them:
 * in a terminal these are read, beside tables that tell the rest.
 */
export type PictureFiles = Partial<Record<ChartId, { path: string; title: string } | null>>;

/** The report as Markdown; without pictures where none are given. */
export function weeklyMarkdown(
  report: WeeklyReport,
  words: Words,
  pictures: PictureFiles = {},
  remarks: Remarks = () => [],
): string {
  const telling = { report, markup: markdown, words };
  const { title, notes, lead } = headOf(telling);
  const explained = report.rows && explanationsOf(report, words);
  const parts = [
    `# ${title}`,
    notes.join('  \n'),
    lead.join(' '),
    ...sectionsOf(telling).map((section) => sectionIn(section, words, pictures, explained?.[section.id])),
    [footerOf(report, words), ...remarks(markdown)].map((line) => `_${line}_`).join('  \n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function sectionIn(
  { heading, sentences, finding, chart, table, messages, drawing, notes = [] }: Section,
  { weekly }: Words,
  pictures: PictureFiles,
  explanation: Explanation | undefined,
): string {
  const picture = chart && pictures[chart];
  const parts = [
    `## ${heading}`,
    [...(finding !== undefined && !picture ? [finding] : []), ...sentences].join(' '),
    picture ? `![${markdown.text(picture.title, Infinity)}](${encodeURI(picture.path)})` : '',
    picture === null ? `_${weekly.noPicture}_` : '',
    drawing ? ['```text', ...drawing, '```'].join('\n') : '',
    table ? markdownTable(table.heads, table.rows, table.textColumns) : '',
    messages ? messages.map((message, i) => messageIn(message, i, weekly.open)).join('\n') : '',
    notes.join(' '),
    explanation ? explanation.lines.map((line) => `> ${line}`).join('  \n') : '',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function messageIn({ line, quote, url }: ListedLine, i: number, open: string): string {
  const number = `${i + 1}.`;
  const indent = ' '.repeat(number.length + 1);
  return [`${number} ${line}`, `${indent}${quote ? `${quote} ` : ''}[${open}](${url})`].join('  \n');
}
