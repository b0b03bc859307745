/** Answers of the last minute, each by everything that decides it: the same question is worked on once. */
import { createHash } from 'node:crypto';
import type { Question, Telling } from '../../commands/command.ts';

export interface Answers {
  /** The answer to a question, made by `work` where it is not there. */
  to(command: string, question: Question, work: () => Promise<Telling>): Promise<Telling>;
}

const KEPT_MS = 60_000;
/** A weekly report with its page and charts is about a megabyte. */
const KEPT_MAX = 64;

interface Kept {
  telling: Promise<Telling>;
  /** Absent while it is worked on. */
  untilMs?: number;
}

/** Units: now: ms */
export function makeAnswers(now: () => number): Answers {
  const kept = new Map<string, Kept>();
  return {
    to(command, question, work) {
      const key = createHash('sha256')
        .update(`${command} ${JSON.stringify(question)}`)
        .digest('base64');
      const found = kept.get(key);
      if (found && (found.untilMs === undefined || found.untilMs > now())) return found.telling;
      for (const [old, { untilMs = Infinity }] of kept) if (untilMs <= now()) kept.delete(old);
      const made: Kept = { telling: work() };
      kept.delete(key);
      kept.set(key, made);
      made.telling.then(
        () => (made.untilMs = now() + KEPT_MS),
        // Whoever waits for it hears of it; the next one tries anew.
        () => kept.get(key) === made && kept.delete(key),
      );
      const [oldest] = kept.keys();
      if (kept.size > KEPT_MAX) kept.delete(oldest!);
      return made.telling;
    },
  };
}
