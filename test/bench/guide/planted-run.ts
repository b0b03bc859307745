/** Planted communities, asked. */
import type { Store } from '../../../db/connect.ts';
import { type Ask, asksOf } from './ask.ts';
import { rankingsAt } from './baselines.ts';
import { readCorpus } from './corpus.ts';
import { type Outcome, placeOf, type System, systems } from './figures.ts';
import { plantCommunity } from './plant.ts';
import type { Community, DecoyKind, PlantedTopic } from './planted.ts';
import { named, readWords } from './ranker.ts';
import { writeCommunity } from './write.ts';

export interface PlantedOutcome extends Outcome {
  ask: Ask;
  /** The three named. */
  named: Record<System, string[]>;
  ms: number;
}

export const decoyKinds: DecoyKind[] = ['talker', 'popular', 'asker', 'replier', 'friend', 'former'];

/** Plants a community in the store, and asks it everything, or every nth question. */
export async function runPlanted(
  store: Store,
  seed: number,
  { isForTuning, every }: { isForTuning: boolean; every: number },
): Promise<PlantedOutcome[]> {
  const community = plantCommunity(seed, isForTuning);
  const { guildId, endMs } = community;
  await writeCommunity(store, community);
  await readWords(store, guildId);
  const rankings = rankingsAt(await readCorpus(store, guildId), endMs);
  const outcomes: PlantedOutcome[] = [];
  for (const ask of asksOf(community).filter((_, i) => i % every === 0)) {
    const { ids, ms } = await named(store.db, { guildId, topic: ask.text, atMs: endMs, limit: 3 });
    const lists: Record<System, string[]> = {
      almanac: ids,
      ...rankings.rank(ask.text),
      oracle: oracle(ask.planted, rankings.mayBeNamed),
    };
    const wanted = new Set(ask.planted.experts.map(({ id }) => id));
    const entries = systems.map((system) => [system, placeOf(lists[system], wanted)]);
    outcomes.push({
      cluster: String(seed),
      group: ask.planted.topic.name,
      ask,
      named: lists,
      ms,
      rank: Object.fromEntries(entries) as Outcome['rank'],
    });
  }
  return outcomes;
}

/** Who answered most people on the topic: the truth about answers, though not about who is an expert. */
function oracle({ answers }: PlantedTopic, mayBeNamed: ReadonlySet<string>): string[] {
  const askers = Map.groupBy(answers, ({ by }) => by);
  return [...askers]
    .filter(([by]) => mayBeNamed.has(by))
    .map(([by, list]) => ({ by, askers: new Set(list.map(({ to }) => to)).size }))
    .toSorted((a, b) => b.askers - a.askers)
    .map(({ by }) => by);
}

/** How often a decoy of a kind is among the three named, where the topic has one; undefined where none has. */
export function decoysNamed(
  outcomes: readonly PlantedOutcome[],
  kind: DecoyKind,
  system: System,
): number | undefined {
  const having = outcomes.filter(({ ask }) => ask.planted.decoys[kind].length > 0);
  const fooled = having.filter((outcome) => {
    const first = outcome.named[system].slice(0, 3);
    return outcome.ask.planted.decoys[kind].some(({ id }) => first.includes(id));
  });
  return having.length > 0 ? fooled.length / having.length : undefined;
}

/** What decoys who talk write for each message of an expert: the median over topics. */
export function outWritten(communities: readonly Community[]): number {
  const ratios = communities.flatMap(({ messages, topics }) => {
    const counts = Map.groupBy(messages, ({ by }) => by);
    return topics.map(({ experts, decoys }) => {
      const written = (people: typeof experts) =>
        people.reduce((sum, by) => sum + (counts.get(by)?.length ?? 0), 0) / people.length;
      return written(decoys.talker) / written(experts);
    });
  });
  return ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)]!;
}
