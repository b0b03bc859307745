/** What is computed from a text when it is written, so that it is known even where the text is not kept. */
import type { Body, Derived } from './records.ts';

const ADDRESS = /https?:\/\/[^\s<>"]+/gi;
/** Punctuation behind an address belongs to the sentence; a `)` only where the address opened none. */
const TRAILING = /[.,;:!?'"`*_~|\]}…。，]+$/;

/** The `http` and `https` addresses of a text, each use, in order. */
export function linksOf(text: string): { domain: string; address: string }[] {
  if (!text.includes('://')) return [];
  const links = [];
  for (const [found] of text.matchAll(ADDRESS)) {
    let address = found.replace(TRAILING, '');
    if (address.endsWith(')') && !address.includes('(')) address = address.slice(0, -1).replace(TRAILING, '');
    links.push({ domain: domainOf(address), address });
  }
  return links;
}

function domainOf(address: string): string {
  if (!URL.canParse(address)) return 'invalid';
  return (
    new URL(address).hostname
      .toLowerCase()
      .replace(/^www\./, '')
      .replace(/\.$/, '') || 'invalid'
  );
}

/** Code points of a text: what a person would call its length, near enough, and Postgres' char_length. */
export function codePoints(text: string): number {
  let pairs = 0;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) === 0xd800) pairs++;
  return text.length - pairs;
}

/** One Han or Kana character is a word; elsewhere a run of letters, digits and what joins them. */
const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}][\p{L}\p{N}\p{M}'’_-]*/gu;

/** Words of a text. */
export function wordsOf(text: string): number {
  let words = 0;
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c > 0x7f) return text.match(WORD)?.length ?? 0;
    const letter = (c >= 0x61 && c <= 0x7a) || (c >= 0x41 && c <= 0x5a) || (c >= 0x30 && c <= 0x39);
    if (letter && !inside) words++;
    inside = letter || (inside && (c === 0x27 || c === 0x2d || c === 0x5f));
  }
  return words;
}

// Within a pattern of lines only a look ahead finds the end of the text. A link has no bracket that it didn't open.
const NOT_SPOKEN =
  /```[\s\S]*?(?:```|(?![\s\S]))|``[^`\n]+(?:`[^`\n]+)*``|`[^`\n]*`|^ *>>> [\s\S]*|^ *> .*$|https?:\/\/[^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*/gm;
/** What may stand between a question mark and the end of its sentence; a few, so that no text takes long. */
const CLOSERS = String.raw`["'”’»)\]}」』）!?.…*_~|]{0,12}`;
/** Where a sentence ends although no space follows: scripts that need none, an emoji, a mention. */
const UNSPACED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Extended_Pictographic}]|[<(,—–]|:\w+:`;
const QUESTION = new RegExp(
  String.raw`[？؟\u037e]|\?${CLOSERS}(?=$|\s|${UNSPACED})|\p{Script=Greek}[\p{M}"'»)]*;${CLOSERS}(?=$|\s)`,
  'u',
);

/** Whether a sentence of a text asks: a question mark of any script ends it, outside links, code and quotes. */
export function asksOf(text: string): boolean {
  if (!/[?？؟;\u037e]/.test(text)) return false;
  return QUESTION.test(text.replace(NOT_SPOKEN, ' '));
}

/** What an emoji can begin with: trying the long list of them at every letter would cost more than all else. */
const EMOJI_BEGINS =
  /[0-9#*]\ufe0f?\u20e3|[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u27bf\u2934-\u2b55\u3030\u303d\u3297\u3299\ud83c-\ud83e]/g;
const EMOJI_HERE = /\p{RGI_Emoji}/vy;
const WHOLE_EMOJI = /^(?:\p{RGI_Emoji}|\p{Extended_Pictographic})$/v;
const CUSTOM_RAW = /<a?:(\w{1,64}):(\d{1,20})>/g;
const CUSTOM_NAMED = /:(\w{1,64}):/g;

/** Whether a text is one emoji and nothing else. */
export function isEmoji(text: string): boolean {
  return WHOLE_EMOJI.test(text);
}

function* unicodeEmoji(text: string): Generator<string> {
  EMOJI_BEGINS.lastIndex = 0;
  for (let begin = EMOJI_BEGINS.exec(text); begin; begin = EMOJI_BEGINS.exec(text)) {
    EMOJI_HERE.lastIndex = begin.index;
    const found = EMOJI_HERE.exec(text)?.[0];
    if (found === undefined) continue;
    const end = begin.index + found.length;
    yield found;
    EMOJI_BEGINS.lastIndex = end;
  }
}

/** The emoji of a text with how often each is used. Custom ones by id, where the source tells it. */
export function emojiOf(body: Pick<Body, 'content' | 'inlineEmoji'>): Derived['emoji'] {
  const { content, inlineEmoji } = body;
  const hasCustom = content.includes(':');
  const uses = new Map<string, Derived['emoji'][number]>();
  const use = (key: string, name?: string) => {
    const known = uses.get(key);
    if (known) known.uses++;
    else uses.set(key, name === undefined ? { key, uses: 1 } : { key, name, uses: 1 });
  };
  for (const found of unicodeEmoji(content)) use(found);
  if (hasCustom) {
    for (const [, name, id] of content.matchAll(CUSTOM_RAW)) use(id!, name);
    const listed = new Map(inlineEmoji?.filter((e) => e.name !== undefined).map((e) => [e.name!, e.key]));
    if (listed.size > 0) {
      for (const [, name] of content.replace(CUSTOM_RAW, ' ').matchAll(CUSTOM_NAMED)) {
        const id = listed.get(name!);
        if (id !== undefined) use(id, name);
      }
    }
  }
  return [...uses.values()];
}

/** All that is derived from a message's text. */
export function derive(body: Body): Derived {
  const { content } = body;
  return {
    contentLength: codePoints(content),
    words: wordsOf(content),
    asks: asksOf(content),
    links: linksOf(content),
    emoji: emojiOf(body),
  };
}

const KINDS: Record<string, string[]> = {
  image: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'bmp', 'svg', 'heic', 'avif', 'tif', 'tiff', 'ico', 'psd'],
  video: ['mp4', 'mov', 'webm', 'mkv', 'avi', 'm4v', 'wmv'],
  audio: ['mp3', 'ogg', 'wav', 'flac', 'm4a', 'opus', 'aac', 'mid'],
  document: [
    'pdf',
    'doc',
    'docx',
    'odt',
    'xls',
    'xlsx',
    'ods',
    'csv',
    'ppt',
    'pptx',
    'odp',
    'rtf',
    'epub',
    'tex',
  ],
  text: ['txt', 'md', 'log', 'srt'],
  code: [
    'js',
    'ts',
    'py',
    'c',
    'h',
    'cpp',
    'cs',
    'java',
    'rs',
    'go',
    'lua',
    'sh',
    'html',
    'css',
    'json',
    'xml',
    'yml',
    'yaml',
    'toml',
    'sql',
    'ipynb',
    'diff',
    'patch',
  ],
  archive: ['zip', 'rar', '7z', 'tar', 'gz', 'xz', 'bz2', 'zst', 'jar', 'apk'],
};
const KIND_OF = new Map(
  Object.entries(KINDS).flatMap(([kind, list]) => list.map((e): [string, string] => [e, kind])),
);

/** What sort of file a name tells of; the ending only where it is a known one, since a name is typed by a person. */
export function fileKind(fileName: string): { kind: string; extension?: string } {
  const extension = /\.([a-z0-9]{1,6})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const kind = KIND_OF.get(extension);
  return kind === undefined ? { kind: 'other' } : { kind, extension };
}
