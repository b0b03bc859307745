/** The project's documents, taken apart: commands with what they print, links, headings. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFiles, ROOT } from './sources.ts';

/** A fenced block, with the one that follows it where that shows what its commands print. */
export interface Block {
  language: string;
  text: string;
  output?: string;
}

const OUTPUTS = new Set(['text', 'json', 'markdown']);

/** Every document, from the root. */
export const documents = (): string[] =>
  projectFiles().filter((path) => path.endsWith('.md') && !path.startsWith('test/golden/'));

/** A document's text. */
export const readDocument = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The fenced blocks of a document. A block of output shows the last command above it. */
export function blocksOf(text: string): Block[] {
  const found = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, inside]) => ({
    language: language!,
    text: inside!,
  }));
  return found.map((block, i) => {
    const next = found[i + 1];
    return next && OUTPUTS.has(next.language) ? { ...block, output: next.text } : block;
  });
}

/** The commands of shell blocks, each with what its block shows of its output. */
export function commandsOf(text: string): { line: string; output?: string }[] {
  return blocksOf(text)
    .filter((block) => block.language === 'sh')
    .flatMap(({ text: lines, output }) => {
      const commands = lines.trim().split('\n');
      return commands.map((line, i) => ({
        line,
        ...(output !== undefined && i === commands.length - 1 && { output }),
      }));
    });
}

/** Whether a text is as a document shows it; a line `...` stands for any lines. */
export function isAsShown(actual: string, shown: string): boolean {
  const escape = (line: string) => line.trimEnd().replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const pattern = shown
    .trimEnd()
    .split('\n')
    .map((line) => (line.trim() === '...' ? String.raw`(?:.*\n)*?` : `${escape(line)} *\n`))
    .join('');
  return new RegExp(`^${pattern}$`).test(`${actual.trimEnd()}\n`);
}

/** Links to files and headings: of other sites nothing is asked. */
export function linksOf(text: string): string[] {
  const spoken = text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '');
  return [...spoken.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to!).filter((to) => !/^https?:/.test(to));
}

/** The anchors of a document's headings, as code hosts make them. */
export function anchorsOf(text: string): string[] {
  const spoken = text.replaceAll(/^```[\s\S]*?^```$/gm, '');
  return [...spoken.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
