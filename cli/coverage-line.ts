/** What an answer rests on, as a line of text. */
import type { CoverageLine } from '../db/queries/coverage-line.ts';
import type { Window } from '../db/window.ts';
import { coverageText } from '../reports/coverage.ts';
import { plainText } from '../reports/plain-text.ts';
import { en } from '../reports/words/en.ts';

/** A channel as Discord shows it; its id where no name shows anything. */
export function channelName({ id, name }: { id: string; name: string | null }, lengthMax?: number): string {
  const text = plainText(name ?? '', lengthMax);
  return text === '' ? id : /\s/.test(text) ? text : `#${text}`;
}

/** The line of coverage, for a terminal. */
export const lineText = (line: CoverageLine, window: Window): string =>
  coverageText(line, window, en, (channel) => channelName(channel));
