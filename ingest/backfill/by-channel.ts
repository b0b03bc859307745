/** A plan as it is told: a channel with its threads. */
import type { Snowflake } from '../../db/records.ts';
import { THREADS } from '../history/survey.ts';
import { type PlannedChannel, REQUESTS_MIN } from './plan.ts';

export interface PlannedGroup {
  channelId: Snowflake;
  name: string | null;
  /** Null where nobody tells. */
  type: number | null;
  threads: number;
  /** Of those of which they are known; null: of none. */
  messages: number | null;
  requests: number;
  /** From when on something is not covered, ms; null: from its beginning. */
  fromMs: number | null;
}

/** Where a name comes from for a channel or forum that has planned threads alone. */
type Parent = Pick<PlannedChannel, 'channelId' | 'name' | 'type'>;

/** Threads with their channels, in the order of the plan. */
export function byChannel(channels: PlannedChannel[], parents: Parent[]): PlannedGroup[] {
  const known = new Map([...parents, ...channels].map((one) => [one.channelId, one]));
  const groups = Map.groupBy(channels, ({ channelId, type, parentId }) =>
    THREADS.includes(type) ? (parentId ?? channelId) : channelId,
  );
  return [...groups].map(([channelId, group]) => {
    const told = group.flatMap(({ messages }) => messages ?? []);
    const begins = group.flatMap(({ fromMs }) => fromMs ?? []);
    return {
      channelId,
      name: known.get(channelId)?.name ?? null,
      type: known.get(channelId)?.type ?? null,
      threads: group.filter(({ type }) => THREADS.includes(type)).length,
      messages: told.length === 0 ? null : sum(told),
      requests: sum(group.map(({ requests }) => requests ?? REQUESTS_MIN)),
      fromMs: begins.length < group.length ? null : Math.min(...begins),
    };
  });
}

const sum = (counts: number[]): number => counts.reduce((all, count) => all + count, 0);
