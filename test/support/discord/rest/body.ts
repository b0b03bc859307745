/** The body of a request, taken apart. */
import type { IncomingMessage } from 'node:http';
import { refusals } from './refusal.ts';
import type { SentFile } from './route.ts';

/** What a request brought along. */
export interface SentBody {
  /** JSON, or the `payload_json` of a multipart body; undefined without any. */
  body: unknown;
  files: SentFile[];
}

/** What Discord takes in one request. */
const BODY_BYTES_MAX = 25 * 1024 * 1024;

/**
 * Reads a request to its end.
 *
 * Errors  Refusal 413: too large; 400: no JSON
 */
export async function readBody(request: IncomingMessage): Promise<SentBody> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= BODY_BYTES_MAX) chunks.push(chunk);
  }
  if (bytes > BODY_BYTES_MAX) throw refusals.tooLarge();
  const kind = request.headers['content-type'] ?? '';
  if (bytes === 0) return { body: undefined, files: [] };
  if (kind.startsWith('multipart/form-data')) return await readForm(Buffer.concat(chunks), kind);
  return { body: parsed(Buffer.concat(chunks).toString()), files: [] };
}

async function readForm(whole: Buffer<ArrayBuffer>, kind: string): Promise<SentBody> {
  const form = await new Response(whole, { headers: { 'content-type': kind } }).formData().catch(() => {
    throw refusals.notJson();
  });
  const text = form.get('payload_json');
  const files = [...form].map(async ([name, value]): Promise<SentFile[]> => {
    const [, index] = /^files\[(\d+)\]$/.exec(name) ?? [];
    if (index === undefined || typeof value === 'string') return [];
    const bytes = Buffer.from(await value.arrayBuffer());
    return [{ index, filename: value.name, contentType: value.type, bytes }];
  });
  return {
    body: typeof text === 'string' ? parsed(text) : {},
    files: (await Promise.all(files)).flat(),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusals.notJson();
  }
}
