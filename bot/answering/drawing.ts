/** Charts for answers: the thread that draws them is started with the first one. */
import { type Drawing, type DrawingOptions, openDrawing } from '../../reports/draw.ts';

/** Errors of `draw`: ChartError. */
export function drawingWhenNeeded(options: DrawingOptions): Drawing {
  let opened: Promise<Drawing> | undefined;
  return {
    async draw(chart) {
      opened ??= openDrawing(options);
      const drawing = opened;
      // What could not be opened is tried again with the next chart.
      drawing.catch(() => opened === drawing && (opened = undefined));
      return (await drawing).draw(chart);
    },
    close: async () => (await opened?.catch(() => undefined))?.close(),
  };
}
