/**
 * Charts as PNG, through quickchart-js: at an endpoint of our own, or at a QuickChart server of the operator's.
 *
 * All of it runs in a thread, one picture at a time, so that whatever hangs, a canvas or a server, is ended by ending
 * the thread; the next picture starts another (0.2 s).
 */
import { isIP } from 'node:net';
import { Worker } from 'node:worker_threads';
import type { Chart } from './charts/chart.ts';
import type { ThreadAnswer, ThreadSettings } from './draw/thread.ts';

/** A chart that could not be drawn; `cause` says why. */
export class ChartError extends Error {
  override name = 'ChartError';
}

/** A way to draw charts. */
export interface Drawing {
  /** A chart as PNG. Errors: ChartError. */
  draw(chart: Chart): Promise<Buffer>;
  /** Ends the thread; what was still to be drawn fails. */
  close(): Promise<void>;
}

/** How charts are drawn. */
export interface DrawingOptions {
  /** A QuickChart server; without it pictures are drawn here. */
  quickChartUrl?: string;
  /** Told, in one line, what an operator should know. */
  onWarning?: (warning: string) => void;
  timeLimitMs?: number;
}

/** Pictures take 50 ms here; another server may be far or busy. */
const TIME_LIMIT_MS = 10_000;
const START_TIME_LIMIT_MS = 30_000;
/** Charts that wait for their turn: a dozen reports at once. */
const WAITING_MAX = 100;
const HEAP_MAX_MB = 128;
const PNG_BYTES_MAX = 8 * 1024 * 1024;

/** Starts to be able to draw, and proves that every script has its letters. Errors: ChartError. */
export async function openDrawing(options: DrawingOptions = {}): Promise<Drawing> {
  const { quickChartUrl, onWarning, timeLimitMs = TIME_LIMIT_MS } = options;
  const settings: ThreadSettings = quickChartUrl === undefined ? {} : { quickChartUrl };
  if (quickChartUrl !== undefined && isPublic(new URL(quickChartUrl).hostname)) {
    const { host } = new URL(quickChartUrl);
    onWarning?.(`Charts, with the names of members and channels in them, are sent to ${host} to be drawn.`);
  }
  let thread: Worker | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let isClosed = false;
  thread = await start();

  async function start(): Promise<Worker> {
    const started = await startThread(settings);
    // Whatever ends it, also while it has nothing to do, the next picture starts another.
    started.once('exit', () => {
      if (thread === started) thread = undefined;
    });
    return started;
  }

  async function drawNow(chart: Chart): Promise<Buffer> {
    if (isClosed) throw new ChartError('Charts are no longer drawn.');
    const running = (thread ??= await start());
    try {
      return pictureOf(await answerOf(running, timeLimitMs, () => running.postMessage(chart, [])));
    } catch (error) {
      if (!(error instanceof ThreadLost)) throw error;
      throw new ChartError(error.message, { cause: error.cause });
    }
  }

  return {
    async draw(chart) {
      if (waiting >= WAITING_MAX) throw new ChartError('Too many charts wait to be drawn.');
      waiting++;
      const mine = turn.then(() => drawNow(chart));
      turn = mine.catch(() => {});
      return mine.finally(() => waiting--);
    },
    async close() {
      isClosed = true;
      await thread?.terminate();
      await turn;
      await thread?.terminate();
    },
  };
}

/** The thread is gone, or was ended because it took too long. */
class ThreadLost extends Error {}

async function startThread(settings: ThreadSettings): Promise<Worker> {
  const thread = new Worker(new URL('./draw/thread.ts', import.meta.url), {
    workerData: settings,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MAX_MB },
    // Those of the process may be about what it was started with.
    execArgv: [],
    // What Chart.js says about odd configurations is not for whoever runs us.
    stdout: true,
    stderr: true,
  });
  thread.stdout.resume();
  thread.stderr.resume();
  // Heard of by whoever waits for an answer; by nobody, where nobody does.
  thread.on('error', () => {});
  try {
    const answer = await answerOf(thread, START_TIME_LIMIT_MS, () => {});
    if ('error' in answer) throw answer.error;
    return thread;
  } catch (cause) {
    await thread.terminate();
    throw new ChartError('Charts cannot be drawn here.', { cause });
  }
}

/** The next thing that a thread says after it was asked. Errors: ThreadLost, and the thread is ended. */
function answerOf(thread: Worker, timeLimitMs: number, ask: () => void): Promise<ThreadAnswer> {
  return new Promise((resolve, reject) => {
    const lose = (message: string, cause?: unknown): void => {
      settle();
      void thread.terminate().then(() => reject(new ThreadLost(message, { cause })));
    };
    const onMessage = (answer: ThreadAnswer): void => {
      settle();
      resolve(answer);
    };
    const onError = (cause: unknown): void => lose('The thread that draws charts broke down.', cause);
    const onExit = (): void => lose('The thread that draws charts ended.');
    const timer = setTimeout(() => lose(`A chart was not drawn within ${timeLimitMs} ms.`), timeLimitMs);
    const settle = (): void => {
      clearTimeout(timer);
      thread.off('message', onMessage).off('error', onError).off('exit', onExit);
    };
    thread.once('message', onMessage).once('error', onError).once('exit', onExit);
    ask();
  });
}

function pictureOf(answer: ThreadAnswer): Buffer {
  if ('png' in answer && answer.png.length <= PNG_BYTES_MAX) return Buffer.from(answer.png);
  const cause = 'error' in answer ? answer.error : new Error('The picture is too large.');
  throw new ChartError('The chart was refused.', { cause });
}

/** Whether a host is on the open internet: not this machine, a private network or a name within one. */
function isPublic(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) === 4) return !/^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./.test(host);
  if (isIP(host) === 6) return !/^(::1$|f[cd]|fe[89ab])/i.test(host);
  return host.includes('.') && !/\.(local|localhost|internal|lan|home\.arpa)$/i.test(host);
}
