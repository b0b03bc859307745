import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { browserPath, inBrowser, useBrowser } from '../../reports/browser.ts';
import { NAMES } from '../../reports/names.ts';
import { useFolder } from '../folder.ts';
import { renderPreview } from './page.ts';
import { takePictures } from './pictures.ts';
import { sampleShots, shotOf } from './samples.ts';
import type { Shot } from './shots.ts';

/** Names as they came, in every place that a message has for them. */
const hostileShots: Shot[] = Object.values(NAMES).map((name, i) => ({
  id: `hostile-${i}`,
  title: name,
  command: `/stats channel: ${name}`,
  asker: name,
  isEphemeral: i % 2 === 0,
  message: {
    ...shotOf({
      blocks: [
        { is: 'text', text: `## ${name}\n- ${name}\n${name}` },
        { is: 'picture', file: 'a.png', alt: name },
      ],
      files: [{ name: 'a.png', bytes: new Uint8Array() }],
      buttons: [Array.from({ length: 5 }, (_, id) => ({ label: name, id: `${id}` }))],
    }),
    content: name,
    embeds: [
      {
        title: name,
        description: name,
        author: { name },
        footer: { text: name },
        fields: [{ name, value: name }],
      },
    ],
  },
}));

const script = "alert('1')</script><script>alert(2)</script>";

describe('the preview', () => {
  it('has no HTML of people', () => {
    const page = renderPreview([
      ...hostileShots,
      { ...hostileShots[0]!, title: script, asker: script, command: script },
    ]);
    expect(page).not.toMatch(/<img (?!src="data:)/);
    expect(page.match(/<script>/g)).toHaveLength(1);
  });

  it('shows what a message looks like as REST gives it back, too', () => {
    const [shot] = hostileShots;
    const url = 'https://cdn.example/attachments/1/2/b.html?ex=1';
    const message = {
      flags: 1 << 15,
      components: [{ type: 13 as const, file: { url } }],
      attachments: [{ name: 'b.html', bytes: new Uint8Array(2048) }],
    };
    expect(renderPreview([{ ...shot!, message }])).toContain('<a>b.html</a><span>2.00 KB</span>');
  });

  it('shows an ephemeral answer as one, and nobody asking where nobody did', () => {
    const [shot] = hostileShots;
    const { asker: _asker, ...unasked } = shot!;
    expect(renderPreview([shot!])).toContain('Only you can see this');
    expect(renderPreview([{ ...unasked, isEphemeral: false }])).not.toMatch(
      /Only you can see this|used<\/span>/,
    );
  });
});

/** Elements that reach out of the page, or out of the message that they are in. */
const WIDE = `[...document.querySelectorAll('body *')].flatMap((element) => {
  const { right } = element.getBoundingClientRect();
  const around = element.closest('.container, .embed, .column, body').getBoundingClientRect().right;
  return right > around + 0.5 ? [element.tagName + '.' + element.className + ' ' + element.textContent.slice(0, 40)] : [];
})`;

const browser = useBrowser();
const folder = useFolder();

describe.skipIf(browserPath === undefined)(`the preview, ${inBrowser}`, () => {
  let address = '';
  let shots: Shot[] = [];
  beforeAll(async () => {
    shots = [...(await sampleShots()), ...hostileShots];
    address = pathToFileURL(await folder.file('preview.html', renderPreview(shots))).href;
  });

  it.for([320, 390, 1280])('%s wide nothing overflows, and nothing is asked of a network', async (width) => {
    const shown = await browser.open({ viewport: { width, height: 800 } });
    const said: string[] = [];
    shown.on('console', (message) => said.push(message.text()));
    shown.on('pageerror', (error) => said.push(error.message));
    shown.on('dialog', (dialog) => said.push(dialog.message()));
    shown.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) said.push(request.url());
    });
    await shown.goto(address);
    expect(await shown.evaluate(WIDE)).toEqual([]);
    expect(await shown.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(said).toEqual([]);
    await shown.close();
  });

  it('its address and its buttons choose theme and width', async () => {
    const shown = await browser.open({ viewport: { width: 900, height: 800 }, colorScheme: 'light' });
    const looks = async () =>
      shown.evaluate(
        `[getComputedStyle(document.querySelector('.column')).backgroundColor, document.querySelector('.column').clientWidth > 500]`,
      );
    const [light, dark] = ['rgb(251, 251, 251)', 'rgb(26, 26, 30)'];
    await shown.goto(address);
    expect(await looks()).toEqual([light, true]);
    await shown.click('[data-set=theme]');
    await shown.click('[data-set=width]');
    expect(await looks()).toEqual([dark, false]);
    await shown.goto(`${address}?theme=dark&width=narrow`);
    expect(await looks()).toEqual([dark, false]);
    await shown.goto(`${address}?theme=light&width=wide`);
    expect(await looks()).toEqual([light, true]);
    await shown.close();
  });

  it('is photographed, each message in both widths and themes', async () => {
    const two = shots.slice(0, 2);
    const page = await folder.file('two.html', renderPreview(two));
    expect(await takePictures(page, two, folder.path)).toBe(8);
  });
});
