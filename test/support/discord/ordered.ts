/** Maps by id that know the order of their ids, so that a page of a hundred thousand costs no more than a page. */
import type { ChannelTruth, Snowflake } from './model.ts';

/** Ids in their order, oldest first, as numbers that no JS number holds. */
export function compareIds(a: Snowflake, b: Snowflake): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}

/**
 * A map that keeps its ids sorted. The order follows `set`, `delete` and `clear` themselves, whoever calls them; ids that
 * come out of order are sorted in when the order is next asked for.
 */
export class OrderedMap<V> extends Map<Snowflake, V> {
  #ids: Snowflake[] = [];
  #isSorted = true;

  /** Its ids, oldest first; true until the next change. */
  get ids(): readonly Snowflake[] {
    if (!this.#isSorted) {
      this.#ids = [...this.keys()].toSorted(compareIds);
      this.#isSorted = true;
    }
    return this.#ids;
  }

  override set(id: Snowflake, value: V): this {
    if (this.#isSorted && !this.has(id)) {
      const last = this.#ids.at(-1);
      if (last === undefined || compareIds(last, id) < 0) this.#ids.push(id);
      else this.#isSorted = false;
    }
    return super.set(id, value);
  }

  override delete(id: Snowflake): boolean {
    if (!super.delete(id)) return false;
    if (this.#isSorted) this.#ids.splice(lowerBound(this.#ids, id), 1);
    return true;
  }

  override clear(): void {
    super.clear();
    [this.#ids, this.#isSorted] = [[], true];
  }
}

/** The channels and threads of a guild, which also knows the threads of each channel. A thread keeps its parent. */
export class ChannelMap extends Map<Snowflake, ChannelTruth> {
  readonly #threads = new Map<Snowflake, Set<ChannelTruth>>();

  /** The threads of a channel, archived ones too, as they were added. */
  threadsOf(parentId: Snowflake): Iterable<ChannelTruth> {
    return this.#threads.get(parentId) ?? [];
  }

  override set(id: Snowflake, channel: ChannelTruth): this {
    this.#forget(id);
    if (channel.thread && channel.parentId !== null) {
      const siblings = this.#threads.get(channel.parentId) ?? new Set();
      this.#threads.set(channel.parentId, siblings.add(channel));
    }
    return super.set(id, channel);
  }

  override delete(id: Snowflake): boolean {
    this.#forget(id);
    return super.delete(id);
  }

  override clear(): void {
    this.#threads.clear();
    super.clear();
  }

  #forget(id: Snowflake): void {
    const old = this.get(id);
    if (old?.thread) this.#threads.get(old.parentId ?? '')?.delete(old);
  }
}

/** The ids of a map, oldest first; of a plain one they are sorted each time. */
export function idsOf(map: ReadonlyMap<Snowflake, unknown>): readonly Snowflake[] {
  return map instanceof OrderedMap ? map.ids : [...map.keys()].toSorted(compareIds);
}

/** The threads of a channel; in a plain map they are looked for. */
export function threadsOf(
  channels: ReadonlyMap<Snowflake, ChannelTruth>,
  parentId: Snowflake,
): ChannelTruth[] {
  if (channels instanceof ChannelMap) return [...channels.threadsOf(parentId)];
  return [...channels.values()].filter(({ parentId: of, thread }) => thread && of === parentId);
}

/** Where the first id is that is not below this one. */
export function lowerBound(ids: readonly Snowflake[], id: Snowflake): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareIds(ids[middle]!, id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The part of a list of ids after `after` and before `before`, both exclusive: its first index, and that behind it. */
export function spanOf(
  ids: readonly Snowflake[],
  { after, before }: { after?: Snowflake | undefined; before?: Snowflake | undefined },
): { from: number; to: number } {
  const at = after === undefined ? 0 : lowerBound(ids, after);
  const from = after !== undefined && ids[at] === after ? at + 1 : at;
  const to = before === undefined ? ids.length : lowerBound(ids, before);
  return { from, to: Math.max(from, to) };
}
