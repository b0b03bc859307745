/** A guide as a message: read in ten seconds, on a phone. */
import { dateIn, type Window } from '../../db/window.ts';
import { footingOf } from '../footing.ts';
import type { Markup } from '../markup.ts';
import { markdown, plainText } from '../markdown.ts';
import { cutPlain } from '../message/cut.ts';
import type { Block, Message } from '../message.ts';
import type { Words } from '../words.ts';
import type { Guide } from './report.ts';
import type { Section, Telling } from './telling.ts';
import { toldOf } from './told.ts';

/** On a phone, four screens; addresses, which nobody sees, are a third of it. Units: UTF-16 code units */
const TEXT_MAX = 3500;
const NAME_LENGTH_MAX = 40;
const TEXT_LENGTH_MAX = 120;

/** The message; under 3,500 characters, whatever people are called and wrote. */
export function renderGuide(guide: Guide, words: Words): Message {
  const told = toldOf(guide, discordTelling(guide, words));
  const foot = footOf(guide, words);
  const server = brief.text(guide.guildName);
  const isNamed = guide.about === 'server' || server === '';
  const head = text([`## ${told.title}`, ...(isNamed ? [] : [fine(server)])]);
  const lead = told.lead.length > 0 ? [text(told.lead)] : [];
  const notes = told.notes.length > 0 ? [text(told.notes.map(fine))] : [];
  const others = [head, ...lead, ...notes, foot];
  const sections = fitting(told.sections, TEXT_MAX - lengthOf(others));
  return { blocks: [head, ...lead, ...sections.map(blockOf), ...notes, foot] };
}

const text = (lines: readonly string[]): Block & { is: 'text' } => ({ is: 'text', text: lines.join('\n') });
const fine = (line: string): string => `-# ${line}`;
const lengthOf = (blocks: readonly (Block & { is: 'text' })[]): number =>
  blocks.reduce((sum, block) => sum + block.text.length, 0);

const blockOf = ({ heading, sentences, items }: Section): Block & { is: 'text' } =>
  text([
    `### ${heading}`,
    ...(sentences.length > 0 ? [sentences.join(' ')] : []),
    ...items.flatMap(({ line, below }) => [`- ${line}`, ...(below === undefined ? [] : [`  - ${below}`])]),
  ]);

/** As many as there is room for: of the longest section, the last goes first. */
function fitting(sections: readonly Section[], room: number): Section[] {
  const kept = sections.map((section) => ({ ...section, items: [...section.items] }));
  const lengths = () => kept.map((section) => blockOf(section).text.length);
  while (lengths().reduce((sum, length) => sum + length, 0) > room) {
    const longest = lengths().indexOf(Math.max(...lengths()));
    kept[longest]!.items.pop();
    if (kept[longest]!.items.length === 0) kept.splice(longest, 1);
  }
  return kept;
}

/** The names of channels are cut here, too. */
function footOf(guide: Guide, words: Words): Block & { is: 'text' } {
  const { coverage } = guide;
  const { notReadable } = coverage;
  const named = notReadable.named.map(({ id, name }) => ({
    id,
    name: name && cut(plainText(name, NAME_LENGTH_MAX), NAME_LENGTH_MAX * UNITS),
  }));
  const foot = footingOf(
    { ...guide, coverage: { ...coverage, notReadable: { ...notReadable, named } }, bots: false },
    words,
  );
  return text(foot.is === 'text' ? [foot.text] : []);
}

/** So much longer than it looks may a text be, for signs of several units and escapes: endless ones would take others' room. */
const UNITS = 1.5;

const cut = (plain: string, units: number): string => cutPlain(plain, { units, bytes: Infinity });

/** Names and quotations in few units, each of them. */
const brief: Markup = {
  ...markdown,
  text: (foreign, asked = NAME_LENGTH_MAX) => {
    const lengthMax = Math.min(asked, TEXT_LENGTH_MAX);
    const unitsMax = lengthMax * UNITS;
    const plain = plainText(foreign, lengthMax);
    let units = unitsMax;
    let escaped = markdown.text(cut(plain, units), lengthMax);
    while (escaped.length > unitsMax) {
      units = Math.floor(units * 0.8);
      escaped = markdown.text(cut(plain, units), lengthMax);
    }
    return escaped;
  },
};

/**
 * Hours as Discord's timestamps, which every reader sees by their own clock. How long ago is told so, too; of a record
 * that has ended, dates: "three years ago" would read as if they had left.
 */
function discordTelling(guide: Guide, words: Words): Telling {
  const { guildId, window, asOfMs } = guide;
  const date = (iso: string) => String(dateIn(Date.parse(iso), window.timeZone));
  return {
    guildId,
    markup: brief,
    words,
    date,
    hour: (hour) => stamp(nextAt(hour, window), 't'),
    when: (iso) => (asOfMs === undefined ? { ago: stamp(Date.parse(iso), 'R') } : { date: date(iso) }),
  };
}

const stamp = (ms: number, style: string): string => `<t:${Math.floor(ms / 1000)}:${style}>`;

/** When the clock of a zone next shows an hour: by the summer time of then. */
function nextAt(hour: number, { toMs, timeZone }: Window): number {
  const today = dateIn(toMs, timeZone);
  const at = (days: number) =>
    today.add({ days }).toZonedDateTime({ timeZone, plainTime: { hour: hour % 24 } }).epochMilliseconds;
  return at(0) > toMs ? at(0) : at(1);
}
