/** Long work shown as it goes: a bar on a terminal, a plain line now and then elsewhere. */

export interface Step {
  done: number;
  total: number;
  /** What is counted so far, in words. */
  note: string;
}

const BAR_CELLS = 28;
const BAR_EVERY_MS = 100;
const LINE_EVERY_MS = 5000;

/** As much of a stream as a display needs. */
export interface ProgressStream {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

export interface ProgressBar {
  show(step: Step): void;
  /** Takes the bar away, so that what follows starts on a clean line. */
  end(): void;
}

/** A progress display on a stream. `now` is a clock in ms. */
export function progressBar(title: string, stream: ProgressStream, now: () => number): ProgressBar {
  let shownAt = stream.isTTY ? 0 : now();
  let hasBar = false;
  return {
    show({ done, total, note }) {
      const share = total === 0 ? 1 : Math.min(1, done / total);
      const nowMs = now();
      if (nowMs - shownAt < (stream.isTTY ? BAR_EVERY_MS : LINE_EVERY_MS)) return;
      shownAt = nowMs;
      const percent = `${Math.floor(share * 100)} %`;
      if (!stream.isTTY) {
        stream.write(`${title}: ${percent}, ${note}\n`);
        return;
      }
      const full = Math.round(share * BAR_CELLS);
      const bar = '█'.repeat(full) + '░'.repeat(BAR_CELLS - full);
      stream.write(`\r\x1b[K${`${title} ${bar} ${percent}  ${note}`.slice(0, (stream.columns ?? 80) - 1)}`);
      hasBar = true;
    },
    end() {
      if (hasBar) stream.write('\r\x1b[K');
      hasBar = false;
    },
  };
}
