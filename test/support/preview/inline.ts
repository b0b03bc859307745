/**
 * Discord's Markdown within a line, as HTML: an honest imitation, for looking at.
 * Source: https://support.discord.com/hc/en-us/articles/210298617, and https://docs.discord.com/developers/reference#message-formatting
 */
import { escapeHtml } from '../../../reports/html.ts';
import { shownTime } from './time.ts';

/** How mentions are named; others show their id. */
export interface Names {
  users?: Record<string, string>;
  channels?: Record<string, string>;
  roles?: Record<string, string>;
}

type Inner = (text: string) => string;

/** What a text may have at a place: how it looks in Markdown, and in HTML. The first that fits is taken. */
const RULES: { at: RegExp; html(found: readonly string[], inner: Inner, names: Names): string }[] = [
  // An escaped one pings all the same.
  { at: /\\?(@(?:everyone|here))/y, html: ([, whole]) => pill(whole!) },
  { at: /\\([^\p{L}\p{N}\s])/uy, html: ([, sign]) => escapeHtml(sign!) },
  {
    at: /(`+)(?!`)([\s\S]*?)(?<!`)\1(?!`)/y,
    html: ([, , code]) => `<code>${escapeHtml(code!.replace(/^ (.*`.*) $/, '$1'))}</code>`,
  },
  { at: /<(https?:\/\/[^<>\s]+)>/y, html: ([, url]) => link(url!, escapeHtml(url!)) },
  {
    // A text that is an address itself would hide where it leads: Discord leaves it as it is.
    at: /\[((?:\\[\s\S]|`[^`]*`|\[[^\]]*\]|[^\\[\]])+)\]\(<?(https?:\/\/(?:[^\s()<>]|\([^\s()<>]*\))+)>?\)/y,
    html: ([whole, text, url], inner) =>
      /https?:\/\//.test(text!) ? escapeHtml(whole!) : link(url!, inner(text!)),
  },
  { at: /https?:\/\/[^\s<]*[^\s<.,:;"'\])]/y, html: ([url]) => link(url!, escapeHtml(url!)) },
  { at: /<@!?(\d+)>/y, html: ([, id], _, { users }) => pill(`@${users?.[id!] ?? id}`) },
  { at: /<@&(\d+)>/y, html: ([, id], _, { roles }) => pill(`@${roles?.[id!] ?? id}`) },
  { at: /<#(\d+)>/y, html: ([, id], _, { channels }) => pill(`#${channels?.[id!] ?? id}`) },
  { at: /<(\/[^<>:]+):\d+>/y, html: ([, command]) => pill(command!) },
  {
    at: /<a?:(\w+):\d+>/y,
    html: ([, name]) => `<span class="emoji" title=":${escapeHtml(name!)}:">${escapeHtml(name!)}</span>`,
  },
  {
    at: /<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/y,
    html: ([, seconds, style]) => `<time>${escapeHtml(shownTime(Number(seconds), style))}</time>`,
  },
  {
    at: /\|\|([\s\S]+?)\|\|/y,
    html: ([, text], inner) => `<span class="spoiler" tabindex="0">${inner(text!)}</span>`,
  },
  { at: /~~((?:\\[\s\S]|[^\\])+?)~~(?!~)/y, html: ([, text], inner) => `<s>${inner(text!)}</s>` },
  {
    at: /\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y,
    html: ([, text], inner) => `<strong>${inner(text!)}</strong>`,
  },
  { at: /__((?:\\[\s\S]|[^\\])+?)__(?!_)/y, html: ([, text], inner) => `<u>${inner(text!)}</u>` },
  {
    at: /\*(?![\s*])((?:\\[\s\S]|\*\*|[^\\*])+?)(?<!\s)\*(?!\*)/y,
    html: ([, text], inner) => `<em>${inner(text!)}</em>`,
  },
  {
    at: /(?<![\p{L}\p{N}])_((?:\\[\s\S]|__|[^\\_])+?)_(?![\p{L}\p{N}_])/uy,
    html: ([, text], inner) => `<em>${inner(text!)}</em>`,
  },
  { at: /\n/y, html: () => '<br>' },
];

/** A text without what makes blocks, as HTML. */
export function inlineHtml(text: string, names: Names = {}): string {
  const inner: Inner = (part) => inlineHtml(part, names);
  let html = '';
  for (let at = 0; at < text.length;) {
    const found = ruleAt(text, at);
    html += found ? found.rule.html(found.match, inner, names) : escapeHtml(text[at]!);
    at += found ? found.match[0].length : 1;
  }
  return html;
}

function ruleAt(text: string, at: number) {
  for (const rule of RULES) {
    rule.at.lastIndex = at;
    const match = rule.at.exec(text);
    if (match) return { rule, match };
  }
  return undefined;
}

const link = (url: string, html: string): string =>
  `<a href="${escapeHtml(url)}" rel="noreferrer" target="_blank">${html}</a>`;

/** Marked, so that a test can tell that there is none. */
const pill = (text: string): string => `<span class="mention">${escapeHtml(text)}</span>`;
