/** A report's message in Discord's form: one container of components, within every limit that Discord has. */
import {
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ComponentType,
  MessageFlags,
} from 'discord-api-types/v10';
import { theme } from '../charts/theme.ts';
import type { Block, Message, MessageFile } from '../message.ts';
import { type ButtonRow, buttonRows } from './buttons.ts';
import { cutMarkdown, cutPlain, fairShare } from './cut.ts';
import { LIMITS } from './limits.ts';

/** A message as Discord's REST API takes it, but for how its files are uploaded. */
export interface DiscordMessage {
  flags: number;
  components: APIMessageTopLevelComponent[];
  files: MessageFile[];
  /** Nobody is pinged, whatever stands in the texts. */
  allowed_mentions: { parse: [] };
}

const ACCENT_COLOR = Number.parseInt(theme.first.slice(1), 16);

/** Nothing that anybody would see: Discord refuses a text of it. */
const INVISIBLE = /^[\s\p{Cc}\p{Cf}]*$/u;

/**
 * The message as one container: texts, pictures, files and rules in their order, then files that no block names, then
 * its buttons. What is too long is cut, the longest texts first; what is too many is left out at the end; both end in `…`.
 *
 * Errors: Error where no message of this shape can be sent: nothing to be seen in it, a block without its file, two files
 * or buttons of one name, a custom id of more than 100 characters.
 */
export function toDiscord({ blocks, buttons = [], files = [] }: Message): DiscordMessage {
  checkFiles(blocks, files);
  const rows = buttonRows(buttons);
  const rowsCount = rows.reduce((sum, row) => sum + 1 + row.components.length, 0);
  const shown = fewEnough(shownBlocks(blocks, files), LIMITS.components - 1 - rowsCount);
  if (!shown.some(({ is }) => is !== 'rule')) throw new Error('A message has nothing to be seen in it');
  const fitting = fitTexts(fitAlts(shown), rows);
  return {
    flags: MessageFlags.IsComponentsV2,
    components: containerOf(fitting, rows),
    files: filesOf(fitting, files),
    allowed_mentions: { parse: [] },
  };
}

function checkFiles(blocks: readonly Block[], files: readonly MessageFile[]): void {
  const names = files.map(({ name }) => name);
  if (new Set(names).size < names.length) throw new Error('Two files of a message have one name');
  // Discord renames others, and then no block finds them.
  if (!names.every((name) => /^[\w.-]+$/.test(name))) throw new Error('A name of a file is not plain');
  if (blocks.some((block) => 'file' in block && !names.includes(block.file)))
    throw new Error('A block of a message names a file that it does not have');
}

/** What there is to show: no empty text; no file beyond Discord's ten; files that no block names at the end. */
function shownBlocks(blocks: readonly Block[], files: readonly MessageFile[]): Block[] {
  const sent = files.slice(0, LIMITS.files).map(({ name }) => name);
  const named = new Set(blocks.flatMap((block) => ('file' in block ? [block.file] : [])));
  const unnamed = sent.filter((name) => !named.has(name));
  return [
    ...blocks.flatMap((block): Block[] => {
      if (block.is !== 'text') return 'file' in block && !sent.includes(block.file) ? [] : [block];
      return INVISIBLE.test(block.text) ? [] : [{ is: 'text', text: block.text.toWellFormed().trim() }];
    }),
    ...unnamed.map((file): Block => ({ is: 'file', file })),
  ];
}

/** As many blocks as there may be: first texts beside each other become one, then rules go, then what is last. */
function fewEnough(blocks: readonly Block[], blocksMax: number): Block[] {
  const withoutRules = () => blocks.filter(({ is }) => is !== 'rule');
  for (const fewer of [() => [...blocks], () => joined(blocks), () => joined(withoutRules())]) {
    const made = fewer();
    if (made.length <= blocksMax) return made;
  }
  return [...joined(withoutRules()).slice(0, blocksMax - 1), { is: 'text', text: '…' }];
}

function joined(blocks: readonly Block[]): Block[] {
  const made: Block[] = [];
  for (const block of blocks) {
    const before = made.at(-1);
    if (before?.is === 'text' && block.is === 'text')
      made.splice(-1, 1, { is: 'text', text: `${before.text}\n${block.text}` });
    else made.push(block);
  }
  return made;
}

function fitAlts(blocks: readonly Block[]): Block[] {
  const alts = blocks.flatMap((block) => (block.is === 'picture' ? [Buffer.byteLength(block.alt)] : []));
  const room = { units: LIMITS.alt, bytes: fairShare(alts, LIMITS.altBytes) };
  return blocks.map((block) =>
    block.is === 'picture' ? { ...block, alt: cutPlain(block.alt.toWellFormed().trim(), room) } : block,
  );
}

function fitTexts(blocks: readonly Block[], rows: readonly ButtonRow[]): Block[] {
  const texts = blocks.flatMap((block) => (block.is === 'text' ? [block.text] : []));
  const withoutTexts = blocks.map((block) => (block.is === 'text' ? { ...block, text: '' } : block));
  const others = Buffer.byteLength(JSON.stringify(containerOf(withoutTexts, rows)));
  const bytes = Math.max(LIMITS.bytes - others, LIMITS.textBytesMin);
  const room = {
    units: fairShare(
      texts.map((text) => text.length),
      LIMITS.text,
    ),
    bytes: fairShare(
      texts.map((text) => Buffer.byteLength(text)),
      bytes,
    ),
  };
  return blocks.map((block) =>
    block.is === 'text' ? { is: 'text', text: cutMarkdown(block.text, room) } : block,
  );
}

function containerOf(blocks: readonly Block[], rows: readonly ButtonRow[]): APIMessageTopLevelComponent[] {
  const components = [...blocks.map(componentOf), ...rows];
  return [{ type: ComponentType.Container, accent_color: ACCENT_COLOR, components }];
}

function componentOf(block: Block): APIComponentInContainer {
  switch (block.is) {
    case 'text':
      return { type: ComponentType.TextDisplay, content: block.text };
    case 'picture': {
      const description = INVISIBLE.test(block.alt) ? {} : { description: block.alt };
      return {
        type: ComponentType.MediaGallery,
        items: [{ media: { url: `attachment://${block.file}` }, ...description }],
      };
    }
    case 'file':
      return { type: ComponentType.File, file: { url: `attachment://${block.file}` } };
    case 'rule':
      return { type: ComponentType.Separator };
  }
}

/** The files of the blocks, with what they show in words. */
function filesOf(blocks: readonly Block[], files: readonly MessageFile[]): MessageFile[] {
  return files.flatMap(({ name, bytes, alt }) => {
    const naming = blocks.filter((block) => 'file' in block && block.file === name);
    if (naming.length === 0) return [];
    const picture = naming.find((block) => block.is === 'picture');
    const told = cutPlain((alt ?? picture?.alt ?? '').toWellFormed().trim(), {
      units: LIMITS.alt,
      bytes: Infinity,
    });
    return [{ name, bytes, ...(INVISIBLE.test(told) ? {} : { alt: told }) }];
  });
}
