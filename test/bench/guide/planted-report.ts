/** What the planted communities show, as text and as figures. */
import type { Store } from '../../../db/connect.ts';
import { decoyTable, gapLine, kindTable, rankingTable } from './tables.ts';
import { type Figures, figuresOf, spread, type Figure, type System } from './figures.ts';
import { outWritten, type PlantedOutcome, runPlanted } from './planted-run.ts';

export interface PlantedReport {
  communities: number;
  questions: number;
  of: Record<System, Figures>;
  closed: Figure;
  outWritten: number;
  ms: { p50: number; p95: number };
}

export async function reportPlanted(
  store: Store,
  seeds: readonly number[],
  options: { isForTuning: boolean; every: number; misses: number; say(line: string): void },
): Promise<PlantedReport> {
  const { misses, say } = options;
  const outcomes: PlantedOutcome[] = [];
  for (const seed of seeds) outcomes.push(...(await runPlanted(store, seed, options)));
  const communities = [...new Set(outcomes.map(({ ask }) => ask.community))];
  const messages = communities.map((community) => community.messages.length).toSorted((a, b) => a - b);
  const { of, closed } = figuresOf(outcomes);
  const report: PlantedReport = {
    communities: communities.length,
    questions: outcomes.length,
    of,
    closed,
    outWritten: outWritten(communities),
    ms: spread(outcomes.map(({ ms }) => ms)),
  };
  say(
    `\n${communities.length} planted communities of ${messages[0]!.toLocaleString('en')} to ${messages.at(-1)!.toLocaleString('en')} ` +
      `messages (seeds ${seeds.join(', ')}); those who talk write ${report.outWritten.toFixed(1)} times what an expert writes\n`,
  );
  for (const line of rankingTable(of)) say(line);
  say(`\n${gapLine(outcomes)}; an answer took ${spoken(report.ms)}\n`);
  for (const line of kindTable(outcomes)) say(line);
  say('');
  for (const line of decoyTable(outcomes)) say(line);
  for (const line of missed(outcomes, misses)) say(line);
  return report;
}

/** Units: ms. */
export function spoken({ p50, p95 }: { p50: number; p95: number }): string {
  return `${Math.round(p50)} ms (95 % within ${Math.round(p95)} ms)`;
}

/** Questions that found no expert, and the parts that those play who were named instead. */
function missed(outcomes: readonly PlantedOutcome[], most: number): string[] {
  const list = outcomes.filter(({ rank }) => rank.almanac === 0).slice(0, most);
  return list.map(({ cluster, ask, named }) => {
    const { experts, decoys } = ask.planted;
    const parts = Object.entries(decoys).flatMap(([kind, people]) =>
      people.map(({ id }) => [id, kind] as const),
    );
    const partOf = new Map([...parts, ...experts.map(({ id }) => [id, 'expert'] as const)]);
    const who = named.almanac.map((id) => partOf.get(id) ?? 'somebody').join(', ');
    return `${cluster} ${ask.planted.topic.name}, ${ask.kind}: ${JSON.stringify(ask.text)}: ${who || 'nobody'}`;
  });
}
