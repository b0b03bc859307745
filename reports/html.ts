/** Names and texts of people, made harmless in HTML; and a page that can do nothing but show itself. */
import { createHash } from 'node:crypto';
import type { Markup } from './markup.ts';
import { plainText } from './plain-text.ts';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as HTML has it, in elements and in quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => ENTITIES[c]!);

/** How sentences are written in HTML. A name keeps its own direction and doesn't turn its line. */
export const html: Markup = {
  text(foreign, lengthMax) {
    const plain = plainText(foreign, lengthMax);
    return plain === '' ? '' : `<bdi>${escapeHtml(plain)}</bdi>`;
  },
  strong: (text) => `<strong>${text}</strong>`,
};

/** What a page is made of. `body` is HTML; `title` is not. */
export interface Page {
  language: string;
  title: string;
  style: string;
  body: string;
}

/** A page in one file, whose policy lets in its own style and pictures, no script and nothing from elsewhere. */
export function htmlPage({ language, title, style, body }: Page): string {
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(plainText(title, 200))}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
