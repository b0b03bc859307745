/** What the figures of a period at a glance mean, a sentence each. */
import { markdown } from '../markdown.ts';
import type { Words } from '../words.ts';

/** As the weekly report defines them, and the dictionary of figures. */
export function statsDefinitions({ explanations, weekly, stats }: Words, isCompared: boolean): string[] {
  const { sections, figures, means } = explanations;
  const meaning = (figure: keyof typeof figures) =>
    means(markdown.strong(weekly.figures[figure]), figures[figure]);
  const { newcomers } = stats.definitions;
  return [
    sections.totals,
    meaning('people'),
    means(markdown.strong(newcomers.name), newcomers.meaning),
    meaning('replies'),
    meaning('reactions'),
    sections.channels,
    ...(isCompared ? [stats.definitions.before] : []),
  ];
}
