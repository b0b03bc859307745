/** `STORE_CONTENT=none`: nothing that a person typed reaches the data folder, by any source. */
import { expect, it } from 'vitest';
import type { ContentChoice } from '../../../db/keep.ts';
import { openWriter } from '../../../db/write-batch.ts';
import { findBytes } from '../../support/bytes.ts';
import { CANARY, canaryExports, canaryRecords, NAME, OVERWRITE } from '../../support/canary.ts';
import { withDataFolder } from '../../support/data-folder.ts';
import { useFolder } from '../../support/folder.ts';
import { almanac } from '../../support/program.ts';
import { at, idAt } from '../../support/records.ts';

const folder = useFolder();

/** Takes everything in; tells what `sql` says of it, and what programs said beside the card. The server has stopped then. */
async function takeIn(content: ContentChoice, sql: string) {
  const data = `${folder.path}/${content}`;
  const exportsFolder = `${folder.path}/exports-${content}`;
  for (const [name, text] of Object.entries(canaryExports()))
    await folder.file(`exports-${content}/${name}.json`, text);
  return withDataFolder(data, async ({ pool }) => {
    const settings = { ALMANAC_DATA: data, STORE_CONTENT: content };
    const ended = await almanac(['import', exportsFolder, '--json'], settings);
    const verdict = await almanac(['verify', exportsFolder], settings);
    const writer = await openWriter(pool, { content });
    for (const batch of canaryRecords()) await writer.write(batch);
    await writer.close();
    const { rows } = await pool.query(sql);
    return {
      data,
      rows,
      codes: [ended.code, verdict.code],
      said: ended.stderr + verdict.stdout + verdict.stderr,
    };
  });
}

const DERIVED = `select m.content, m.content_length > 30 as has_length, m.words, m.asks,
    (select array_agg(domain || coalesce(address, '')) from links l where l.message_id = m.message_id) as links,
    (select array_agg(emoji_key order by emoji_key) from emoji_uses e where e.message_id = m.message_id) as emoji,
    (select array_agg(emoji_key order by emoji_key) from reactions r where r.message_id = m.message_id) as reactions,
    (select array_agg(concat_ws(' ', file_name, kind, extension, size_bytes)) from attachments a where a.message_id = m.message_id) as files,
    (select embed_count from embeds e where e.message_id = m.message_id) as embeds,
    (select array_agg(sticker_id::int) from stickers s where s.message_id = m.message_id) as stickers,
    (select content_length from forwards f where f.message_id = m.message_id) > 0 as forwarded,
    (select count(*)::int from edits e where e.message_id = m.message_id) as versions_before,
    (select jsonb_build_object('topic', topic, 'overwrites', overwrites) from channels c where c.channel_id = m.channel_id) as channel
  from messages m where m.message_id = ${idAt(at(1))}`;

it('without content no byte of what people typed is in the data folder, and what is derived is', async () => {
  const { data, rows, codes, said } = await takeIn('none', DERIVED);
  expect(codes).toEqual([0, 0]);
  expect(rows).toEqual([
    {
      content: '',
      has_length: true,
      words: 7,
      asks: true,
      links: ['example.org'],
      emoji: ['51', '🎈'],
      reactions: ['51', 'other', '👍'],
      files: ['image png 70'],
      embeds: 1,
      stickers: [61],
      forwarded: true,
      versions_before: 1,
      channel: { topic: null, overwrites: [OVERWRITE] },
    },
  ]);
  expect(await findBytes(data, CANARY)).toEqual([]);
  expect(said).not.toContain(CANARY);
  expect(await findBytes(data, NAME)).not.toEqual([]);
});

it('with content the same finds all of it', async () => {
  const { data, rows, codes } = await takeIn('full', DERIVED);
  expect(codes).toEqual([0, 0]);
  expect(rows).toMatchObject([
    { links: [expect.stringContaining(CANARY)], files: [expect.stringContaining(CANARY)] },
  ]);
  expect((await findBytes(data, CANARY)).length).toBeGreaterThan(300);
});
