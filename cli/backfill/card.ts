/** What came of a backfill, as text and as JSON. */
import type { TroubledChannel } from '../../db/run-channels.ts';
import type { Run } from '../../db/runs.ts';
import { type BackfillCard, openBackfillCard } from '../../ingest/backfill/card.ts';
import type { NotRecovered } from '../../ingest/history/card.ts';
import { NO_CHANNEL, notReadLines, tookWords } from './words.ts';
import { n, some, terminalText } from '../format.ts';

/** What is not known afterwards; of what no reading of history can tell, nothing is said. */
const LOST: Partial<Record<NotRecovered, string>> = {
  'unsure-counts': 'The right number of some reactions, which changed while they were read.',
  'unlisted-reactors': 'Who gave some of the reactions. Their numbers are right.',
  'unchecked-deletions':
    'Whether some messages that only exports told of were deleted; they were too many to ask for.',
  'unchecked-channels': 'Whether some channels were deleted; they were too many to ask for.',
  'refused-payloads': 'Some messages that Discord told of in a way that is not understood.',
};

export interface Ended {
  run: Run;
  guildName: string;
  troubled: TroubledChannel[];
}

/** The card for a terminal. */
export function backfillCardText({ run, guildName, troubled }: Ended): string {
  const card = openBackfillCard(run.card);
  const trouble = notReadLines(troubled, run.guildId);
  const lost = card.notRecovered.flatMap((key) => LOST[key] ?? []);
  return [
    headOf(run, terminalText(guildName)),
    `${figures(card)}\n${channelsText(card)}`,
    ...(card.channels === 0 && trouble.length === 0 ? [NO_CHANNEL] : []),
    ...(trouble.length > 0 ? [['Not read, or not to the end:', ...trouble].join('\n')] : []),
    ...(lost.length > 0 ? [['Not known:', ...lost.map((line) => `  ${line}`)].join('\n')] : []),
    ...(run.state === 'done' ? sinceWords(run) : [next(run)]),
  ].join('\n\n');
}

/** The same for programs. */
export function backfillCardJson({ run, guildName, troubled }: Ended): object {
  const { share, leftMs, messagesPerSecond, requestsPerSecond, reading, ...card } = openBackfillCard(
    run.card,
  );
  return {
    guildId: run.guildId,
    guildName,
    askedAt: new Date(run.askedAtMs).toISOString(),
    finishedAt: run.finishedAtMs === null ? null : new Date(run.finishedAtMs).toISOString(),
    state: run.state,
    reason: run.reason,
    share,
    ...card,
    notRead: troubled,
  };
}

function headOf({ state, reason, channelIds, sinceId }: Run, guild: string): string {
  const isAll = channelIds === null && sinceId === '0';
  const what = isAll ? `All history of ${guild} that the bot may read` : `What was asked for of ${guild}`;
  const because = reason === null ? '' : ` (${terminalText(reason)})`;
  if (state === 'done') return `${what} is recorded.`;
  if (state === 'partly') return `${what} is recorded, but for some of it${because}.`;
  if (state === 'paused') return `The backfill of ${guild} is paused${because}.`;
  return `The backfill of ${guild} failed: ${terminalText(reason ?? 'not known why').replace(/\.$/, '')}.`;
}

/** A run reads what was there when it began, however long it was paused. */
const LONG_MS = 600_000;

function sinceWords({ startedAtMs, finishedAtMs, guildId }: Run): string[] {
  if (startedAtMs === null || finishedAtMs === null || finishedAtMs - startedAtMs < LONG_MS) return [];
  const until = new Date(startedAtMs).toISOString().slice(0, 16).replace('T', ' ');
  return [
    `It holds what was there when it began, at ${until} UTC. What came since is the bot's while it runs, or read by: npx almanac backfill --guild ${guildId}`,
  ];
}

function figures({ messages, messagesSeen, deletions, requests, activeMs, members }: BackfillCard): string {
  const parts = [
    `${some(messages, 'message')} new`,
    ...(messagesSeen > messages ? [`of ${n(messagesSeen)} read`] : []),
    `${some(deletions, 'deletion')} found`,
    ...(members > 0 ? [`${some(members, 'member')} listed`] : []),
  ];
  return `${parts.join(', ')}; ${some(requests, 'request')} in ${tookWords(activeMs)}.`;
}

function channelsText({
  channels,
  channelsRead,
  channelsClosed,
  channelsFailed,
  channelsDeleted,
}: BackfillCard): string {
  const rare = [
    [channelsClosed, 'closed to the bot'],
    [channelsFailed, 'failed'],
    [channelsDeleted, 'found deleted'],
  ] as const;
  return `${[
    `${n(channelsRead)} of ${some(channels, 'channel')} and threads read`,
    ...rare.filter(([count]) => count > 0).map(([count, words]) => `${n(count)} ${words}`),
  ].join('; ')}.`;
}

function next({ state, guildId }: Run): string {
  const again = `npx almanac backfill --guild ${guildId}`;
  if (state === 'paused')
    return `To go on where it is: ${again}, or npx almanac backfill resume --guild ${guildId}`;
  const why = 'What the bot may read says: npx almanac doctor.';
  return `${why} What is recorded is not read again by: ${again}`;
}
