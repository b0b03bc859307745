/** What the communities of the bench talk about. */
import { code } from './topics/code.ts';
import { games } from './topics/games.ts';
import { kitchen } from './topics/kitchen.ts';
import { life } from './topics/life.ts';
import { nature } from './topics/nature.ts';
import { otherLanguages } from './topics/other-languages.ts';
import type { Topic } from './topics/topic.ts';
import { tools } from './topics/tools.ts';
import { workshop } from './topics/workshop.ts';

export type { Topic } from './topics/topic.ts';

/** All of them; those that are held back are never in a community for tuning. */
export const topics: Topic[] = [
  ...kitchen,
  ...workshop,
  ...code,
  ...tools,
  ...nature,
  ...life,
  ...games,
  ...otherLanguages,
];
