import { describe, expect, it } from 'vitest';
import { html, htmlPage } from '../../reports/html.ts';
import { NAMES } from './names.ts';
import { takeApart } from './page.ts';

describe.for(Object.entries(NAMES))('a name with %s', ([, name]) => {
  it('is text and nothing else, in its own direction', () => {
    const page = htmlPage({ language: 'en', title: name, style: '', body: `<p>${html.text(name)}</p>` });
    const { faults, elements } = takeApart(page);
    expect(faults).toEqual([]);
    expect(elements.map((element) => element.name)).toEqual(
      'html head meta meta meta meta meta title style body p bdi'.split(' '),
    );
    expect(html.text(name)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]|\p{Cc}/u);
  });
});

describe('a page', () => {
  it('lets nothing in but its own style and pictures', () => {
    const page = htmlPage({ language: 'en', title: 'a', style: 'p { color: red }', body: '' });
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-ngewhhP73WDIbgwseeu52VAAJgKdGUsu1IUQQsAm8m4='; img-src data:; base-uri 'none'; form-action 'none'"`,
    );
  });

  it('of whoever has no visible name shows nothing', () => {
    expect(html.text('\u200b \u2060')).toBe('');
  });
});
