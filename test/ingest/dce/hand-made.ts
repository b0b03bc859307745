import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll } from 'vitest';

import type { ExportFile } from '../../../ingest/dce/open.ts';
import { type ReadEnd, type ReadMessage, readHeader, readMessages } from '../../../ingest/dce/read.ts';
import { Reading } from '../../../ingest/dce/reading.ts';

/** Of the file's tests. */
export let folder: string;

/** Makes a folder for the exports of one test file, gone with it. */
export function useHandMade(): void {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'almanac-read-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
}

/** The path of a new file with some content. */
export async function fileOf(content: string | Buffer): Promise<string> {
  const path = join(folder, `${createHash('md5').update(content).digest('hex')}.json`);
  await writeFile(path, content);
  return path;
}

/** A guild and a channel, up to the first message. */
export const HEADER =
  '{"guild": {"id": "1", "name": "G"}, "channel": {"id": "2", "name": "messages"}, "messages": [';

/** An export of some messages. */
export function exportOf(...messages: string[]): string {
  return `${HEADER}${messages.join(', ')}], "messageCount": ${messages.length}}`;
}

/** A message with an id of one digit, and more members if wished. */
export function message(id: number, more = ''): string {
  const timestamp = `2024-01-0${id}T00:00:00+00:00`;
  return `{"id": "${id}", "type": "Default", "timestamp": "${timestamp}", "author": {"id": "7"}, "content": "Hi"${more}}`;
}

/** All that a reading gave. */
export type Result = ReadEnd & { read: ReadMessage[]; payloads: unknown[] };

/** Reads to the end. */
export async function drain(reading: AsyncGenerator<ReadMessage[], ReadEnd>): Promise<Result> {
  const read: ReadMessage[] = [];
  for (;;) {
    const { done, value } = await reading.next();
    if (done) return { ...value, read, payloads: read.map(({ payload }) => payload) };
    read.push(...value);
  }
}

/** Reads an export from a file with this content. */
export async function readExport(content: string | Buffer): Promise<Result> {
  const path = await fileOf(content);
  return drain(readMessages(path, await readHeader(path)));
}

/** Reads bytes in memory from behind the `[` of their messages; reads may be short, as a disk's may be. */
export async function readInMemory(bytes: Buffer, offset: number, readBytesMax = Infinity): Promise<Result> {
  const file: ExportFile = {
    async read(into, at, length, position) {
      const end = position + Math.min(length, readBytesMax);
      return { bytesRead: bytes.copy(into, at, position, end) };
    },
    stat: async () => ({ size: bytes.length }),
  };
  const reading = new Reading(file, { offset, index: 0 }, false);
  const read: ReadMessage[] = [];
  while (!reading.isDone) read.push(...(await reading.batch()));
  return { ...reading.end, read, payloads: read.map(({ payload }) => payload) };
}

/** The ids of the messages read. */
export function ids({ payloads }: Result): number[] {
  return payloads.map((payload) => Number((payload as { id: string }).id));
}

/** What was damaged, and behind which message. */
export function kinds({ damage }: Result): [string, number][] {
  return damage.map(({ kind, afterMessage }) => [kind, afterMessage]);
}
