import { ALONE, HARMLESS, URGENT } from './phrases.ts';
import { extentsOf, spelled } from './spelling.ts';

/**
 * Whether a topic is about suicide, self-harm, being abused, an eating disorder or an overdose: by phrases, so that what is
 * done about it can be foreseen. In doubt it is: somebody sent to a person in vain loses little.
 *
 * Source  README.md of this folder
 */
export function isInNeed(topic: string): boolean {
  const text = spelled(topic);
  const harmless = extentsOf(text, HARMLESS);
  const isUrgent = extentsOf(text, URGENT).some(
    ({ from, to }) => !harmless.some((other) => from < other.to && other.from < to),
  );
  return isUrgent || extentsOf(text, ALONE).some(({ from, to }) => from === 0 && to === text.letters.length);
}
