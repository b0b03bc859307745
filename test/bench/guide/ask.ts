/** What is asked of a planted community, and who is to be found. */
import { pick, seededRandom } from '../../support/random.ts';
import type { Community, PlantedTopic } from './planted.ts';
import { slip } from './speech.ts';

export const kinds = ['word', 'synonym', 'phrase', 'question', 'misspelled'] as const;
export type Kind = (typeof kinds)[number];

/** A shorter word with a slip in it could be any word, to a person too. */
const SLIPPED_MIN = 5;

/** One thing that somebody types. */
export interface Ask {
  community: Community;
  planted: PlantedTopic;
  kind: Kind;
  text: string;
}

/** Six for each topic: each kind once, and two whole questions. */
export function asksOf(community: Community): Ask[] {
  const random = seededRandom(community.seed * 104_729);
  return community.topics.flatMap((planted) => {
    const { word, synonym, phrase, questions } = planted.topic.queries;
    const misspelled = slipped(
      pick(
        [word, phrase, synonym].filter((text) => longest(text).length >= SLIPPED_MIN),
        random,
      ),
    );
    const typed: [Kind, string][] = [
      ['word', word],
      ['synonym', synonym],
      ['phrase', phrase],
      ...questions.map((text): [Kind, string] => ['question', text]),
      ['misspelled', misspelled],
    ];
    return typed.map(([kind, text]) => ({ community, planted, kind, text }));
  });

  function slipped(text: string): string {
    return text.replace(longest(text), slip(longest(text), random));
  }
}

function longest(text: string): string {
  return text.match(/\p{L}+/gu)!.toSorted((a, b) => b.length - a.length)[0]!;
}
