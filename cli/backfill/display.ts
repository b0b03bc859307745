/** A backfill as it goes: some lines that change on a terminal, now and then one elsewhere. */
import type { BackfillCard } from '../../ingest/backfill/card.ts';
import { aboutWords, dayOf, percent } from './words.ts';
import { n, terminalText } from '../format.ts';
import type { ProgressStream } from '../progress.ts';

/** What Discord lets a bot ask in a second, with some room left. */
const REQUESTS_PER_SECOND = 48;
const BAR_CELLS = 10;
const LINE_EVERY_MS = 5_000;

/** How far all of it is, on one line. */
export function progressLine(card: BackfillCard): string {
  const { share, leftMs, messages, messagesSeen, messagesPerSecond, requestsPerSecond } = card;
  const left = leftMs === null ? [] : [`${aboutWords(leftMs)} left`];
  // What is read and not written yet is no difference worth telling.
  const isKnown = messagesSeen > messages * 1.1;
  const read = isKnown ? `${n(messagesSeen)} messages (${n(messages)} new)` : `${n(messages)} messages`;
  return [
    [percent(share), ...left].join(', '),
    `${read}, ${n(Math.round(messagesPerSecond))}/s`,
    // More are asked for in bursts, and wait for their turn.
    `${Math.min(REQUESTS_PER_SECOND, Math.round(requestsPerSecond))} of ${REQUESTS_PER_SECOND} requests/s`,
  ].join('; ');
}

/** How far back each channel is that is read now. */
export function readingLines({ reading }: BackfillCard): string[] {
  const names = reading.map(({ channelId, name }) =>
    name === null ? `channel ${channelId}` : [...terminalText(name)].slice(0, 40).join(''),
  );
  const width = Math.max(0, ...names.map((name) => name.length));
  return reading.map(({ untilMs }, i) => `  ${names[i]!.padEnd(width)}  back to ${dayOf(untilMs)}`);
}

export interface BackfillDisplay {
  /** `note`: said beside the figures. */
  show(card: BackfillCard, note?: string): void;
  /** Something is said once, above what changes. */
  say(line: string): void;
  /** Takes away what changes, so that what follows starts on a clean line. */
  end(): void;
}

/** Shows it on a stream. `now` is a clock in ms. */
export function backfillDisplay(stream: ProgressStream, now: () => number): BackfillDisplay {
  let shownAt = stream.isTTY ? -Infinity : now();
  let height = 0;
  const clear = () => {
    if (height > 0) stream.write(`\x1b[${height}A\r\x1b[J`);
    height = 0;
  };
  return {
    show(card, note) {
      const suffix = note === undefined ? '' : `; ${note}`;
      if (stream.isTTY) {
        const full = Math.floor(card.share * BAR_CELLS);
        const bar = '█'.repeat(full) + '░'.repeat(BAR_CELLS - full);
        const lines = [`${bar} ${progressLine(card)}${suffix}`, ...readingLines(card)];
        clear();
        height = lines.length;
        const width = (stream.columns ?? 80) - 1;
        stream.write(lines.map((line) => `${[...line].slice(0, width).join('')}\n`).join(''));
      } else if (now() - shownAt >= LINE_EVERY_MS) {
        shownAt = now();
        stream.write(`Backfill: ${progressLine(card)}${suffix}\n`);
      }
    },
    say(line) {
      clear();
      stream.write(`${line}\n`);
    },
    end: clear,
  };
}
