/** What a question may count. */
import type { Window } from '../window.ts';

/** Every question takes one, and answers as if nothing outside of it existed. */
export interface Scope {
  guildId: string;
  window: Window;
  /** The channels and threads that may count, each by its own id; without it all that are not hidden. */
  channels?: readonly string[];
  /** Whether bots and webhooks count; without it people only. */
  bots?: boolean;
  /** Whether hidden channels count: for sums that are kept, which leave them out where they are read. */
  hidden?: boolean;
  /** Only what these accounts wrote. */
  members?: readonly string[];
  /** The time, ms, as of which it is asked: what was written after it is not known. Without it all that is recorded. */
  asOfMs?: number;
}

/** The same scope over another window. */
export const over = <S extends Scope>(scope: S, window: Window): S => ({ ...scope, window });
