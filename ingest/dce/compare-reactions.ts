import type { MessageRecord, ReactionUserRecord } from '../../db/records.ts';
import type { StoredMessage } from '../../db/queries/stored-messages.ts';
import { differ, type Difference, LATER } from './difference.ts';

const SINCE = 'people are known to have reacted since';

/** The differences of a message's reactions: counts, totals and who is known to have reacted. */
export function compareReactions(
  message: MessageRecord,
  reactors: ReactionUserRecord[],
  stored: StoredMessage,
  forgotten: Set<string>,
): Difference[] {
  if (!message.reactions) return [];
  const { at, counts } = message.reactions;
  const found: Difference[] = [];
  const kept = new Map(stored.reactions.map((reaction) => [reaction.key, reaction]));
  const isOlder = (stored.reactions_ms ?? 0) > at;
  const heard = new Set(stored.reactors.filter((r) => (r.changed_ms ?? 0) > at).map((r) => r.key));
  for (const { key, count } of counts) {
    const reaction = kept.get(key);
    const told = Math.max(count, ...counts.filter((other) => other.key === key).map((other) => other.count));
    if (reaction?.total === told) continue;
    const isLater =
      isOlder ||
      (reaction?.counted_ms ?? 0) > at ||
      (reaction?.counted_ms === at && (reaction.count ?? 0) > told);
    const explanation = heard.has(key) ? SINCE : reaction && isLater ? LATER : undefined;
    found.push(differ(`reaction ${key}`, told, reaction?.total ?? 'missing', explanation));
  }
  for (const { key, total, counted_ms } of stored.reactions) {
    if (total === 0 || counts.some((other) => other.key === key)) continue;
    const isLater = isOlder || stored.by_api || (counted_ms ?? 0) >= at;
    const explanation = heard.has(key) ? SINCE : isLater ? LATER : undefined;
    found.push(differ(`reaction ${key}`, 0, total, explanation));
  }
  const listed = new Set(stored.reactors.map((reactor) => `${reactor.key}/${reactor.user}`));
  for (const { emoji, userId } of reactors) {
    if (listed.has(`${emoji.key}/${userId}`) || forgotten.has(userId)) continue;
    found.push(differ(`who reacted ${emoji.key}`, userId, 'missing'));
  }
  return found;
}
