/** What our endpoint takes: the protocol of QuickChart, and of it only JSON within limits. */

/** A picture that may be drawn. Units: width, height in CSS pixels; devicePixelRatio: device pixels in each. */
export interface PictureRequest {
  config: PictureConfig;
  width: number;
  height: number;
  devicePixelRatio: number;
  backgroundColor: string;
}

/** A Chart.js configuration of nothing but JSON. */
export interface PictureConfig {
  type: string;
  data: Record<string, unknown>;
  options: Record<string, unknown>;
}

/** A request that is refused. `status` is HTTP's. */
export class RequestError extends Error {
  override name = 'RequestError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A chart of 400 points is 40 KB. */
export const BODY_BYTES_MAX = 256 * 1024;
const SIDE_MAX = 1600;
const RATIO_MAX = 3;
const PIXELS_MAX = 4_000_000;
const VALUES_MAX = 20_000;
const DEPTH_MAX = 16;
const TEXT_LENGTH_MAX = 1000;
const TYPES = ['bar', 'line', 'scatter', 'doughnut'];
/** Names by which an object's own nature could be changed. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** The picture that a body asks for. Errors: RequestError. */
export function readRequest(body: string): PictureRequest {
  const asked = objectOf(parse(body), 'The body');
  const { chart, width, height, devicePixelRatio = 1, backgroundColor = '#ffffff', format = 'png' } = asked;
  if (typeof chart !== 'string') throw new RequestError(400, 'The chart must be a text of JSON.');
  if (format !== 'png') throw new RequestError(400, 'Only png is drawn.');
  const request = {
    config: readConfig(parse(chart)),
    width: within(width, SIDE_MAX, 'width'),
    height: within(height, SIDE_MAX, 'height'),
    devicePixelRatio: within(devicePixelRatio, RATIO_MAX, 'devicePixelRatio'),
    backgroundColor: String(backgroundColor),
  };
  if (request.width * request.height * request.devicePixelRatio ** 2 > PIXELS_MAX) {
    throw new RequestError(400, 'The picture is too large.');
  }
  if (!/^#[0-9a-f]{6}$/i.test(request.backgroundColor)) {
    throw new RequestError(400, 'The background must be #rrggbb.');
  }
  return request;
}

/** Every text in a configuration. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function readConfig(value: unknown): PictureConfig {
  const { type, data, options = {} } = objectOf(value, 'The chart');
  if (typeof type !== 'string' || !TYPES.includes(type)) throw new RequestError(400, 'No such chart type.');
  let values = 0;
  const check = (part: unknown, depth: number): void => {
    if (++values > VALUES_MAX || depth > DEPTH_MAX) throw new RequestError(400, 'The chart is too large.');
    if (typeof part === 'string' && part.length > TEXT_LENGTH_MAX) {
      throw new RequestError(400, 'A text in the chart is too long.');
    }
    if (typeof part !== 'object' || part === null) return;
    for (const [key, child] of Object.entries(part)) {
      if (FORBIDDEN.has(key)) throw new RequestError(400, `A chart may not name ${key}.`);
      check(child, depth + 1);
    }
  };
  check(value, 0);
  return { type, data: objectOf(data, 'The data'), options: objectOf(options, 'The options') };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RequestError(400, `It is no JSON (${(cause as Error).message}).`);
  }
}

function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new RequestError(400, `${what} must be an object.`);
}

function within(value: unknown, max: number, what: string): number {
  if (typeof value === 'number' && value >= 1 && value <= max) return value;
  throw new RequestError(400, `The ${what} must be a number from 1 to ${max}.`);
}
