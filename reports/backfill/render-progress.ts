/** How far a run is, and what came of one that has ended, in lines. */
import type { Run } from '../../db/runs.ts';
import type { Words } from '../words.ts';
import { placeText } from './place.ts';
import type { BackfillStatus } from './status.ts';
import { clockText, dateText } from './time.ts';

const BAR_CELLS = 10;
/** What Discord lets a bot ask; more are asked for in bursts, and wait for their turn. */
const REQUESTS_PER_SECOND = 48;

/** Of a share less than all never all. */
export function bar(share: number): string {
  const full = Math.min(BAR_CELLS, Math.floor(share * BAR_CELLS));
  return '█'.repeat(full) + '░'.repeat(BAR_CELLS - full);
}

/** How far, how fast, how long yet, and where. */
export function progressLines({ run, progress, window }: BackfillStatus, words: Words): string[] {
  const { backfill } = words;
  const { share, leftMs, messages, messagesSeen, pages, requests, reading } = progress;
  const isRunning = run?.state === 'running';
  const whole = Math.min(share < 1 ? 99 : 100, Math.floor(share * 100));
  const left = isRunning && leftMs !== null ? ` · ${backfill.left(leftMs)}` : '';
  const perSecond = (count: number) => (isRunning ? Math.round(count) : undefined);
  const places = reading.map(({ channelId: id, name, untilMs }) =>
    backfill.backTo(placeText({ id, name }, words), dateText(untilMs, window.timeZone)),
  );
  return [
    `${bar(share)} **${backfill.percent(whole)}**${left}`,
    backfill.seen(messagesSeen, messages, perSecond(progress.messagesPerSecond)),
    backfill.pages(pages, requests, perSecond(Math.min(REQUESTS_PER_SECOND, progress.requestsPerSecond))),
    ...(progress.channels > 0 ? [channelsLine(progress, words)] : []),
    ...(isRunning && places.length > 0
      ? [`**${backfill.reading}**`, ...places.map((place) => `- ${place}`)]
      : []),
  ];
}

function channelsLine(progress: BackfillStatus['progress'], { backfill }: Words): string {
  const { channels, channelsRead, channelsClosed, channelsFailed, channelsDeleted } = progress;
  return backfill.channels({
    channels,
    read: channelsRead,
    closed: channelsClosed,
    failed: channelsFailed,
    deleted: channelsDeleted,
  });
}

/** A run reads what was there when it began: of one that took longer than this, that is worth saying. */
const LONG_MS = 600_000;

/** What it found, and what it could not know. */
export function endedLines({ progress, troubled, window }: BackfillStatus, run: Run, words: Words): string[] {
  const { backfill } = words;
  const { startedAtMs, finishedAtMs } = run;
  const notKnown = progress.notRecovered.flatMap((key) => backfill.notKnown(key) ?? []);
  const isLong = startedAtMs !== null && finishedAtMs !== null && finishedAtMs - startedAtMs >= LONG_MS;
  return [
    backfill.found(progress),
    backfill.took(progress.requests, progress.activeMs),
    progress.channels === 0 && troubled.length === 0 ? backfill.noChannel : channelsLine(progress, words),
    ...(isLong && run.state === 'done'
      ? [backfill.until(dateText(startedAtMs, window.timeZone), clockText(startedAtMs, window.timeZone))]
      : []),
    ...(run.state === 'done' ? [] : [backfill.next.retry]),
    ...(notKnown.length > 0 ? [`**${backfill.notKnownTitle}**`, ...notKnown.map((line) => `- ${line}`)] : []),
  ];
}
