/** What the bot answered and posted, as a page that reloads itself: /preview, with a line to type into. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Use } from '../interactions.ts';
import { renderPreview } from '../../preview/page.ts';
import type { Shot } from '../../preview/shots.ts';
import type { Keyboard } from './commands.ts';

const RELOAD_MS = 2000;

/** What of posts the page shows. */
export interface ShownPosts {
  shots(): readonly (Shot & { atMs: number })[];
  /** Another number: there is something else to see. */
  changes(): number;
}

/** Serves the page and its form; false: another path was asked for. */
export function previewPage(
  keyboard: Keyboard,
  posts: ShownPosts,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  let said = '';

  async function type(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const line = new URLSearchParams(await text(request)).get('line')?.trim() ?? '';
    said = keyboard.isMeant(line)
      ? await keyboard.type(line).catch((error: unknown) => (error as Error).message)
      : 'A command begins with a slash; a button is pressed by "press" and what it says.';
    response.writeHead(303, { location: '/preview' }).end();
  }

  const answers = () => {
    const answered = keyboard.uses
      .toReversed()
      .flatMap((use) =>
        shotsOf(use, keyboard.nameOf(use.userId)).map((shot) => ({ ...shot, atMs: use.atMs })),
      );
    const posted = posts.shots().toReversed();
    return renderPreview([...answered, ...posted].toSorted((a, b) => b.atMs - a.atMs));
  };
  const pages: Record<string, () => string> = {
    '/preview': () => shell(said),
    '/preview/answers': answers,
    '/preview/count': () =>
      String(keyboard.uses.reduce((sum, use) => sum + use.answers.length + 1, posts.changes())),
  };

  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://loopback');
    if (request.method === 'POST' && pathname === '/preview/use') {
      type(request, response).catch(() => response.destroy());
      return true;
    }
    const page = request.method === 'GET' && Object.hasOwn(pages, pathname) ? pages[pathname] : undefined;
    if (page) response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page());
    return page !== undefined;
  };
}

/** The messages of an answer. */
export function shotsOf(use: Use, asker: string): Shot[] {
  return use.shown().map((message) => ({
    id: `${use.id}-${message.id}`,
    title: use.typed,
    command: use.typed,
    asker,
    isEphemeral: message.isEphemeral,
    message: message.isDeferred ? { ...message, content: '*Almanac is thinking ...*' } : message,
  }));
}

const escaped = (said: string): string => said.replaceAll(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);

/** A line to type into, above the answers in a frame, since their page allows no form; loaded anew when there are more. */
function shell(said: string): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Almanac's answers</title>
<style>
body { margin: 0; height: 100dvh; display: flex; flex-direction: column; font: 16px sans-serif }
form { display: flex; gap: .5rem; padding: .75rem } input { flex: 1; min-width: 0 }
input, button { font: inherit; padding: .5rem } p { margin: 0 .75rem .75rem } iframe { flex: 1; border: 0 }
</style>
<form method="post" action="/preview/use">
<input name="line" autofocus aria-label="What to type" placeholder="/stats period:week, as bjorn in #projects /stats, press LABEL">
<button>Send</button></form>
<p role="status">${escaped(said)}</p>
<iframe src="/preview/answers" title="Answers"></iframe>
<script>
let shown;
setInterval(async () => {
  const count = await fetch('/preview/count').then((answer) => answer.text(), () => shown);
  if (shown !== undefined && count !== shown) document.querySelector('iframe').contentWindow.location.reload();
  shown = count;
}, ${RELOAD_MS});
</script>
</html>
`;
}
