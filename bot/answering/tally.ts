/** How commands were answered and charts drawn: counts and times, without who asked, where or for what. */
import type { CommandContext } from '../../commands/command.ts';
import type { AnsweringVitals, ChartVitals, CommandVitals } from '../vitals.ts';

export type Outcome = CommandVitals['outcome'];

export interface AnsweringTally {
  /** A command was answered, in so many ms. */
  answered(command: string, outcome: Outcome, durationMs: number): void;
  /** Draws as the other, and counts. */
  draw: CommandContext['draw'];
  vitals(): AnsweringVitals;
}

/** Counts from now on. `now`: ms that never jump. */
export function makeTally(draw: CommandContext['draw'], now: () => number): AnsweringTally {
  const commands = new Map<string, CommandVitals>();
  const charts: ChartVitals = { drawn: 0, failed: 0, seconds: 0 };
  return {
    answered(command, outcome, durationMs) {
      const key = `${command} ${outcome}`;
      const counted = commands.get(key) ?? { command, outcome, count: 0, seconds: 0 };
      counted.count++;
      counted.seconds += durationMs / 1000;
      commands.set(key, counted);
    },
    async draw(chart) {
      const beganAt = now();
      try {
        const picture = await draw(chart);
        charts.drawn++;
        return picture;
      } catch (error) {
        charts.failed++;
        throw error;
      } finally {
        charts.seconds += (now() - beganAt) / 1000;
      }
    },
    vitals: () => ({ commands: [...commands.values()].map((one) => ({ ...one })), charts: { ...charts } }),
  };
}
