/** The words of a text, as a search compares them. */

/** A word that is longer is a key, a picture of letters or a scream. */
const LENGTH_MAX = 60;
/** A number that is longer is an id. */
const DIGITS_MAX = 12;
/** Different ones a text: a paste of a log has no more to say. */
const DIFFERENT_MAX = 400;
/** Discord's texts are half as long; compatible letters can come to eighteen times as many. */
const TEXT_MAX = 8000;
/** Of a chain, as in `a-b-c`; a longer one is no name. */
const PARTS_MAX = 8;

/** What Discord shows as something else than a word: mentions, times, commands, and emoji in both spellings. */
const SHOWN_OTHERWISE = /<[@#!&:/a-zA-Z][^<>\s]{0,120}\d{1,20}(?::[a-zA-Z])?>|(?<![\w:]):\w{2,64}:(?![\w:])/g;
const ADDRESS = /\b[a-z][a-z+.-]{1,10}:\/\/(?:[^\s/?#<>"@]*@)?(?:www\.)?([^\s/?#<>":]*)[^\s<>"]*/gi;
/** Of a domain no name of its own. */
const OF_DOMAINS = new Set(['www', 'com', 'org', 'net', 'http', 'https']);

/** Scripts without spaces between words. */
const UNSPACED = String.raw`\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}`;
const BEGIN = String.raw`[[\p{L}\p{Nd}]--[${UNSPACED}]]`;
const RUN = String.raw`${BEGIN}[[\p{L}\p{Nd}\p{M}]--[${UNSPACED}]]*`;
const TOKENS = new RegExp(
  [
    // c++, c#
    String.raw`[a-zA-Z](?:\+\+|#)(?![\p{L}\p{Nd}+#])`,
    // .net
    String.raw`(?<=^|[\s\(])\.(?=[a-zA-Z])${RUN}`,
    String.raw`${RUN}(?:[\-_.']${RUN})*`,
    String.raw`[[${UNSPACED}]&&[\p{L}\p{M}\p{Nd}\u30fc]]+`,
  ].join('|'),
  'gv',
);
/** The same where every character is ASCII: several times faster. */
const ASCII_TOKENS =
  /[a-zA-Z](?:\+\+|#)(?![a-zA-Z0-9+#])|(?<=^|[\s(])\.[a-zA-Z][a-zA-Z0-9]*|[a-zA-Z0-9]+(?:[-_.'][a-zA-Z0-9]+)*/g;
// oxlint-disable-next-line no-control-regex -- what ASCII is
const NOT_ASCII = /[^\x00-\x7f]/;
const PLAIN = /^[a-z]+$/;

/** Accents, and what is piled on letters: marks that belong to no script. Not the breve of й, nor what voices kana. */
const MARKS = /(?<!и)\u0306|[[\p{sc=Inherited}&&\p{M}]--[\u0306\u3099\u309a]]|\p{Cf}/gv;
const APOSTROPHES = /[\u2018\u2019\u02bc\uff07\u00b4]/g;
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ς: 'σ',
};
const OTHER_LETTERS = /[ßæœøđðþłıς]/g;

/** Articles and the like that lean on the next word: l'accès, dell'acqua. */
const LEANING = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu|un|all|dall|dell|nell|sull|quell|quest)$/;
const HUMP = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'v');

/**
 * The words of a text in order, repeats too, in one spelling: small letters, without accents (`Überprüfung` is
 * `uberprufung`), in letters of one kind (`𝓗𝓲` is `hi`), an apostrophe left out (`don't` is `dont`). What looks like code
 * comes whole and in parts: `node-cron`, `use_effect`, `useEffect`, `v2.42`, `discord.js`; `c++`, `c#` and `.net` are words.
 * Where a script has no spaces, the words of a dictionary. Of an address only the domain; mentions and emoji are none.
 *
 * Shape   at most 400 different words, each of at most 60 characters; numbers of at most 12 digits
 */
export function tokensOf(text: string): string[] {
  const isAscii = !NOT_ASCII.test(text);
  let plain = text.includes(':') || text.includes('<') ? text.replace(SHOWN_OTHERWISE, ' ') : text;
  if (plain.includes('://')) plain = plain.replace(ADDRESS, ' $1 ');
  if (!isAscii) plain = folded(plain);
  const tokens: string[] = [];
  for (const found of plain.match(isAscii ? ASCII_TOKENS : TOKENS) ?? []) {
    if (PLAIN.test(found)) tokens.push(found);
    else addWord(found, tokens);
  }
  return fitting(tokens);
}

/** Compatible letters are one, and marks are off; what is a letter of its own script stays. */
const folded = (text: string): string =>
  text.replace(APOSTROPHES, "'").normalize('NFKD').replace(MARKS, '').normalize('NFC').slice(0, TEXT_MAX);

const lower = (word: string): string =>
  word.toLowerCase().replace(OTHER_LETTERS, (letter) => LETTERS[letter]!);

function addWord(found: string, tokens: string[]): void {
  if (IS_UNSPACED.test(found)) {
    for (const { segment, isWordLike } of segmenter.segment(found))
      if (isWordLike) tokens.push(lower(segment));
    return;
  }
  for (const chain of withoutApostrophes(found)) addChain(chain, tokens);
}

function withoutApostrophes(found: string): string[] {
  if (!found.includes("'")) return [found];
  const words: string[] = [''];
  for (const piece of found.split("'")) {
    const last = words.length - 1;
    if (LEANING.test(words[last]!.toLowerCase())) words.push(piece);
    else words[last] += piece;
  }
  return words;
}

/** A word, or several joined by hyphens, dots, underscores or humps: whole, and each of its parts. */
function addChain(chain: string, tokens: string[]): void {
  const parts = chain.split(/[-_.]/);
  const [only] = parts;
  if (parts.length === 1) {
    addHumps(only!, tokens);
    return;
  }
  if (parts.length <= PARTS_MAX) tokens.push(lower(chain));
  // The parts of 3.14 say nothing without each other.
  if (/^[\d.\-_]+$/.test(chain)) return;
  for (const part of parts) if (part !== '' && !OF_DOMAINS.has(part.toLowerCase())) addHumps(part, tokens);
}

/** The humps of `setState` and `SlashCommandBuilder` are words; `JavaScript`, `iPhone` and `mOcKeRy` are each one. */
function addHumps(word: string, tokens: string[]): void {
  tokens.push(lower(word));
  if (word.length > LENGTH_MAX) return;
  const humps = word.split(HUMP);
  if (humps.length === 1 || humps.some((hump) => hump.length < 2)) return;
  if (humps.length > 2 || /^\p{Ll}/u.test(word)) for (const hump of humps) tokens.push(lower(hump));
}

function fitting(tokens: string[]): string[] {
  const different = new Set<string>();
  return tokens.filter((token) => {
    if (token.length > LENGTH_MAX || (token.length > DIGITS_MAX && /^\d+$/.test(token))) return false;
    if (different.has(token)) return true;
    if (different.size === DIFFERENT_MAX) return false;
    different.add(token);
    return true;
  });
}
