/** Random exports, the same for the same seed, and where each of their messages ends. */

export interface RandomDocument {
  text: Buffer;
  /** Offset just behind the `[` of the root's `messages`. */
  messagesOffset: number;
  /** Offset just behind each message. */
  ends: number[];
  /** Offset just behind the root. */
  rootEnd: number;
}

/** Numbers from 0 to below 1 (mulberry32, by Tommy Ettinger; public domain). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const PIECES = [
  'a',
  'messages',
  'id',
  '"',
  '\\',
  '\\"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\n',
  '\t',
  '/',
  '\u0001',
];
const WIDE_PIECES = [
  'é',
  'Ω',
  '漢',
  '🏳️‍🌈',
  '😀',
  '\u2028',
  '\ufffd',
  '\\ud83d',
  '\\u0000',
  '"]}',
  '"messages": [',
];
const KEYS = ['id', 'messages', 'content', 'author', 'channel', 'reactions', '', '__proto__', 'é"\\{'];
const SPACES = ['', ' ', '\n', '\r\n', '\n    ', '\t', ' \r\n\t'];

/** A document whose messages are any JSON values or, as in an export, objects only. */
export function randomDocument(seed: number, objectsOnly: boolean): RandomDocument {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const isSpacious = random() < 0.5;
  const space = () => (isSpacious ? pick(SPACES) : '');
  const many = (max: number) => Math.floor(random() ** 2 * (max + 1));
  const list = (length: number, write: () => string) => Array.from({ length }, write).join(`${space()},`);

  const string = () => {
    const pieces = Array.from({ length: many(12) }, () => pick(random() < 0.7 ? PIECES : WIDE_PIECES));
    return quoted(pieces.join(''), random() < 0.3 ? random : () => 1);
  };
  const object = (depth: number) => {
    const member = () => `${space()}${quoted(pick(KEYS), () => 1)}${space()}:${space()}${value(depth - 1)}`;
    return `{${list(many(5), member)}${space()}}`;
  };
  const value = (depth: number): string => {
    const kind = random();
    if (depth > 0 && kind < 0.3) return object(depth);
    if (depth > 0 && kind < 0.5) return `[${list(many(5), () => space() + value(depth - 1))}${space()}]`;
    if (kind < 0.8) return string();
    return pick(['null', 'true', 'false', '0', '-1.5e+3', '12345678901234567890']);
  };

  const members: [string, (() => string) | undefined][] = [
    ['guild', () => `{"id":"1","messages":[${value(2)}]}`],
    ['channel', () => `{"name":"messages","id":"2"}`],
    ['dateRange', () => object(2)],
    ['exportedAt', string],
    ['messages', undefined],
    ['messageCount', () => '7'],
  ];
  if (random() < 0.6) members.sort(() => random() - 0.5);

  let text = `${space()}{`;
  let messagesOffset = 0;
  const ends: number[] = [];
  for (const [index, [key, write]] of members.entries()) {
    text += `${index > 0 ? ',' : ''}${space()}${quoted(key, random() < 0.2 ? random : () => 1)}${space()}:${space()}`;
    if (write) {
      text += `${write()}${space()}`;
      continue;
    }
    text += '[';
    messagesOffset = Buffer.byteLength(text);
    for (let length = many(8), at = 0; at < length; at += 1) {
      text += `${at > 0 ? `${space()},` : ''}${space()}${objectsOnly ? object(3) : value(4)}`;
      ends.push(Buffer.byteLength(text));
    }
    text += `${space()}]${space()}`;
  }
  text += '}';
  return { text: Buffer.from(text + space()), messagesOffset, ends, rootEnd: Buffer.byteLength(text) };
}

/** A JSON string in which, as chance has it, any character is written as an escape. */
function quoted(content: string, random: () => number): string {
  const plain = JSON.stringify(content).slice(1, -1);
  const escaped = plain.replaceAll(/\\u....|\\.|[^]/gu, (character) => {
    if (character.startsWith('\\') || random() > 0.3) return character;
    const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  });
  return `"${escaped}"`;
}
