/** Figures as Markdown. */
import { kinds } from './ask.ts';
import {
  type Figure,
  type Figures,
  figuresOf,
  hit3,
  bestBaseline,
  type Outcome,
  type System,
  systems,
} from './figures.ts';
import { decoyKinds, decoysNamed, type PlantedOutcome } from './planted-run.ts';

const TITLES: Record<System, string> = {
  almanac: '`/guide`',
  messages: 'most messages',
  channel: 'most messages in the channel',
  reactions: 'most reactions',
  words: 'most messages matching the words',
  oracle: '(who answered most people, by the truth)',
};

const two = (value: number): string => value.toFixed(2);

/** A figure with its interval. */
export function figure({ value, low, high }: Figure): string {
  return `${two(value)} (${two(low)} to ${two(high)})`;
}

/** One row a ranking. */
export function rankingTable(of: Record<System, Figures>, shown: readonly System[] = systems): string[] {
  const cells = ({ hit1, hit3: three, mrr }: Figures) => [hit1, three, mrr].map(figure).join(' | ');
  return [
    '| named by | hit@1 | hit@3 | mean reciprocal rank |',
    '| --- | ---: | ---: | ---: |',
    ...shown.map((system) => `| ${TITLES[system]} | ${cells(of[system])} |`),
  ];
}

/** One row a kind of question, and of topic. */
export function kindTable(outcomes: readonly PlantedOutcome[]): string[] {
  const rows: [string, PlantedOutcome[]][] = [
    ...kinds.map((kind): [string, PlantedOutcome[]] => [
      kind,
      outcomes.filter(({ ask }) => ask.kind === kind),
    ]),
    ['German or Spanish', outcomes.filter(({ ask }) => ask.planted.topic.language !== 'en')],
    ['topics that tuning never saw', outcomes.filter(({ ask }) => ask.planted.topic.isHeldBack === true)],
  ];
  return [
    '| asked | questions | `/guide`, hit@3 | best baseline, hit@3 |',
    '| --- | ---: | ---: | ---: |',
    ...rows
      .filter(([, list]) => list.length > 0)
      .map(
        ([title, list]) =>
          `| ${title} | ${list.length} | ${two(hit3(list, 'almanac'))} | ${two(bestBaseline(list))} |`,
      ),
  ];
}

/** One row a kind of decoy: in what share of answers one is named. */
export function decoyTable(outcomes: readonly PlantedOutcome[]): string[] {
  const shown = systems.filter((system) => system !== 'oracle');
  return [
    `| decoy named by | ${shown.map((system) => TITLES[system]).join(' | ')} |`,
    `| --- |${' ---: |'.repeat(shown.length)}`,
    ...decoyKinds.map((kind) => {
      const shares = shown.map((system) => decoysNamed(outcomes, kind, system));
      return `| ${kind} | ${shares.map((share) => (share === undefined ? '' : two(share))).join(' | ')} |`;
    }),
  ];
}

/** The sentence under the first table. */
export function gapLine(outcomes: readonly Outcome[]): string {
  const { closed, best } = figuresOf(outcomes);
  return `${outcomes.length} questions; closes ${figure(closed)} of the gap between the best baseline's hit@3 (${two(best)}) and 1`;
}
