import type { RuledChannel } from '../../db/access.ts';
import type { Overwrite } from '../../db/permissions.ts';

/** What some readers, all of them, may do. */
export interface Eyes {
  /** They read all that there is, known or not: the owner, and administrators. */
  readAll: boolean;
  reads(channel: RuledChannel): boolean;
  /** They see a channel's private threads without being in them. */
  managesThreads(channel: RuledChannel): boolean;
}

/**
 * What is decided by a channel's rules alone: once for all that have the same, as most of a category do. Where they are not
 * known, no.
 */
export function byRules(
  decide: (type: number, overwrites: Overwrite[]) => boolean,
): (channel: RuledChannel) => boolean {
  const decided = new Map<string, boolean>();
  return ({ type, overwrites }) => {
    if (type === null || overwrites === null) return false;
    const rules = `${type} ${JSON.stringify(overwrites)}`;
    const known = decided.get(rules) ?? decide(type, overwrites);
    decided.set(rules, known);
    return known;
  };
}
