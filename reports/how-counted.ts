/** How an answer was counted: what its figures mean, of when exactly, and from which rows. */
import type { Db } from '../db/connect.ts';
import { coverageLine } from '../db/queries/coverage-line.ts';
import { type RowCounts, rowCounts } from '../db/queries/row-counts.ts';
import { over, type Scope } from '../db/queries/scope.ts';
import type { CoverageLine } from '../db/queries/coverage-line.ts';
import type { Window } from '../db/window.ts';
import { type CountedFor, footingOf } from './footing.ts';
import type { Block, Message } from './message.ts';
import { spanOf } from './weekly/period.ts';
import type { Words } from './words.ts';

export interface HowCounted {
  window: Window;
  before?: Window;
  rows: RowCounts;
  rowsBefore?: RowCounts;
  coverage: CoverageLine;
  bots: boolean;
}

/** Counts the rows that an answer came from. */
export async function buildHowCounted(db: Db, scope: Scope, before?: Window): Promise<HowCounted> {
  const [rows, rowsBefore, coverage] = await Promise.all([
    rowCounts(db, scope),
    before && rowCounts(db, over(scope, before)),
    coverageLine(db, scope),
  ]);
  return {
    window: scope.window,
    ...(before && { before }),
    rows,
    ...(rowsBefore && { rowsBefore }),
    coverage,
    bots: scope.bots ?? false,
  };
}

/** Tells it. `definitions`: what the figures mean, a sentence each. */
export function renderHowCounted(
  counted: HowCounted,
  definitions: readonly string[],
  countedFor: CountedFor,
  words: Words,
): Message {
  const { explanations, answering } = words;
  const { window, before, rows, rowsBefore, coverage, bots } = counted;
  const span = spanOf(window);
  const facts = [
    explanations.window(span.from, span.to, span.hours, span.timeZone),
    explanations.counted(countedIn(rows, bots)),
    ...(before && rowsBefore ? againstLines(before, countedIn(rowsBefore, bots), words) : []),
    bots ? answering.botsCount : answering.botsDoNot,
    answering.unranked,
  ];
  return {
    blocks: [
      { is: 'text', text: `## ${answering.howCountedTitle}` },
      listOf(definitions),
      { is: 'rule' },
      listOf(facts),
      footingOf({ coverage, window, countedFor, bots: false }, words),
    ],
  };
}

const listOf = (lines: readonly string[]): Block => ({
  is: 'text',
  text: lines.map((line) => `- ${line}`).join('\n'),
});

/** Those of bots are among the people's, where they count. */
export const countedIn = (rows: RowCounts, withBots: boolean): RowCounts =>
  withBots ? { ...rows, people: rows.people + rows.bots, bots: 0 } : rows;

function againstLines(before: Window, rows: RowCounts, { explanations }: Words): string[] {
  const span = spanOf(before);
  return [explanations.against(span.from, span.to, span.hours), explanations.counted(rows)];
}
