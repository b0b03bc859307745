/** Charts for what is posted: drawn by a thread that is there only as long as it is needed. */
import { type Drawing, type DrawingOptions, openDrawing } from '../reports/draw.ts';
import type { ChartVitals } from './vitals.ts';

/** Posts are weeks apart, and their charts milliseconds. */
const IDLE_MS = 30_000;

export interface CountedDrawing extends Drawing {
  figures(): ChartVitals;
}

/** `now` is a clock that never jumps, ms. Errors of `draw`: ChartError. */
export function drawingNowAndThen(options: DrawingOptions, now: () => number): CountedDrawing {
  const figures: ChartVitals = { drawn: 0, failed: 0, seconds: 0 };
  let opened: Promise<Drawing> | undefined;
  let idle: NodeJS.Timeout | undefined;
  const close = async () => {
    clearTimeout(idle);
    const drawing = opened;
    opened = undefined;
    await (await drawing?.catch(() => undefined))?.close();
  };
  return {
    async draw(chart) {
      clearTimeout(idle);
      const begunMs = now();
      try {
        opened ??= openDrawing(options);
        const drawing = opened;
        // What could not be opened is tried again with the next chart.
        drawing.catch(() => opened === drawing && (opened = undefined));
        const png = await (await drawing).draw(chart);
        figures.drawn++;
        return png;
      } catch (error) {
        figures.failed++;
        throw error;
      } finally {
        figures.seconds += (now() - begunMs) / 1000;
        idle = setTimeout(() => void close(), IDLE_MS).unref();
      }
    },
    close,
    figures: () => ({ ...figures }),
  };
}
