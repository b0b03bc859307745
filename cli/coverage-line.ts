/** What an answer rests on, as a line of text and for programs. */
import type { CoverageLine } from '../db/queries/coverage-line.ts';
import type { Window } from '../db/window.ts';
import { coverageText } from '../reports/coverage.ts';
import { plainText } from '../reports/plain-text.ts';
import { en } from '../reports/words/en.ts';

/** Discord's first id is of 2015, and ids end in 2084. */
export const wholeRecord = (timeZone: string): Window => ({ fromMs: 0, toMs: Date.UTC(2084, 0), timeZone });

/** A channel as Discord shows it; its id where no name shows anything. */
export function channelName({ id, name }: { id: string; name: string | null }, lengthMax?: number): string {
  const text = plainText(name ?? '', lengthMax);
  return text === '' ? id : /\s/.test(text) ? text : `#${text}`;
}

/** The line of coverage, for a terminal. */
export const lineText = (line: CoverageLine, window: Window): string =>
  coverageText(line, window, en, (channel) => channelName(channel));

/** The same for programs, with its times in ISO. */
export function lineJson({ sinceMs, ...line }: CoverageLine) {
  return { ...line, sinceAt: sinceMs === null ? null : new Date(sinceMs).toISOString() };
}
