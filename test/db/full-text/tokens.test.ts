import { describe, expect, it } from 'vitest';
import { FUNCTION_WORDS, OF_OWN_LETTERS, OPPOSED } from '../../../db/full-text/function-words.ts';
import { isStopWord, languageOfTokens } from '../../../db/full-text/languages.ts';
import { wordingOf } from '../../../db/full-text/message-words.ts';
import { tokensOf } from '../../../db/full-text/tokens.ts';

describe('the words of a text', () => {
  it.for<[string, string, string]>([
    ['are in small letters, repeats too', 'The Gull, the gull!', 'the gull the gull'],
    [
      'have no accents where accents are none of the letter',
      'Überprüfung déjà Łódź ΣΊΣΥΦΟΣ ёж',
      'uberprufung deja lodz σισυφοσ еж',
    ],
    ['keep what is a letter of its own', 'новый हिन्दी ที่นี่ ガ', 'новый हिन्दी ที่ นี่ ガ'],
    ['are the same in letters that only look otherwise', '𝓗𝓮𝓵𝓵𝓸 ﬁne ｗｉｄｅ', 'hello fine wide'],
    ['lose what is piled on their letters', 'Z̷̢̛a͕̯l̴g̸o', 'zalgo'],
    ['leave an apostrophe out, of either form', "don't don’t it's", 'dont dont its'],
    ['come without what leans on them', "l'accès qu'il dell’acqua", 'l acces qu il dell acqua'],
    [
      'that are code come whole and in parts',
      'node-cron use_effect v2.42 foo.bar',
      'node-cron node cron use_effect use effect v2.42 v2 42 foo.bar foo bar',
    ],
    [
      'that have humps come whole and in parts',
      'useEffect XMLHttpRequest',
      'useeffect use effect xmlhttprequest xml http request',
    ],
    ['that are names stay one', 'JavaScript iPhone mOcKeRy', 'javascript iphone mockery'],
    ['may have signs', 'C++ c# .NET (.net) asp.net', 'c++ c# .net .net asp.net asp'],
    [
      'of an address are its domain',
      'see https://me:pw@www.Example.dev:80/a/b?c=d#e now',
      'see example.dev example dev now',
    ],
    [
      'are no mentions, no times, no commands and no emoji',
      '<@1> <@!2> <@&3> <#4> <:gull:5> <a:gull:6> <t:7:R> </ask:8> :gull: 😀👍🏽🇩🇪',
      '',
    ],
    [
      'are cut by a dictionary where a script has no spaces',
      '使い方を教えて Reactの วันนี้อากาศดี',
      '使い方 を 教え て react の วัน นี้ อากาศ ดี',
    ],
    ['of Hangul are cut by spaces', '한국어 텍스트', '한국어 텍스트'],
    [
      'are no ids, keys or screams',
      `1234567890123 123456789012 ${'a'.repeat(61)} ${'b'.repeat(60)}`,
      `123456789012 ${'b'.repeat(60)}`,
    ],
    ['are no signs of code and markup', 'std::vector **bold** ||x|| `a`[1] ~~', 'std vector bold x a 1'],
    ['are read from right to left, too', '\u202eשלום\u202c كَيْفَ', 'שלום كيف'],
    ['are none where there are none', '\ud800 \uffff \u0000 ?!', ''],
  ])('%s', ([, text, words]) => {
    expect(tokensOf(text).join(' ')).toBe(words);
  });

  it('are at most 400 different ones', () => {
    const text = Array.from({ length: 500 }, (_, i) => `w${i}`).join(' ');
    expect(tokensOf(`${text} w3 w499`)).toEqual([...Array.from({ length: 400 }, (_, i) => `w${i}`), 'w3']);
  });

  it('are found in any 4,000 characters without end', () => {
    const units = [
      '<',
      '<@1',
      ':a',
      'a-',
      "l'",
      'aB',
      'a.',
      'ftp+',
      '://',
      'x@',
      'и\u0306',
      '\u0335',
      '㍐',
      '\ufdfa',
      'ที่',
      '漢',
      '👩‍👩‍👧',
    ];
    for (const unit of units) {
      const words = tokensOf(unit.repeat(Math.ceil(4000 / unit.length)));
      expect(new Set(words).size).toBeLessThanOrEqual(400);
      for (const word of words) expect(word).toMatch(/^[^\s\p{Cc}\p{Cs}]{1,60}$/u);
    }
  });

  it('stay as they are when they are read again', () => {
    for (const text of ['node-cron useEffect déjà ΣΊΣΥΦΟΣ новый c++ .net ガ', 'straße İstanbul ısı'])
      for (const word of tokensOf(text)) expect(tokensOf(word)).toContain(word);
  });
});

describe('the language of a text', () => {
  it.for([
    ['how do I set up the bot', 'english'],
    ['Wie richte ich den Bot ein, geht das?', 'german'],
    ['comment est-ce que je peux faire ça', 'french'],
    ['¿cómo puedo hacer esto con el bot?', 'spanish'],
    ['como é que eu faço isso, não sei', 'portuguese'],
    ['come posso fare questa cosa, non capisco', 'italian'],
    ['hoe kan ik dit doen met een bot', 'dutch'],
    ['hur kan jag göra det här', 'swedish'],
    ['miten voin tehdä sen, en tiedä', 'finnish'],
    ['nasıl yapabilirim, bunu bilmiyorum ama', 'turkish'],
    ['gimana cara buat bot yang bisa', 'indonesian'],
    ['hogyan tudom ezt megcsinálni, nem megy', 'hungarian'],
    ['как мне это сделать', 'russian'],
    ['πώς μπορώ να το κάνω', 'greek'],
    ['كيف احذف الملف من الهاتف', 'arabic'],
    ['यह कैसे करना है', 'hindi'],
    ['jak to zrobić, nie wiem co jest', 'simple'],
    ['як це зробити, я не знаю', 'simple'],
    ['docker compose postgres', 'simple'],
    ['', 'simple'],
  ] as const)('of "%s" is %s', ([text, language]) => {
    expect(languageOfTokens(tokensOf(text))).toBe(language);
  });

  it('has words that say nothing, and others have them, too, where no language is known', () => {
    expect(isStopWord('how', 'english')).toBe(true);
    expect(isStopWord('how', 'german')).toBe(false);
    expect(['how', 'nicht', 'что'].map((word) => isStopWord(word, 'simple'))).toEqual([true, true, true]);
    expect(['dir', 'docker', 'con'].some((word) => isStopWord(word, 'simple'))).toBe(false);
  });

  it.for([
    ['どうやって', ''],
    ['どうやってインストールするのですか？ ありがとうございます', 'インストール'],
    ['ー えー その サーバーの りんごはここにありますか', 'サーバー りんご'],
    ['我想知道怎么安装这个机器人', '安装 机器 人'],
    ['怎麼設定這個', '設定'],
    ['이거 어떻게 설치하나요', '설치하나요'],
    ['ผมอยากถามว่าทำไมมันถึงไม่ทำงานครับ', 'ถาม งาน'],
    ['how do I use これ 的 뭐 ทำ with docker', 'use docker'],
  ] as const)('has none that say nothing in letters of its own: of "%s" is left "%s"', ([text, words]) => {
    expect(wordingOf(text).words.join(' ')).toBe(words);
  });

  it('has its function words in the spelling of all words', () => {
    for (const list of Object.values({ ...FUNCTION_WORDS, ...OPPOSED, ...OF_OWN_LETTERS }))
      for (const word of list.split(' ')) expect(tokensOf(word).join('')).toBe(word);
  });

  it('decides which words are kept, each once', () => {
    expect(wordingOf('How do I mount the Lantern, the lantern?')).toEqual({
      language: 'english',
      words: ['mount', 'lantern'],
    });
    expect(wordingOf('??')).toEqual({ language: 'simple', words: [] });
  });
});
