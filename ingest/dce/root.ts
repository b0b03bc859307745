import { parseValue } from './parse.ts';
import { END, type Scanner } from './scan.ts';

const [QUOTE, COMMA, COLON, BRACE_CLOSE] = [0x22, 0x2c, 0x3a, 0x7d];

/** A key of the root object; or its closing brace; or text that ends first, or isn't a key with a value. */
export type Member = { key: string } | 'closed' | 'cut' | 'broken';

/** Reads on in the root object to the value of its next key. Commas are passed over: none too few or too many hides a key. */
export async function nextMember(scanner: Scanner): Promise<Member> {
  let byte = await scanner.next();
  while (byte === COMMA) {
    scanner.step();
    byte = await scanner.next();
  }
  if (byte === END) return 'cut';
  if (byte === BRACE_CLOSE) {
    scanner.step();
    return 'closed';
  }
  if (byte !== QUOTE) return 'broken';

  const verdict = await scanner.value();
  if (verdict !== 'whole') return verdict === 'cut' ? 'cut' : 'broken';
  const key = parseValue(scanner.bytes());
  const colon = await scanner.next();
  if (colon === END) return 'cut';
  if (colon !== COLON || typeof key !== 'string') return 'broken';
  scanner.step();
  const first = await scanner.next();
  if (first === END) return 'cut';
  return first === COMMA || first === BRACE_CLOSE ? 'broken' : { key };
}
