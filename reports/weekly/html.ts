/** The weekly report as a page in one file: for a phone, a desktop, and paper. */
import { escapeHtml, html, htmlPage } from '../html.ts';
import type { Picture } from '../pictures.ts';
import { plainText } from '../plain-text.ts';
import type { Words } from '../words/en.ts';
import type { WeeklyWords } from '../words/en/weekly.ts';
import type { WeeklyPictures } from './charts.ts';
import { type Explanation, explanationsOf } from './explain.ts';
import type { WeeklyReport } from './report.ts';
import type { Figure, ListedLine, Section, Table } from './section.ts';
import { footerOf, headOf, type Remarks, sectionsOf } from './sections.ts';
import { STYLE } from './style.ts';

/** The report as a page, its pictures in it; without pictures where none are given. */
export function weeklyHtml(
  report: WeeklyReport,
  words: Words,
  pictures: WeeklyPictures = {},
  remarks: Remarks = () => [],
): string {
  const telling = { report, markup: html, words };
  const { title, notes, lead } = headOf(telling);
  const explained = report.rows && explanationsOf(report, words);
  const plain = { text: plainText, strong: (text: string) => text };
  const body = [
    `<header>
<h1>${title}</h1>
<p class="when">${notes.join('<br>\n')}</p>
<p class="lead">${lead.join(' ')}</p>
</header>
<main>`,
    ...sectionsOf(telling).map((section) =>
      sectionIn(section, words.weekly, pictures, explained?.[section.id]),
    ),
    `</main>
<footer>${[footerOf(report, words), ...remarks(html)].map((line) => `<p>${line}</p>`).join('\n')}</footer>`,
  ];
  return htmlPage({
    language: words.charts.locale,
    title: headOf({ ...telling, markup: plain }).title,
    style: STYLE,
    body: body.join('\n'),
  });
}

function sectionIn(
  { id, heading, sentences, finding, chart, table, figures, messages, notes = [] }: Section,
  words: WeeklyWords,
  pictures: WeeklyPictures,
  explanation: Explanation | undefined,
): string {
  const picture = chart && pictures[chart];
  const told = [...(finding !== undefined && !picture ? [finding] : []), ...sentences];
  const parts = [
    told.length > 0 ? `<p>${told.join(' ')}</p>` : '',
    picture ? pictureIn(picture) : '',
    picture === null ? `<p class="note">${words.noPicture}</p>` : '',
    figures ? figuresIn(figures) : table ? tableIn(table, picture ? words.asTable : undefined) : '',
    messages ? messagesIn(messages, words) : '',
    notes.length > 0 ? `<p class="note">${notes.join(' ')}</p>` : '',
    explanation ? explanationIn(explanation, words) : '',
  ];
  return `<section id="${id}">
<h2>${heading}</h2>
${parts.filter((part) => part !== '').join('\n')}
</section>`;
}

function pictureIn({ png, alt, width, height }: Picture): string {
  const source = `data:image/png;base64,${png.toString('base64')}`;
  return `<img src="${source}" alt="${escapeHtml(plainText(alt, Infinity))}" width="${width}" height="${height}">`;
}

function figuresIn(figures: readonly Figure[]): string {
  const tiles = figures.map(
    ({ label, value, delta }) =>
      `<div><dt>${label}</dt><dd>${value}${delta === '' ? '' : `<span>${delta}</span>`}</dd></div>`,
  );
  return `<dl class="figures">\n${tiles.join('\n')}\n</dl>`;
}

/** A table; folded, where what it tells is in the picture above it. */
function tableIn({ heads, rows, textColumns = 1, isChart }: Table, asTable: string | undefined): string {
  const kind = (i: number) => (i < textColumns ? '' : ' class="number"');
  const head = heads.map((text, i) => `<th scope="col"${kind(i)}>${text}</th>`).join('');
  const body = rows.map(
    ([first, ...others]) =>
      `<tr><th scope="row">${first}</th>${others.map((cell, i) => `<td${kind(i + 1)}>${cell}</td>`).join('')}</tr>`,
  );
  const table = `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table>`;
  return isChart && asTable !== undefined
    ? `<details><summary>${asTable}</summary>\n${table}\n</details>`
    : table;
}

function messagesIn(messages: readonly ListedLine[], words: WeeklyWords): string {
  const listed = messages.map(
    ({ line, quote, url }) =>
      `<li><p>${line}</p>${quote === undefined ? '' : `<blockquote>${quote}</blockquote>`}<a href="${escapeHtml(url)}" rel="noreferrer">${words.openInDiscord}</a></li>`,
  );
  return `<ol>\n${listed.join('\n')}\n</ol>`;
}

function explanationIn({ lines }: Explanation, words: WeeklyWords): string {
  const items = lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('\n');
  return `<aside><h3>${words.howCounted}</h3>\n<ul>\n${items}\n</ul></aside>`;
}
