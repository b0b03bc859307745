import { describe, expect, it } from 'vitest';
import { asksOf, codePoints, derive, emojiOf, fileKind, isEmoji, linksOf, wordsOf } from '../../db/derive.ts';

const addresses = (text: string) => linksOf(text).map((link) => link.address);
const domains = (text: string) => linksOf(text).map((link) => link.domain);

describe('links', () => {
  it('are http and https addresses, each use, in order', () => {
    const text =
      'see https://a.example/x and http://b.example, https://a.example/x ftp://c.example www.d.example';
    expect(addresses(text)).toEqual(['https://a.example/x', 'http://b.example', 'https://a.example/x']);
    expect(linksOf('no address: // or http:/ /')).toEqual([]);
  });

  it.for([
    ['(https://a.example/x)', 'https://a.example/x'],
    ['<https://a.example/x>', 'https://a.example/x'],
    ['[a page](https://a.example/x)', 'https://a.example/x'],
    ['||https://a.example/x||', 'https://a.example/x'],
    ['**https://a.example/x**', 'https://a.example/x'],
    ['`https://a.example/x`', 'https://a.example/x'],
    ['"https://a.example/x".', 'https://a.example/x'],
    ['is it https://a.example/x?', 'https://a.example/x'],
    ['https://a.example/x…', 'https://a.example/x'],
    ['去 https://a.example/x。', 'https://a.example/x'],
    ['https://a.example/Foo_(bar)', 'https://a.example/Foo_(bar)'],
    ['https://a.example/?a=1&b=2#c', 'https://a.example/?a=1&b=2#c'],
    ['HTTPS://A.example/X', 'HTTPS://A.example/X'],
  ])('%s: what belongs to the sentence is no part of it', ([text, address]) => {
    expect(addresses(text!)).toEqual([address]);
  });

  it('have the domain of their host, without www', () => {
    expect(
      domains(
        'https://www.Example.org:8080/x http://me:secret@b.example https://пример.рф/ https://c.example./',
      ),
    ).toEqual(['example.org', 'b.example', 'xn--e1afmkfd.xn--p1ai', 'c.example']);
    expect(domains('https://[nonsense https://999.999.999.999.999/')).toEqual(['invalid', 'invalid']);
  });
});

describe('length and words', () => {
  it('length counts code points', () => {
    expect(codePoints('')).toBe(0);
    expect(codePoints('naïve 🎈')).toBe(7);
    expect(codePoints('👨‍👩‍👧')).toBe(5);
  });

  it.for([
    ['', 0],
    ['  ', 0],
    ['hello', 1],
    ["don't stop", 2],
    ['well-known snake_case', 2],
    ['one, two; three.', 3],
    ['1 2 3', 3],
    ['...!', 0],
    ['Привет, мир', 2],
    ['été naïve', 2],
    ['今日は', 3],
    ['カタカナ', 4],
    ['안녕 세상', 2],
    ['नमस्ते दुनिया', 2],
    ['שלום עולם', 2],
    ['🎈 up', 1],
  ] as const)('%j has %i words', ([text, words]) => expect(wordsOf(text)).toBe(words));
});

describe('asking', () => {
  it.for([
    'why?',
    'Really?!',
    'is it (really?)',
    'did you say "when?"',
    '何ですか？',
    '本当?嘘',
    'هل هذا صحيح؟',
    'τι κάνεις;',
    'what is **this?**',
    'τι κάνεις\u037e',
    'τι; καλά',
    '(τι;)',
    'why? because.',
    'ready? 🎈',
    'ready?🎈',
    'ready?:liftoff:',
    'ready?<:liftoff:1>',
    'why?, he said',
    'why?—because',
    'pourquoi ?',
    '||why?||',
    '~~why?~~',
    '# why?',
    '「なぜ?」と',
    '뭐?ㅋㅋ',
    'why???????????????????',
    'no.\nwhy?\nno.',
    'why? `x`',
    '> quoted\nwhy?',
    '>no quote?',
    '```x``` why?',
    'did you see <https://a.example>?',
    'did you see [this](https://a.example/Foo_(bar))?',
    '[why?](https://a.example)',
    '(see https://a.example/x)?',
  ])('%s asks', (text) => expect(asksOf(text)).toBe(true));

  it.for([
    'no.',
    'https://a.example/?q=1',
    'see https://a.example/what?',
    '`a ? b : c`',
    '```js\nwhy?\n```',
    '> did you?\nyes',
    '>>> did you?\nand you?',
    '  > did you?',
    '> did you?\n> why?',
    '``why? ` x``',
    '```why?',
    '||`why?`||',
    'https://a.example/何？',
    '<https://a.example/what?>',
    '[x](https://a.example/what?)',
    'a?b',
    'a?.b',
    'a??b',
    '?q=1',
    'one; two',
    'α;β',
    'this; and that',
    '',
  ])('%j does not', (text) => expect(asksOf(text)).toBe(false));
});

describe('emoji', () => {
  const used = (content: string, inlineEmoji?: { key: string; name?: string }[]) =>
    emojiOf({ content, ...(inlineEmoji && { inlineEmoji }) });

  it('are counted as a person sees them', () => {
    expect(used('👍 👍🏽 👍')).toEqual([
      { key: '👍', uses: 2 },
      { key: '👍🏽', uses: 1 },
    ]);
    expect(used('👨‍👩‍👧 🇦🇹 1️⃣ ❤️')).toEqual(['👨‍👩‍👧', '🇦🇹', '1️⃣', '❤️'].map((key) => ({ key, uses: 1 })));
    expect(used('12 * # © ™')).toEqual([]);
  });

  it('custom ones count by id, from raw text or from what the source lists', () => {
    expect(used('<:up:123> <a:up:123>')).toEqual([{ key: '123', name: 'up', uses: 2 }]);
    expect(used(':up: and :down:', [{ key: '123', name: 'up' }])).toEqual([
      { key: '123', name: 'up', uses: 1 },
    ]);
    expect(used(':up:')).toEqual([]);
  });

  it('a text is an emoji only as a whole', () => {
    expect(['👍🏽', '🇦🇹', '❤', '🎈'].map(isEmoji)).toEqual([true, true, true, true]);
    expect(['👍👍', 'a', '', ' 🎈'].map(isEmoji)).toEqual([false, false, false, false]);
  });
});

describe('files', () => {
  it.for([
    ['cat.PNG', 'image', 'png'],
    ['talk.tar.gz', 'archive', 'gz'],
    ['main.ts', 'code', 'ts'],
    ['SPOILER_song.mp3', 'audio', 'mp3'],
    ['my.secret', 'other', undefined],
    ['noending', 'other', undefined],
    ['', 'other', undefined],
  ] as const)('%s is %s', ([name, kind, extension]) => {
    expect(fileKind(name)).toEqual(extension ? { kind, extension } : { kind });
  });
});

it('all of it is derived at once', () => {
  expect(derive({ content: 'why https://a.example/ 🎈?', fidelity: 2 })).toEqual({
    contentLength: 25,
    words: 4,
    asks: true,
    links: [{ domain: 'a.example', address: 'https://a.example/' }],
    emoji: [{ key: '🎈', uses: 1 }],
  });
});
