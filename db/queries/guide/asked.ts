import type { Scope } from '../scope.ts';

/** A topic, within what may count. The end of the window is "now": nothing later is known. */
export interface TopicAsked extends Scope {
  /** As it was typed: a word, a phrase, a whole question. */
  topic: string;
  /** People at most. */
  limit: number;
}
