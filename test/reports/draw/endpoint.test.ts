import { loadImage } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../reports/draw/endpoint.ts';
import { drawPicture } from '../../../reports/draw/picture.ts';
import { BODY_BYTES_MAX } from '../../../reports/draw/request.ts';
import { pixelsOf } from '../pixels.ts';

let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await startEndpoint();
});
afterAll(() => endpoint.close());

const chart = { type: 'bar', data: { labels: ['a', 'b'], datasets: [{ data: [1, 2] }] }, options: {} };
const body = (change: object = {}) => ({
  chart: JSON.stringify(chart),
  width: 300,
  height: 200,
  devicePixelRatio: 2,
  backgroundColor: '#2b2d31',
  format: 'png',
  version: '4',
  ...change,
});

async function post(content: string, path = `${endpoint.url}/chart`, type = 'application/json') {
  const response = await fetch(path, { method: 'POST', body: content, headers: { 'content-type': type } });
  return { status: response.status, reason: response.headers.get('x-quickchart-error'), response };
}
const ask = (change: object = {}) => post(JSON.stringify(body(change)));

describe('our own chart server', () => {
  it('draws a chart as PNG, in as many pixels as asked for', async () => {
    const { status, response } = await ask();
    expect(status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/png');
    const image = await loadImage(Buffer.from(await response.arrayBuffer()));
    expect([image.width, image.height]).toEqual([600, 400]);
  });

  it('fills the whole background', async () => {
    const { response } = await ask();
    const { pixels } = await pixelsOf(Buffer.from(await response.arrayBuffer()));
    expect([...pixels.subarray(0, 4)]).toEqual([0x2b, 0x2d, 0x31, 255]);
  });

  it('listens on this machine only, below a secret of its own', async () => {
    const other = await startEndpoint();
    expect(other.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}$/);
    expect(new URL(other.url).pathname).not.toBe(new URL(endpoint.url).pathname);
    await other.close();
    await expect(fetch(other.url)).rejects.toThrow('fetch failed');
  });

  it('has nothing at any other path, and answers nothing but a post of JSON', async () => {
    const { origin } = new URL(endpoint.url);
    const content = JSON.stringify(body());
    for (const path of [
      `${origin}/chart`,
      `${endpoint.url}/`,
      `${endpoint.url}/chart?c={}`,
      `${origin}/%00/chart`,
    ]) {
      expect((await post(content, path)).status).toBe(404);
    }
    expect((await fetch(`${endpoint.url}/chart`)).status).toBe(405);
    expect((await post(content, undefined, 'text/plain')).status).toBe(415);
  });

  it.for([
    ['a body that is no JSON', '{chart:1}', 400],
    ['a body that is no object', '[]', 400],
    ['a body that never ends', 'x'.repeat(BODY_BYTES_MAX + 1), 413],
  ] as const)('refuses %s', async ([, content, status]) => {
    expect((await post(content)).status).toBe(status);
  });

  const deep = JSON.stringify(chart).replace('{}', `${'{"a":'.repeat(30)}1${'}'.repeat(30)}`);
  it.for([
    ['code', { chart: '{type:"bar",data:{labels:[process.exit()]}}' }],
    ['a function', { chart: '(() => ({type:"bar"}))()' }],
    ['an object in place of its text', { chart }],
    ['another type of chart', { chart: JSON.stringify({ ...chart, type: 'sankey' }) }],
    ['an own nature', { chart: '{"type":"bar","data":{},"options":{"__proto__":{"polluted":1}}}' }],
    ['a constructor', { chart: '{"type":"bar","data":{"constructor":{"prototype":{"polluted":1}}}}' }],
    ['no data', { chart: '{"type":"bar"}' }],
    ['a chart too deep', { chart: deep }],
    [
      'too many points',
      { chart: JSON.stringify({ ...chart, data: { datasets: [{ data: Array(20_001).fill(1) }] } }) },
    ],
    ['a text too long', { chart: JSON.stringify({ ...chart, data: { labels: ['x'.repeat(1001)] } }) }],
    ['a side too long', { width: 100_000 }],
    ['a side that is no number', { height: '200' }],
    ['too many pixels', { width: 1600, height: 1600, devicePixelRatio: 3 }],
    ['a background that is no colour', { backgroundColor: 'url(http://a.example/x.png)' }],
    ['a web page', { format: 'svg' }],
  ])('refuses %s, and says so where clients look', async ([, change]) => {
    const { status, reason } = await ask(change as object);
    expect(status).toBe(400);
    expect(reason).toMatch(/^[\x20-\x7e]+$/);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('lets no chart change the size, the ratio or the pace that were asked for', async () => {
    const options = { devicePixelRatio: 50, responsive: true, animation: { duration: 1e9 }, aspectRatio: 9 };
    const { response } = await ask({ chart: JSON.stringify({ ...chart, options }) });
    const image = await loadImage(Buffer.from(await response.arrayBuffer()));
    expect([image.width, image.height]).toEqual([600, 400]);
  });
});

describe('a text in a picture', () => {
  /** How much ink a title is. */
  async function inkOf(text: string, weight: 'normal' | 'bold') {
    const title = { display: true, text, color: '#ffffff', font: { size: 40, weight } };
    const config = { type: 'bar', data: { datasets: [] }, options: { plugins: { title } } };
    const png = await drawPicture({
      config,
      width: 400,
      height: 80,
      devicePixelRatio: 1,
      backgroundColor: '#000000',
    });
    const { pixels } = await pixelsOf(png);
    return pixels.reduce((sum, value, i) => sum + (i % 4 === 3 ? 0 : value), 0);
  }

  it.for(['Mira', '美咲', '지민', 'Мира'])('%s is bolder where it is to be bold', async (text) => {
    expect(await inkOf(text, 'bold')).toBeGreaterThan(1.1 * (await inkOf(text, 'normal')));
  });
});
