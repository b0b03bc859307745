import { describe, expect, it } from 'vitest';
import { markdownText } from '../../../reports/markdown.ts';
import { takeApart } from '../../reports/page.ts';
import { NAMES } from '../../reports/names.ts';
import { pick, seededRandom } from '../random.ts';
import { discordHtml } from './markdown.ts';
import { EVERY_MARK } from './samples.ts';

const CASES: Record<string, [string, string]> = {
  bold: ['**a**', '<p><strong>a</strong></p>'],
  italic: ['*a* _b_', '<p><em>a</em> <em>b</em></p>'],
  'bold and italic': ['***a***', '<p><strong><em>a</em></strong></p>'],
  'bold in italic': ['*a **b** c*', '<p><em>a <strong>b</strong> c</em></p>'],
  underlined: ['__a__', '<p><u>a</u></p>'],
  struck: ['~~a~~', '<p><s>a</s></p>'],
  spoiler: ['||a||', '<p><span class="spoiler" tabindex="0">a</span></p>'],
  'snake case': ['a_b_c', '<p>a_b_c</p>'],
  sums: ['2 * 3 * 4', '<p>2 * 3 * 4</p>'],
  'marks that are not closed': ['**a __b ~~c `d [e](f', '<p>**a __b ~~c `d [e](f</p>'],
  escapes: ['\\*a\\* \\_b\\_ \\\\ \\a', '<p>*a* _b_ \\ \\a</p>'],
  'an escaped mention': ['\\<@1>', '<p>&lt;@1&gt;</p>'],
  code: ['`**a** <b>`', '<p><code>**a** &lt;b&gt;</code></p>'],
  'code with a backtick': ['`` a`b ``', '<p><code>a`b</code></p>'],
  'a block of code': ['a\n```ts\n**b**\n```\nc', '<p>a</p><pre><code>**b**</code></pre><p>c</p>'],
  headings: ['# a\n## b\n### c\n#### d', '<h1>a</h1><h2>b</h2><h3>c</h3><p>#### d</p>'],
  'small print': ['-# **a**\nb', '<small><strong>a</strong></small><p>b</p>'],
  'an escaped heading': ['\\# a', '<p># a</p>'],
  quotes: ['> a\n> **b**\nc', '<blockquote><p>a<br><strong>b</strong></p></blockquote><p>c</p>'],
  'a quote to the end': ['>>> a\nb', '<blockquote><p>a<br>b</p></blockquote>'],
  lists: ['- a\n* b\n  - c\n- d', '<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>'],
  'numbered lists': [
    '9. a\n10. b\n- c',
    '<ol start="9" style="--digits:2"><li>a</li><li>b</li></ol><ul><li>c</li></ul>',
  ],
  lines: ['a\nb\n\nc', '<p>a<br>b<br><br>c</p>'],
  user: ['<@1> <@!1>', '<p><span class="mention">@Ada</span> <span class="mention">@Ada</span></p>'],
  'role and channel': [
    '<@&2> <#3>',
    '<p><span class="mention">@2</span> <span class="mention">#3</span></p>',
  ],
  'everyone, also escaped': [
    '@everyone \\@here',
    '<p><span class="mention">@everyone</span> <span class="mention">@here</span></p>',
  ],
  'a time': ['<t:0:d>', '<p><time>01/01/1970</time></p>'],
  'a custom emoji': ['<a:hi:1>', '<p><span class="emoji" title=":hi:">hi</span></p>'],
};

const A = (url: string, text: string) => `<a href="${url}" rel="noreferrer" target="_blank">${text}</a>`;
const LINKS: Record<string, [string, string]> = {
  'with a text': ['[a **b**](https://a.example/(c))', A('https://a.example/(c)', 'a <strong>b</strong>')],
  'in angles': ['<https://a.example>', A('https://a.example', 'https://a.example')],
  'as it is': ['https://a.example/b_c_d.', `${A('https://a.example/b_c_d', 'https://a.example/b_c_d')}.`],
  'that pretends to be another': [
    '[https://good.example](https://evil.example)',
    '[https://good.example](https://evil.example)',
  ],
  'to a script': ['[a](javascript:alert)', '[a](javascript:alert)'],
  'with a quote in it': [
    'https://a.example/"onclick="x',
    A('https://a.example/&quot;onclick=&quot;x', 'https://a.example/&quot;onclick=&quot;x'),
  ],
};

describe("Discord's Markdown", () => {
  it.for(Object.entries(CASES))('%s', ([, [text, html]]) => {
    expect(discordHtml(text, { users: { 1: 'Ada' } })).toBe(html);
  });

  it.for(Object.entries(LINKS))('a link %s', ([, [text, html]]) => {
    expect(discordHtml(text)).toBe(`<p>${html}</p>`);
  });
});

describe('texts of people', () => {
  const ours = ['style', 'class', 'tabindex', 'start', 'title', 'href', 'rel', 'target'];

  it('never become HTML, whatever they are made of', () => {
    const random = seededRandom(6);
    const parts = [
      ...Object.values(NAMES),
      ...EVERY_MARK.split('\n'),
      ...'<img src=x onerror=alert(1)> <script> </p> " \' & &lt; [ ]( ) * ** _ __ ~~ || ` ``` > >>> - # -# 1. \\ < <@ <t:9999999999999:F> <a:'.split(
        ' ',
      ),
    ];
    for (let run = 0; run < 2000; run++) {
      const text = Array.from({ length: 1 + Math.floor(random() * 9) }, () => pick(parts, random)).join(
        pick(['', ' ', '\n'], random),
      );
      // The strict reader of pages counts what has to be escaped, and every tag that is not closed.
      const { faults, elements } = takeApart(discordHtml(text));
      expect({ text, faults }).toEqual({ text, faults: [] });
      for (const { name, attributes } of elements) {
        expect(name).not.toMatch(/^(script|img|style|iframe)$/);
        expect(ours).toEqual(expect.arrayContaining(Object.keys(attributes)));
      }
    }
  });

  it.for(Object.entries(NAMES))(
    'with %s, escaped for Markdown: nothing of it is formatted, no one is pinged',
    ([, name]) => {
      const { elements } = takeApart(discordHtml(markdownText(name)));
      expect(elements.map((one) => one.name)).toEqual(['p']);
    },
  );

  it('of a whole message are shown at once', () => {
    for (const part of ['*', '[', '`', '||', '<', '\\', '> ', '- ', '**a', '[a](', '_*'])
      discordHtml(part.repeat(2000));
  });
});
