/** Time zones by what people type: a city, a country, or a name of the zone database. */
import { isTimeZone } from '../../db/window.ts';
import { type Language, LANGUAGES } from '../words.ts';
import { CITIES } from './cities.ts';

interface Zone {
  /** `Europe/Vienna`. */
  name: string;
  /** What it is known by, folded: its city first. */
  keys: string[];
}

/** Names that the zone database has changed, of which the platform lists the old one. */
const RENAMED: Record<string, string> = {
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
};
const nameNow = (name: string): string => RENAMED[name] ?? name;

/** Without case, accents and the zone database's underscores. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('_', ' ')
    .toLowerCase()
    .trim();

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** The zones of every country that the platform knows. */
function* countries(): Generator<{ code: string; names: string[] }> {
  for (const code of LETTERS.flatMap((first) => LETTERS.map((second) => first + second))) {
    const names = new Intl.Locale(`und-${code}`).getTimeZones?.() ?? [];
    if (names.length > 0) yield { code, names };
  }
}

let known: Zone[] | undefined;

/** Every zone, once: it takes a tenth of a second. */
function zones(): Zone[] {
  if (known) return known;
  const names = ['UTC', ...Intl.supportedValuesOf('timeZone').map(nameNow)];
  const byName = new Map(names.map((name) => [name, { name, keys: [folded(name.split('/').at(-1)!)] }]));
  const add = (name: string, key: string) => byName.get(nameNow(name))?.keys.push(folded(key));
  for (const [zone, cities] of Object.entries(CITIES)) for (const city of cities) add(zone, city);
  const languages = LANGUAGES.map((language) => new Intl.DisplayNames(language, { type: 'region' }));
  for (const country of countries())
    for (const zone of country.names) for (const language of languages) add(zone, language.of(country.code)!);
  known = [...byName.values()];
  return known;
}

/** The zone that something typed stands for; undefined: none, or it could be several. */
export function zoneMeant(typed: string): string | undefined {
  const text = folded(typed);
  if (text === '') return undefined;
  const named = zones().find(({ name }) => folded(name) === text);
  if (named) return named.name;
  const meant = zones().filter(({ keys }) => keys.includes(text));
  if (meant.length === 1) return meant[0]!.name;
  const trimmed = typed.trim();
  return meant.length === 0 && isTimeZone(trimmed) ? trimmed : undefined;
}

/** Zones that fit what was typed so far, the likeliest first; without any of it the one of now, and well-known ones. */
export function suggestZones(typed: string, language: Language, now: string, limit: number): string[] {
  const text = folded(typed);
  const own = new Set((new Intl.Locale(language).maximize().getTimeZones?.() ?? []).map(nameNow));
  const fitting = zones()
    .map(({ name, keys }) => ({ name, rank: rankOf(name, keys, text), fame: fameOf(name, own) }))
    .filter(({ rank }) => rank < Infinity);
  // What is equal stays in the order of the names.
  const ranked = fitting.toSorted((a, b) => a.rank - b.rank || b.fame - a.fame).map(({ name }) => name);
  return [...new Set(text === '' ? [now, 'UTC', ...ranked] : ranked)].slice(0, limit);
}

/** Zones of cities that people name come first, of these the ones of the language's own country. */
const fameOf = (name: string, own: ReadonlySet<string>): number =>
  Number(Object.hasOwn(CITIES, name)) * (own.has(name) ? 2 : 1);

/** A whole key comes before the beginning of one, that before its middle; a city before all others. */
function rankOf(name: string, keys: readonly string[], text: string): number {
  if (text === '') return 0;
  const ranks = [...keys, folded(name)].map((key, i) => {
    const kind = key === text ? 0 : key.startsWith(text) ? 1 : key.includes(text) ? 2 : Infinity;
    return kind * 2 + (i === 0 ? 0 : 1);
  });
  return Math.min(...ranks);
}

/** Zones that look most like something that is none. */
export function nearestZones(typed: string, language: Language, limit: number): string[] {
  const fitting = suggestZones(typed, language, 'UTC', limit);
  if (fitting.length > 0) return fitting;
  const text = folded(typed).slice(0, TYPED_LENGTH_MAX);
  return zones()
    .map(({ name, keys }) => ({
      name,
      steps: Math.min(...[...keys, folded(name)].map((key) => stepsBetween(text, key))),
    }))
    .toSorted((a, b) => a.steps - b.steps)
    .slice(0, limit)
    .map(({ name }) => name);
}

/** No zone's name is longer. */
const TYPED_LENGTH_MAX = 40;

/** How many letters must be added, left out or changed to make one word of another. */
function stepsBetween(one: string, other: string): number {
  let before = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const changed = before[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      row.push(Math.min(changed, before[j]! + 1, row[j - 1]! + 1));
    }
    before = row;
  }
  return before.at(-1)!;
}
