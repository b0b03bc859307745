/** What the commands share that ask about a period. */
import { markdown } from '../reports/markdown.ts';
import type { Button } from '../reports/message.ts';
import { type AskedPeriod, periodOf } from '../reports/period.ts';
import { UserError } from '../reports/user-error.ts';
import { wordsIn } from '../reports/words.ts';
import type { Options, Question, Request } from './command.ts';
import { pressId } from './press.ts';
import type { AskedScope } from './scope.ts';

export interface ScopedQuestion extends Question {
  scope: AskedScope;
  period: AskedPeriod;
}

/** The period that an option asks for. Errors: UserError, where it means none. */
export function askedPeriod(
  { options, language }: Request,
  { basis }: AskedScope,
  usual = 'week',
): AskedPeriod {
  const typed = String(options['period'] ?? usual);
  const period = periodOf(typed, basis);
  if (!period) throw new UserError(wordsIn(language).answering.refusals.noPeriod(markdown.text(typed)));
  return period;
}

/** Options as they can be asked again: the channel by its id, the period by its label. */
export function exactOptions(request: Request, scope: AskedScope, period?: AskedPeriod): Options {
  const { private: _, ...options } = request.options;
  return {
    ...options,
    ...(scope.bots && { 'include-bots': true }),
    ...(scope.channel && { channel: scope.channel.id }),
    ...(period && { period: period.label }),
  };
}

/** Buttons to the periods beside, and to how it was counted. */
export function navigation({ options, period, language }: ScopedQuestion, command: string): Button[][] {
  const { earlier, later, howCounted } = wordsIn(language).answering;
  const to = (label: string, to: string | undefined): Button[] =>
    to === undefined
      ? []
      : [{ label, id: pressId({ act: 'again', command, options: { ...options, period: to } }) }];
  return [
    [
      ...to(earlier, period.earlier),
      ...to(later, period.later),
      { label: howCounted, id: pressId({ act: 'why', command, options }) },
    ],
  ];
}
