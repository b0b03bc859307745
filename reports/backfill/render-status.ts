/** How a backfill is, as a message: the same whether somebody follows it or looks later. */
import { snowflakeMs } from '../../db/snowflake.ts';
import type { Run } from '../../db/runs.ts';
import { coverageText } from '../coverage.ts';
import type { Block, Message } from '../message.ts';
import type { Words } from '../words.ts';
import { notReadBlocks } from './not-read.ts';
import { isThread, placeText } from './place.ts';
import { endedLines, progressLines } from './render-progress.ts';
import { type BackfillStatus, isMoving } from './status.ts';
import { dateText } from './time.ts';

export interface Shown {
  /** What was done just now. */
  lead?: string;
  /** The database does not answer any more. */
  isAway?: boolean;
  /** Nobody looks any longer, though it goes on. */
  isUnwatched?: boolean;
}

/** Who works on a run says so every few seconds. */
const SILENT_MS = 60_000;

/** How it is. */
export function renderStatus(status: BackfillStatus, words: Words, shown: Shown = {}): Message {
  const { run, troubled } = status;
  const { backfill } = words;
  const { lead, isAway, isUnwatched } = shown;
  const said = run
    ? [`## ${titleOf(run, words)}`, ...(lead ? [lead] : []), ...bodyOf(status, run, words)]
    : [`## ${backfill.none.title}`, ...(lead ? [lead] : []), backfill.none.text];
  const notes = [
    ...othersLines(status, words),
    ...(isAway ? [backfill.away] : []),
    ...(isUnwatched ? [backfill.unwatched] : []),
  ];
  const notRead = troubled.map(({ channelId: id, name, type, reason }) => ({
    id,
    name,
    reason,
    isThread: isThread({ type }),
  }));
  return {
    blocks: [
      { is: 'text', text: said.join('\n') },
      ...notReadBlocks(notRead, words),
      ...(run ? coverageBlocks(status, words) : []),
      ...notes.map((note): Block => ({ is: 'text', text: `-# ${note}` })),
    ],
  };
}

function titleOf({ state, channelIds, sinceId }: Run, { backfill: { titles } }: Words): string {
  const isAll = channelIds === null && sinceId === '0';
  if (state === 'done') return isAll ? titles.done : titles.doneInPart;
  if (state === 'partly') return isAll ? titles.partly : titles.partlyInPart;
  return titles[state];
}

function bodyOf(status: BackfillStatus, run: Run, words: Words): string[] {
  const { backfill } = words;
  const { state, reason } = run;
  const asked = askedLines(status, run, words);
  switch (state) {
    case 'queued':
      return [
        ...asked,
        ...(status.progress.pages > 0 ? progressLines(status, words) : []),
        backfill.waitsForTurn,
      ];
    case 'running':
      return [...asked, ...silentLines(status, run, words), ...progressLines(status, words)];
    case 'paused':
      return [
        ...asked,
        ...(reason === null ? [] : [backfill.paused(backfill.because(reason))]),
        ...progressLines(status, words),
        backfill.next.paused,
      ];
    default:
      return [
        ...asked,
        ...(reason === null ? [] : [backfill.failed(backfill.because(reason))]),
        ...endedLines(status, run, words),
      ];
  }
}

const NAMES_MAX = 5;

/** What was asked for, where it is not everything. */
function askedLines({ places, window }: BackfillStatus, run: Run, words: Words): string[] {
  const { channelIds, sinceId, withReactors, isAgain } = run;
  if (channelIds === null && sinceId === '0' && !withReactors && !isAgain) return [];
  const ids = channelIds ?? [];
  const names = ids.slice(0, NAMES_MAX).map((id) => {
    const place = places.find((one) => one.id === id);
    return placeText(
      { id, name: place?.name ?? null, isThread: isThread({ type: place?.type ?? null }) },
      words,
    );
  });
  return [
    words.backfill.asked({
      names,
      more: ids.length - names.length,
      ...(sinceId !== '0' && { since: dateText(snowflakeMs(sinceId), window.timeZone) }),
      withReactors,
      isAgain,
    }),
  ];
}

function silentLines({ nowMs }: BackfillStatus, { updatedAtMs }: Run, { backfill }: Words): string[] {
  const silentMs = nowMs - updatedAtMs;
  return silentMs < SILENT_MS ? [] : [backfill.silent(silentMs)];
}

function othersLines(status: BackfillStatus, { backfill }: Words): string[] {
  const { waiting, paused } = status;
  return [
    ...(waiting > 0 && isMoving(status) ? [backfill.behind(waiting)] : []),
    ...(paused > 0 ? [backfill.othersPaused(paused)] : []),
  ];
}

function coverageBlocks({ coverage, window }: BackfillStatus, words: Words): Block[] {
  if (!coverage) return [];
  // How far the run is stands above.
  const line = { ...coverage, backfill: null };
  const nameOf = (channel: { id: string; name: string | null }) => placeText(channel, words);
  return [{ is: 'text', text: `-# ${words.backfill.recorded(coverageText(line, window, words, nameOf))}` }];
}
