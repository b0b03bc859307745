/** How many characters had to be replaced by U+FFFD, because Postgres can't store them or because they are none. */
export interface Replaced {
  nul: number;
  loneSurrogates: number;
  invalidUtf8: number;
}

const REPLACEMENT = '\ufffd';

/** A disk's smallest sector: so long a run of NUL bytes is no character but a hole, and what stands around it doesn't belong together. */
const HOLE = '\0'.repeat(512);

/** Any escape, read from left to right so that `\\ud83d` is a backslash and not half a pair; captured are those to replace. */
const ESCAPE =
  /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u(0000|[dD][89a-fA-F][\da-fA-F]{2})|[^])/g;

/** May have something to replace: a NUL, half a pair, or an escaped backslash that could be mistaken for one. */
const SUSPECT_ESCAPE =
  /\\u0000|\\\\u|\\u[dD][89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]/;

/**
 * The value that a piece of JSON text tells, in strings and keys that Postgres can store; undefined where it is no JSON. (Why
 * is not told: the parser's message quotes what people wrote.)
 */
export function parseValue(bytes: Buffer, replaced?: Replaced): unknown {
  const counts: Replaced = { nul: 0, loneSurrogates: 0, invalidUtf8: 0 };
  let text = bytes.toString();
  if (text.includes(REPLACEMENT)) counts.invalidUtf8 = count(text, REPLACEMENT) - countGenuine(bytes);
  if (text.includes('\0')) {
    if (text.includes(HOLE)) return undefined;
    counts.nul = count(text, '\0');
    text = text.replaceAll('\0', REPLACEMENT);
  }
  if (text.includes('\\u') && SUSPECT_ESCAPE.test(text)) {
    text = text.replace(ESCAPE, (escape, bad?: string) => {
      if (bad === undefined) return escape;
      if (bad === '0000') counts.nul += 1;
      else counts.loneSurrogates += 1;
      return REPLACEMENT;
    });
  }
  try {
    const value: unknown = JSON.parse(text);
    if (replaced) add(replaced, counts);
    return value;
  } catch {
    return undefined;
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** U+FFFD that the file itself holds: decoding makes the same character of bytes that are no UTF-8. */
function countGenuine(bytes: Buffer): number {
  let genuine = 0;
  for (let at = bytes.indexOf(REPLACEMENT); at >= 0; at = bytes.indexOf(REPLACEMENT, at + 3)) genuine += 1;
  return genuine;
}

function add(sum: Replaced, counts: Replaced): void {
  sum.nul += counts.nul;
  sum.loneSurrogates += counts.loneSurrogates;
  sum.invalidUtf8 += counts.invalidUtf8;
}
