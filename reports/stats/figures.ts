/** What happened in a sentence, and its figures a line each. */
import type { Markup } from '../markup.ts';
import { type AskedPeriod, beforeTitle } from '../period.ts';
import { placeIn } from '../weekly/names.ts';
import type { Words } from '../words.ts';
import { type Counts, FIGURES } from './report.ts';

/** More or less than before, and where most of it was. */
export function leadOf(counts: Counts, period: AskedPeriod, markup: Markup, words: Words): string {
  const { messages, people } = counts.figures;
  const { lead } = words.stats;
  const what =
    messages.before === undefined
      ? lead.written(messages.value, people.value)
      : lead.compared(messages.value, messages.before, beforeTitle(period, words));
  const [first, second] = counts.places.busiest;
  if (!first || first.messages === second?.messages) return lead.alone(what);
  const place = placeIn(markup, first, words.weekly);
  return second ? lead.busiest(what, place, first.messages) : lead.allIn(what, place);
}

/** "**309** messages · −29% (125 fewer)"; what there was none of, then or now, is left out. */
export function figureLines({ figures }: Counts, markup: Markup, { stats }: Words): string[] {
  return FIGURES.flatMap((name) => {
    const { value = 0, before } = figures[name] ?? {};
    if (value === 0 && !before) return [];
    const delta = before === undefined ? undefined : stats.delta(value, before);
    return [stats.figures[name](markup.strong(stats.number(value)), value, delta)];
  });
}
