/** A page taken apart, as strictly as a reader of XML would. */

const VOID = new Set(['meta', 'img', 'br']);
const TAG = /<(?:(!doctype html)|\/([a-z][a-z0-9]*)|([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*)>/gy;
const ATTRIBUTE = /([a-z-]+)(?:="([^"]*)")?/g;

export interface Element {
  name: string;
  attributes: Record<string, string>;
}

export interface PageParts {
  /** What makes it no page; empty where nothing does. */
  faults: string[];
  elements: Element[];
  /** What stands between the tags, with its entities. */
  texts: string[];
}

/** Every element and text of a page, and what is wrong with it. */
export function takeApart(page: string): PageParts {
  const faults: string[] = [];
  const elements: Element[] = [];
  const texts: string[] = [];
  const open: string[] = [];
  let at = 0;
  while (at < page.length) {
    const next = page.indexOf('<', at);
    const text = page.slice(at, next === -1 ? page.length : next);
    const isStyle = open.at(-1) === 'style';
    if (!isStyle && /[<>]|&(?!(?:amp|lt|gt|quot|#39);)/.test(text))
      faults.push(`a bare sign in ${text.slice(0, 80)}`);
    if (!isStyle) texts.push(text);
    if (next === -1) break;
    TAG.lastIndex = next;
    const tag = TAG.exec(page);
    if (!tag) {
      faults.push(`no tag: ${page.slice(next, next + 80)}`);
      break;
    }
    at = TAG.lastIndex;
    const [, doctype, closed, opened, attributes = ''] = tag;
    if (doctype) continue;
    if (closed !== undefined) {
      const expected = open.pop();
      if (expected !== closed) faults.push(`</${closed}> closes ${expected}`);
      continue;
    }
    const found = [...attributes.matchAll(ATTRIBUTE)].map(([, name, value = '']) => [name!, value]);
    elements.push({ name: opened!, attributes: Object.fromEntries(found) });
    if (!VOID.has(opened!)) open.push(opened!);
  }
  if (open.length > 0) faults.push(`not closed: ${open.join(', ')}`);
  return { faults, elements, texts };
}
