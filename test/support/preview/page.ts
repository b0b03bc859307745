/** Answers as Discord shows them, on one page that needs nothing else. */
import { createHash } from 'node:crypto';
import { escapeHtml } from '../../../reports/html.ts';
import type { Names } from './inline.ts';
import { messageHtml } from './message.ts';
import { SCRIPT } from './script.ts';
import type { Shot } from './shots.ts';
import { STYLE } from './style.ts';

export interface PreviewOptions {
  title?: string;
  /** How mentions are named; others show their id. */
  names?: Names;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64');

/**
 * A page of messages. `?theme=dark` or `light`, `?width=narrow` or `wide` choose how they are shown; without them the
 * reader's own theme, and as much width as there is. Nothing is asked of a network; no text of a message becomes HTML.
 */
export function renderPreview(
  shots: readonly Shot[],
  { title = 'Almanac’s answers', names = {} }: PreviewOptions = {},
): string {
  const policy = `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-${hashOf(SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
<script>${SCRIPT}</script>
</head>
<body>
<nav>
<h1>${escapeHtml(title)}</h1>
<span><button type="button" data-set="theme">Dark or light</button><button type="button" data-set="width">Wide or narrow</button></span>
<ol>${shots.map(({ id, title: name }) => `<li><a href="#${escapeHtml(id)}">${escapeHtml(name)}</a></li>`).join('')}</ol>
</nav>
<main>
${shots.map((shot) => shotHtml(shot, names)).join('\n')}
</main>
</body>
</html>
`;
}

function shotHtml(shot: Shot, names: Names): string {
  return `<section id="${escapeHtml(shot.id)}">
<h2>${escapeHtml(shot.title)}</h2>
${shot.title === shot.command ? '' : `<p class="typed"><code>${escapeHtml(shot.command)}</code></p>`}
<div class="column">${messageHtml(shot, names)}</div>
${altsHtml(shot)}
</section>`;
}

/** What the pictures say to whoever cannot see them: to be read, too. */
function altsHtml({ message }: Shot): string {
  const said = message.attachments.filter(({ description = '' }) => description !== '');
  if (said.length === 0) return '';
  const items = said.map(
    ({ name, description = '' }) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(description)}</dd>`,
  );
  return `<details class="alts"><summary>Alternative texts (${said.length})</summary><dl>${items.join('')}</dl></details>`;
}
