/**
 * The fonts that our own pictures are written in, from packages: what a system has installed is never needed.
 *
 * Whole families are large (Noto Sans JP: 82 MB); the variable ones are 21 MB together on disk: JP 6, SC 5, KR 4,
 * Inter 2, Arabic 2, Noto Emoji 2. Twemoji is 0.5 MB and looks as in Discord (Noto Color Emoji: 24 MB); emoji newer than
 * it come from Noto Emoji, in one colour. Three CJK families have all everyday names, simplified and traditional, and
 * 16,400 of Unicode's first 20,992 ideographs; a fourth (TC, 5 MB) would add 800.
 *
 * Each family is cut into files by characters, and only those that a picture needs are registered, 1 ms each. To start
 * takes 40 ms for the index and 50 ms for proving every script; with all files in use memory is 100 MB higher.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';

/** Whoever comes first draws a character. Japanese before Chinese: it knows more of what both write. */
const FAMILIES = [
  'inter',
  'noto-sans-hebrew',
  'noto-sans-arabic',
  'noto-sans-devanagari',
  'noto-sans-thai',
  'noto-sans-jp',
  'noto-sans-kr',
  'noto-sans-sc',
  'noto-emoji',
];
const LATIN = 'inter-latin';
const EMOJI = 'twemoji';

/** What other families have beside their own script; Inter has it already, or they claim more than they draw. */
const BESIDE = /^(latin|cyrillic|greek|vietnamese|math|symbols)/;

/** Joiners and selectors belong to what they join; no file is registered for them. */
const JOINERS = /[\p{Cf}\p{Variation_Selector}]/u;

/** A word or two in each script that names are surely legible in. */
export const SAMPLES: Record<string, string> = {
  Latin: 'Ađa Żółć',
  Cyrillic: 'Мира',
  Greek: 'Άννα',
  Chinese: '陈伟陳偉',
  Japanese: '美咲さくらサク',
  Korean: '지민',
  Arabic: 'ليلى',
  Hebrew: 'שלום',
  Thai: 'สมชาย',
  Devanagari: 'आरव',
  emoji: '🎈🦊',
};

const packages = createRequire(import.meta.url);

/** The files that characters are in, by code point; read once. */
let index: Map<number, string> | undefined;

/** The font list, as in CSS, that draws a text; its files are registered. Twemoji is always in it. */
export function fontsFor(text: string): string {
  index ??= readIndex();
  const needed = new Set<string>();
  for (const character of text) {
    const file = index.get(character.codePointAt(0)!);
    if (file && !JOINERS.test(character)) needed.add(file);
  }
  needed.delete(LATIN);
  const inEmoji = (file: string): boolean => file.startsWith('noto-emoji');
  const files = [...needed].toSorted();
  const order = [LATIN, ...files.filter((f) => !inEmoji(f)), EMOJI, ...files.filter(inEmoji)];
  for (const file of order) register(file);
  return order.map((file) => `"${familyName(file)}"`).join(', ');
}

/** The scripts whose samples don't show: no ink, or the box that stands for a missing character. */
export function missingScripts(): string[] {
  return Object.entries(SAMPLES)
    .filter(([, sample]) => !isLegible(sample))
    .map(([script]) => script);
}

/** Whether every character of a text is drawn as itself. */
export function isLegible(text: string): boolean {
  const fonts = fontsFor(text);
  // The last code point is no character and has no glyph anywhere.
  const unknown = ink('\u{10ffff}', fonts);
  return [...text]
    .filter((character) => character.trim() !== '')
    .every((character) => {
      const drawn = ink(character, fonts);
      return drawn.some((byte) => byte > 0) && Buffer.compare(drawn, unknown) !== 0;
    });
}

function ink(character: string, fonts: string): Buffer {
  const context = createCanvas(40, 40).getContext('2d');
  context.font = `20px ${fonts}`;
  context.fillText(character, 8, 28);
  return Buffer.from(context.getImageData(0, 0, 40, 40).data);
}

// A name of our own, so that no installed font of the same name is taken.
const familyName = (file: string): string => `almanac ${file}`;

function register(file: string): void {
  // Fonts belong to the process; a thread before us may have registered it.
  if (GlobalFonts.has(familyName(file))) return;
  if (!GlobalFonts.registerFromPath(pathOf(file), familyName(file))) {
    throw new Error(`The font ${file} could not be read.`);
  }
}

function pathOf(file: string): string {
  if (file === EMOJI) return packages.resolve('twemoji-colr-font/twemoji.woff2');
  const family = FAMILIES.find((name) => file.startsWith(`${name}-`));
  return packages.resolve(`@fontsource-variable/${family}/files/${file}-wght-normal.woff2`);
}

function readIndex(): Map<number, string> {
  const files = new Map<number, string>();
  for (const family of FAMILIES) {
    // As in CSS, where files claim the same character the later one has it.
    for (const [subset, ranges] of Object.entries(rangesOf(family)).toReversed()) {
      if (family !== 'inter' && BESIDE.test(subset)) continue;
      const file = `${family}-${subset.replaceAll(/[[\]]/g, '')}`;
      for (const range of ranges.split(',')) {
        const [first, last = first] = range.replace('U+', '').split('-');
        for (let code = Number.parseInt(first!, 16); code <= Number.parseInt(last!, 16); code++) {
          if (!files.has(code)) files.set(code, file);
        }
      }
    }
  }
  return files;
}

function rangesOf(family: string): Record<string, string> {
  const metadata = packages.resolve(`@fontsource-variable/${family}/unicode.json`);
  return JSON.parse(readFileSync(join(dirname(metadata), 'unicode.json'), 'utf8')) as Record<string, string>;
}
