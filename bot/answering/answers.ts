/** Answers of the last minute, each by everything that decides it: the same question is worked on once. */
import { createHash } from 'node:crypto';
import type { Question, Telling } from '../../commands/command.ts';

export interface Answers {
  /** The answer to a question, made by `work` where it is not there. */
  to(command: string, question: Question, work: () => Promise<Telling>): Promise<Telling>;
  /** Those of a guild hold no longer; what is worked on is worked on again before it is told. */
  drop(guildId: string): void;
}

const KEPT_MS = 60_000;
/** A weekly report with its page and charts is about a megabyte. */
const KEPT_MAX = 64;

interface Kept {
  guildId: string;
  telling: Promise<Telling>;
  isDropped: boolean;
  /** Absent while it is worked on. */
  untilMs?: number;
}

/** Units: now: ms */
export function makeAnswers(now: () => number): Answers {
  const kept = new Map<string, Kept>();

  function answerTo(key: string, guildId: string, work: () => Promise<Telling>): Kept {
    const found = kept.get(key);
    if (found && (found.untilMs === undefined || found.untilMs > now())) return found;
    for (const [old, { untilMs = Infinity }] of kept) if (untilMs <= now()) kept.delete(old);
    const made: Kept = { guildId, telling: work(), isDropped: false };
    kept.delete(key);
    kept.set(key, made);
    made.telling.then(
      () => (made.untilMs = now() + KEPT_MS),
      // Whoever waits for it hears of it; the next one tries anew.
      () => kept.get(key) === made && kept.delete(key),
    );
    const [oldest] = kept.keys();
    if (kept.size > KEPT_MAX) kept.delete(oldest!);
    return made;
  }

  return {
    async to(command, question, work) {
      const key = createHash('sha256')
        .update(`${command} ${JSON.stringify(question)}`)
        .digest('base64');
      for (;;) {
        const answer = answerTo(key, question.guildId, work);
        const telling = await answer.telling;
        if (!answer.isDropped) return telling;
      }
    },
    drop(guildId) {
      for (const [key, answer] of kept) {
        if (answer.guildId !== guildId) continue;
        answer.isDropped = true;
        kept.delete(key);
      }
    },
  };
}
