/** Everyone who reacted to a message with one emoji, as REST lists them. */
import type { EmojiFacts, Snowflake } from '../../db/records.ts';
import { fetchReactors, PAGE_MAX } from '../discord/fetch.ts';
import type { Calls } from '../discord/fetch-calls.ts';
import type { Reactors } from '../discord/reactions.ts';
import type { Refused } from './page.ts';

/** Where an emoji stands. */
export interface Place {
  channelId: Snowflake;
  messageId: Snowflake;
  emoji: EmojiFacts;
}

export type ListedReactors = Reactors & { sentAtMs: number };

/**
 * Lists them, both types to their end, 100 a request; super reactions only where the others do not make up `total`, where that
 * is told. Undefined: `mayAsk`, which is asked before each request, said no.
 */
export async function listReactors(
  calls: Calls,
  { channelId, messageId, emoji }: Place,
  { mayAsk, total }: { mayAsk(): boolean; total?: number },
): Promise<ListedReactors | Refused | undefined> {
  const lists = { normal: [] as unknown[], burst: [] as unknown[] };
  let sentAtMs = Infinity;
  for (const type of ['normal', 'burst'] as const) {
    // More than there were: what else has changed is not known.
    if (type === 'burst' && lists.normal.length === total) break;
    let after: Snowflake | undefined;
    while (true) {
      if (!mayAsk()) return undefined;
      const page = { isBurst: type === 'burst', ...(after && { after }) };
      const answer = await fetchReactors(calls, { channelId, messageId, emoji }, page);
      if (answer.is !== 'found') return answer;
      sentAtMs = Math.min(sentAtMs, answer.sentAtMs);
      lists[type].push(...answer.payload);
      if (answer.payload.length < PAGE_MAX) break;
      after = answer.payload.at(-1)!.id;
    }
  }
  return { channelId, messageId, emoji, ...lists, sentAtMs };
}
