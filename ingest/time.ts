/** Times of every source, cut to whole milliseconds by this one function. */

const DISCORD_BEGINS_MS = 1_420_070_400_000;
const YEAR_2100_MS = 4_102_444_800_000;
const FINE_FRACTION = /(\.\d{3})\d+/;
const OFFSET_END = /(?:Z|[+-]\d\d:?\d\d)$/;
const MINUTE_MS = 60_000;

/** An ISO 8601 time with its offset in ms since 1970; undefined where it is none, or none that Discord has lived. */
export function parseTime(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 40) return undefined;
  const ms = parseUsual(value) ?? parseOther(value);
  return ms >= DISCORD_BEGINS_MS && ms < YEAR_2100_MS ? ms : undefined;
}

/** A time without its offset would be read by this machine's zone: it tells nothing. */
function parseOther(text: string): number {
  return OFFSET_END.test(text) ? Date.parse(text.replace(FINE_FRACTION, '$1')) : Number.NaN;
}

/** The form that DCE and Discord write, read in place: a third of what Date.parse costs, millions of times. */
function parseUsual(text: string): number | undefined {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  if (text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':')
    return undefined;
  let at = 19;
  let ms = 0;
  if (text[at] === '.') {
    let unit = 100;
    for (at++; at < text.length; at++) {
      const digit = text.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) break;
      if (unit >= 1) ms += digit * unit;
      unit /= 10;
    }
  }
  const sign = text[at];
  const isUtc = sign === 'Z' && text.length === at + 1;
  const offset = isUtc ? 0 : digits(text, at + 1, at + 3) * 60 + digits(text, at + 4, at + 6);
  if (!isUtc && ((sign !== '+' && sign !== '-') || text[at + 3] !== ':' || text.length !== at + 6))
    return undefined;
  // Not a number anywhere, or out of range: let Date.parse say what it is.
  if (!(year + month + day + hour + minute + second + offset >= 0)) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > 28 || hour > 23 || minute > 59 || second > 59)
    return undefined;
  return (
    Date.UTC(year, month - 1, day, hour, minute, second, ms) - (sign === '-' ? -offset : offset) * MINUTE_MS
  );
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
