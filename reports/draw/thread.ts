/** The thread that draws: quickchart-js, and what answers it where no other server is configured. */
import { parentPort, workerData } from 'node:worker_threads';
import type QuickChartClient from 'quickchart-js';
import QuickChart from 'quickchart-js';
import type { Chart } from '../charts/chart.ts';
import { theme } from '../charts/theme.ts';

/** What the thread is started with. */
export interface ThreadSettings {
  quickChartUrl?: string;
}

/** What it answers: that it is ready, a picture, or why there is none. */
export type ThreadAnswer = { ready: true } | { png: Uint8Array } | { error: Error };

const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const CHART_JS_MAJOR = '4';

const { quickChartUrl } = workerData as ThreadSettings;
const port = parentPort!;
const say = (answer: ThreadAnswer): void => port.postMessage(answer);
// Errors of other makes would come out of the thread as bare objects.
const sayError = (error: unknown): void => say({ error: new Error((error as Error).message) });

try {
  // An operator's server needs neither fonts nor a canvas here.
  const url = new URL(quickChartUrl ?? (await (await import('./endpoint.ts')).startEndpoint()).url);
  port.on('message', (chart: Chart) => {
    draw(url, chart).then((png) => say({ png }), sayError);
  });
  say({ ready: true });
} catch (error) {
  sayError(error);
}

async function draw(url: URL, { config, width, height }: Chart): Promise<Uint8Array> {
  const client: QuickChartClient = new QuickChart()
    .setScheme(url.protocol.slice(0, -1))
    .setHost(`${url.host}${url.pathname.replace(/\/+$/, '')}`)
    .setVersion(CHART_JS_MAJOR)
    .setFormat('png')
    .setWidth(width)
    .setHeight(height)
    .setDevicePixelRatio(theme.devicePixelRatio)
    .setBackgroundColor(theme.card)
    // Given an object it would make code of a name that reads __BEGINFUNCTION__...__ENDFUNCTION__.
    .setConfig(JSON.stringify(config));
  const png = await client.toBinary();
  if (!png.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)) {
    throw new Error('The chart server answered with something that is no PNG.');
  }
  return png;
}
