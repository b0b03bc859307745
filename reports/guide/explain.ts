/** How a guide comes about, a definition each. */
import { markdown } from '../markdown.ts';
import type { Words } from '../words.ts';
import type { Guide } from './report.ts';

const TOPIC = ['onTopic', 'answers', 'order', 'others', 'named', 'around'] as const;
const SERVER = ['newcomers', 'welcomers', 'words', 'asking', 'answers', 'named', 'around'] as const;

/** As db/queries/README.md defines it. */
export const guideDefinitions = (about: Guide['about'], { guide, explanations }: Words): string[] =>
  (about === 'topic' ? TOPIC : SERVER).map((one) => {
    const { name, meaning } = guide.definitions[one];
    return explanations.means(markdown.strong(name), meaning);
  });
