/** A small export that tests break in their ways, and what becomes of it. */
import { beforeEach } from 'vitest';
import type { FileCard } from '../../ingest/dce/card.ts';
import type { ImportOptions } from '../../ingest/dce/import.ts';
import { type TestDatabase, useDatabase } from './database.ts';
import { BELA, CARL, type ExportParts, exportText, reaction, said } from './exports.ts';
import { type TestFolder, useFolder } from './folder.ts';
import { imported } from './imports.ts';

export const MESSAGES = [
  said(1, 'first', { mentions: [BELA], reactions: [reaction('👍', [BELA, CARL])] }),
  said(2, 'second {"id": "1"} \\ "[', {
    author: BELA,
    attachments: [{ id: '41', fileName: 'a.png', fileSizeBytes: 7 }],
  }),
  said(3, 'third https://example.org/a 🎈', {
    reactions: [reaction('🎉', [BELA]), reaction('gull:51', [CARL])],
  }),
];
export const IDS = MESSAGES.map(({ id }) => id as string);
export const WHOLE: ExportParts = { messages: MESSAGES };
export const TEXT = exportText(WHOLE);

/** A text with something else, as JSON, in place of an id. */
export const withId = (text: string, id: string, broken: string): string =>
  text.replace(`"id": "${id}"`, `"id": ${broken}`);

export interface OneExport {
  database: TestDatabase;
  folder: TestFolder;
  /** Imports one file of this content; tells its card, and the ids that are stored afterwards. */
  taken(
    content: string | Buffer,
    options?: Partial<ImportOptions>,
  ): Promise<{ card: FileCard; ids: string[] }>;
  storedIds(): Promise<string[]>;
}

/** A database that is empty before each test, and a folder. */
export function useOneExport(): OneExport {
  const database = useDatabase();
  const folder = useFolder();
  beforeEach(() => database.clear());
  const storedIds = async () => {
    const { rows } = await database.pool.query<{ id: string }>(
      'select message_id::text as id from messages order by message_id',
    );
    return rows.map(({ id }) => id);
  };
  return {
    database,
    folder,
    storedIds,
    async taken(content, options = {}) {
      const path = await folder.file('one.json', content);
      const { files } = await imported(database, [path], options);
      return { card: files[0]!, ids: await storedIds() };
    },
  };
}
