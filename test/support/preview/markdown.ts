/** Discord's Markdown as HTML: blocks of lines. */
import { escapeHtml } from '../../../reports/html.ts';
import { inlineHtml, type Names } from './inline.ts';

const FENCE = /```(?:([\w+-]*)\n)?([\s\S]*?)```/y;
const HEADING = /^(#{1,3}) +(.+)$/;
const SMALL = /^-# +(.+)$/;
const ITEM = /^( *)([-*]|\d{1,9}\.) +(.+)$/;
const QUOTE = /^> (.*)$/;

/** A text of a message, as HTML in which nothing of the text is HTML. */
export function discordHtml(text: string, names: Names = {}): string {
  let html = '';
  let plain = '';
  const flush = () => {
    html += linesHtml(plain, names);
    plain = '';
  };
  for (let at = 0; at < text.length;) {
    FENCE.lastIndex = at;
    const fence = FENCE.exec(text);
    if (fence) {
      flush();
      html += `<pre><code>${escapeHtml(fence[2]!.replace(/\n$/, ''))}</code></pre>`;
      at = FENCE.lastIndex;
      if (text[at] === '\n') at++;
    } else {
      // An escaped sign begins no fence.
      const length = text[at] === '\\' ? 2 : 1;
      plain += text.slice(at, at + length);
      at += length;
    }
  }
  flush();
  return html;
}

/** Lines without code: each block takes as many as are its own. */
function linesHtml(text: string, names: Names): string {
  if (text === '') return '';
  const lines = text.replace(/\n$/, '').split('\n');
  const blocks: string[] = [];
  let said: string[] = [];
  const flush = () => {
    if (said.length > 0) blocks.push(`<p>${inlineHtml(said.join('\n'), names)}</p>`);
    said = [];
  };
  while (lines.length > 0) {
    const line = lines.shift()!;
    const special = headingHtml(line, names) ?? quoteHtml(line, lines, names) ?? listHtml(line, lines, names);
    if (special === undefined) said.push(line);
    else {
      flush();
      blocks.push(special);
    }
  }
  flush();
  return blocks.join('');
}

function headingHtml(line: string, names: Names): string | undefined {
  const [, marks, heading] = HEADING.exec(line) ?? [];
  if (marks !== undefined) return `<h${marks.length}>${inlineHtml(heading!, names)}</h${marks.length}>`;
  const [, small] = SMALL.exec(line) ?? [];
  return small === undefined ? undefined : `<small>${inlineHtml(small, names)}</small>`;
}

/** Takes what belongs to it from the lines behind. */
function quoteHtml(line: string, behind: string[], names: Names): string | undefined {
  if (line.startsWith('>>> ')) {
    const quoted = [line.slice(4), ...behind.splice(0)];
    return `<blockquote>${linesHtml(quoted.join('\n'), names)}</blockquote>`;
  }
  const first = QUOTE.exec(line)?.[1];
  if (first === undefined) return undefined;
  const count = behind.findIndex((one) => !QUOTE.test(one));
  const others = behind.splice(0, count === -1 ? behind.length : count).map((one) => QUOTE.exec(one)![1]!);
  return `<blockquote>${linesHtml([first, ...others].join('\n'), names)}</blockquote>`;
}

interface Item {
  indent: number;
  number: number | undefined;
  text: string;
}

/** Takes what belongs to it from the lines behind. */
function listHtml(line: string, behind: string[], names: Names): string | undefined {
  const items: Item[] = [];
  for (let item = itemOf(line); item; item = itemOf(behind[0])) {
    if (items.length > 0) behind.shift();
    items.push(item);
  }
  return items.length === 0 ? undefined : nested(items, names);
}

function itemOf(line: string | undefined): Item | undefined {
  const [, indent, mark, text] = ITEM.exec(line ?? '') ?? [];
  if (indent === undefined) return undefined;
  return {
    indent: indent.length,
    number: /\d/.test(mark!) ? Number.parseInt(mark!, 10) : undefined,
    text: text!,
  };
}

/** Items that stand further in belong to the one before them; another kind of mark begins another list. */
function nested(items: readonly Item[], names: Names): string {
  const { indent, number } = items[0]!;
  const isOwn = (item: Item, i: number) => i === 0 || item.indent <= indent;
  const other = items.findIndex(
    (item, i) => isOwn(item, i) && (item.number === undefined) !== (number === undefined),
  );
  const own = other === -1 ? items : items.slice(0, other);
  const starts = own.flatMap((item, i) => (isOwn(item, i) ? [i] : []));
  const html = starts.map((start, i) => {
    const inner = own.slice(start + 1, starts[i + 1]);
    return `<li>${inlineHtml(own[start]!.text, names)}${inner.length > 0 ? nested(inner, names) : ''}</li>`;
  });
  const digits = String((number ?? 0) + starts.length - 1).length;
  const list =
    number === undefined
      ? `<ul>${html.join('')}</ul>`
      : `<ol start="${number}" style="--digits:${digits}">${html.join('')}</ol>`;
  return list + (other === -1 ? '' : nested(items.slice(other), names));
}
