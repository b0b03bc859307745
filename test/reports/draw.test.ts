import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import QuickChart from 'quickchart-js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChartConfiguration } from 'chart.js';
import type { Chart } from '../../reports/charts/chart.ts';
import { ChartError, type Drawing, openDrawing } from '../../reports/draw.ts';
import { contributorsOf, usual } from './charts/samples.ts';
import { NAMES } from './names.ts';
import { pixelsOf } from './pixels.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const chart = usual.voices!;
/** More marks on an axis than there is time or memory for. */
const endless = {
  ...chart,
  config: {
    ...chart.config,
    options: { scales: { x: { type: 'linear', min: 0, max: 1, ticks: { count: 1e9 } } } },
  },
} as Chart;
const PNG_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const withLabel = ({ config, ...rest }: Chart, label: string): Chart => ({
  ...rest,
  config: { ...config, data: { ...config.data, labels: [label] } },
});

describe('drawing here', () => {
  let drawing: Drawing;
  beforeAll(async () => {
    drawing = await openDrawing();
  });
  afterAll(() => drawing.close());

  it.for(Object.entries(usual))('%s becomes a picture twice as fine as its size', async ([, one]) => {
    const { width, height } = await pixelsOf(await drawing.draw(one!));
    expect([width, height]).toEqual([one!.width * 2, one!.height * 2]);
  });

  it('draws the same chart alike, and others otherwise', async () => {
    const [a, b, other] = await Promise.all(
      ['Mira', 'Mira', 'Tom'].map((name) => drawing.draw(contributorsOf([name]))),
    );
    expect(a!.equals(b!)).toBe(true);
    expect(a!.equals(other!)).toBe(false);
  });

  it.for(Object.entries({ ...NAMES, tenThousand: '美W'.repeat(5000) }))(
    'draws a name with %s',
    async ([, name]) => {
      const one = contributorsOf([name, 'Mira']);
      const { width, height } = await pixelsOf(await drawing.draw(one));
      expect([width, height]).toEqual([one.width * 2, one.height * 2]);
    },
  );

  it('shows a name that is code to QuickChart as the text that it is', async () => {
    const named = (name: string) => withLabel(contributorsOf(['Mira']), name);
    const one = named('__BEGINFUNCTION__(()=>1)()__ENDFUNCTION__');
    // This is what would be run if the configuration were handed over as an object.
    const handedOver = new QuickChart().setConfig(one.config as ChartConfiguration).getPostData();
    expect(handedOver.chart).toContain('labels:[(()=>1)()]');
    const picture = await drawing.draw(one);
    expect(picture.equals(await drawing.draw(named('1')))).toBe(false);
    expect(picture.equals(await drawing.draw(named('__BEGINFUNCTION__(()=>2)()__ENDFUNCTION__')))).toBe(
      false,
    );
  });

  it('says with a cause why a chart was refused, and goes on', async () => {
    const refused = await drawing.draw({ ...chart, width: 100_000 }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ChartError);
    expect(String((refused as ChartError).cause)).toContain('The width must be');
    await expect(drawing.draw(chart)).resolves.toBeInstanceOf(Buffer);
  });

  it('cuts off a chart that would never end, and draws the next', async () => {
    const brief = await openDrawing({ timeLimitMs: 3000 });
    await expect(brief.draw(endless)).rejects.toBeInstanceOf(ChartError);
    await expect(brief.draw(chart)).resolves.toBeInstanceOf(Buffer);
    await brief.close();
  });

  it('once closed, fails what waits and draws no more', async () => {
    const closing = await openDrawing();
    const waiting = Promise.allSettled([closing.draw(chart), closing.draw(chart)]);
    await closing.close();
    for (const one of await waiting) expect(one).toMatchObject({ reason: expect.any(ChartError) });
    await expect(closing.draw(chart)).rejects.toBeInstanceOf(ChartError);
    await closing.close();
  });

  it('leaves nothing behind that keeps a process alive, and needs no font of the system', async () => {
    const script = `
      import { openDrawing } from './reports/draw.ts';
      import { contributorsOf } from './test/reports/charts/samples.ts';
      const drawing = await openDrawing();
      const png = await drawing.draw(contributorsOf(['Mira', '美咲', 'ليلى']));
      await drawing.close();
      process.stdout.write(png.toString('base64'));`;
    const env = { ...process.env, DISABLE_SYSTEM_FONTS_LOAD: '1' };
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module-typescript', '--eval', script],
      { cwd: ROOT, env, timeout: 60_000, maxBuffer: 1e7 },
    );
    expect(stderr).toBe('');
    const here = await drawing.draw(contributorsOf(['Mira', '美咲', 'ليلى']));
    expect(here.equals(Buffer.from(stdout, 'base64'))).toBe(true);
  });
});

describe("an operator's chart server", () => {
  let server: Server | undefined;
  let drawing: Drawing | undefined;
  const asked: { path: string | undefined; body: Record<string, unknown> }[] = [];

  /** Opens a drawing at a server that answers so. */
  async function at(answer: RequestListener, path = '', timeLimitMs = 20_000): Promise<Drawing> {
    server = createServer((request, response) => {
      void remember(request).then(() => answer(request, response));
    });
    await new Promise<void>((resolve) => void server!.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    drawing = await openDrawing({ quickChartUrl: `http://127.0.0.1:${port}${path}`, timeLimitMs });
    return drawing;
  }
  const remember = async (request: IncomingMessage): Promise<void> => {
    asked.push({ path: request.url, body: JSON.parse(await text(request)) as Record<string, unknown> });
  };

  afterEach(async () => {
    await drawing?.close();
    server?.closeAllConnections();
    server?.close();
    asked.length = 0;
    server = drawing = undefined;
  });

  it('is asked for the picture, with the whole configuration as JSON', async () => {
    const name = '__BEGINFUNCTION__process.exit()__ENDFUNCTION__';
    const one = withLabel(contributorsOf(['Mira']), name);
    const { draw } = await at((_, response) =>
      response.writeHead(200, { 'content-type': 'image/png' }).end(PNG_PIXEL),
    );
    expect((await draw(one)).equals(PNG_PIXEL)).toBe(true);
    expect(asked).toHaveLength(1);
    const [{ path, body }] = asked as [(typeof asked)[0]];
    expect(path).toBe('/chart');
    expect(JSON.parse(body.chart as string)).toEqual(one.config);
    expect(body).toMatchObject({
      width: 560,
      height: one.height,
      devicePixelRatio: 2,
      format: 'png',
      version: '4',
    });
  });

  it('may live below a path', async () => {
    const { draw } = await at((_, response) => response.end(PNG_PIXEL), '/charts/');
    await draw(chart);
    expect(asked[0]!.path).toBe('/charts/chart');
  });

  it('refuses more charts than may wait', async () => {
    const { draw } = await at((_, response) => response.end(PNG_PIXEL));
    const all = await Promise.allSettled(Array.from({ length: 120 }, () => draw(chart)));
    const refused = all.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(20);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(ChartError);
  });

  it.for<[string, RequestListener, RegExp]>([
    [
      'fails',
      (_, response) => response.writeHead(500, { 'x-quickchart-error': 'no ink' }).end(),
      /500\sno ink/,
    ],
    ['answers with a page', (_, response) => response.end('<html>'), /no PNG/],
    ['hangs up', (request) => request.socket.destroy(), /socket|ECONNRESET|hang/],
  ])('that %s is a chart that could not be drawn, with the cause', async ([, answer, cause]) => {
    const { draw } = await at(answer);
    const failed = await draw(chart).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ChartError);
    expect(String((failed as ChartError).cause)).toMatch(cause);
  });

  it('that is away is one too', async () => {
    drawing = await openDrawing({ quickChartUrl: 'http://127.0.0.1:1' });
    await expect(drawing.draw(chart)).rejects.toBeInstanceOf(ChartError);
  });

  it('that never answers is cut off, its connection with it, and is asked again', async () => {
    let isHanging = true;
    let hungUp = 0;
    const { draw } = await at(
      (request, response) => {
        request.socket.once('close', () => hungUp++);
        if (!isHanging) response.end(PNG_PIXEL);
      },
      '',
      1500,
    );
    await expect(draw(chart)).rejects.toBeInstanceOf(ChartError);
    await expect.poll(() => hungUp).toBe(1);
    isHanging = false;
    await expect(draw(chart)).resolves.toBeInstanceOf(Buffer);
  });

  it.for([
    'https://quickchart.io',
    'http://charts.example.com:3400',
    'http://8.8.8.8',
    'http://[2001:db8::1]:3400',
  ])('on the open internet, at %s, is warned about', async (quickChartUrl) => {
    const warnings: string[] = [];
    drawing = await openDrawing({ quickChartUrl, onWarning: (warning) => warnings.push(warning) });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(new URL(quickChartUrl).host);
  });

  it.for([
    'http://localhost:3400',
    'http://127.0.0.1:3400',
    'http://quickchart:3400',
    'http://10.1.2.3',
    'http://172.20.0.4',
    'http://192.168.1.9',
    'http://[::1]:3400',
    'http://[fd00::5]',
    'http://charts.internal',
  ])('at home, at %s, is not', async (quickChartUrl) => {
    const warnings: string[] = [];
    drawing = await openDrawing({ quickChartUrl, onWarning: (warning) => warnings.push(warning) });
    expect(warnings).toEqual([]);
  });
});
