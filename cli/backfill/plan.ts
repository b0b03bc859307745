/** What a backfill would read, as text. */
import type { PlannedChannel } from '../../ingest/backfill/plan.ts';
import type { NamedPlan } from './door.ts';
import { NO_CHANNEL, aboutWords, channelName, dayOf, isThread, notReadLines } from './words.ts';
import { n, some, table, terminalText } from '../format.ts';

const ROWS_MAX = 30;

type Named = NamedPlan['parents'][number];

interface Row {
  name: string;
  threads: number;
  /** Null: not known of any of them. */
  messages: number | null;
  requests: number;
  /** Null: from its beginning. */
  fromMs: number | null;
}

/** The plan for a terminal: what will be read, what not, and what it takes. */
export function planText(plan: NamedPlan, guild: { id: string; name: string }, command: string): string {
  const notRead = notReadLines(plan.notReadable, guild.id);
  return [
    `What would be read of ${terminalText(guild.name)}, newest first:`,
    plan.channels.length > 0
      ? channelTable(plan)
      : plan.covered > 0 || notRead.length > 0
        ? '  nothing: all that the bot may read is recorded already.'
        : `  nothing. ${NO_CHANNEL}`,
    ...(notRead.length > 0 ? [['Not read:', ...notRead].join('\n')] : []),
    `${costs(plan)}\nNothing was written. To read it: ${command}`,
  ].join('\n\n');
}

/** A row a channel, its threads with it; the biggest first. */
export function planRows({ channels, parents }: Pick<NamedPlan, 'channels' | 'parents'>): Row[] {
  const named = new Map([...parents, ...channels].map((channel) => [channel.channelId, channel]));
  const groups = Map.groupBy(channels, (one) =>
    isThread(one) ? (one.parentId ?? one.channelId) : one.channelId,
  );
  return [...groups]
    .map(([channelId, group]) => toRow(channelId, named.get(channelId), group))
    .toSorted((a, b) => (b.messages ?? -1) - (a.messages ?? -1) || b.requests - a.requests);
}

function toRow(channelId: string, own: Named | undefined, group: PlannedChannel[]): Row {
  const told = group.flatMap(({ messages }) => messages ?? []);
  const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0);
  const from = group.map(({ fromMs }) => fromMs);
  return {
    name: channelName(own ?? { channelId, name: null }),
    threads: group.filter(isThread).length,
    messages: told.length === 0 ? null : sum(told),
    requests: sum(group.map(({ requests }) => requests ?? 2)),
    fromMs: from.includes(null) ? null : Math.min(...(from as number[])),
  };
}

function channelTable(plan: NamedPlan): string {
  const rows = planRows(plan);
  const cells = rows
    .slice(0, ROWS_MAX)
    .map(({ name, threads, messages, requests, fromMs }) => [
      name,
      threads === 0 ? '' : n(threads),
      messages === null ? 'not known' : n(messages),
      n(requests),
      fromMs === null ? 'its beginning' : dayOf(fromMs),
    ]);
  const more = rows.length - cells.length;
  return (
    table(['channel', 'threads', 'messages', 'requests', 'back to'], cells) +
    (more > 0 ? `\nand ${n(more)} more` : '')
  );
}

function costs(plan: NamedPlan): string {
  const {
    messages,
    unknown,
    hasUnknownReactors,
    listingRequests,
    pageRequests,
    reactorRequests,
    memberRequests,
    estimateMs,
  } = plan;
  const all = listingRequests + pageRequests + (reactorRequests ?? 0) + (memberRequests ?? 0);
  const parts = [
    `${n(pageRequests)} for messages`,
    `${n(listingRequests)} for lists of channels and threads`,
    ...(reactorRequests === null ? [] : [`${n(reactorRequests)} for who reacted`]),
    ...(memberRequests === null ? [] : [`${n(memberRequests)} for members`]),
  ];
  const covered =
    plan.covered > 0 ? `${some(plan.covered, 'channel')} and threads are recorded in full. ` : '';
  const guess = unknown > 0 ? `, and those of ${some(unknown, 'channel')} of which Discord doesn't tell` : '';
  const more = hasUnknownReactors ? ', and those for who reacted to what is not read yet' : '';
  return (
    `${covered}In all about ${some(messages, 'message')}${guess}.\n` +
    `About ${some(all, 'request')} (${parts.join(', ')}${more}): ${aboutWords(estimateMs)}.`
  );
}
