/** What a backfill would read, as text. */
import { byChannel, type PlannedGroup } from '../../ingest/backfill/by-channel.ts';
import type { NamedPlan } from './door.ts';
import { NO_CHANNEL, aboutWords, channelName, dayOf, notReadLines } from './words.ts';
import { n, some, table, terminalText } from '../format.ts';

const ROWS_MAX = 30;

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
export function planRows({ channels, parents }: Pick<NamedPlan, 'channels' | 'parents'>): PlannedGroup[] {
  return byChannel(channels, parents).toSorted(
    (a, b) => (b.messages ?? -1) - (a.messages ?? -1) || b.requests - a.requests,
  );
}

function channelTable(plan: NamedPlan): string {
  const rows = planRows(plan);
  const cells = rows
    .slice(0, ROWS_MAX)
    .map(({ threads, messages, requests, fromMs, ...channel }) => [
      channelName(channel),
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
