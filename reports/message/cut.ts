/** Texts that are too long, cut where nobody stumbles over it. */

/** How much of a text fits. */
export interface Room {
  /** Units: UTF-16 code units */
  units: number;
  /** Units: bytes of UTF-8 */
  bytes: number;
}

const ELLIPSIS = '…';
/** The ellipsis and what stands before it. */
const ENDING: Room = { units: 2, bytes: 4 };

/** Of a longer one, marks that close behind this are not looked for. */
const LOOKED_AT_UNITS = 16_384;

/**
 * What means something only in one piece: an escape; code; a link; a mention, a time or an emoji; an address; a text set
 * apart for its direction; a text between marks. Nothing can be read by two parts of an alternative, so that none is slow.
 */
const WHOLE = new RegExp(
  [
    String.raw`\\[\s\S]`,
    '(?<!`)(?<fence>`+)(?!`)[\\s\\S]*?(?<!`)\\k<fence>(?!`)',
    String.raw`\[(?:\\[\s\S]|[^\\[\]])*\]\([^()\s]*\)`,
    String.raw`<[^<>\s]+>`,
    String.raw`https?:\/\/\S+`,
    String.raw`\u2068[^\u2068\u2069]*\u2069`,
    String.raw`(?<mark>\*\*|__|~~|\|\||[*_])(?:\\[\s\S]|(?!\k<mark>)[^\\])+?\k<mark>`,
  ].join('|'),
  'g',
);

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Whether a text needs no cutting. */
export const fits = (text: string, { units, bytes }: Room): boolean =>
  text.length <= units && Buffer.byteLength(text) <= bytes;

/** A text without marks; of a longer one its beginning, and an ellipsis. */
export function cutPlain(text: string, room: Room): string {
  if (fits(text, room)) return text;
  return `${text.slice(0, endsWithin(text, room).at(-1) ?? 0).trimEnd()}${ELLIPSIS}`;
}

/**
 * Discord's Markdown; of a longer one its beginning, and an ellipsis: to the end of a line, or of a word where that would
 * lose more than half. Nothing that means something only in one piece is torn.
 */
export function cutMarkdown(text: string, room: Room): string {
  if (fits(text, room)) return text;
  const isTorn = tearsAt(text);
  const ends = endsWithin(text, room).filter((end) => !isTorn.has(end));
  const last = ends.at(-1) ?? 0;
  for (const gap of ['\n', ' ']) {
    const end = ends.findLast((one) => text[one] === gap) ?? 0;
    if (end > last / 2) return `${text.slice(0, end).trimEnd()}${gap}${ELLIPSIS}`;
  }
  // The space keeps the ellipsis out of an address.
  return `${text.slice(0, last)} ${ELLIPSIS}`.trim();
}

/** The ends of whole characters, as people count them, that leave room for the ellipsis. */
function endsWithin(text: string, room: Room): number[] {
  const units = room.units - ENDING.units;
  let bytes = room.bytes - ENDING.bytes;
  const ends: number[] = [];
  // Whether a character ends is decided by the one behind it, of at most two units.
  for (const { segment, index } of graphemes.segment(text.slice(0, units + 2))) {
    const end = index + segment.length;
    bytes -= Buffer.byteLength(segment);
    if (end > units || bytes < 0) break;
    ends.push(end);
  }
  return ends;
}

/** Where a cut would tear something. */
function tearsAt(text: string): Set<number> {
  const tears = new Set<number>();
  for (const { 0: whole, index } of text.slice(0, LOOKED_AT_UNITS).matchAll(WHOLE)) {
    for (let at = index + 1; at < index + whole.length; at++) tears.add(at);
  }
  return tears;
}

/** What each of several texts may keep so that all fit: the short stay whole, the long are cut to one length. */
export function fairShare(lengths: readonly number[], total: number): number {
  let left = total;
  for (const [i, length] of lengths.toSorted((a, b) => a - b).entries()) {
    const share = Math.floor(left / (lengths.length - i));
    if (length > share) return share;
    left -= length;
  }
  return Infinity;
}
