/** Any guide in sentences. */
import type { Guide } from './report.ts';
import { serverTold } from './server.ts';
import type { Telling, Told } from './telling.ts';
import { topicTold } from './topic.ts';

/** What a guide says, in the order in which it is read. */
export const toldOf = (guide: Guide, telling: Telling): Told =>
  guide.about === 'topic' ? topicTold(guide, telling) : serverTold(guide, telling);
